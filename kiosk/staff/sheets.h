#pragma once

#include "kiosk/staff/parts.h"
#include "kiosk/staff/views.h"

#include <vector>

namespace milepost::kiosk::staff {

/// The same sheets, those with comments split into as many as their texts need in `area`.
[[nodiscard]] std::vector<Sheet> fitted(Ui& ui, const std::vector<Sheet>& sheets, const Box& area);
void draw_sheet(Ui& ui, const Sheet& sheet, const Box& area);

}  // namespace milepost::kiosk::staff
