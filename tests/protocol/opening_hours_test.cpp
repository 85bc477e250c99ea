#include "sync/protocol/opening_hours.h"

#include "platform/local_time.h"

#include <catch2/catch.hpp>

#include <string>

using namespace milepost;
using namespace milepost::protocol;

namespace {

OpeningHours hours(const std::string& text) {
    const auto read = OpeningHours::parse(text);
    if (!read) FAIL(read.error().message);
    return *read;
}

surveys::LocalMoment at(int weekday, int hour, int minute = 0) {
    return {hour * 60 + minute, weekday};
}

constexpr int kMonday = 1;
constexpr int kTuesday = 2;
constexpr int kFriday = 5;
constexpr int kSaturday = 6;
constexpr int kSunday = 7;

}  // namespace

TEST_CASE("opening hours: open from the first minute to before the last", "[hours]") {
    const OpeningHours shop = hours("Mo-Fr 09:00-20:00; Sa 10:00-18:00; Su off");
    CHECK_FALSE(shop.is_open(at(kMonday, 8, 59)));
    CHECK(shop.is_open(at(kMonday, 9)));
    CHECK(shop.is_open(at(kFriday, 19, 59)));
    CHECK_FALSE(shop.is_open(at(kFriday, 20)));
    CHECK_FALSE(shop.is_open(at(kSaturday, 9, 30)));
    CHECK(shop.is_open(at(kSaturday, 10)));
    CHECK_FALSE(shop.is_open(at(kSunday, 12)));
}

TEST_CASE("opening hours: a lunch break is closed", "[hours]") {
    const OpeningHours office = hours("Mo-Fr 08:00-12:00,13:00-17:00");
    CHECK(office.is_open(at(kTuesday, 11, 59)));
    CHECK_FALSE(office.is_open(at(kTuesday, 12, 30)));
    CHECK(office.next_opening(at(kTuesday, 12, 30)) == OpeningTime{0, kTuesday, 13 * 60});
}

TEST_CASE("opening hours: a night goes on past midnight and belongs to the day it began", "[hours]") {
    const OpeningHours bar = hours("Fr,Sa 20:00-02:00");
    CHECK(bar.is_open(at(kFriday, 23, 30)));
    CHECK(bar.is_open(at(kSaturday, 1, 59)));
    CHECK_FALSE(bar.is_open(at(kSaturday, 2)));
    CHECK(bar.is_open(at(kSunday, 1)));
    CHECK_FALSE(bar.is_open(at(kMonday, 1)));
    CHECK_FALSE(bar.is_open(at(kFriday, 1)));
    CHECK(hours("Su 22:00-26:00").is_open(at(kMonday, 1)));
}

TEST_CASE("opening hours: a later rule takes the place of an earlier one on its days", "[hours]") {
    const OpeningHours shop = hours("Mo-Su 09:00-18:00; We 14:00-18:00; Su closed");
    CHECK(shop.is_open(at(kTuesday, 10)));
    CHECK_FALSE(shop.is_open(at(3, 10)));
    CHECK(shop.is_open(at(3, 15)));
    CHECK_FALSE(shop.is_open(at(kSunday, 10)));
}

TEST_CASE("opening hours: days can go round the end of the week and times can stand for every day", "[hours]") {
    CHECK(hours("Sa-Mo 09:00-10:00").is_open(at(kSunday, 9)));
    CHECK(hours("Sa-Mo 09:00-10:00").is_open(at(kMonday, 9)));
    CHECK_FALSE(hours("Sa-Mo 09:00-10:00").is_open(at(kTuesday, 9)));
    CHECK(hours("09:00-10:00").is_open(at(4, 9)));
    CHECK(hours("24/7").is_open(at(kSunday, 23, 59)));
    CHECK(hours("Mo-Su 00:00-24:00").is_open(at(kSunday, 0)));
    CHECK(hours("mo-fr 09:00-17:00").is_open(at(kMonday, 9)));
}

TEST_CASE("opening hours: the next opening is found over days and over the week's end", "[hours]") {
    const OpeningHours shop = hours("Mo-Fr 09:00-20:00; Sa 10:00-18:00");
    CHECK(shop.next_opening(at(kMonday, 7)) == OpeningTime{0, kMonday, 9 * 60});
    CHECK(shop.next_opening(at(kMonday, 21)) == OpeningTime{1, kTuesday, 9 * 60});
    CHECK(shop.next_opening(at(kFriday, 20)) == OpeningTime{1, kSaturday, 10 * 60});
    CHECK(shop.next_opening(at(kSaturday, 18)) == OpeningTime{2, kMonday, 9 * 60});
    CHECK(hours("We 10:00-11:00").next_opening(at(3, 12)) == OpeningTime{7, 3, 10 * 60});
    CHECK_FALSE(hours("Mo-Su off").next_opening(at(3, 12)));
}

TEST_CASE("opening hours: what is not understood is told with its place and the way out", "[hours]") {
    const auto [text, column, says] = GENERATE(table<std::string, std::string, std::string>({
        {"PH off", "column 1", "holidays"},
        {"Mo-Fr 09:00-17:00; PH off", "column 20", "holidays"},
        {"Monday 09:00-17:00", "column 1", "'monday' is no day"},
        {"Mo-Fr", "column 6", "opening times are missing"},
        {"", "column 1", "opening times are missing"},
        {"Mo 9-17", "column 4", "HH:MM"},
        {"Mo 25:00-26:00", "column 4", "HH:MM"},
        {"Mo 09:61-10:00", "column 4", "HH:MM"},
        {"Mo 09:00", "column 9", "closing time"},
        {"Mo 09:00-17:00 Tu off", "column 16", "';'"},
        {"Mo 09:00-34:00", "column 15", "24 hours"},
        {"Dec 24 off", "column 1", "'dec' is no day"},
    }));
    INFO(text);
    const auto read = OpeningHours::parse(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().fault == Fault::Invalid);
    INFO(read.error().message);
    CHECK(read.error().message.starts_with(column + ":"));
    CHECK(read.error().message.find(says) != std::string::npos);
}

TEST_CASE("opening hours: on the days when the clock changes the wall's time counts", "[hours]") {
    const auto zone = platform::TimeZone::named("Europe/Berlin").value();
    const auto open_at = [&](const OpeningHours& shop, const std::string& day, int hours_after_midnight) {
        const auto wall = zone.wall_time(zone.start_of(day).value() + std::chrono::hours{hours_after_midnight});
        return shop.is_open({wall.minute_of_day, wall.weekday});
    };
    const OpeningHours sunday = hours("Su 09:00-17:00");
    // On 2026-03-29 the clock goes from 2 to 3: nine o'clock is eight hours after midnight.
    CHECK_FALSE(open_at(sunday, "2026-03-29", 7));
    CHECK(open_at(sunday, "2026-03-29", 8));
    CHECK_FALSE(open_at(sunday, "2026-03-29", 16));
    // On 2026-10-25 it goes from 3 back to 2: nine o'clock is ten hours after midnight.
    CHECK_FALSE(open_at(sunday, "2026-10-25", 9));
    CHECK(open_at(sunday, "2026-10-25", 10));
    CHECK(open_at(sunday, "2026-10-25", 17));
    // A bar that closes at half past two closes at the first one and is open again from the second two o'clock.
    const OpeningHours bar = hours("Sa 20:00-02:30");
    CHECK(open_at(bar, "2026-10-25", 2));
    CHECK(open_at(bar, "2026-10-25", 3));
    CHECK_FALSE(open_at(bar, "2026-10-25", 4));
}
