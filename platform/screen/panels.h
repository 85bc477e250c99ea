#pragma once

#include "platform/screen/pixels.h"
#include "platform/screen/shapes.h"

namespace milepost::platform {

/// Where a panel's picture may be cut into nine. Every part is drawn at its own size, and the middle, of
/// `kPanelMiddle` equal columns and rows, is repeated: stretched, the software renderer would round it
/// differently from the corners, which shows as a step in the shadow.
struct PanelCut {
    int pad = 0;     ///< from the box out to the picture's edge: room for the shadow
    int corner = 0;  ///< from the picture's edge to the middle
};
inline constexpr int kPanelMiddle = 32;

/// The panel with a radius that fits into the box.
[[nodiscard]] Panel fitted(const Panel& panel, int width, int height);
[[nodiscard]] PanelCut cut_of(const Panel& panel);
/// Paints the panel around a box of `width` x `height`, grown by the cut's pad on each side.
[[nodiscard]] Picture paint_panel(const Panel& panel, int width, int height);

}  // namespace milepost::platform
