#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// A word ("satisfaction", "18:00", "-1"), a run of operator characters or any other single character.
struct ConditionToken {
    std::string_view text;  ///< empty: the end
    int column = 1;         ///< from 1, in code points
    /// Made of letters, digits, '_', '-' and ':'.
    [[nodiscard]] bool is_word() const;
    /// For people: "'has'", "the end".
    [[nodiscard]] std::string shown() const;
};

/// With the end as the last one. The texts are views into `text`.
[[nodiscard]] std::vector<ConditionToken> condition_tokens(std::string_view text);

}  // namespace milepost::surveys
