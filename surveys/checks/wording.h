#pragma once

#include "surveys/checks/findings.h"

namespace milepost::surveys {

/// Labels that run against their scale or cannot be told apart, questions that ask two things or suggest an
/// answer. Only what short word lists know for certain: it is better to miss some than to cry wolf.
void check_wording(const Survey& survey, Findings& findings);

}  // namespace milepost::surveys
