#pragma once

#include "platform/command_line.h"

#include <string>

namespace milepost::store {

/// What the commands about logs are told; must live until the command line was run.
struct LogArguments {
    std::string data;
    std::string device;
    std::string file;
    bool accept_missing = false;
    bool json = false;
};

/// `import`, `quarantine list` and `quarantine replay`.
void describe_log_commands(platform::CommandLine::Command& root, LogArguments& arguments);

}  // namespace milepost::store
