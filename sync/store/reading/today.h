#pragma once

#include "sync/store/reading/reading.h"

#include <string>

namespace milepost::store {

struct TodayView {
    std::string body;  ///< JSON
    std::string etag;  ///< quoted; changes with the data and the local day, not with the time of day
};
/// GET /api/v1/today: every touchpoint's day as it is now at its site.
[[nodiscard]] Result<TodayView> today(Reading& reading);

}  // namespace milepost::store
