#pragma once

#include "platform/screen/pixels.h"

namespace milepost::platform {

/// Paints face 1 (very dissatisfied) to 5 (very satisfied), `diameter` pixels wide from rim to rim, with
/// `margin` clear pixels around it.
[[nodiscard]] Picture paint_face(int mood, int diameter, int margin);

}  // namespace milepost::platform
