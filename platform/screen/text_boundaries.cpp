#include "platform/screen/text_boundaries.h"

#include <pango/pango.h>

#include <algorithm>
#include <vector>

namespace milepost::platform {
namespace {

/// Pango's marks, one a code point and one for the end, with the byte at which each lies.
struct Marks {
    std::vector<PangoLogAttr> attributes;
    std::vector<std::size_t> bytes;

    /// The last place at byte `index` or before it.
    [[nodiscard]] std::size_t place_of(std::size_t index) const {
        const auto after = std::ranges::upper_bound(bytes, index);
        return static_cast<std::size_t>(after - bytes.begin()) - 1;
    }
};

Marks marks_of(const std::string& text, const char* language) {
    Marks marks;
    std::size_t at = 0;
    while (at < text.size()) {
        marks.bytes.push_back(at);
        at += static_cast<std::size_t>(g_utf8_next_char(text.data() + at) - (text.data() + at));
    }
    marks.bytes.push_back(text.size());
    marks.attributes.resize(marks.bytes.size());
    pango_get_log_attrs(text.data(), static_cast<int>(text.size()), -1, pango_language_from_string(language),
                        marks.attributes.data(), static_cast<int>(marks.attributes.size()));
    return marks;
}

}  // namespace

std::size_t next_grapheme(const std::string& text, std::size_t index) {
    const Marks marks = marks_of(text, "en");
    for (std::size_t place = marks.place_of(index) + 1; place < marks.bytes.size(); ++place) {
        if (marks.attributes[place].is_cursor_position != 0) return marks.bytes[place];
    }
    return text.size();
}

std::size_t previous_grapheme(const std::string& text, std::size_t index) {
    const Marks marks = marks_of(text, "en");
    for (std::size_t place = marks.place_of(index); place > 0; --place) {
        const bool before = marks.bytes[place - 1] < index;
        if (before && marks.attributes[place - 1].is_cursor_position != 0) return marks.bytes[place - 1];
    }
    return 0;
}

std::size_t grapheme_begin(const std::string& text, std::size_t index) {
    const Marks marks = marks_of(text, "en");
    std::size_t place = marks.place_of(index);
    while (place > 0 && marks.attributes[place].is_cursor_position == 0) --place;
    return marks.bytes[place];
}

TextRange word_at(const std::string& text, std::size_t index, const std::string& language) {
    const Marks marks = marks_of(text, language.c_str());
    const std::size_t at = marks.place_of(index);
    std::size_t begin = at;
    while (begin > 0 && marks.attributes[begin].is_word_start == 0) --begin;
    if (marks.attributes[begin].is_word_start == 0) return {marks.bytes[at], marks.bytes[at]};
    std::size_t end = begin + 1;
    while (end + 1 < marks.bytes.size() && marks.attributes[end].is_word_end == 0) ++end;
    if (end < at) return {marks.bytes[at], marks.bytes[at]};
    return {marks.bytes[begin], marks.bytes[end]};
}

}  // namespace milepost::platform
