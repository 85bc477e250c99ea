#pragma once

#include "platform/clock.h"
#include "sync/device/uploader.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace milepost::device {

/// When the agent has something to do. Pure.
class Schedule {
public:
    explicit Schedule(platform::SteadyTime now) : next_status_(now) {}

    /// Tells how much is unsent; called after every change of the log.
    void saw_unsent(std::int64_t unsent, platform::SteadyTime now);
    /// What is there leaves at once.
    void hurry() { in_a_hurry_ = true; }
    /// The log's file was written to. A commit is seen by readers only once the write that woke us is on the
    /// disk, and then nothing wakes us again: so it is looked at again, soon and then less and less often.
    void log_was_written() { look_again_ = kFirstLook; }
    void log_was_quiet();
    void status_was_sent(platform::SteadyTime now);
    void round_ended(const Round& round, platform::SteadyTime now);
    /// The store wants no word from us for an hour.
    void refused(platform::SteadyTime now);

    /// The store wants no word from us for so long.
    void told_to_wait(std::chrono::milliseconds wait, platform::SteadyTime now);

    [[nodiscard]] bool status_is_due(platform::SteadyTime now) const;
    [[nodiscard]] bool round_is_due(platform::SteadyTime now) const;
    /// How long nothing is due, unless the log changes.
    [[nodiscard]] std::chrono::milliseconds idle(platform::SteadyTime now) const;

private:
    static constexpr std::chrono::milliseconds kFirstLook{50};
    [[nodiscard]] platform::SteadyTime round_at() const;

    platform::SteadyTime next_status_;
    platform::SteadyTime not_before_{};          ///< no upload
    platform::SteadyTime silent_until_{};        ///< no word at all
    std::optional<platform::SteadyTime> since_;  ///< something has been unsent
    std::int64_t unsent_ = 0;
    std::chrono::milliseconds look_again_ = kFirstLook;
    bool in_a_hurry_ = false;
};

}  // namespace milepost::device
