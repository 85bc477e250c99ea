#pragma once

#include "platform/clock.h"
#include "platform/local_time.h"
#include "sync/protocol/record.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace milepost::kiosk {

/// A logged `clock` event: its data and the monotonic time at which it was true.
struct KnownClock {
    protocol::ClockData data;
    std::int64_t mono_ms = 0;
    bool operator==(const KnownClock&) const = default;
};
/// The latest of each boot, by boot id.
using KnownClocks = std::map<std::string, KnownClock>;

/// The clock event that belongs into the log now, if any: the first of an epoch as soon as the kernel or
/// the store knows the time, another when that moved by more than half a second or was learnt anew four hours later
/// (drift then stays below 1.5 s). `logged` is the last one of this epoch.
[[nodiscard]] std::optional<protocol::ClockData> clock_due(const platform::Stamp& now, std::int64_t kernel_error_ms,
                                                           const std::optional<protocol::ClockData>& from_store,
                                                           const std::optional<KnownClock>& logged);

/// The same reading, `Holdover` when the log tells that the kernel's clock was disciplined earlier in this boot: a
/// process that was started since cannot know.
[[nodiscard]] platform::Stamp judged(platform::Stamp now, const KnownClocks& clocks);

/// The local hour that a reading belongs to (metrics.md, "Local time"): by its own UTC when that was
/// disciplined, else by its boot's known clock when the bound on the error (the event's own + 100 ppm of
/// the distance) stays within one local day. nullopt: undated.
[[nodiscard]] std::optional<platform::LocalHour> local_hour(const platform::Stamp& at, const KnownClocks& clocks,
                                                            const platform::TimeZone& zone);

}  // namespace milepost::kiosk
