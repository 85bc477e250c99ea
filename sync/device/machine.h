#pragma once

#include <optional>
#include <string>

namespace milepost::device {

/// The model as its maker names it; "unknown" when nothing tells.
[[nodiscard]] std::string hardware_model();

/// Of the processor; nullopt when nothing tells.
[[nodiscard]] std::optional<double> temperature_c();

}  // namespace milepost::device
