#include "surveys/scores/misuse.h"

#include <catch2/catch.hpp>

#include <limits>

using namespace milepost::surveys;
using namespace std::chrono_literals;

namespace {

using Names = std::vector<std::string_view>;

Use use(std::chrono::milliseconds begun, std::chrono::milliseconds took = 3s) {
    return {.begun = begun, .closed = begun + took, .fastest = 900ms};
}

}  // namespace

TEST_CASE("misuse: a response soon after the previous one closed is a repeat", "[surveys]") {
    const auto [pause, repeated] = GENERATE(table<std::chrono::milliseconds, bool>(
        {{0ms, true}, {1'999ms, true}, {2'000ms, false}, {5'000ms, false}, {-500ms, true}}));
    const auto flags = find_misuse(std::vector{use(10s), use(13s + pause)});

    CHECK(flags[0] == Misuse{});
    CHECK(flags[1] == Misuse{.repeat = repeated});
}

TEST_CASE("misuse: the seventh response in thirty seconds is a burst", "[surveys]") {
    std::vector<Use> day;
    for (int i = 0; i < 8; ++i) day.push_back(use(i * 4s, 1s));
    const auto flags = find_misuse(day);

    for (std::size_t i = 0; i < 6; ++i) CHECK_FALSE(flags[i].burst);
    CHECK(flags[6].burst);
    CHECK(flags[7].burst);
    CHECK_FALSE(flags[7].repeat);
}

TEST_CASE("misuse: a burst is over when the sixth last lies thirty seconds back", "[surveys]") {
    TrafficWatch watch;
    for (int i = 0; i < 6; ++i) watch.close(i * 5s);

    CHECK(watch.at_begin(30s).burst);
    CHECK_FALSE(watch.at_begin(30s + 1ms).burst);
}

TEST_CASE("misuse: nobody reads faster than three tenths of a second", "[surveys]") {
    auto hasty = use(0s);
    hasty.fastest = 299ms;
    auto quick = use(10s);
    quick.fastest = 300ms;
    auto silent = use(20s);
    silent.fastest.reset();
    const auto flags = find_misuse(std::vector{hasty, quick, silent});

    CHECK(flags[0] == Misuse{.too_fast = true});
    CHECK_FALSE(flags[1].any());
    CHECK_FALSE(flags[2].any());
}

TEST_CASE("misuse: who begins while the site is closed is after hours", "[surveys]") {
    const std::vector<OpenHours> open{{9h, 13h}, {14h, 18h}};
    const auto flags =
        find_misuse(std::vector{use(9h - 1ms), use(9h), use(13h - 1ms), use(13h), use(14h), use(18h)}, open);

    std::vector<bool> closed;
    for (const Misuse& misuse : flags) closed.push_back(misuse.after_hours);
    CHECK(closed == std::vector{true, false, false, true, false, true});
    CHECK_FALSE(find_misuse(std::vector{use(3h)})[0].after_hours);
    CHECK(find_misuse(std::vector{use(3h)}, std::vector<OpenHours>{})[0].after_hours);
}

TEST_CASE("misuse: what the kiosk said stays and reasons are named", "[surveys]") {
    auto wiped = use(0s);
    wiped.wipe = true;
    auto tried = use(3s);
    tried.test = true;
    tried.fastest = 1ms;
    const auto flags = find_misuse(std::vector{wiped, tried});

    CHECK(flags[0].names() == Names{"wipe"});
    CHECK(flags[1].names() == Names{"repeat", "too_fast", "test"});
    CHECK(Misuse{}.names().empty());
    CHECK_FALSE(Misuse{}.any());
}

TEST_CASE("misuse: any two times are told apart", "[surveys]") {
    using Time = std::chrono::milliseconds;
    TrafficWatch watch;
    watch.close(Time::min());
    CHECK_FALSE(watch.at_begin(Time::max()).repeat);
    watch.close(Time::max());
    CHECK(watch.at_begin(Time::min()).repeat);
    CHECK(find_misuse({}).empty());
}
