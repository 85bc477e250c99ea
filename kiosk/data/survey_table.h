#pragma once

#include "platform/database.h"
#include "surveys/model/survey.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace milepost::kiosk {

/// Table `survey`: the source of every revision that was asked here, so that past answers keep their
/// kinds and labels.
class SurveyTable {
public:
    [[nodiscard]] static Result<SurveyTable> open(platform::Database& database);

    /// Idempotent; another text under the same (id, revision) replaces the former.
    [[nodiscard]] Result<void> put(const surveys::Survey& survey, std::string_view toml);
    /// Null for a revision that was never kept, or whose source cannot be read any more.
    [[nodiscard]] Result<const surveys::Survey*> find(const std::string& id, int revision);
    /// Every revision that can be read, older ones first.
    [[nodiscard]] Result<std::vector<surveys::Survey>> all();

private:
    SurveyTable() = default;
    std::unique_ptr<platform::Statement> put_, find_, all_;
    std::map<std::pair<std::string, int>, surveys::Survey> read_;  ///< parsed once a run
};

}  // namespace milepost::kiosk
