#include "kiosk/data/survey_table.h"

#include "kiosk/data/prepared.h"
#include "surveys/reading/survey_reader.h"

#include <optional>

namespace milepost::kiosk {
namespace {

constexpr std::string_view kPut = R"sql(
    INSERT INTO survey(id, revision, toml) VALUES ($1, $2, $3)
    ON CONFLICT (id, revision) DO UPDATE SET toml = excluded.toml WHERE survey.toml <> excluded.toml)sql";
constexpr std::string_view kFind = "SELECT toml FROM survey WHERE id = $1 AND revision = $2";
constexpr std::string_view kAll = "SELECT toml FROM survey ORDER BY id, revision";

}  // namespace

Result<SurveyTable> SurveyTable::open(platform::Database& database) {
    auto statements = prepare_all<3>(database, {kPut, kFind, kAll});
    if (!statements) return std::unexpected{statements.error()};
    SurveyTable table;
    table.put_ = std::move((*statements)[0]);
    table.find_ = std::move((*statements)[1]);
    table.all_ = std::move((*statements)[2]);
    return table;
}

Result<void> SurveyTable::put(const surveys::Survey& survey, std::string_view toml) {
    auto run = put_->run({std::string_view{survey.id}, std::int64_t{survey.revision}, toml});
    if (run) read_.insert_or_assign({survey.id, survey.revision}, survey);
    return done(std::move(run));
}

Result<const surveys::Survey*> SurveyTable::find(const std::string& id, int revision) {
    if (const auto known = read_.find({id, revision}); known != read_.end()) return &known->second;
    std::optional<std::string> toml;
    auto run = find_->run({std::string_view{id}, std::int64_t{revision}},
                          [&](const platform::Row& row) { toml = row.text(0); });
    if (!run) return std::unexpected{run.error()};
    if (!toml) return nullptr;
    auto survey = surveys::read_survey(*toml);
    if (!survey) return nullptr;
    return &read_.insert_or_assign({id, revision}, std::move(*survey)).first->second;
}

Result<std::vector<surveys::Survey>> SurveyTable::all() {
    std::vector<surveys::Survey> all;
    auto run = all_->run({}, [&](const platform::Row& row) {
        if (auto survey = surveys::read_survey(row.bytes(0))) all.push_back(std::move(*survey));
    });
    if (!run) return std::unexpected{run.error()};
    return all;
}

}  // namespace milepost::kiosk
