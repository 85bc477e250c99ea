#include "platform/local_time.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <exception>

namespace milepost::platform {

namespace {

/// The zone, with its file read (the library reads it at first use and throws then); nullptr if that fails.
const date::time_zone* load(const date::time_zone* zone) {
    static_cast<void>(zone->get_info(UtcTime{}));
    return zone;
}

const date::time_zone* find_zone(std::string_view name) {
    try {
        return load(date::locate_zone(name));
    } catch (const std::exception&) {
        return nullptr;
    }
}

const date::time_zone* current_zone() {
    try {
        return load(date::current_zone());
    } catch (const std::exception&) {
        return nullptr;
    }
}

/// Without a zone, UTC: a machine may have no tzdata at all.
std::chrono::seconds offset_at(const void* zone, UtcTime time) {
    if (zone == nullptr) return std::chrono::seconds{0};
    return static_cast<const date::time_zone*>(zone)->get_info(time).offset;
}

Result<date::year_month_day> parse_day(const Day& day) {
    const auto refuse = [&] { return fail(Fault::Invalid, fmt::format("'{}' is not a date like 2026-11-21", day)); };
    if (day.size() != 10 || day[4] != '-' || day[7] != '-') return refuse();
    std::array<int, 3> parts{};
    std::size_t part = 0;
    for (const char c : day) {
        if (c == '-') {
            ++part;
            if (part > 2) return refuse();
        } else if (c >= '0' && c <= '9') {
            parts[part] = parts[part] * 10 + (c - '0');
        } else {
            return refuse();
        }
    }
    const date::year_month_day date{date::year{parts[0]}, date::month(static_cast<unsigned>(parts[1])),
                                    date::day(static_cast<unsigned>(parts[2]))};
    if (!date.ok()) return refuse();
    return date;
}

Day format_day(const date::year_month_day& date) {
    return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
}

}  // namespace

Result<TimeZone> TimeZone::named(std::string_view name) {
    const date::time_zone* zone = find_zone(name);
    if (zone == nullptr && name == "UTC") return TimeZone{"UTC", nullptr};
    if (zone == nullptr) {
        return fail(Fault::Invalid, fmt::format("'{}' is not a time zone of this system's tzdata; write one like "
                                                "Europe/Berlin, or install the package tzdata",
                                                name));
    }
    return TimeZone{std::string{name}, zone};
}

TimeZone TimeZone::of_this_machine() {
    if (const char* variable = std::getenv("TZ"); variable != nullptr) {
        std::string_view name{variable};
        if (name.starts_with(':')) name.remove_prefix(1);
        if (const date::time_zone* zone = find_zone(name); zone != nullptr) return TimeZone{std::string{name}, zone};
    }
    if (const date::time_zone* zone = current_zone(); zone != nullptr) return TimeZone{zone->name(), zone};
    return TimeZone{"UTC", nullptr};
}

LocalHour TimeZone::local_hour(UtcTime time) const {
    const auto offset = offset_at(zone_, time);
    const UtcTime shifted = time + offset;
    const auto day = std::chrono::floor<std::chrono::days>(shifted);
    return {.day = format_day(date::year_month_day{day}),
            .hour = static_cast<int>(std::chrono::floor<std::chrono::hours>(shifted - day).count()),
            .offset_minutes = static_cast<int>(std::chrono::floor<std::chrono::minutes>(offset).count())};
}

WallTime TimeZone::wall_time(UtcTime time) const {
    const UtcTime shifted = time + offset_at(zone_, time);
    const auto day = std::chrono::floor<std::chrono::days>(shifted);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(shifted - day).count();
    return {.minute_of_day = static_cast<int>(minutes),
            .weekday = static_cast<int>(date::weekday{date::sys_days{day}}.iso_encoding())};
}

std::string TimeZone::local_clock(UtcTime time) const {
    const int minutes = wall_time(time).minute_of_day;
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

Result<UtcTime> TimeZone::start_of(const Day& day) const {
    const Result<date::year_month_day> date = parse_day(day);
    if (!date) return std::unexpected{date.error()};
    const UtcTime midnight_as_utc = date::sys_days{*date};
    if (zone_ == nullptr) return midnight_as_utc;
    const auto info = static_cast<const date::time_zone*>(zone_)->get_info(date::local_days{*date});
    // A midnight that a clock change left out: the day begins at the change.
    if (info.result == date::local_info::nonexistent) return UtcTime{info.first.end};
    return midnight_as_utc - info.first.offset;
}

Result<Day> add_days(const Day& day, int days) {
    const Result<date::year_month_day> date = parse_day(day);
    if (!date) return std::unexpected{date.error()};
    return format_day(date::sys_days{*date} + date::days{days});
}

}  // namespace milepost::platform
