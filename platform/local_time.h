#pragma once

#include "platform/clock.h"
#include "platform/error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace milepost::platform {

/// A civil day, "2026-11-21"; ordered as text.
using Day = std::string;

/// Where an instant falls in a site's own time. The offset tells the two repeated hours of an autumn
/// night apart (metrics.md, "Local time").
struct LocalHour {
    Day day;
    int hour = 0;            ///< 0..23
    int offset_minutes = 0;  ///< local minus UTC
    auto operator<=>(const LocalHour&) const = default;
};

/// What a clock on a site's wall shows.
struct WallTime {
    int minute_of_day = 0;  ///< 0 to 1439
    int weekday = 1;        ///< ISO 8601: 1 Monday … 7 Sunday
    bool operator==(const WallTime&) const = default;
};

/// An IANA time zone out of the system's tzdata.
class TimeZone {
public:
    /// Fault::Invalid for a name that tzdata does not know.
    [[nodiscard]] static Result<TimeZone> named(std::string_view name);
    /// The machine's own zone; UTC when none is set.
    [[nodiscard]] static TimeZone of_this_machine();

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] LocalHour local_hour(UtcTime time) const;
    [[nodiscard]] WallTime wall_time(UtcTime time) const;
    /// "18:20", for people.
    [[nodiscard]] std::string local_clock(UtcTime time) const;
    /// First instant of a local day; days of 23 and 25 hours come out right. Fault::Invalid for no date.
    [[nodiscard]] Result<UtcTime> start_of(const Day& day) const;

private:
    TimeZone(std::string name, const void* zone) : name_(std::move(name)), zone_(zone) {}
    std::string name_;
    const void* zone_;  ///< date::time_zone, owned by the date library for the process's life
};

/// The day `days` later (or earlier); Fault::Invalid for no date.
[[nodiscard]] Result<Day> add_days(const Day& day, int days);

}  // namespace milepost::platform
