#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace milepost::kiosk {

/// Says that the kiosk lives, for as long as all of its parts answer. A part that hangs is a kiosk that hangs:
/// nothing is said then, and the service manager's watchdog starts it anew.
///
/// Every `interval` each part is asked on a thread of the heartbeat's own; a beat is told once all have answered.
/// The next question waits for all answers to the last one.
class Heartbeat {
public:
    struct Part {
        std::string name;  ///< for the log
        /// Makes the part call `heart.answered(part)`, from whichever thread.
        std::function<void(Heartbeat& heart, std::size_t part)> ask;
    };
    Heartbeat(std::chrono::milliseconds interval, std::vector<Part> parts, std::function<void()> beat);
    ~Heartbeat() { stop(); }
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

    void answered(std::size_t part);
    /// Asks no more. Parts that were asked may still answer, as long as it lives.
    void stop();

private:
    void run(const std::stop_token& stop);
    [[nodiscard]] bool wait_for_answers(const std::stop_token& stop);
    void complain();

    std::chrono::milliseconds interval_;
    std::vector<Part> parts_;
    std::function<void()> beat_;
    std::mutex mutex_;  ///< guards `waiting_`
    std::condition_variable_any changed_;
    std::vector<bool> waiting_;  ///< for the part's answer
    std::jthread thread_;        // last: it is joined before the rest goes
};

}  // namespace milepost::kiosk
