#pragma once

#include "surveys/model/survey.h"
#include "surveys/reading/toml_fields.h"

#include <optional>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// The conditions of a survey file with their places, kept until every question is known: only then can
/// be told whether what they look at is there, comes earlier, and can have that answer.
class WrittenConditions {
public:
    /// The condition under `key`, if there is one that can be read. `question` is the index of the
    /// question that it belongs to.
    [[nodiscard]] std::optional<Condition> read(const Fields& fields, std::string_view key, std::size_t question);

    /// Reports what does not fit. `questions` stand at the indices that `read` was given; those whose kind
    /// or options could not be read are in `unknown`. `all_known` is false when questions or their ids
    /// could not be read: then nothing is said about ids that are not there.
    void check(const std::vector<Question>& questions, const std::vector<bool>& unknown, bool all_known,
               Problems& problems) const;

private:
    struct Written {
        Condition condition;
        Position at;
        bool verbatim = false;
        std::size_t question = 0;

        [[nodiscard]] Position place(int column) const;
    };
    std::vector<Written> written_;
};

}  // namespace milepost::surveys
