#pragma once

#include "surveys/reading/written.h"

#include <string_view>
#include <vector>

namespace milepost::surveys {

/// Reads as much as can be read, and appends one problem for every [[question]] or [[outcome]] block with a
/// syntax error, which the TOML library alone would not do: it stops at the first. `text` must be UTF-8.
[[nodiscard]] WrittenFile read_toml(std::string_view text, std::vector<Problem>& problems);

}  // namespace milepost::surveys
