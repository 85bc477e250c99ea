#pragma once

#include "kiosk/preview/scenes.h"

#include <string>
#include <vector>

namespace milepost::kiosk::test {

/// Every page of the staff's side in one language, with results of a good day and with little.
[[nodiscard]] std::vector<Scene> staff_scenes(const std::string& language);

}  // namespace milepost::kiosk::test
