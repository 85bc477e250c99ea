#pragma once

#include "surveys/reading/fields.h"

#include <limits>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// Which questions a condition or a quote can look at: those before the one it belongs to.
struct Reach {
    static constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
    std::size_t question = kAll;  ///< index of the question it belongs to; kAll: it stands behind all of them
    bool own = false;             ///< that question as well
};

/// The questions of a file as far as they could be read. Nothing is said about what could not.
struct KnownQuestions {
    std::vector<Question> all;
    std::vector<bool> certain;  ///< whether a question's kind, options and bounds could be read
    bool complete = true;       ///< every question is there, with its id

    /// The question that is named at `at`; null where there is none, it is not known well enough, or it is out
    /// of reach, which is reported. `who` is "a condition", "a text".
    [[nodiscard]] const Question* find(std::string_view id, Reach reach, std::string_view who, Position at,
                                       Problems& problems) const;
};

}  // namespace milepost::surveys
