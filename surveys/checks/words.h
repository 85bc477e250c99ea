#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// A text's words in small letters, without punctuation; apostrophes fall out of their words ("dont").
/// Equal for texts that differ only in case, spacing and punctuation. Texts without spaces are one word.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

}  // namespace milepost::surveys
