#include "platform/screen/text_boundaries.h"
#include "platform/screen/typesetter.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace milepost::platform;

namespace {

std::unique_ptr<Typesetter> typesetter() {
    auto made = Typesetter::make();
    if (!made) FAIL(made.error().message);
    return std::move(*made);
}

float caret_x(const std::string& text, const TextStyle& style, std::size_t index) {
    return typesetter()->caret(text, style, index).x;
}

constexpr const char* kTexts[] = {"Hello there", "مرحبا بكم",      "किताब अच्छी", "นี้ดีมาก", "a👩‍👩‍👧‍👦b",
                                  "שלום עולם",   "e\u0301te\u0301"};

}  // namespace

TEST_CASE("text cursor: carets run with the text and end at its edges") {
    const TextStyle english{.language = "en"};
    CHECK(caret_x("word", english, 0) == Approx(0).margin(0.5));
    CHECK(caret_x("word", english, 2) > caret_x("word", english, 1));
    const float width = typesetter()->set("word", english, Want::Measures).measures.layout_width;
    CHECK(caret_x("word", english, 4) == Approx(width).margin(1));

    const TextStyle arabic{.language = "ar"};
    const std::string hello = "مرحبا";
    const float arabic_width = typesetter()->set(hello, arabic, Want::Measures).measures.layout_width;
    CHECK(caret_x(hello, arabic, 0) == Approx(arabic_width).margin(1));
    CHECK(caret_x(hello, arabic, 2) < caret_x(hello, arabic, 0));
    CHECK(caret_x(hello, arabic, hello.size()) == Approx(0).margin(1));
}

TEST_CASE("text cursor: touching where a caret stands leads back to its place") {
    const std::string text = GENERATE(from_range(std::begin(kTexts), std::end(kTexts)));
    const TextStyle style{.language = GENERATE(as<std::string>{}, "en", "ar"), .size = 40, .width = 600};
    INFO(text << " in " << style.language);
    const auto setter = typesetter();
    for (std::size_t at = 0; at <= text.size(); at = at == text.size() ? at + 1 : next_grapheme(text, at)) {
        const TextRect caret = setter->caret(text, style, at);
        const std::size_t found = setter->index_at(text, style, caret.x, caret.y + caret.height / 2);
        CHECK(std::fabs(setter->caret(text, style, found).x - caret.x) < 1);
        CHECK(grapheme_begin(text, found) == found);
    }
}

TEST_CASE("text cursor: no grapheme is ever cut by touching it") {
    const std::string text = "a👩‍👩‍👧‍👦b";
    const TextStyle style{.language = "en", .size = 40};
    const auto setter = typesetter();
    const float width = setter->set(text, style, Want::Measures).measures.layout_width;
    for (float x = -20; x < width + 20; x += 3) {
        const std::size_t found = setter->index_at(text, style, x, 10);
        CHECK(grapheme_begin(text, found) == found);
    }
}

TEST_CASE("text cursor: lines lie below each other and outside counts as the nearest") {
    const std::string text = "one two three four five six";
    const TextStyle style{.language = "en", .size = 32, .width = 160, .balance = false};
    const auto setter = typesetter();
    REQUIRE(setter->set(text, style, Want::Measures).measures.lines >= 3);
    const TextRect first = setter->caret(text, style, 0);
    const TextRect last = setter->caret(text, style, text.size());
    CHECK(first.y == Approx(0).margin(0.5));
    CHECK(last.y > first.y + 2 * first.height - 1);
    CHECK(setter->index_at(text, style, 0, -50) == 0);
    CHECK(setter->index_at(text, style, 500, 5000) == text.size());
}

TEST_CASE("text cursor: what is selected is covered and nothing else") {
    const TextStyle style{.language = "en", .size = 40};
    const auto setter = typesetter();
    const auto word = setter->selection("one two", style, 4, 7);
    REQUIRE(word.size() == 1);
    CHECK(word[0].x == Approx(setter->caret("one two", style, 4).x).margin(1));
    CHECK(word[0].x + word[0].width == Approx(setter->caret("one two", style, 7).x).margin(1));
    CHECK(setter->selection("one two", style, 3, 3).empty());

    const std::string mixed = "abc שלום def";
    const std::size_t hebrew = mixed.find("ש");
    // From the middle of one direction to the middle of the other: two pieces.
    CHECK(setter->selection(mixed, style, 1, hebrew + 4).size() == 2);

    const TextStyle narrow{.language = "en", .size = 32, .width = 160, .balance = false};
    CHECK(setter->selection("one two three four", narrow, 0, 18).size() >= 2);
}

TEST_CASE("text cursor: an empty text has its caret where writing begins") {
    const TextStyle english{.language = "en", .size = 40, .width = 300};
    const TextStyle arabic{.language = "ar", .size = 40, .width = 300};
    const auto setter = typesetter();
    CHECK(setter->caret("", english, 0).height > 30);
    CHECK(setter->caret("", arabic, 0).height > 30);
    CHECK(setter->index_at("", english, 50, 5) == 0);
    CHECK(setter->selection("", english, 0, 0).empty());
}
