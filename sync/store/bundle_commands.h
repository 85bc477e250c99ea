#pragma once

#include "platform/command_line.h"

#include <string>

namespace milepost::store {

/// What the commands about bundles are told; must live until the command line was run.
struct BundleArguments {
    std::string data;
    std::string device;
    std::string touchpoint;
    std::string file;
    bool json = false;
};

/// `bundle publish` and `bundle list`.
void describe_bundle_commands(platform::CommandLine::Command& bundle, BundleArguments& arguments);

}  // namespace milepost::store
