#pragma once

#include "platform/screen/window.h"

#include <optional>

union SDL_Event;

namespace milepost::platform {

/// Turns SDL's events into ours: fingers and the left mouse button alike, each at its own position.
class InputReader {
public:
    /// nullopt for what is nobody's business: hovering, the mouse that SDL makes up for fingers, other keys.
    [[nodiscard]] std::optional<Input> read(const SDL_Event& event, int width, int height);

private:
    bool mouse_down_ = false;
};

}  // namespace milepost::platform
