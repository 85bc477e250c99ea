#pragma once

#include "platform/clock.h"
#include "platform/error.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace milepost::device {

/// What `milepost-sync status` tells, beside a running agent too.
struct DeviceStatus {
    std::string device;  ///< empty: not enrolled
    std::string touchpoint;
    std::string store_url;
    std::int64_t unsent = 0;
    std::optional<platform::UtcTime> last_contact;
    std::string last_error;
    std::string enrol_file;                   ///< what became of the file on the boot partition; empty: there was none
    std::string bundle;                       ///< etag of the one that the kiosk shows; empty: none
    std::vector<std::string> bundle_refused;  ///< why the newest was refused
};
[[nodiscard]] Result<DeviceStatus> read_device_status(const std::filesystem::path& data);
/// Lines for people.
[[nodiscard]] std::string to_text(const DeviceStatus& status);
/// `{"enrolled","device","touchpoint","store_url","unsent","last_contact","last_error","enrol_file",
/// "bundle","bundle_refused"}`
[[nodiscard]] std::string to_json(const DeviceStatus& status);

}  // namespace milepost::device
