#include "sync/store/tables/survey_table.h"

#include "surveys/reading/survey_reader.h"
#include "sync/store/tables/times.h"

#include <vector>

namespace milepost::store {

namespace {

constexpr std::string_view kAdd = "INSERT INTO survey(id, revision, toml, added_ms) VALUES ($1, $2, $3, $4)";
constexpr std::string_view kAll = "SELECT toml FROM survey ORDER BY id, revision";
constexpr std::string_view kCount = "SELECT COUNT(*) FROM survey";

}  // namespace

Result<SurveyTable> SurveyTable::open(platform::Database& database) {
    SurveyTable table;
    const auto prepared = prepare(database, {{table.add_, kAdd}, {table.all_, kAll}, {table.count_, kCount}});
    if (!prepared) return std::unexpected{prepared.error()};
    return table;
}

Result<void> SurveyTable::add(const surveys::Survey& survey, std::string_view toml, platform::UtcTime now) {
    return done(add_->run({survey.id, std::int64_t{survey.revision}, toml, milliseconds(now)}));
}

Result<Catalogue> SurveyTable::load() {
    Catalogue catalogue;
    std::optional<std::string> broken;
    const auto ran = all_->run({}, [&](const platform::Row& row) {
        auto survey = surveys::read_survey(row.bytes(0));
        if (survey) {
            catalogue.put(std::move(*survey));
        } else {
            broken = surveys::describe("survey", survey.error());
        }
    });
    if (!ran) return std::unexpected{ran.error()};
    if (broken) return fail(Fault::Corrupt, "a stored survey cannot be read any more: " + *broken);
    return catalogue;
}

Result<std::int64_t> SurveyTable::count() {
    std::int64_t count = 0;
    const auto ran = count_->run({}, [&](const platform::Row& row) { count = row.integer(0); });
    if (!ran) return std::unexpected{ran.error()};
    return count;
}

}  // namespace milepost::store
