#pragma once

#include <cstddef>
#include <string>

namespace milepost::platform {

// Where a caret may stand in a text, and what a word is: Unicode's rules as Pango has them, without any
// layout. Indices are bytes of UTF-8; one inside a grapheme stands for the grapheme's begin, one behind the
// text for its end.

/// The boundary after the grapheme at `index`: what a reader takes for one letter, however many code points.
[[nodiscard]] std::size_t next_grapheme(const std::string& text, std::size_t index);
/// The boundary before the grapheme that ends at `index`.
[[nodiscard]] std::size_t previous_grapheme(const std::string& text, std::size_t index);
/// The grapheme boundary at `index` or before it.
[[nodiscard]] std::size_t grapheme_begin(const std::string& text, std::size_t index);

struct TextRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    [[nodiscard]] bool empty() const { return begin == end; }
    bool operator==(const TextRange&) const = default;
};
/// The word that holds `index` or ends there; empty between words. `language` tells where Thai ends one.
[[nodiscard]] TextRange word_at(const std::string& text, std::size_t index, const std::string& language);

}  // namespace milepost::platform
