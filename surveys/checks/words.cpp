#include "surveys/checks/words.h"

#include <array>
#include <cstdint>
#include <utility>

namespace milepost::surveys {

namespace {

using Range = std::pair<char32_t, char32_t>;

/// Everything that stands between words, beyond ASCII.
constexpr std::array<Range, 12> kPunctuation{{{0xA0, 0xA9},
                                              {0xAB, 0xAC},
                                              {0xAE, 0xB4},
                                              {0xB6, 0xB9},
                                              {0xBB, 0xBF},
                                              {0x60C, 0x61F},
                                              {0x2000, 0x2BFF},
                                              {0x3000, 0x3004},
                                              {0x3008, 0x303F},
                                              {0xFF01, 0xFF0F},
                                              {0xFF1A, 0xFF20},
                                              {0xFF3B, 0xFF65}}};

bool is_ascii_word(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Apostrophes, the soft hyphen, zero-width marks: part of a word, but not of its letters.
bool falls_out(char32_t c) {
    return c == '\'' || c == 0x2019 || c == 0x2BC || c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060;
}

bool separates(char32_t c) {
    if (c < 0x80) return !is_ascii_word(c);
    for (const auto& [first, last] : kPunctuation) {
        if (c >= first && c <= last) return true;
    }
    return false;
}

/// Latin, Greek and Cyrillic; other scripts have no case or none that surveys are likely to differ in.
char32_t small(char32_t c) {
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7)) return c + 0x20;
    if (c >= 0x100 && c <= 0x137) return c | 1U;
    if (c >= 0x139 && c <= 0x148) return c + (c & 1U);
    if (c >= 0x14A && c <= 0x177) return c | 1U;
    if (c >= 0x179 && c <= 0x17E) return c + (c & 1U);
    if ((c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) return c + 0x20;
    if (c >= 0x400 && c <= 0x40F) return c + 0x50;
    return c;
}

/// The code point that begins at `at`, and how many bytes it has; a byte that is no UTF-8 stands for itself.
std::pair<char32_t, std::size_t> code_point(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t length = byte(at) < 0xC0 ? 1 : byte(at) < 0xE0 ? 2 : byte(at) < 0xF0 ? 3 : 4;
    if (length == 1 || at + length > text.size()) return {byte(at), 1};
    char32_t c = byte(at) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) c = (c << 6U) | (byte(at + i) & 0x3FU);
    return {c, length};
}

void append(std::string& text, char32_t c) {
    const auto put = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    const auto rest = [&](unsigned shift) { put(0x80U | ((c >> shift) & 0x3FU)); };
    if (c < 0x80) return put(c);
    if (c < 0x800) return put(0xC0U | (c >> 6U)), rest(0);
    if (c < 0x10000) return put(0xE0U | (c >> 12U)), rest(6), rest(0);
    put(0xF0U | (c >> 18U)), rest(12), rest(6), rest(0);
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) words.push_back(std::exchange(word, {}));
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto [c, length] = code_point(text, at);
        at += length;
        if (falls_out(c)) continue;
        if (separates(c)) {
            end_word();
        } else {
            append(word, small(c));
        }
    }
    end_word();
    return words;
}

}  // namespace milepost::surveys
