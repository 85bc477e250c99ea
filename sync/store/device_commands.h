#pragma once

#include "platform/command_line.h"

#include <string>

namespace milepost::store {

/// What the commands about devices are told; must live until the command line was run.
struct DeviceArguments {
    std::string data;
    std::string device;
    std::string new_name;
    long valid_minutes = 15;
    bool json = false;
};

/// `device list`, `ledger`, `replace`, `revoke`, `rotate-key` under `device`.
void describe_device_commands(platform::CommandLine::Command& device, DeviceArguments& arguments);

/// `device add --csv FILE`: prints a line a device with its code. The exit code.
[[nodiscard]] int add_devices_of(const std::string& data, const std::string& csv, long valid_minutes);

}  // namespace milepost::store
