#include "kiosk/entry/keyboard.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace milepost::kiosk;
using namespace std::chrono_literals;
using milepost::platform::SteadyTime;

namespace {

constexpr SteadyTime kNoon{1000s};

std::string text_on(const Keyboard& keyboard, const std::string& key) {
    const auto found = keyboard.find("key:" + key);
    return found ? found->text : "";
}

}  // namespace

TEST_CASE("keyboard: shift holds for one letter, twice for all that follow") {
    Keyboard keyboard{Keyboard::Use::Text, "en", {"en"}};
    CHECK(text_on(keyboard, "q") == "q");
    keyboard.tap_shift(kNoon);
    CHECK(text_on(keyboard, "q") == "Q");
    keyboard.typed();
    CHECK(text_on(keyboard, "q") == "q");

    keyboard.tap_shift(kNoon + 5s);
    keyboard.tap_shift(kNoon + 5s + 300ms);
    keyboard.typed();
    CHECK(text_on(keyboard, "q") == "Q");
    CHECK(keyboard.shift() == Keyboard::Shift::Locked);
    keyboard.tap_shift(kNoon + 9s);
    CHECK(text_on(keyboard, "q") == "q");
}

TEST_CASE("keyboard: two slow taps of shift take it back") {
    Keyboard keyboard{Keyboard::Use::Text, "en", {"en"}};
    keyboard.tap_shift(kNoon);
    keyboard.tap_shift(kNoon + 2s);
    CHECK(keyboard.shift() == Keyboard::Shift::Off);
}

TEST_CASE("keyboard: what a held key offers follows shift") {
    Keyboard keyboard{Keyboard::Use::Text, "de", {"de"}};
    CHECK(keyboard.find("key:s")->held.front() == "ß");
    keyboard.tap_shift(kNoon);
    CHECK(keyboard.find("key:s")->held.front() == "ẞ");
}

TEST_CASE("keyboard: the layouts are those of the survey's languages and English") {
    Keyboard keyboard{Keyboard::Use::Text, "de", {"en", "de", "ar"}};
    CHECK(keyboard.layout().id == "de");
    CHECK(keyboard.can_switch_layout());
    keyboard.next_layout();
    CHECK(keyboard.layout().id == "us");
    keyboard.next_layout();
    CHECK(keyboard.layout().id == "ar");
    keyboard.next_layout();
    CHECK(keyboard.layout().id == "de");
    keyboard.follow_language("ar");
    CHECK(keyboard.layout().id == "ar");
    keyboard.follow_language("th");
    CHECK(keyboard.layout().id == "us");

    CHECK_FALSE(Keyboard{Keyboard::Use::Text, "en", {"en"}}.can_switch_layout());
    Keyboard russian{Keyboard::Use::Text, "ru", {"ru"}};
    russian.next_layout();
    CHECK(russian.layout().id == "us");
}

TEST_CASE("keyboard: an address is written in Latin letters with its signs at hand") {
    const Keyboard keyboard{Keyboard::Use::Email, "ar", {"ar", "ru"}};
    CHECK(keyboard.layout().latin);
    for (const char* sign : {"@", ".", "_", "-"}) {
        CHECK(text_on(keyboard, sign) == sign);
    }
    CHECK(text_on(keyboard, "space").empty());
    const auto chips = keyboard.rows().front();
    CHECK(std::ranges::all_of(chips, [](const Key& key) { return key.does == Key::Does::PutDomain; }));
}

TEST_CASE("keyboard: signs and letters take turns") {
    Keyboard keyboard{Keyboard::Use::Text, "en", {"en"}};
    keyboard.tap_shift(kNoon);
    keyboard.switch_symbols();
    CHECK(text_on(keyboard, "1") == "1");
    CHECK(text_on(keyboard, "q").empty());
    keyboard.switch_symbols();
    CHECK(text_on(keyboard, "q") == "q");
}
