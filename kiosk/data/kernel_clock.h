#pragma once

#include <cstdint>

namespace milepost::kiosk {

/// The kernel's own bound on its clock's error (ntp_adjtime(2), maxerror); a second when it tells none.
[[nodiscard]] std::int64_t kernel_clock_error_ms();

}  // namespace milepost::kiosk
