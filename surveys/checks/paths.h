#pragma once

#include "surveys/checks/findings.h"
#include "surveys/checks/walk.h"

namespace milepost::surveys {

/// What nobody gets to, conditions and quotes that miss an answer, and paths that are too long or empty.
void check_paths(const Survey& survey, const Paths& paths, Findings& findings);

}  // namespace milepost::surveys
