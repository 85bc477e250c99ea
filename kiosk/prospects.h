#pragma once

#include "kiosk/app.h"

#include <vector>

namespace milepost::kiosk {

/// The screens that may come next, likeliest first, each once and only a few: the next language of the attract screen,
/// the question or the thanks that each answer leads to. What somebody is writing is in none of them.
[[nodiscard]] std::vector<State> prospects_of(const State& state, Now now);

}  // namespace milepost::kiosk
