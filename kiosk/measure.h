#pragma once

#include "platform/command_line.h"

namespace milepost::kiosk {

/// Adds `measure`: reads lines of JSON {"language","text","role","beside"} from standard input and answers
/// each with {"fits","how_far","lacking"} (surveys/checks/check_survey.h: Setting, Fit). Each text is set by
/// the screen that would show it, on a painter without a window.
void add_measure_command(platform::CommandLine::Command& root);

}  // namespace milepost::kiosk
