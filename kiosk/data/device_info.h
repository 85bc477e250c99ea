#pragma once

#include "platform/clock.h"
#include "platform/error.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace milepost::kiosk {

/// How this device is, for the staff's page: from device.db, from what the agent says in sync.db, from the machine.
struct DeviceInfo {
    std::string device;  ///< empty: not enrolled
    std::string touchpoint;
    std::string store_url;
    std::string fingerprint;  ///< four words; empty: the agent has none
    std::int64_t unsent = 0;  ///< records that the store has not acknowledged
    std::optional<platform::UtcTime> oldest_unsent;
    std::optional<platform::UtcTime> last_contact;
    std::string last_error;  ///< the agent's, in English; empty: none
    platform::Trust clock = platform::Trust::Unset;
    platform::UtcTime now;
    std::int64_t free_mib = 0;
    bool durable = true;  ///< outlives a power cut: not a RAM disk or an overlay
};
/// Reads only, also while the kiosk and the agent write. What cannot be read stays empty.
[[nodiscard]] DeviceInfo read_device_info(const std::filesystem::path& data, const platform::Stamp& now);

}  // namespace milepost::kiosk
