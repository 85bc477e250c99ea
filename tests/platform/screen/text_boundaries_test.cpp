#include "platform/screen/text_boundaries.h"

#include <catch2/catch.hpp>

#include <vector>

using namespace milepost::platform;

namespace {

/// The text, taken apart from its begin to its end.
std::vector<std::string> forwards(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t next = next_grapheme(text, at);
        REQUIRE(next > at);
        parts.push_back(text.substr(at, next - at));
        at = next;
    }
    return parts;
}

std::vector<std::string> backwards(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t at = text.size(); at > 0;) {
        const std::size_t before = previous_grapheme(text, at);
        REQUIRE(before < at);
        parts.insert(parts.begin(), text.substr(before, at - before));
        at = before;
    }
    return parts;
}

using Parts = std::vector<std::string>;

}  // namespace

TEST_CASE("text boundaries: a grapheme is what a reader takes for one letter") {
    const auto [text, parts] = GENERATE(table<std::string, Parts>({
        {"", {}},
        {"ab", {"a", "b"}},
        {"e\u0301a", {"e\u0301", "a"}},  // a letter and its accent
        {"سلام", {"س", "ل", "ا", "م"}},  // joined letters are letters
        {"شُك", {"شُ", "ك"}},              // a vowel sign belongs to its letter
        {"किताब", {"कि", "ता", "ब"}},    // Devanagari: vowels beside and before
        {"นี้ดี", {"นี้", "ดี"}},              // Thai: vowel and tone above
        {"a👩‍👩‍👧‍👦b", {"a", "👩‍👩‍👧‍👦", "b"}},  // a family, joined
        {"👍🏽🇦🇹", {"👍🏽", "🇦🇹"}},                                                // a skin tone, a flag
        {"각한", {"각", "한"}},                                                    // Hangul
        {"ab שלום", {"a", "b", " ", "ש", "ל", "ו", "ם"}},                          // mixed direction: in reading order
    }));
    INFO(text);
    CHECK(forwards(text) == parts);
    CHECK(backwards(text) == parts);
}

TEST_CASE("text boundaries: a place inside a grapheme stands for its begin") {
    const std::string text = "a👩‍👩‍👧‍👦b";
    CHECK(grapheme_begin(text, 0) == 0);
    CHECK(grapheme_begin(text, 5) == 1);
    CHECK(grapheme_begin(text, text.size() - 2) == 1);
    CHECK(grapheme_begin(text, text.size() - 1) == text.size() - 1);
    CHECK(grapheme_begin(text, text.size() + 9) == text.size());
    CHECK(next_grapheme(text, text.size()) == text.size());
    CHECK(previous_grapheme(text, 0) == 0);
}

TEST_CASE("text boundaries: a word is found from any place in it and at its end") {
    const std::string text = "Très bien, merci";
    const std::size_t bien = text.find("bien");
    CHECK(word_at(text, 0, "fr") == TextRange{0, 5});
    CHECK(word_at(text, bien, "fr") == TextRange{bien, bien + 4});
    CHECK(word_at(text, bien + 2, "fr") == TextRange{bien, bien + 4});
    CHECK(word_at(text, bien + 4, "fr") == TextRange{bien, bien + 4});
    CHECK(word_at(text, bien + 5, "fr").empty());
    CHECK(word_at(text, text.size(), "fr") == TextRange{text.find("merci"), text.size()});
    CHECK(word_at("", 0, "fr").empty());
}

TEST_CASE("text boundaries: Thai words need no spaces") {
    const std::string text = "ขอบคุณมาก";  // "thank you", "much"
    const std::size_t much = text.find("มาก");
    CHECK(word_at(text, text.size(), "th") == TextRange{much, text.size()});
}
