#include "sync/device/schedule.h"

#include <algorithm>

namespace milepost::device {
namespace {

constexpr std::chrono::seconds kLongestUnsent{5};
constexpr std::int64_t kFullBatch = 200;
constexpr std::chrono::minutes kStatusEvery{5};
constexpr std::chrono::seconds kLongestIdle{60};  // a watch that missed something costs a minute, no more

}  // namespace

void Schedule::saw_unsent(std::int64_t unsent, platform::SteadyTime now) {
    unsent_ = unsent;
    if (unsent == 0) {
        since_.reset();
        in_a_hurry_ = false;
    }
    if (unsent > 0 && !since_) since_ = now;
}

void Schedule::log_was_quiet() {
    look_again_ = std::min<std::chrono::milliseconds>(look_again_ * 2, kLongestIdle);
}

void Schedule::status_was_sent(platform::SteadyTime now) {
    next_status_ = now + kStatusEvery;
}

void Schedule::round_ended(const Round& round, platform::SteadyTime now) {
    in_a_hurry_ = round.failure.has_value() || round.paused;
    if (!in_a_hurry_) since_.reset();
    if (round.failure) not_before_ = now + round.wait;
    if (round.told_to_wait) told_to_wait(round.wait, now);
}

void Schedule::refused(platform::SteadyTime now) {
    told_to_wait(kRefusedWait, now);
}

void Schedule::told_to_wait(std::chrono::milliseconds wait, platform::SteadyTime now) {
    silent_until_ = now + wait;
}

platform::SteadyTime Schedule::round_at() const {
    if (!since_) return platform::SteadyTime::max();
    const auto ready = in_a_hurry_ || unsent_ >= kFullBatch ? *since_ : *since_ + kLongestUnsent;
    return std::max({ready, not_before_, silent_until_});
}

bool Schedule::status_is_due(platform::SteadyTime now) const {
    return now >= std::max(next_status_, silent_until_);
}

bool Schedule::round_is_due(platform::SteadyTime now) const {
    return now >= round_at();
}

std::chrono::milliseconds Schedule::idle(platform::SteadyTime now) const {
    const auto next = std::min({round_at(), std::max(next_status_, silent_until_),
                                now + std::min<std::chrono::milliseconds>(look_again_, kLongestIdle)});
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(next - now), std::chrono::milliseconds{0});
}

}  // namespace milepost::device
