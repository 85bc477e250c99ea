#pragma once

#include "surveys/reading/known_questions.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// The conditions of a survey file with their places, kept until every question is known: only then can
/// be told whether what they look at is there, comes earlier, and can have that answer.
class WrittenConditions {
public:
    /// The condition under `key`, if there is one that can be read.
    [[nodiscard]] std::optional<Condition> read(const Fields& fields, std::string_view key, Reach reach,
                                                Fields::Need need = Fields::Need::Optional);

    /// Reports what does not fit. `languages` is empty when the survey's languages are not known.
    void check(const KnownQuestions& questions, const std::vector<std::string>& languages, Problems& problems) const;

private:
    struct Written {
        Condition condition;
        const WrittenValue* value;
        Reach reach;
    };
    std::vector<Written> written_;
};

}  // namespace milepost::surveys
