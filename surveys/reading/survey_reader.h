#pragma once

#include "surveys/model/survey.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// One thing wrong with a survey file, where it stands, and what to do about it.
struct Problem {
    int line = 0;    ///< from 1
    int column = 0;  ///< from 1, in code points
    std::string message;
    bool operator==(const Problem&) const = default;
};
/// "FILE:line:column: message", one a line, in the order of the file, without a newline at the end.
[[nodiscard]] std::string describe(std::string_view file, const std::vector<Problem>& problems);

/// A survey from TOML (design.md, "A survey file"): the checked survey, or every problem at once.
[[nodiscard]] std::expected<Survey, std::vector<Problem>> read_survey(std::string_view toml);

/// The sample survey "store-exit", embedded in the binary.
[[nodiscard]] std::string_view sample_survey_toml();

}  // namespace milepost::surveys
