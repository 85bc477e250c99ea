#include "kiosk/touch.h"

#include <catch2/catch.hpp>

using namespace milepost;
using namespace milepost::kiosk;
using namespace std::chrono_literals;
using Phase = platform::Pointer::Phase;

namespace {

/// Fingers on a 10.1" 1280×800 panel with five cards in a row.
struct Glass {
    Touch touch{Layout{1280, 800, 257}};
    std::vector<Target> targets;
    platform::SteadyTime now{1000s};

    Glass() {
        for (int i = 0; i < 5; ++i) {
            targets.push_back({"card" + std::to_string(i), card(i)});
        }
        touch.screen_changed();
        touch.screen_presented(now);
        now += 10s;
    }
    static Box card(int i) { return {40.0F + static_cast<float>(i) * 244, 300, 224, 340}; }
    std::optional<Tap> move(Phase phase, float x, float y, std::int64_t contact = 1) {
        return touch.handle({.phase = phase, .contact = contact, .x = x, .y = y, .at = now}, targets);
    }
    std::optional<Tap> tap(float x, float y, std::int64_t contact = 1) {
        move(Phase::Down, x, y, contact);
        return move(Phase::Up, x, y, contact);
    }
};

}  // namespace

TEST_CASE("touch: a card acts on release and shows the press before") {
    Glass glass;
    CHECK_FALSE(glass.move(Phase::Down, 100, 400));
    CHECK(glass.touch.is_pressed("card0"));
    const auto tap = glass.move(Phase::Up, 100, 400);
    REQUIRE(tap);
    CHECK(tap->name == "card0");
    CHECK_FALSE(glass.touch.is_pressed("card0"));
}

TEST_CASE("touch: a release within 8 mm of the card acts and one further off does not") {
    Glass glass;
    // 8 mm are 47.04 pixels here: 48 when rounded up.
    const auto [x, acts] = GENERATE(table<float, bool>({{-7.0F, true}, {-9.0F, false}}));
    glass.move(Phase::Down, 60, 400);
    glass.move(Phase::Move, x, 400);
    CHECK(glass.move(Phase::Up, x, 400).has_value() == acts);
}

TEST_CASE("touch: a finger that slid off does not act after it came back") {
    Glass glass;
    glass.move(Phase::Down, 100, 400);
    glass.move(Phase::Move, 100, 700);
    CHECK_FALSE(glass.touch.is_pressed("card0"));
    glass.move(Phase::Move, 100, 400);
    CHECK_FALSE(glass.move(Phase::Up, 100, 400));
}

TEST_CASE("touch: a tap followed at once by a move is still the tapped card") {
    Glass glass;
    glass.move(Phase::Down, 100, 400);
    const auto tap = glass.move(Phase::Up, 100, 400);
    CHECK_FALSE(glass.move(Phase::Move, 900, 400));
    REQUIRE(tap);
    CHECK(tap->name == "card0");
}

TEST_CASE("touch: a resting palm blocks nothing") {
    Glass glass;
    glass.move(Phase::Down, 100, 400, 7);
    const auto tap = glass.tap(400, 400, 8);
    REQUIRE(tap);
    CHECK(tap->name == "card1");
}

TEST_CASE("touch: a wipe over many cards answers nothing and is told once") {
    Glass glass;
    glass.move(Phase::Down, 100, 400);
    glass.move(Phase::Move, 900, 400);
    CHECK(glass.touch.take_wipe());
    CHECK_FALSE(glass.touch.take_wipe());
    glass.move(Phase::Move, 100, 400);
    CHECK_FALSE(glass.move(Phase::Up, 100, 400));
}

TEST_CASE("touch: a tap close to the last one is bounce for 400 ms after the next screen's first frame") {
    Glass glass;
    REQUIRE(glass.tap(150, 400));
    glass.touch.screen_changed();
    glass.now += 50ms;
    CHECK_FALSE(glass.tap(150, 400));  // not even on the glass yet
    glass.touch.screen_presented(glass.now);
    glass.now += 399ms;
    CHECK_FALSE(glass.tap(200, 450));
    CHECK(glass.touch.bounces() == 2);
    CHECK(glass.tap(900, 400));  // far away: meant
}

TEST_CASE("touch: after 400 ms the same place is a tap again") {
    Glass glass;
    REQUIRE(glass.tap(150, 400));
    glass.touch.screen_changed();
    glass.touch.screen_presented(glass.now);
    glass.now += 400ms;
    CHECK(glass.tap(150, 400));
    CHECK(glass.touch.bounces() == 0);
}

TEST_CASE("touch: a finger that is down when the screen changes answers nothing on the new one") {
    Glass glass;
    glass.move(Phase::Down, 100, 400);
    glass.touch.screen_changed();
    glass.touch.screen_presented(glass.now);
    CHECK_FALSE(glass.move(Phase::Up, 100, 400));
}

TEST_CASE("touch: a cancelled contact and a disabled target do nothing") {
    Glass glass;
    glass.move(Phase::Down, 100, 400);
    CHECK_FALSE(glass.move(Phase::Cancel, 100, 400));
    glass.targets[1].enabled = false;
    CHECK_FALSE(glass.tap(400, 400));
}

TEST_CASE("touch: what lies behind all targets is no target of a wipe") {
    Glass glass;
    glass.targets.resize(3);
    glass.targets.push_back({.name = "surface", .box = {0, 0, 1280, 800}, .is_surface = true});
    glass.move(Phase::Down, 100, 400);
    glass.move(Phase::Move, 700, 400);
    CHECK_FALSE(glass.touch.take_wipe());
}
