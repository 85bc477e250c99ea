#pragma once

#include "surveys/reading/survey_reader.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace milepost::surveys {

/// A text in the place where the kiosk would set it, for its own text engine to measure.
struct Setting {
    enum class Role { Question, Info, Answer, EndLabel, Option, Unit, Consent, Thanks };
    std::string language;
    std::string text;
    Role role = Role::Question;
    int beside = 1;  ///< how many share the screen: labels, options; below a question its answers
};
[[nodiscard]] std::string_view to_string(Setting::Role role);

/// What the text engine found.
struct Fit {
    bool fits = true;     ///< at the role's smallest type size
    std::string how_far;  ///< for people: "4 lines at 40 px where 3 have room"; empty when it fits
    std::string lacking;  ///< characters that the bundled fonts lack, each once
};

/// Measures texts: the kiosk's typesetter behind a pipe, or one of a test. One Fit for each Setting; an empty
/// vector where it could not be asked.
using Measure = std::function<std::vector<Fit>(std::span<const Setting>)>;

/// Everything that can be said of a draft that can be asked: what `milepost survey check` reports beyond
/// reading. Appends nothing to a draft with errors but what is certain. Problems in the order of the file:
/// unreachable questions and options, conditions and quotes on optional questions, missing translations, more
/// than 3 or 5 questions on a path, labels that contradict their scale, texts that do not fit or have no glyph.
[[nodiscard]] std::vector<Problem> check_survey(const Draft& draft, const Measure& measure = {});

}  // namespace milepost::surveys
