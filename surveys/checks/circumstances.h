#pragma once

#include "surveys/model/survey.h"

#include <vector>

namespace milepost::surveys {

/// One comparison of a survey's conditions, as a condition of its own.
[[nodiscard]] Condition alone(const Condition::Comparison& comparison);

/// One example of every set of circumstances that the comparisons tell apart: the survey's languages, the
/// touchpoints that they name and another, weekdays, times, a clock that is not known.
[[nodiscard]] std::vector<Circumstances> circumstances_told_apart(const Survey& survey,
                                                                  const std::vector<Condition>& comparisons);

}  // namespace milepost::surveys
