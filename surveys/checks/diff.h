#pragma once

#include "surveys/model/survey.h"

#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// What becomes of the series of scores of one question from one revision to the next.
struct SeriesChange {
    enum class What {
        Continues,  ///< nothing that its scores mean has changed
        Breaks,     ///< kind, scale or meaning changed under the same id: refused
        Begins,     ///< a new id
        Ends,       ///< the id is gone
    };
    What what = What::Continues;
    std::string question;
    std::vector<std::string> why;  ///< for people; also what changed without harm ("options added: price")
};
[[nodiscard]] std::string_view to_string(SeriesChange::What what);

/// In the order of the new survey, then what ended in the order of the old one. A changed wording in the
/// default language is taken for a changed meaning unless the question's id is in `same_meaning`.
[[nodiscard]] std::vector<SeriesChange> diff(const Survey& before, const Survey& after,
                                             const std::vector<std::string>& same_meaning = {});

}  // namespace milepost::surveys
