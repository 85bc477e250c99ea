#pragma once

#include "surveys/model/response.h"
#include "surveys/model/survey.h"

#include <optional>
#include <string>
#include <vector>

namespace milepost::surveys {

/// What a response says that its survey does not allow: an answer to a question that is not there or was not
/// asked given the answers before it, a value off the scale, an option that was not on offer, too few or too
/// many picks, text beyond its length, two answers to one question, a language that the survey does not
/// have, a complete response that lacks a required answer. Empty: the response is valid. `local` is the
/// touchpoint's time when the visit began.
[[nodiscard]] std::vector<std::string> faults_of(const Survey& survey, const Response& response,
                                                 const std::optional<LocalMoment>& local);

}  // namespace milepost::surveys
