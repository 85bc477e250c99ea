#pragma once

#include "kiosk/data/recorder.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace milepost::kiosk {

/// Counts for how long people could have answered here (`availability` of protocol.md). Pure.
class Availability {
public:
    /// The time since the last call counts; the first one only begins.
    void pass(std::chrono::milliseconds mono, Recorder::Service service);

    struct Minutes {
        std::int64_t open = 0;  ///< the site was open
        std::int64_t able = 0;  ///< … and answers could be taken
        bool operator==(const Minutes&) const = default;
    };
    /// What counted so far; nothing below `least`.
    [[nodiscard]] std::optional<Minutes> over(std::chrono::minutes least) const;
    /// Forgets what `over` told; the rest of a minute goes on counting.
    void told(const Minutes& minutes);

private:
    std::optional<std::chrono::milliseconds> last_;
    std::chrono::milliseconds open_{};
    std::chrono::milliseconds able_{};
};

}  // namespace milepost::kiosk
