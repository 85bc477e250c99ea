#pragma once

#include "platform/clock.h"
#include "platform/local_time.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace milepost::store {

/// The day of a response that nothing dates (metrics.md, "Local time").
inline constexpr std::string_view kUndated = "undated";

/// A `clock` event's tie between one boot's monotonic time and UTC.
struct ClockTie {
    std::int64_t mono_ms = 0;
    std::int64_t utc_minus_mono_ms = 0;
    std::int64_t error_ms = 0;
    bool operator==(const ClockTie&) const = default;
};

/// When a response was given, and how far that can be off.
struct Dated {
    platform::UtcTime at;
    std::int64_t error_ms = 0;
    bool operator==(const Dated&) const = default;
};

/// Where a response counts in its site's own time.
struct LocalPlace {
    std::string day{kUndated};
    int hour = -1;  ///< -1: only the day is known, or not even that
    int offset_minutes = 0;
    [[nodiscard]] bool dated() const { return day != kUndated; }
    auto operator<=>(const LocalPlace&) const = default;
};

/// Synced: its own UTC. Otherwise by the nearest tie of the same boot (of equals the earlier one), its
/// error + 100 ppm of the distance. nullopt: nothing dates it. (protocol.md, "The log")
[[nodiscard]] std::optional<Dated> date(const platform::Stamp& at, std::span<const ClockTie> same_boot);

/// The day and hour in which the whole bound of the error lies; `zone` null: the site is not known.
[[nodiscard]] LocalPlace place(const std::optional<Dated>& dated, const platform::TimeZone* zone);

}  // namespace milepost::store
