#include "kiosk/entry/keyboard_layout.h"

#include "kiosk/entry/keyboard.h"
#include "tests/kiosk/entry/make_layouts.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace milepost::kiosk;

namespace {

/// Everything that one can type with the layout, without capitals.
std::set<std::string> typed_by(const KeyboardLayout& layout) {
    std::set<std::string> typed;
    for (const auto& row : layout.letters) {
        for (const Letter& letter : row) {
            typed.insert(letter.plain);
        }
    }
    for (const auto& row : layout.symbols) {
        typed.insert(row.begin(), row.end());
    }
    for (const auto& [key, letters] : layout.held) {
        for (const Letter& letter : letters) {
            typed.insert(letter.plain);
        }
    }
    return typed;
}

std::vector<std::string> characters(const std::string& text) {
    std::vector<std::string> all;
    for (const char c : text) {
        if ((c & 0xC0) != 0x80) {
            all.emplace_back();
        }
        all.back() += c;
    }
    return all;
}

std::string any_layout() {
    const auto ids = keyboard_layout_ids();
    return std::string{GENERATE_COPY(from_range(ids.begin(), ids.end()))};
}

}  // namespace

TEST_CASE("keyboard layouts: each is what xkb-data of this machine makes of it") {
    const std::string id = any_layout();
    INFO(id << ": run kiosk_make_layouts kiosk/entry/layouts and read what changed");
    CHECK(keyboard_layout_source(id) == make_layout(id));
}

TEST_CASE("keyboard layouts: every letter that the physical keyboard types can be typed") {
    const std::string id = any_layout();
    const std::set<std::string> typed = typed_by(keyboard_layout(id));
    // Polish writes its own letters with AltGr; elsewhere that level holds everybody's.
    const std::vector<std::string> letters = xkb_letters(id, id == "pl");
    // (Arabic has no capitals: its letters are those of the rows.)
    REQUIRE((letters.size() >= 26 || id == "ar"));
    const std::set<std::string> foreign{"ŧ", "þ", "đ", "ŋ", "ħ", "ĸ", "ə", "ð", "µ", "ſ", "ŀ", "π"};
    for (const std::string& letter : letters) {
        INFO(id << " " << letter);
        CHECK((typed.contains(letter) || foreign.contains(letter)));
    }
}

TEST_CASE("keyboard layouts: every letter of the language can be typed") {
    const auto [id, alphabet] = GENERATE(table<std::string, std::string>({
        {"us", "abcdefghijklmnopqrstuvwxyz"},
        {"gb", "abcdefghijklmnopqrstuvwxyz"},
        {"de", "abcdefghijklmnopqrstuvwxyzäöüß"},
        {"fr", "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ"},
        {"es", "abcdefghijklmnopqrstuvwxyzáéíóúüñ¿¡"},
        {"it", "abcdefghijklmnopqrstuvwxyzàèéìòóù"},
        {"pl", "abcdefghijklmnopqrstuvwxyząćęłńóśźż"},
        {"ru", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"},
        {"ar", "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ"},
    }));
    const std::set<std::string> typed = typed_by(keyboard_layout(id));
    for (const std::string& letter : characters(alphabet)) {
        INFO(id << " " << letter);
        CHECK(typed.contains(letter));
    }
    for (const std::string& sign : characters("0123456789@#&_-+()/=*\"'!")) {
        INFO(id << " " << sign);
        CHECK(typed.contains(sign));
    }
}

TEST_CASE("keyboard layouts: no row is wider than eleven keys and no two keys have one name") {
    const std::string id = any_layout();
    const std::string language = id == "us" ? "en" : id == "gb" ? "en-GB" : id;
    const auto use = GENERATE(Keyboard::Use::Text, Keyboard::Use::Email);
    const bool symbols = GENERATE(false, true);
    Keyboard keyboard{use, language, {language, "en"}};
    if (symbols) {
        keyboard.switch_symbols();
    }
    std::map<std::string, int> names;
    for (const KeyRow& row : keyboard.rows()) {
        float columns = 0;
        for (const Key& key : row) {
            columns += key.columns;
            CHECK(key.columns >= 1);
            CHECK(++names[key.name] == 1);
            CHECK_FALSE(key.label.empty());
        }
        INFO(id);
        CHECK(columns <= kKeyColumns + 0.01F);
    }
}

TEST_CASE("keyboard layouts: a language has its own or English") {
    CHECK(keyboard_layout_for("de-AT") == "de");
    CHECK(keyboard_layout_for("en") == "us");
    CHECK(keyboard_layout_for("en-US") == "us");
    CHECK(keyboard_layout_for("en-GB") == "gb");
    CHECK(keyboard_layout_for("th") == "us");
}
