#include "sync/device/clock_keeper.h"

namespace milepost::device {

Result<void> ClockKeeper::offer(const ClockEstimate& estimate) {
    if (kept_ && !is_better(estimate, *kept_)) return {};
    const StatusChange changes[] = {{kClockBoot, estimate.boot},
                                    {kClockOffset, std::to_string(estimate.utc_minus_mono_ms)},
                                    {kClockError, std::to_string(estimate.error_ms)}};
    if (auto put = sync_.put(changes); !put) return put;
    kept_ = estimate;
    return {};
}

}  // namespace milepost::device
