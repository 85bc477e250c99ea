#pragma once

#include "platform/command_line.h"

namespace milepost::kiosk {

/// Adds `staff-pin`: sets the PIN that opens the staff's pages, read from the terminal or standard input.
void add_staff_command(platform::CommandLine::Command& root);

}  // namespace milepost::kiosk
