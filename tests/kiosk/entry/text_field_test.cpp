#include "kiosk/entry/text_field.h"

#include <catch2/catch.hpp>

using namespace milepost;
using namespace milepost::kiosk;

namespace {

TextField written(const std::string& text, int most = 280) {
    TextField field{most};
    field.set(text);
    return field;
}

}  // namespace

TEST_CASE("text field: what is typed stands before the caret") {
    TextField field;
    CHECK(field.insert("a"));
    CHECK(field.insert("c"));
    field.move_left();
    CHECK(field.insert("b"));
    CHECK(field.text() == "abc");
    CHECK(field.caret() == 2);
}

TEST_CASE("text field: erasing takes a whole grapheme") {
    const auto [text, left] = GENERATE(table<std::string, std::string>({
        {"ab", "a"},
        {"क\u093f", ""},
        {"a👩‍👩‍👧‍👦", "a"},
        {"e\u0301", ""},
        {"سلا", "سل"},
    }));
    TextField field = written(text);
    CHECK(field.erase_backwards());
    CHECK(field.text() == left);
    CHECK(field.caret() == left.size());
}

TEST_CASE("text field: nothing is erased before the first letter") {
    TextField field = written("ab");
    field.place_caret(0);
    CHECK_FALSE(field.erase_backwards());
    CHECK(field.text() == "ab");
}

TEST_CASE("text field: the limit counts code points and refuses what would pass it") {
    TextField field{3};
    CHECK(field.insert("äö"));
    CHECK(field.insert("ü"));
    CHECK_FALSE(field.insert("x"));
    CHECK(field.text() == "äöü");
    CHECK(field.chars() == 3);
    field.select_all();
    CHECK(field.insert("xyz"));  // in place of three
    CHECK(field.text() == "xyz");
    CHECK_FALSE(written("", 2).insert("👩‍👩‍👧‍👦"));
}

TEST_CASE("text field: control characters and broken bytes never get in") {
    TextField field;
    CHECK_FALSE(field.insert("\n\t\x01\x7F\u0085"));
    CHECK(field.insert("a\nb\u0080c"));
    CHECK(field.text() == "abc");
    CHECK(field.insert("\xFF"));
    CHECK(field.text() == "abc\uFFFD");
}

TEST_CASE("text field: a selection is replaced and erased as one") {
    TextField field = written("good bad ugly");
    field.select_word(6, "en");
    CHECK(field.selection() == platform::TextRange{5, 8});
    field.insert("fine");
    CHECK(field.text() == "good fine ugly");
    CHECK(field.caret() == 9);
    field.select_all();
    CHECK(field.erase_backwards());
    CHECK(field.text().empty());
    CHECK(field.is_blank());
}

TEST_CASE("text field: the caret goes by graphemes and out of a selection to its edge") {
    TextField field = written("a👩‍👩‍👧‍👦b");
    field.move_left();
    field.move_left();
    CHECK(field.caret() == 1);
    field.move_right();
    CHECK(field.caret() == field.text().size() - 1);
    field.select_all();
    field.move_left();
    CHECK(field.caret() == 0);
    field.select_all();
    field.move_right();
    CHECK(field.caret() == field.text().size());
    field.place_caret(5);  // within the family
    CHECK(field.caret() == 1);
}

TEST_CASE("text field: a copy and a move hold the same text") {
    TextField field = written("maria");
    const TextField copy = field;
    CHECK(copy.text() == "maria");
    TextField moved{3};
    moved = std::move(field);
    CHECK(moved.text() == "maria");
    CHECK(moved.most_chars() == 280);
    moved = copy;
    CHECK(moved.text() == "maria");
}
