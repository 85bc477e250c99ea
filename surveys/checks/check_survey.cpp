#include "surveys/checks/check_survey.h"

#include "surveys/checks/findings.h"
#include "surveys/checks/fit.h"
#include "surveys/checks/paths.h"
#include "surveys/checks/wording.h"

#include <algorithm>
#include <tuple>

namespace milepost::surveys {

std::string_view to_string(Setting::Role role) {
    switch (role) {
        case Setting::Role::Question:
            return "question";
        case Setting::Role::Info:
            return "info";
        case Setting::Role::Answer:
            return "answer";
        case Setting::Role::EndLabel:
            return "end-label";
        case Setting::Role::Option:
            return "option";
        case Setting::Role::Unit:
            return "unit";
        case Setting::Role::Consent:
            return "consent";
        case Setting::Role::Thanks:
            return "thanks";
    }
    return "";
}

std::vector<Problem> check_survey(const Draft& draft, const Measure& measure) {
    if (!draft.can_be_asked()) return {};
    Findings findings{draft.places};
    const Paths paths = walk(draft.survey);
    check_paths(draft.survey, paths, findings);
    check_wording(draft.survey, findings);
    if (measure) check_fit(draft.survey, paths, measure, findings);
    std::vector<Problem> problems = findings.take();
    std::ranges::stable_sort(problems, {},
                             [](const Problem& problem) { return std::tuple{problem.line, problem.column}; });
    return problems;
}

}  // namespace milepost::surveys
