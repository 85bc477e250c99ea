#pragma once

#include "kiosk/data/recorder.h"
#include "kiosk/heartbeat.h"
#include "platform/screen/window.h"

#include <optional>

namespace milepost::kiosk {

/// What the service manager hears of the kiosk.
class Life {
public:
    /// Both must outlive it; without a recorder the screen alone tells that the kiosk lives.
    Life(platform::Window& window, Recorder* recorder);
    /// A frame was built.
    void built();
    void presented();
    /// The kiosk ends.
    void stop();
    /// Another window takes over: nobody is to hear of an end, which would be taken at its word.
    void hand_over();

private:
    std::optional<Heartbeat> heartbeat_;
    bool ready_ = false;
};

}  // namespace milepost::kiosk
