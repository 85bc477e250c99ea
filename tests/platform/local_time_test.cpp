#include "platform/local_time.h"

#include <catch2/catch.hpp>

#include <cstdlib>

namespace milepost::platform {

namespace {

UtcTime utc(const char* text) {
    return parse_rfc3339(text).value();
}

long hours_of(const TimeZone& zone, const Day& day) {
    const auto length = zone.start_of(add_days(day, 1).value()).value() - zone.start_of(day).value();
    return std::chrono::duration_cast<std::chrono::hours>(length).count();
}

/// Puts the variable back when the test ends.
class TimeZoneVariable {
public:
    explicit TimeZoneVariable(const char* value) {
        if (const char* before = std::getenv("TZ"); before != nullptr) before_ = before;
        ::setenv("TZ", value, 1);
    }
    TimeZoneVariable(const TimeZoneVariable&) = delete;
    TimeZoneVariable& operator=(const TimeZoneVariable&) = delete;
    ~TimeZoneVariable() {
        if (before_.empty()) {
            ::unsetenv("TZ");
        } else {
            ::setenv("TZ", before_.c_str(), 1);
        }
    }

private:
    std::string before_;
};

}  // namespace

TEST_CASE("local time: an instant falls into a site's hour", "[local_time]") {
    const auto [zone, time, hour] = GENERATE(table<std::string, const char*, LocalHour>({
        {"UTC", "2026-11-21T18:20:01Z", {"2026-11-21", 18, 0}},
        {"Europe/Berlin", "2026-11-21T23:30:00Z", {"2026-11-22", 0, 60}},
        {"Asia/Kathmandu", "2026-11-21T18:20:00Z", {"2026-11-22", 0, 345}},
        {"America/St_Johns", "2026-01-01T02:00:00Z", {"2025-12-31", 22, -210}},
        {"Pacific/Kiritimati", "2026-11-21T10:00:00Z", {"2026-11-22", 0, 840}},
    }));
    CHECK(TimeZone::named(zone)->local_hour(utc(time)) == hour);
}

TEST_CASE("local time: the repeated hour of autumn is told apart by its offset", "[local_time]") {
    const TimeZone berlin = TimeZone::named("Europe/Berlin").value();
    CHECK(berlin.local_hour(utc("2026-10-25T00:30:00Z")) == LocalHour{"2026-10-25", 2, 120});
    CHECK(berlin.local_hour(utc("2026-10-25T01:30:00Z")) == LocalHour{"2026-10-25", 2, 60});
}

TEST_CASE("local time: days have 23 and 25 hours when clocks change", "[local_time]") {
    const auto [zone, day, hours] = GENERATE(table<std::string, std::string, long>({
        {"Europe/Berlin", "2026-03-29", 23},
        {"Europe/Berlin", "2026-10-25", 25},
        {"Europe/Berlin", "2026-11-21", 24},
        {"America/New_York", "2026-03-08", 23},
        {"America/New_York", "2026-11-01", 25},
        {"UTC", "2026-03-29", 24},
    }));
    CHECK(hours_of(TimeZone::named(zone).value(), day) == hours);
}

TEST_CASE("local time: a day without its midnight begins at the change", "[local_time]") {
    const TimeZone sao_paulo = TimeZone::named("America/Sao_Paulo").value();
    CHECK(sao_paulo.start_of("2018-11-04") == utc("2018-11-04T03:00:00Z"));
    CHECK(sao_paulo.local_hour(sao_paulo.start_of("2018-11-04").value()) == LocalHour{"2018-11-04", 1, -120});
}

TEST_CASE("local time: a midnight that comes twice counts from the first", "[local_time]") {
    const TimeZone havana = TimeZone::named("America/Havana").value();
    CHECK(havana.start_of("2025-11-02") == utc("2025-11-02T04:00:00Z"));
    CHECK(hours_of(havana, "2025-11-02") == 25);
}

TEST_CASE("local time: people read hours and minutes", "[local_time]") {
    CHECK(TimeZone::named("Europe/Berlin")->local_clock(utc("2026-11-21T08:05:59Z")) == "09:05");
}

TEST_CASE("local time: a wall clock tells the weekday of its own place", "[platform]") {
    // Sunday evening in New York is Monday already in Tokyo.
    const UtcTime time = utc("2026-11-22T23:30:00Z");
    CHECK(TimeZone::named("America/New_York")->wall_time(time) == WallTime{18 * 60 + 30, 7});
    CHECK(TimeZone::named("Asia/Tokyo")->wall_time(time) == WallTime{8 * 60 + 30, 1});
}

TEST_CASE("local time: an unknown zone is refused", "[local_time]") {
    const std::string name = GENERATE("Mars/Olympus", "", "../etc/passwd", "europe berlin");
    const auto zone = TimeZone::named(name);
    REQUIRE_FALSE(zone.has_value());
    CHECK(zone.error().fault == Fault::Invalid);
}

TEST_CASE("local time: what is no date is refused", "[local_time]") {
    const Day day = GENERATE("", "2026-11-31", "2026-13-01", "21.11.2026", "2026-1-1", "2026-11-21 ", "2026-02-29",
                             "----------", "2026-11-2-", "9999-99-99");
    CAPTURE(day);
    CHECK_FALSE(TimeZone::named("UTC")->start_of(day).has_value());
    CHECK_FALSE(add_days(day, 1).has_value());
}

TEST_CASE("local time: days are added across months and years", "[local_time]") {
    CHECK(add_days("2026-12-31", 1) == "2027-01-01");
    CHECK(add_days("2028-03-01", -1) == "2028-02-29");
    CHECK(add_days("2026-11-21", 0) == "2026-11-21");
}

TEST_CASE("local time: the machine's zone follows TZ and survives nonsense in it", "[local_time]") {
    {
        const TimeZoneVariable variable{":Asia/Tokyo"};
        CHECK(TimeZone::of_this_machine().name() == "Asia/Tokyo");
    }
    const TimeZoneVariable variable{"No/Such_Zone"};
    CHECK_FALSE(TimeZone::of_this_machine().name().empty());
}

}  // namespace milepost::platform
