#pragma once

#include "kiosk/data/staff_settings.h"
#include "kiosk/program.h"
#include "kiosk/stage.h"

#include <functional>
#include <memory>
#include <optional>

namespace milepost::kiosk {

/// What the kiosk runs on.
struct Ready {
    std::unique_ptr<Recorder> recorder;
    platform::TimeZone time_zone;
    StaffSettings staff;
};
/// `clock` must outlive what it returns.
[[nodiscard]] Result<Ready> get_ready(const ProgramOptions& options, platform::Clock& clock);

/// Whether the disk is at fault, which may pass by itself or with another card, and not how the kiosk was started.
[[nodiscard]] bool is_disks_fault(const Error& error);

struct DiskWait {
    platform::Window& window;
    platform::Clock& clock;
    ScreenPainter& painter;
    Report& report;
    const surveys::Survey& survey;  ///< for its languages
    Setup setup;
    Theme theme = Theme::Light;
    double diagonal_mm = 257;
    const Brand* brand = nullptr;            ///< must outlive it; nullptr: none
    std::function<Result<Ready>()> open;     ///< called on a thread of its own, again and again
    std::function<void(Stage*)> connect;     ///< whom a stop is to be handed to; nullptr: nobody any more
    std::function<void()> after_frame = {};  ///< once a changed frame was presented
};
/// Shows "out of service" until `open` succeeds; nullopt: somebody ended the kiosk before.
[[nodiscard]] std::optional<Ready> wait_for_disk(const DiskWait& wait);

}  // namespace milepost::kiosk
