#include "kiosk/speech/keypad.h"

#include "kiosk/ui.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::speech;
using namespace std::chrono_literals;
using Code = platform::KeyStroke::Key;
using Phase = platform::KeyStroke::Phase;

namespace {

/// Two pills above, five cards, two pills below, as a question has them: built in another order than read.
std::vector<Target> question() {
    std::vector<Target> targets;
    for (int i = 1; i <= 5; ++i) {
        targets.push_back({.name = "answer:" + std::to_string(i),
                           .box = {static_cast<float>(i) * 200, 300, 180, 300},
                           .spoken = std::to_string(i)});
    }
    targets.push_back({.name = "accessibility", .box = {1000, 10, 200, 100}});
    targets.push_back({.name = "language", .box = {700, 14, 200, 92}});
    targets.push_back({.name = "back", .box = {100, 700, 200, 90}});
    targets.push_back({.name = "skip", .box = {1000, 700, 200, 90}});
    return targets;
}

std::vector<std::string> names_of(const std::vector<const Target*>& targets) {
    std::vector<std::string> names;
    for (const Target* target : targets) names.push_back(target->name);
    return names;
}

/// A hand on a keypad.
struct Hand {
    std::vector<Target> targets = question();
    Keypad keypad{};
    platform::SteadyTime now{1000s};
    std::string focus{};

    std::optional<Keypad::Deed> send(Code key, Phase phase, int digit = 0) {
        const auto deed = keypad.handle({.key = key, .phase = phase, .digit = digit, .at = now}, targets, focus, false);
        if (const auto* moved = deed ? std::get_if<Keypad::Moved>(&*deed) : nullptr) focus = moved->to->name;
        return deed;
    }
    /// The target that a whole strike taps, or empty.
    std::string strike(Code key, int digit = 0) {
        static_cast<void>(send(key, Phase::Down, digit));
        now += 60ms;
        const auto deed = send(key, Phase::Up, digit);
        if (!deed) return "";
        if (const auto* tap = std::get_if<Tap>(&*deed)) return tap->name;
        const auto* direct = std::get_if<Keypad::Direct>(&*deed);
        return direct ? direct->tap.name : "";
    }
};

}  // namespace

TEST_CASE("keypad: the ring goes in reading order") {
    const auto targets = question();
    CHECK(names_of(reading_order(targets, false)) == std::vector<std::string>{"language", "accessibility", "answer:1",
                                                                              "answer:2", "answer:3", "answer:4",
                                                                              "answer:5", "back", "skip"});
    CHECK(names_of(reading_order(targets, true)) == std::vector<std::string>{"accessibility", "language", "answer:5",
                                                                             "answer:4", "answer:3", "answer:2",
                                                                             "answer:1", "skip", "back"});
}

TEST_CASE("keypad: what cannot be touched now gets no ring") {
    auto targets = question();
    targets[1].enabled = false;
    targets.push_back({.name = "field", .box = {100, 200, 900, 90}});
    targets.push_back({.name = kSurface, .box = {0, 0, 1280, 800}, .is_surface = true});
    const auto names = names_of(reading_order(targets, false));
    CHECK(names.size() == 8);
    for (const char* name : {"answer:2", "field", kSurface}) {
        CHECK(std::ranges::find(names, name) == names.end());
    }
}

TEST_CASE("keypad: arrows and tabs lead where they say") {
    const auto [from, key, right_to_left, to] = GENERATE(table<std::string, Code, bool, std::string>({
        {"answer:2", Code::Right, false, "answer:3"},
        {"answer:2", Code::Left, false, "answer:1"},
        {"answer:2", Code::Right, true, "answer:3"},
        {"answer:2", Code::Tab, true, "answer:1"},
        {"answer:2", Code::BackTab, false, "answer:1"},
        {"answer:5", Code::Tab, false, "back"},
        {"skip", Code::Tab, false, "language"},
        {"language", Code::BackTab, false, "skip"},
        {"answer:5", Code::Down, false, "skip"},
        {"answer:1", Code::Down, false, "back"},
        {"back", Code::Up, false, "answer:1"},
        {"answer:4", Code::Up, false, "language"},
        {"skip", Code::Up, false, "answer:5"},
    }));
    INFO(from << " " << static_cast<int>(key) << (right_to_left ? " rtl" : ""));
    const auto targets = question();
    const Target* there = neighbour(targets, *find_target(targets, from), key, right_to_left);
    REQUIRE(there);
    CHECK(there->name == to);
}

TEST_CASE("keypad: nothing lies above the first row or below the last") {
    const auto targets = question();
    CHECK(neighbour(targets, *find_target(targets, "language"), Code::Up, false) == nullptr);
    CHECK(neighbour(targets, *find_target(targets, "skip"), Code::Down, false) == nullptr);
}

TEST_CASE("keypad: a tap comes when the key goes up where it went down") {
    Hand hand;
    hand.focus = "answer:4";
    CHECK_FALSE(hand.send(Code::Enter, Phase::Down));
    CHECK(hand.strike(Code::Enter) == "answer:4");

    hand.now += 1s;
    static_cast<void>(hand.send(Code::Enter, Phase::Down));
    hand.keypad.screen_changed();
    CHECK_FALSE(hand.send(Code::Enter, Phase::Up));
}

TEST_CASE("keypad: a key that repeats taps once and two strikes within half a second are one") {
    Hand hand;
    hand.focus = "answer:4";
    static_cast<void>(hand.send(Code::Enter, Phase::Down));
    for (int i = 0; i < 20; ++i) CHECK_FALSE(hand.send(Code::Enter, Phase::Again));
    CHECK(hand.send(Code::Enter, Phase::Up));
    hand.now += 200ms;
    CHECK(hand.strike(Code::Enter).empty());
    hand.now += 600ms;
    CHECK(hand.strike(Code::Enter) == "answer:4");
    // Nor does it answer what has just come.
    hand.now += 100ms;
    hand.keypad.screen_changed();
    hand.focus = "answer:1";
    CHECK(hand.strike(Code::Enter).empty());
    hand.now += 500ms;
    CHECK(hand.strike(Code::Enter) == "answer:1");
}

TEST_CASE("keypad: letters and digits may be struck twice soon after each other but not by trembling") {
    Hand hand;
    hand.targets.push_back({.name = "digit:1", .box = {0, 0, 10, 10}});
    CHECK(hand.strike(Code::Digit, 1) == "digit:1");
    hand.now += 100ms;
    CHECK(hand.strike(Code::Digit, 1) == "digit:1");
    hand.now += 5ms;
    CHECK(hand.strike(Code::Digit, 1).empty());
}

TEST_CASE("keypad: digits answer a scale by its places") {
    Hand hand;
    CHECK(hand.strike(Code::Digit, 3) == "answer:3");
    hand.now += 1s;
    CHECK(hand.strike(Code::Digit, 0).empty());
    CHECK(hand.strike(Code::Digit, 6).empty());
    for (int i = 0; i < 5; ++i) hand.targets[static_cast<std::size_t>(i)].name = "answer:" + std::to_string(i - 2);
    CHECK(hand.strike(Code::Digit, 1) == "answer:-2");
}

TEST_CASE("keypad: where a digit may be half of ten it only moves the ring") {
    Hand hand;
    hand.targets.clear();
    for (int i = 0; i <= 10; ++i) {
        hand.targets.push_back({.name = "answer:" + std::to_string(i), .box = {static_cast<float>(i) * 60, 0, 50, 90}});
    }
    CHECK(hand.strike(Code::Digit, 1).empty());
    CHECK(hand.focus == "answer:1");
    CHECK(hand.strike(Code::Digit, 0).empty());
    CHECK(hand.focus == "answer:10");
    CHECK(hand.strike(Code::Digit, 0).empty());
    CHECK(hand.focus == "answer:0");
    CHECK(hand.strike(Code::Enter) == "answer:0");
}

TEST_CASE("keypad: escape goes back and backspace erases where there is something to erase") {
    Hand hand;
    CHECK(hand.strike(Code::Escape) == "back");
    hand.now += 1s;
    CHECK(hand.strike(Code::Backspace) == "back");
    hand.now += 1s;
    hand.targets.push_back({.name = "key:erase", .box = {0, 0, 10, 10}});
    CHECK(hand.strike(Code::Backspace) == "key:erase");
    hand.targets = {{.name = "done", .box = {0, 0, 10, 10}}};
    CHECK(hand.strike(Code::Escape) == "done");
}

TEST_CASE("keypad: enter held on a key offers its other letters") {
    Hand hand;
    hand.targets.push_back({.name = "key:e", .box = {0, 0, 10, 10}, .hold = Target::Hold::Once});
    hand.focus = "key:e";
    static_cast<void>(hand.send(Code::Enter, Phase::Down));
    CHECK_FALSE(hand.keypad.take_hold(hand.now + 399ms));
    const auto held = hand.keypad.take_hold(hand.now + 400ms);
    REQUIRE(held);
    CHECK(held->held);
    CHECK_FALSE(hand.keypad.take_hold(hand.now + 900ms));
    hand.now += 900ms;
    CHECK_FALSE(hand.send(Code::Enter, Phase::Up));
}

TEST_CASE("keypad: the ring begins where a page is answered") {
    auto targets = question();
    CHECK(first_focus(targets, false)->name == "answer:1");
    targets.push_back({.name = "digit:0", .box = {0, 0, 10, 10}});
    targets.push_back({.name = "next", .box = {0, 0, 10, 10}, .enabled = false});
    CHECK(first_focus(targets, false)->name == "answer:1");
    targets.back().enabled = true;
    CHECK(first_focus(targets, false)->name == "next");
    targets = question();
    targets.push_back({.name = "key:q", .box = {0, 0, 10, 10}});
    targets.push_back({.name = "key:erase", .box = {0, 0, 10, 10}});
    CHECK(first_focus(targets, false)->name == "key:q");
    CHECK(first_focus(targets, true)->name == "skip");
    targets.push_back({.name = kSurface, .box = {0, 0, 10, 10}, .is_surface = true});
    CHECK(first_focus(targets, false) == nullptr);
}
