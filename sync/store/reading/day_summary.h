#pragma once

#include "surveys/scores/summary.h"
#include "sync/store/reading/reading.h"

namespace milepost::store {

/// A day at one touchpoint, or at all of them when `touchpoint` is "". Every touchpoint counts by its own
/// site's day; `day` may be "today" or "yesterday". Fault::Invalid with the way out.
[[nodiscard]] Result<surveys::DaySummary> day_summary(Reading& reading, std::string_view day,
                                                      std::string_view touchpoint);

}  // namespace milepost::store
