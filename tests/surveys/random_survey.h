#pragma once

#include "surveys/flow/session.h"
#include "surveys/model/survey.h"

#include <rapidcheck.h>

#include <iosfwd>
#include <string>
#include <vector>

namespace milepost::surveys {

/// Valid surveys of one to seven questions of all kinds, with conditions on answers and circumstances, shuffles,
/// limits, end_if, random shares, outcomes and one to three languages. Shrinks to fewer and plainer questions.
[[nodiscard]] rc::Gen<Survey> any_survey();
/// The touchpoint's time, or none; some touchpoint of those that the conditions of `any_survey` name.
[[nodiscard]] rc::Gen<Session::Start> any_start();

/// One thing that may happen to a session, independent of where it stands; shrinks to plain answers.
struct Happening {
    unsigned what = 0;  ///< 0 to 99
    unsigned how = 0;
    unsigned wait = 0;  ///< ms since the one before
};
[[nodiscard]] rc::Gen<std::vector<Happening>> any_happenings();
/// Mostly what makes sense on the screen, sometimes what does not.
[[nodiscard]] Session::Event event_of(const Happening& happening, const Session& session);
/// An answer that the question on the screen takes (an acknowledgement of an info page).
[[nodiscard]] Session::Event good_answer(const Session& session, unsigned how);
/// The event that gives an answer once more.
[[nodiscard]] Session::Event event_of(const Answer& answer);

/// For RapidCheck's reports, which looks for this name.
// NOLINTBEGIN(readability-identifier-naming)
void showValue(const Survey& survey, std::ostream& out);
void showValue(const Session::Start& start, std::ostream& out);
void showValue(const Happening& happening, std::ostream& out);
// NOLINTEND(readability-identifier-naming)
[[nodiscard]] std::string shown(const Response& response);

}  // namespace milepost::surveys
