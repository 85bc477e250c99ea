#pragma once

#include "platform/command_line.h"

namespace milepost::kiosk {

/// Adds what milepost-kiosk does without a screen: `summary`, `log verify`, `log export`, `demo visits`, `staff-pin`.
void add_data_commands(platform::CommandLine::Command& root);

}  // namespace milepost::kiosk
