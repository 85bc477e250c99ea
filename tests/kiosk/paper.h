#pragma once

#include "kiosk/painter.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <vector>

namespace milepost::kiosk {

/// A painter with no window and no fonts: letters are .56 of their size wide, words are not broken. It
/// notes where texts lie.
class Paper final : public Painter {
public:
    std::vector<Box> texts{};

    TextSize measure(const std::string& text, const platform::TextStyle& style) override {
        const float line = style.size * (style.language == "ar" ? 1.5F : 1.2F);
        const auto length = [&](const std::string& word) {
            const auto letters = std::ranges::count_if(word, [](char c) { return (c & 0xC0) != 0x80; });
            return static_cast<float>(letters) * style.size * 0.56F;
        };
        if (style.width <= 0) {
            return {length(text), line, 1, false};
        }
        TextSize size{0, 0, 1, false};
        float x = 0;
        std::istringstream words{text};
        for (std::string word; words >> word;) {
            const float space = x > 0 ? style.size * 0.28F : 0;
            if (x > 0 && x + space + length(word) > style.width) {
                ++size.lines;
                x = length(word);
            } else {
                x += space + length(word);
            }
            size.width = std::max(size.width, x);
        }
        size.cut = style.most_lines > 0 && size.lines > style.most_lines;
        size.lines = size.cut ? style.most_lines : size.lines;
        size.width = std::min(size.width, style.width);
        size.height = line * static_cast<float>(size.lines);
        return size;
    }
    void text(const std::string& text, const platform::TextStyle& style, float x, float y, std::uint32_t) override {
        const TextSize size = measure(text, style);
        texts.push_back({x, y, size.width, size.height});
    }
    Writing writing(const std::string& text, const platform::TextStyle& style, std::size_t caret,
                    platform::TextRange) override {
        const TextSize size = measure(text, style);
        const float line = size.height / static_cast<float>(size.lines);
        const TextSize before = measure(text.substr(0, caret), style);
        return {.size = size, .caret = {before.lines > 1 ? 0 : before.width, before.height - line, 0, line}};
    }
    std::size_t place_in(const std::string& text, const platform::TextStyle& style, float x, float) override {
        return std::min(text.size(), static_cast<std::size_t>(std::max(0.0F, x / (style.size * 0.56F) + 0.5F)));
    }
    void written(const std::string&, const platform::TextStyle&, float, float, std::uint32_t,
                 const Box& window) override {
        texts.push_back(window);
    }
    void panel(const platform::Panel&, const Box&) override {}
    void face(int, const Box&) override {}
    void disc(const Box&, float, std::uint32_t) override {}
    void check_mark(const Box&, float, std::uint32_t) override {}
    void star(const Box&, float, std::uint32_t) override {}
    std::size_t mark() override { return 0; }
    void move_since(std::size_t, const Motion&) override {}
};

}  // namespace milepost::kiosk
