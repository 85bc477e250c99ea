#include "surveys/reading/known_questions.h"

#include <fmt/format.h>

#include <algorithm>

namespace milepost::surveys {

const Question* KnownQuestions::find(std::string_view id, Reach reach, std::string_view who, Position at,
                                     Problems& problems) const {
    const auto found = std::ranges::find(all, id, &Question::id);
    const auto index = static_cast<std::size_t>(found - all.begin());
    if (found == all.end()) {
        if (!complete) return nullptr;
        std::vector<std::string_view> ids;
        for (std::size_t i = 0; i < std::min(reach.question, all.size()); ++i) {
            if (all[i].kind != Kind::Info) ids.emplace_back(all[i].id);
        }
        problems.add(at, fmt::format("no question has the id '{}'{}", id, meant(id, ids)));
    } else if (index == reach.question && !reach.own) {
        problems.add(at, fmt::format("'{}' is the question itself: {} looks at earlier questions", id, who));
    } else if (index > reach.question) {
        problems.add(at, fmt::format("'{}' is asked later: {} looks at earlier questions; move that question up or "
                                     "this one down",
                                     id, who));
    } else if (certain[index]) {
        return &*found;
    }
    return nullptr;
}

}  // namespace milepost::surveys
