#pragma once

#include "surveys/flow/quoting.h"
#include "surveys/model/response.h"
#include "surveys/model/survey.h"

#include <span>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// The rules of who is asked what, shared by the session, the checks of a survey file and the check of a
/// response. Answers are those before the question, in the survey's order.

/// What does not change during a visit: the drawing of random questions and orders needs no more than its id.
struct Visit {
    std::string_view response_id;
    const Circumstances* circumstances = nullptr;  ///< must outlive it; null: nothing is known
};

/// Whether a condition holds; an absent one does.
[[nodiscard]] bool holds(const std::optional<Condition>& condition, std::span<const Answer> answers,
                         const Visit& visit);

/// Whether a visit is among the share of visitors who get a question with `random_share`: the same for the
/// same response id and question for ever, independent between questions. The first 64 bits, big-endian, of
/// SHA-256("share" NUL response id NUL question id NUL) lie below share · 2⁶⁴.
[[nodiscard]] bool is_drawn(const Question& question, std::string_view response_id);

/// The options on offer, in the order in which they are shown: the survey's, or one drawn from the response
/// id; fixed options and "none of these" keep their places. Two options that are both shown stand in the same
/// order whatever else is shown.
[[nodiscard]] std::vector<const Option*> shown_options(const Question& question, std::span<const Answer> answers,
                                                       const Visit& visit);

/// How many of the options shown can be picked: one of a choice or a named set; of a multi what the survey says,
/// as far as there are so many. "None of these" does not count and is picked alone.
struct Picks {
    int least = 1;
    int most = 1;
    bool operator==(const Picks&) const = default;
};
[[nodiscard]] Picks picks_of(const Question& question, std::span<const Option* const> shown);

/// ask_if, random_share, and that a choice, multi or named set has an option to show besides "none of these".
/// Neither the survey's limit nor end_if is looked at.
[[nodiscard]] bool is_asked(const Question& question, std::span<const Answer> answers, const Visit& visit);

/// The question after which the visit is over already (end_if), or null. A question that was skipped ends the
/// visit as well when its end_if holds ("not why answered").
[[nodiscard]] const Question* ended_by(const Survey& survey, std::span<const Answer> answers, const Visit& visit);

/// What the thank-you screen says: the first outcome that holds, else the survey's thanks; may be empty.
[[nodiscard]] const LocalText& thanks_of(const Survey& survey, std::span<const Answer> answers, const Visit& visit);

}  // namespace milepost::surveys
