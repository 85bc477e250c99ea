#pragma once

#include "platform/screen/renderer.h"

#include <vector>

namespace milepost::platform {

/// Where `after` may look different from `before`: outside of these few boxes, none of which meets another, both are
/// the same pixels. All of the frame when size or background changed; none when nothing did. A frame is a sequence of
/// triangles painted over each other, so what two sequences begin and end with alike makes no difference, and what lies
/// between only where it is.
[[nodiscard]] std::vector<PixelBox> damage(const Frame& before, const Frame& after);

}  // namespace milepost::platform
