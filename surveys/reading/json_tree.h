#pragma once

#include "surveys/reading/written.h"

#include <string_view>
#include <vector>

namespace milepost::surveys {

/// Reads JSON, with places. A syntax error loses the file; a key that stands twice is a problem, its first
/// value is used. `text` must be UTF-8.
[[nodiscard]] WrittenFile read_json(std::string_view text, std::vector<Problem>& problems);

}  // namespace milepost::surveys
