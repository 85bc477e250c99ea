#include "kiosk/data/kernel_clock.h"

#include <sys/timex.h>

#include <algorithm>

namespace milepost::kiosk {

std::int64_t kernel_clock_error_ms() {
    timex state{};
    if (::ntp_adjtime(&state) < 0 || state.maxerror <= 0) return 1'000;
    return std::max<std::int64_t>(1, state.maxerror / 1'000);
}

}  // namespace milepost::kiosk
