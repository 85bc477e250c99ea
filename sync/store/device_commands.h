#pragma once

#include "platform/command_line.h"

#include <string>

namespace milepost::store {

/// What the commands about devices are told; must live until the command line was run.
struct DeviceArguments {
    std::string data;
    std::string device;
    std::string new_name;  ///< of what is made
    std::string site;
    std::string touchpoint;
    std::string time_zone;
    std::string csv;
    std::string challenge;
    long valid_minutes = 15;
    bool json = false;
};

/// All commands under `device`.
void describe_device_commands(platform::CommandLine::Command& device, DeviceArguments& arguments);

/// `device add`, with one device or a table of them.
void describe_adding(platform::CommandLine::Command& device, DeviceArguments& arguments);

}  // namespace milepost::store
