#pragma once

#include "surveys/reading/reading.h"

namespace milepost::surveys {

/// Reads what only the question's kind has: labels, options, bounds, consent. False when something of it that
/// conditions depend on could not be read.
[[nodiscard]] bool read_parts(const Fields& fields, Question& question, std::size_t index, Reading& reading);

/// Reads the options of a choice, a multi or a named set of emotions. False when one could not be read.
[[nodiscard]] bool read_options(const Fields& fields, Question& question, std::size_t index, Reading& reading);

}  // namespace milepost::surveys
