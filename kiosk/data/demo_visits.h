#pragma once

#include "platform/clock.h"
#include "platform/error.h"
#include "platform/local_time.h"
#include "surveys/model/survey.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace milepost::kiosk {

/// Plausible visits for trials and benchmarks: made by the real session, kept by the real recorder with a
/// commit a tap, as a kiosk would; only the fingers and the clock are ours. `together` gives up the commits
/// for speed; the records are the same.
struct DemoOptions {
    std::filesystem::path data;
    surveys::Survey survey;
    std::string survey_toml;
    std::string touchpoint;
    std::int64_t count = 0;
    std::int64_t days = 0;      ///< past days that the visits spread over, in opening hours; 0: the last hour
    std::int64_t together = 0;  ///< so many visits in one commit; 0: each tap in its own
    std::uint64_t seed = 1;     ///< the same seed and `now`: the same answers at the same times
    platform::UtcTime now;      ///< the last visit ends before it
    platform::TimeZone time_zone = platform::TimeZone::of_this_machine();
    std::function<void(std::int64_t made)> progress;  ///< now and then, on the caller's thread; may be empty
};

/// Fault::Unavailable names the process that records there. Stops at the first visit that could not be kept.
[[nodiscard]] Result<void> make_demo_visits(const DemoOptions& options);

}  // namespace milepost::kiosk
