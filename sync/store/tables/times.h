#pragma once

#include "platform/clock.h"

namespace milepost::store {

/// UTC as databases keep it.
[[nodiscard]] inline std::int64_t milliseconds(platform::UtcTime time) {
    return time.time_since_epoch().count();
}
[[nodiscard]] inline platform::UtcTime utc(std::int64_t ms) {
    return platform::UtcTime{std::chrono::milliseconds{ms}};
}

}  // namespace milepost::store
