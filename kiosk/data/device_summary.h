#pragma once

#include "platform/clock.h"
#include "platform/error.h"
#include "surveys/scores/summary.h"

#include <filesystem>
#include <string_view>

namespace milepost::kiosk {

/// A day's satisfaction out of a device's own counts, also while its kiosk runs. `day` is a date,
/// "today" or "yesterday" in the zone by which the kiosk counted. Fault::Invalid for another word,
/// Fault::NotFound where there is no device.db.
[[nodiscard]] Result<surveys::DaySummary> summarise_device(const std::filesystem::path& data, std::string_view day,
                                                           platform::UtcTime now);

}  // namespace milepost::kiosk
