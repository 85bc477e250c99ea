#pragma once

#include "surveys/model/response.h"
#include "surveys/model/survey.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

// What makes an answer to one question; nullopt for what is none. Question, time and shown order are the
// session's to add.

/// A value on the scale, or within a number's bounds.
[[nodiscard]] std::optional<Answer> answer_of(const Question& question, int value);
/// Ids among the options shown, each counted once, in any order.
[[nodiscard]] std::optional<Answer> answer_of(const Question& question, std::span<const Option* const> shown,
                                              std::vector<std::string> options);
/// Cut to the question's length in code points, broken UTF-8 replaced.
[[nodiscard]] std::optional<Answer> answer_of(const Question& question, const std::string& text);
/// For the consent whose text was shown.
[[nodiscard]] std::optional<Answer> answer_of(const Question& question, SealedContact contact,
                                              std::string_view consent_text);

}  // namespace milepost::surveys
