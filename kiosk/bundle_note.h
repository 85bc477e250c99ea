#pragma once

#include "kiosk/data/recorder.h"
#include "kiosk/plan.h"

namespace milepost::kiosk {

/// Puts into the log that the plan's bundle is shown, and keeps what it brings for the staff; nothing where that was
/// done before. Where a bundle was shown and none is left, the agent is told that it is missing. Waits for the disk.
/// True: the staff's PIN came with it. An error is the disk's, and nothing was changed.
[[nodiscard]] Result<bool> note_applied(const Plan& plan, Recorder& recorder);

}  // namespace milepost::kiosk
