#pragma once

#include "platform/error.h"

#include <filesystem>

namespace milepost::kiosk {

/// Sets every backlight below `folder` (/sys/class/backlight) to so many percent of its most. Fault::NotFound where
/// there is none, Fault::Refused where it may not be written: the screen is dimmed by drawing then.
[[nodiscard]] Result<void> set_backlight(const std::filesystem::path& folder, int percent);

}  // namespace milepost::kiosk
