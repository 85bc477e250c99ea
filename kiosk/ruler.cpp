#include "kiosk/ruler.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace milepost::kiosk {

namespace {

constexpr std::size_t kMostMeasured = 20'000;  ///< kept; some 200 bytes each

std::string key_of(const std::string& text, const platform::TextStyle& style) {
    return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", style.language, style.size, style.weight, style.width,
                       static_cast<int>(style.align), style.balance, style.most_lines, text);
}

char32_t code_point_of(const std::string& character) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    if (character.size() == 1) return byte(0);
    char32_t code = byte(0) & (0xFFU >> (character.size() + 1));
    for (std::size_t i = 1; i < character.size(); ++i) code = (code << 6U) | (byte(i) & 0x3FU);
    return code;
}

std::set<std::string> characters_of(const std::string& text) {
    std::set<std::string> characters;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
        characters.insert(text.substr(begin, end - begin));
        begin = end;
    }
    return characters;
}

}  // namespace

void Ruler::clear() {
    drawn_.clear();
    shapes_.clear();
    if (measured_.size() > kMostMeasured) measured_.clear();
}

std::string Ruler::lacking(const std::string& text, const std::string& language) {
    const auto unknown = [&](const std::string& part) {
        return typesetter_->set(part, {.language = language}, platform::Want::Measures).measures.unknown_glyphs > 0;
    };
    std::string lacking;
    if (!unknown(text)) return lacking;
    for (const std::string& character : characters_of(text)) {
        if (!unknown(character)) continue;
        lacking += fmt::format("{}'{}' (U+{:04X})", lacking.empty() ? "" : ", ", character,
                               static_cast<std::uint32_t>(code_point_of(character)));
    }
    return lacking;
}

const platform::TextImage& Ruler::image_of(const std::string& text, const platform::TextStyle& style) {
    const auto [at, is_new] = measured_.try_emplace(key_of(text, style));
    if (is_new) at->second = typesetter_->set(text, style, platform::Want::Measures).measures;
    return at->second;
}

TextSize Ruler::measure(const std::string& text, const platform::TextStyle& style) {
    const platform::TextImage& image = image_of(text, style);
    return {image.layout_width, image.layout_height, image.lines, image.ellipsized};
}

void Ruler::text(const std::string& text, const platform::TextStyle& style, float x, float y,
                 std::uint32_t /*colour*/) {
    constexpr float kMargin = 1;  // of the texture around the ink
    const platform::TextImage& image = image_of(text, style);
    const Box texture{x + image.offset_x, y + image.offset_y, static_cast<float>(image.width),
                      static_cast<float>(image.height)};
    drawn_.push_back({.text = text,
                      .style = style,
                      .size = measure(text, style),
                      .x = x,
                      .y = y,
                      .ink = texture.grown(-kMargin),
                      .unknown_glyphs = image.unknown_glyphs,
                      .shapes_before = shapes_.size()});
}

/// What somebody writes may run on outside its field's window: what shows is what is noted.
void Ruler::written(const std::string& text, const platform::TextStyle& style, float x, float y, std::uint32_t colour,
                    const Box& window) {
    if (text.empty()) return;
    this->text(text, style, x, y, colour);
    drawn_.back().ink = window.clipped(drawn_.back().ink);
}

}  // namespace milepost::kiosk
