#pragma once

#include "platform/clock.h"
#include "sync/store/records/catalogue.h"
#include "sync/store/tables/statements.h"

namespace milepost::store {

/// survey: the source of every revision that the store knows.
class SurveyTable {
public:
    [[nodiscard]] static Result<SurveyTable> open(platform::Database& database);

    [[nodiscard]] Result<void> add(const surveys::Survey& survey, std::string_view toml, platform::UtcTime now);
    [[nodiscard]] Result<Catalogue> load();
    /// How many there are: they are only ever added, so a reader knows by it whether its catalogue is old.
    [[nodiscard]] Result<std::int64_t> count();

private:
    StatementPtr add_, all_, count_;
};

}  // namespace milepost::store
