#pragma once

#include "surveys/model/survey.h"

namespace milepost::kiosk::test {

/// A survey with one question of every kind in each of the nine languages that layouts are checked in; the
/// contact is given by e-mail or telephone.
[[nodiscard]] const surveys::Survey& every_kind_everywhere();

}  // namespace milepost::kiosk::test
