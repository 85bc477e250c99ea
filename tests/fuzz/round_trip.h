#pragma once

#include <string_view>

namespace milepost::surveys {

/// Aborts unless the file is read or refused with places in it, and a survey that can be asked is the same
/// after JSON and after TOML.
void check_round_trip(std::string_view file);

}  // namespace milepost::surveys
