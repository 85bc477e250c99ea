#pragma once

#include "kiosk/app.h"

#include <string>
#include <vector>

namespace milepost::kiosk {

/// A screen to be looked at.
struct Scene {
    std::string name;   ///< for files: "02-reason-answered"
    std::string title;  ///< for people: "reason, answered"
    State state;
    std::string pressed{};  ///< the target that a finger holds down; empty: none
};

/// Every screen that a survey shows in one language, in the order in which people come by them; questions that
/// nobody gets to are left out. `survey` must outlive them, and be as `asked_of_all` (guest.h) makes it.
[[nodiscard]] std::vector<Scene> scenes_of(const surveys::Survey& survey, const std::string& language);

}  // namespace milepost::kiosk
