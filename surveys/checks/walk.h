#pragma once

#include "surveys/model/survey.h"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace milepost::surveys {

/// A condition or a quoting text that somebody comes to without an answer that it looks at.
struct Unanswered {
    std::string place;  ///< as in SourceMap; of a quoting text without its language
    std::string question;
    auto operator<=>(const Unanswered&) const = default;
};

/// What can become of one question.
struct QuestionFate {
    bool reached = false;  ///< some visit is not over before it
    bool wanted = false;   ///< its ask_if holds for somebody
    bool asked = false;
    bool ends_here = false;       ///< its end_if holds for somebody
    bool held_back = false;       ///< somebody does not get it for the survey's limit alone
    std::set<std::string> shown;  ///< options that are on offer to somebody
    std::size_t most_shown = 0;   ///< so many of them at once
};

/// What can happen to visitors: every path through a survey.
struct Paths {
    bool all_walked = true;  ///< false: there are too many; the rest is as far as it went
    std::vector<QuestionFate> questions;
    std::vector<bool> outcome_holds;   ///< for somebody
    std::vector<bool> outcome_chosen;  ///< and none before it does
    std::set<Unanswered> unanswered;
    std::vector<std::size_t> longest;  ///< the questions of the longest path, info pages aside
    bool nothing_asked = false;        ///< of somebody
};

/// Walks all of them: answers and circumstances that no condition tells apart are walked as one, and so are
/// paths that nothing later tells apart. `survey` can be asked.
[[nodiscard]] Paths walk(const Survey& survey);

}  // namespace milepost::surveys
