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

TEST_CASE("touch: on a new screen only what lands where the old one was left is bounce") {
    Glass glass;
    CHECK(glass.tap(100, 400));
    glass.touch.screen_changed();
    glass.touch.screen_presented(glass.now);
    CHECK_FALSE(glass.tap(110, 400));
    CHECK(glass.tap(400, 400));
    CHECK(glass.tap(410, 400));  // a quick second tap elsewhere is one
    CHECK(glass.tap(110, 400));
    CHECK(glass.touch.bounces() == 1);
}

TEST_CASE("touch: two fingers that roll over two keys type both in the order in which they are lifted") {
    Glass glass;
    glass.move(Phase::Down, 100, 400, 1);
    glass.move(Phase::Down, 400, 400, 2);
    const auto first = glass.move(Phase::Up, 100, 400, 1);
    glass.move(Phase::Down, 600, 400, 1);
    const auto second = glass.move(Phase::Up, 400, 400, 2);
    const auto third = glass.move(Phase::Up, 600, 400, 1);
    REQUIRE((first && second && third));
    CHECK(first->name == "card0");
    CHECK(second->name == "card1");
    CHECK(third->name == "card2");
}

TEST_CASE("touch: a held key tells so once after 400 ms and its release is no tap") {
    Glass glass;
    glass.targets[0].hold = Target::Hold::Once;
    glass.move(Phase::Down, 100, 400);
    CHECK(glass.touch.next_hold() == glass.now + 400ms);
    glass.now += 399ms;
    CHECK_FALSE(glass.touch.take_hold(glass.now));
    glass.now += 1ms;
    const auto held = glass.touch.take_hold(glass.now);
    REQUIRE(held);
    CHECK(held->name == "card0");
    CHECK(held->held);
    CHECK_FALSE(glass.touch.take_hold(glass.now + 10s));
    CHECK_FALSE(glass.touch.next_hold());
    CHECK_FALSE(glass.move(Phase::Up, 100, 400));
}

TEST_CASE("touch: a finger that holds a key goes to what it offers and picks it when lifted") {
    Glass glass;
    glass.targets[0].hold = Target::Hold::Once;
    glass.move(Phase::Down, 100, 400);
    glass.now += 400ms;
    REQUIRE(glass.touch.take_hold(glass.now));
    glass.targets.insert(glass.targets.begin(), {{.name = "held:0", .box = {40, 200, 100, 90}, .chosen = true},
                                                 {.name = "held:1", .box = {140, 200, 100, 90}, .chosen = true}});
    glass.move(Phase::Move, 80, 240);
    CHECK(glass.touch.is_pressed("held:0"));
    glass.move(Phase::Move, 180, 240);
    CHECK(glass.touch.is_pressed("held:1"));
    const auto picked = glass.move(Phase::Up, 180, 240);
    REQUIRE(picked);
    CHECK(picked->name == "held:1");
    CHECK_FALSE(glass.touch.take_wipe());
}

TEST_CASE("touch: without a hold nothing on offer is picked by sliding there") {
    Glass glass;
    glass.targets.insert(glass.targets.begin(), {.name = "held:0", .box = {40, 200, 100, 90}, .chosen = true});
    glass.move(Phase::Down, 100, 400);
    glass.move(Phase::Move, 80, 210);
    CHECK_FALSE(glass.move(Phase::Up, 80, 210));
}

TEST_CASE("touch: a held erase key repeats after 500 ms and every 80 ms until it is lifted") {
    Glass glass;
    glass.targets[0].hold = Target::Hold::Repeat;
    glass.move(Phase::Down, 100, 400);
    glass.now += 500ms;
    CHECK(glass.touch.take_hold(glass.now));
    CHECK_FALSE(glass.touch.take_hold(glass.now + 79ms));
    CHECK(glass.touch.take_hold(glass.now + 80ms));
    CHECK_FALSE(glass.move(Phase::Up, 100, 400));
    CHECK_FALSE(glass.touch.take_hold(glass.now + 10s));
    // A short tap is one.
    CHECK(glass.tap(100, 400));
}

TEST_CASE("touch: a finger that trembles where small keys meet wipes nothing") {
    Glass glass;
    glass.targets = {
        {"a", {100, 100, 90, 80}}, {"b", {190, 100, 90, 80}}, {"c", {100, 180, 90, 80}}, {"d", {190, 180, 90, 80}}};
    glass.move(Phase::Down, 188, 178);
    glass.move(Phase::Move, 192, 178);
    glass.move(Phase::Move, 192, 182);
    glass.move(Phase::Move, 188, 182);
    CHECK(glass.move(Phase::Up, 188, 178));
    CHECK_FALSE(glass.touch.take_wipe());
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
