#pragma once

#include "platform/command_line.h"

namespace milepost::kiosk {

/// Adds `preview`, which 'milepost survey preview' leads to: pictures of every screen of a survey by the kiosk's own
/// renderer, with contact sheets and a page to look through them. Needs no display.
void add_preview_command(platform::CommandLine::Command& root);

}  // namespace milepost::kiosk
