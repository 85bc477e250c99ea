#pragma once

#include "platform/clock.h"
#include "platform/error.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace milepost::device {

/// What `milepost-sync status` tells, beside a running agent too.
struct DeviceStatus {
    std::string device;  ///< empty: not enrolled
    std::string touchpoint;
    std::string store_url;
    std::int64_t unsent = 0;
    std::optional<platform::UtcTime> last_contact;
    std::string last_error;
};
[[nodiscard]] Result<DeviceStatus> read_device_status(const std::filesystem::path& data);
/// Lines for people.
[[nodiscard]] std::string to_text(const DeviceStatus& status);
/// `{"enrolled","device","touchpoint","store_url","unsent","last_contact","last_error"}`
[[nodiscard]] std::string to_json(const DeviceStatus& status);

}  // namespace milepost::device
