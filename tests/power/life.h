#pragma once

#include "platform/clock.h"
#include "platform/error.h"
#include "tests/power/history.h"
#include "tests/power/logged_disk.h"

#include <atomic>
#include <cstdint>
#include <filesystem>

namespace milepost::power {

/// A clock that tests move by hand, from any thread.
class HandClock final : public platform::Clock {
public:
    /// `boot`: counts up at each start of the machine.
    explicit HandClock(std::int64_t boot) : boot_(boot) {}
    [[nodiscard]] platform::Stamp now() override;
    [[nodiscard]] platform::SteadyTime steady() override;
    void advance(std::chrono::milliseconds by) { passed_ms_ += by.count(); }

private:
    std::int64_t boot_;
    std::atomic<std::int64_t> passed_ms_ = 0;
};

struct LifePlan {
    std::uint64_t seed = 1;
    int starts = 7;
    int visits = 60;    ///< at a start, at the most
    bool weak = false;  ///< the kiosk's database with synchronous=NORMAL
    /// The store's answers come for so large a part of the visits at the most; what is acknowledged is pruned at once,
    /// since the card is small.
    double answered = 0.4;
};

/// A kiosk and its agent live on the disk that is mounted at `data`: start after start, visits tap by tap, records
/// acknowledged and pruned, some starts ended in the middle of a tap (as by SIGKILL), the file damaged once where a
/// salvage loses nothing. Every wish and every promise is noted with the position that `disk` had then. Each start is
/// a process of its own.
[[nodiscard]] Result<void> live(const LifePlan& plan, const std::filesystem::path& data, const LoggedDisk& disk,
                                Notes& notes);

}  // namespace milepost::power
