#pragma once

#include "kiosk/data/staff_results.h"
#include "platform/database.h"

namespace milepost::kiosk {

/// The newest text answers of unflagged responses between two local days, newest first, at most 20, out of the
/// last 5,000 records.
[[nodiscard]] Result<std::vector<StaffResults::Comment>> read_comments(platform::Database& database,
                                                                       const platform::TimeZone& zone,
                                                                       const platform::Day& first,
                                                                       const platform::Day& last);

}  // namespace milepost::kiosk
