#pragma once

#include "surveys/model/response.h"
#include "surveys/model/survey.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// The rules of who is asked what, shared by the session, the checks of a survey file and the check of a
/// response. Answers are those before the question, in the survey's order.

/// What does not change during a visit: the drawing of random questions and orders needs no more than its id.
struct Visit {
    std::string_view response_id;
    const Circumstances* circumstances = nullptr;  ///< must outlive it
};

/// Whether a visit is among the share of visitors who get a question with `random_share`: the same for the
/// same response id and question for ever, independent between questions.
[[nodiscard]] bool is_drawn(const Question& question, std::string_view response_id);

/// The options on offer, in the order in which they are shown: the survey's, or one drawn from the response
/// id; fixed options and "none of these" keep their places.
[[nodiscard]] std::vector<const Option*> shown_options(const Question& question, std::span<const Answer> answers,
                                                       const Visit& visit);

/// ask_if, random_share, and that a choice, multi or named set has an option to show. Neither the survey's
/// limit nor end_if is looked at.
[[nodiscard]] bool is_asked(const Question& question, std::span<const Answer> answers, const Visit& visit);

/// The question after which the visit is over already (end_if), or null.
[[nodiscard]] const Question* ended_by(const Survey& survey, std::span<const Answer> answers, const Visit& visit);

/// A text with `{id.label}` and `{id.value}` filled in from the answers, in `language`; "{{" and "}}" are
/// braces. A quote of what was not answered becomes "…".
[[nodiscard]] std::string fill_in(std::string_view text, const Survey& survey, std::span<const Answer> answers,
                                  std::string_view language);

/// One quote in a text, for checks; column from 1 in code points.
struct Quote {
    std::string question;
    std::string part;  ///< "label" or "value"; anything else is wrong
    int column = 1;
    bool closed = true;
};
[[nodiscard]] std::vector<Quote> quotes_in(std::string_view text);

/// What the thank-you screen says: the first outcome that holds, else the survey's thanks; may be empty.
[[nodiscard]] const LocalText& thanks_of(const Survey& survey, std::span<const Answer> answers, const Visit& visit);

}  // namespace milepost::surveys
