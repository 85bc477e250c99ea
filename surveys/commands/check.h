#pragma once

#include <string>
#include <vector>

namespace milepost::surveys {

enum class CheckOutput { Text, Json };

/// `milepost survey check`: reads survey files (of a directory every *.toml) and prints to standard output
/// what is wrong with them. Returns the exit code: 0 only if all are good.
[[nodiscard]] int check_surveys(const std::vector<std::string>& paths, CheckOutput output);

}  // namespace milepost::surveys
