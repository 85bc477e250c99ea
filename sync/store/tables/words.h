#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace milepost::store {

/// Words of one column, a space between each two.
[[nodiscard]] std::string join_words(const std::vector<std::string>& words);
[[nodiscard]] std::vector<std::string> split_words(std::string_view text);

}  // namespace milepost::store
