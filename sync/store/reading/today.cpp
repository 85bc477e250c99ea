#include "sync/store/reading/today.h"

#include "platform/encoding.h"
#include "surveys/scores/scores.h"
#include "sync/store/reading/day_counts.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace milepost::store {

namespace {

using json = nlohmann::ordered_json;
using surveys::Kind;

constexpr std::int64_t kLatest = 20;
constexpr std::size_t kEtagBytes = 16;

/// A kind's name and scale-long counts.
json counts_of(Kind kind, const surveys::Histogram& histogram) {
    auto counts = json::array();
    for (int i = 0; i < surveys::scale_of(kind)->size(); ++i) counts.push_back(histogram.count.at(i));
    return counts;
}

std::string text_of(const surveys::LocalText& text, const surveys::Survey& survey) {
    return std::string{text.in(survey.default_language(), survey.default_language())};
}

json score_json(const Catalogue& catalogue, const RollupTable::ScaleRow& row) {
    const auto* survey = catalogue.newest_with(row.survey, row.question);
    if (survey == nullptr) return nullptr;
    const auto& question = *survey->find(row.question);
    if (!surveys::scale_of(question.kind)) return nullptr;
    const auto score = surveys::score(question.kind, row.histogram);
    return {{"survey", row.survey},
            {"question", row.question},
            {"kind", surveys::to_string(question.kind)},
            {"text", text_of(question.text, *survey)},
            {"n", row.histogram.total()},
            {"score", score ? json(score->value) : json(nullptr)},
            {"low", score ? json(score->interval.low) : json(nullptr)},
            {"high", score ? json(score->interval.high) : json(nullptr)},
            {"shown", score && score->shown},
            {"counts", counts_of(question.kind, row.histogram)}};
}

json scores_json(const Catalogue& catalogue, const DayCounts& counts) {
    auto scores = json::array();
    for (const auto& row : counts.scales) {
        if (auto score = score_json(catalogue, row); !score.is_null()) scores.push_back(std::move(score));
    }
    return scores;
}

json hour_json(const Catalogue& catalogue, const DayCounts::Hour& hour) {
    surveys::Histogram csat;
    for (const auto& row : hour.scales) {
        const auto* question = catalogue.question(row.survey, row.question);
        if (question != nullptr && question->kind == Kind::Csat) csat += row.histogram;
    }
    const auto score = surveys::score(Kind::Csat, csat);
    return {{"hour", hour.hour},
            {"offset_minutes", hour.offset_minutes},
            {"responses", hour.responses},
            {"csat", score ? json{{"n", score->n}, {"score", score->value}, {"shown", score->shown}} : json(nullptr)}};
}

std::string option_label(const surveys::Survey* survey, const std::string& question, const std::string& option) {
    if (survey == nullptr || survey->find(question) == nullptr) return option;
    const auto& options = survey->find(question)->options;
    const auto found = std::ranges::find(options, option, &surveys::Option::id);
    return found == options.end() ? option : text_of(found->text, *survey);
}

json reasons_json(const Catalogue& catalogue, const DayCounts& counts) {
    std::map<std::pair<std::string, std::string>, std::int64_t> asked;
    std::vector<RollupTable::OptionRow> rows;
    for (const auto& row : counts.options) {
        if (row.option.empty()) {
            asked[{row.survey, row.question}] = row.n;
        } else if (row.n > 0) {
            rows.push_back(row);
        }
    }
    std::ranges::stable_sort(rows, std::ranges::greater{}, &RollupTable::OptionRow::n);
    auto reasons = json::array();
    for (const auto& row : rows) {
        const auto n = asked[{row.survey, row.question}];
        if (n < row.n) continue;
        const auto interval = surveys::wilson(row.n, n);
        const auto* survey = catalogue.newest_with(row.survey, row.question);
        reasons.push_back(
            {{"survey", row.survey},
             {"question", row.question},
             {"text", survey == nullptr ? row.question : text_of(survey->find(row.question)->text, *survey)},
             {"option", row.option},
             {"label", option_label(survey, row.question, row.option)},
             {"count", row.n},
             {"asked", n},
             {"share", static_cast<double>(row.n) / static_cast<double>(n)},
             {"low", interval.low},
             {"high", interval.high}});
    }
    return reasons;
}

/// What a reader of the page wants of a response's answers: the first csat, nps and text, all reasons.
void put_answers(json& view, const Catalogue& catalogue, const surveys::Response& response) {
    for (const auto& answer : response.answers) {
        const auto* question = catalogue.question(response.survey, answer.question);
        if (question == nullptr || answer.skipped) continue;
        const auto put_first = [&](const char* member, json value) {
            if (view[member].is_null()) view[member] = std::move(value);
        };
        if (question->kind == Kind::Csat && answer.value) put_first("csat", *answer.value);
        if (question->kind == Kind::Nps && answer.value) put_first("nps", *answer.value);
        if (question->kind == Kind::Text && answer.text) put_first("comment", *answer.text);
        for (const auto& option : answer.options) {
            const auto* survey = catalogue.newest_with(response.survey, answer.question);
            view["reasons"].push_back(option_label(survey, answer.question, option));
        }
    }
}

json latest_json(const Catalogue& catalogue, const StoredResponse& stored, const platform::TimeZone& zone) {
    const auto& at = stored.placing.at;
    json view{{"id", stored.response.id},
              {"at", platform::format_rfc3339(at)},
              {"local", zone.local_clock(at).substr(0, 5)},
              {"day", zone.local_hour(at).day},
              {"dated", stored.placing.error_ms.has_value()},
              {"language", stored.response.language},
              {"csat", nullptr},
              {"nps", nullptr},
              {"reasons", json::array()},
              {"comment", nullptr},
              {"ended", surveys::to_string(stored.response.ended)},
              {"flags", stored.response.flags}};
    put_answers(view, catalogue, stored.response);
    return view;
}

Result<json> touchpoint_json(Reading& reading, const Catalogue& catalogue, const Touchpoint& place) {
    const auto zone = platform::TimeZone::named(place.time_zone);
    if (!zone) return std::unexpected{zone.error()};
    const auto day = zone->local_hour(reading.clock.now().utc).day;
    const auto counts = day_counts(reading.tables.rollups, place.id, day);
    if (!counts) return std::unexpected{counts.error()};
    const auto latest = reading.tables.responses.latest(place.id, kLatest);
    if (!latest) return std::unexpected{latest.error()};

    json view{{"id", place.id},
              {"name", place.name},
              {"site", place.site_name},
              {"time_zone", place.time_zone},
              {"day", day},
              {"local_time", nullptr},
              {"responses", counts->raw - counts->excluded},
              {"raw", counts->raw},
              {"excluded", counts->excluded},
              {"excluded_why", counts->excluded_why},
              {"undated", counts->undated},
              {"last_response", nullptr},
              {"scores", scores_json(catalogue, *counts)},
              {"hours", json::array()},
              {"reasons", reasons_json(catalogue, *counts)},
              {"latest", json::array()}};
    for (const auto& hour : counts->hours) view["hours"].push_back(hour_json(catalogue, hour));
    for (const auto& stored : *latest) view["latest"].push_back(latest_json(catalogue, stored, *zone));
    if (!latest->empty()) view["last_response"] = platform::format_rfc3339(latest->front().placing.at);
    return view;
}

std::string dump(const json& view) {
    return view.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// The members that change with the time of day alone, left out of the tag.
void put_times(json& view, platform::UtcTime now) {
    view["generated"] = platform::format_rfc3339(now);
    for (auto& place : view["touchpoints"]) {
        const auto zone = platform::TimeZone::named(place["time_zone"].get<std::string>());
        if (zone) place["local_time"] = zone->local_clock(now).substr(0, 5);
    }
}

}  // namespace

Result<TodayView> today(Reading& reading) {
    const Snapshot snapshot{*reading.tables.database};
    const auto catalogue = reading.catalogue();
    if (!catalogue) return std::unexpected{catalogue.error()};
    const auto places = reading.tables.places.touchpoints();
    if (!places) return std::unexpected{places.error()};
    json view{{"generated", nullptr}, {"touchpoints", json::array()}};
    for (const auto& place : *places) {
        auto touchpoint = touchpoint_json(reading, **catalogue, place);
        if (!touchpoint) return std::unexpected{touchpoint.error()};
        view["touchpoints"].push_back(std::move(*touchpoint));
    }
    const auto digest = platform::sha256(dump(view));
    auto etag = '"' + platform::to_hex(platform::view(digest).substr(0, kEtagBytes)) + '"';
    put_times(view, reading.clock.now().utc);
    return TodayView{.body = dump(view), .etag = std::move(etag)};
}

}  // namespace milepost::store
