#pragma once

#include "platform/error.h"
#include "surveys/model/response.h"

#include <string>
#include <vector>

namespace milepost::drive {

/// The responses in the log of a device's data directory, in its order.
[[nodiscard]] Result<std::vector<surveys::Response>> recorded_responses(const std::string& data);

}  // namespace milepost::drive
