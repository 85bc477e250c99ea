#pragma once

#include "kiosk/app.h"
#include "kiosk/ui.h"

#include <optional>

namespace milepost::kiosk::staff {

/// The survey's screens one after the other as customers see them, small, to be looked at: nothing of them can be
/// touched, and nothing is recorded.
std::optional<Event> draw_preview(Ui& ui, const kiosk::State& state);

}  // namespace milepost::kiosk::staff
