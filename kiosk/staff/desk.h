#pragma once

#include "kiosk/data/recorder.h"
#include "kiosk/staff/staff.h"

#include <filesystem>
#include <functional>
#include <memory>

namespace milepost::kiosk::staff {

/// Carries out what the staff's side wishes, on a thread of its own with its own read-only connections: the glass
/// never waits for argon2id, the disk or a stick. What is written goes through the recorder.
class Desk {
public:
    struct Parts {
        std::filesystem::path data;
        std::filesystem::path sticks;  ///< where USB sticks are mounted
        Recorder& recorder;      ///< outlives the last `carry_out`; its answers may still come until the desk goes
        platform::Clock& clock;  ///< read by the caller of `carry_out`
        std::function<void(Event)> tell;  ///< on one of the desk's threads
        /// Reads anew what is asked; on the desk's thread.
        std::function<void(const Reassign&)> reassign;
        /// Everything is read anew between two people; on any thread.
        std::function<void()> renew;
        std::filesystem::path backlights = "/sys/class/backlight";
    };
    explicit Desk(Parts parts);
    /// Waits for the piece of work at hand; an export gives up.
    ~Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    void carry_out(const Effect& effect);
    /// Nothing more is carried out, no answer of the agent waited for: before the recorder goes.
    void hang_up();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace milepost::kiosk::staff
