#pragma once

#include "surveys/checks/check_survey.h"
#include "surveys/checks/findings.h"
#include "surveys/checks/walk.h"

namespace milepost::surveys {

/// Texts that do not fit where the kiosk sets them, and characters that its fonts lack. Nothing where
/// `measure` cannot be asked.
void check_fit(const Survey& survey, const Paths& paths, const Measure& measure, Findings& findings);

}  // namespace milepost::surveys
