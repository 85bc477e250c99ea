#pragma once

#include "surveys/model/response.h"
#include "surveys/model/survey.h"

#include <optional>
#include <span>
#include <vector>

namespace milepost::surveys {

/// One example of every answer to a question that the comparisons tell apart, "skipped" among them where it
/// is optional; an info page has one, which nothing looks at. `shown` are the options on offer. nullopt: too
/// many to try.
[[nodiscard]] std::optional<std::vector<Answer>> possible_answers(const Question& question,
                                                                  std::span<const Option* const> shown,
                                                                  std::span<const Condition* const> comparisons);

}  // namespace milepost::surveys
