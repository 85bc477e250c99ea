#pragma once

#include "platform/screen/pixels.h"
#include "platform/screen/shapes.h"

namespace milepost::platform {

/// Where a panel's picture may be cut into nine: everything outside the inner third is drawn at its own
/// size, the inner third is `kPanelMiddle` equal pixels wide and high, to be stretched.
struct PanelCut {
    int pad = 0;     ///< from the box out to the picture's edge: room for the shadow
    int corner = 0;  ///< from the picture's edge to the middle
};
inline constexpr int kPanelMiddle = 3;

/// The panel with a radius that fits into the box.
[[nodiscard]] Panel fitted(const Panel& panel, int width, int height);
[[nodiscard]] PanelCut cut_of(const Panel& panel);
/// Paints the panel around a box of `width` x `height`, grown by the cut's pad on each side.
[[nodiscard]] Picture paint_panel(const Panel& panel, int width, int height);

}  // namespace milepost::platform
