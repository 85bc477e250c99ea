#include "sync/store/reading/day_summary.h"

#include "surveys/scores/question_list.h"
#include "sync/store/reading/day_counts.h"

#include <algorithm>
#include <tuple>

namespace milepost::store {

namespace {

using surveys::DaySummary;

Result<std::vector<Touchpoint>> touchpoints_in_scope(Reading& reading, std::string_view touchpoint) {
    auto all = reading.tables.places.touchpoints();
    if (!all || touchpoint.empty()) return all;
    std::string known;
    for (const auto& place : *all) known += (known.empty() ? "" : ", ") + place.id;
    std::erase_if(*all, [&](const Touchpoint& place) { return place.id != touchpoint; });
    if (!all->empty()) return all;
    return fail(Fault::Invalid, "there is no touchpoint " + std::string{touchpoint} +
                                    (known.empty() ? ": none was added yet" : "; there are " + known));
}

/// The zone that all touchpoints share, else this machine's.
Result<platform::TimeZone> zone_of(const std::vector<Touchpoint>& places) {
    const auto differs = [&](const Touchpoint& place) { return place.time_zone != places.front().time_zone; };
    if (places.empty() || std::ranges::any_of(places, differs)) return platform::TimeZone::of_this_machine();
    return platform::TimeZone::named(places.front().time_zone);
}

void add_counts(surveys::QuestionList& questions, const Catalogue& catalogue, const DayCounts& counts) {
    for (const auto& row : counts.scales) {
        const auto* question = catalogue.question(row.survey, row.question);
        if (question == nullptr) continue;
        questions.add_scale(row.survey, row.question, question->kind, row.histogram, row.skipped);
    }
    for (const auto& row : counts.options) questions.add_option(row.survey, row.question, row.option, row.n);
    for (const auto& row : counts.numbers) questions.add_number(row.survey, row.question, row.moments, row.skipped);
}

void add_hours(std::vector<DaySummary::Hour>& hours, const DayCounts& counts) {
    for (const auto& hour : counts.hours) {
        const auto known = std::ranges::find_if(hours, [&](const DaySummary::Hour& other) {
            return other.hour == hour.hour && other.offset_minutes == hour.offset_minutes;
        });
        if (known != hours.end()) {
            known->responses += hour.responses;
        } else {
            hours.push_back({.hour = hour.hour, .offset_minutes = hour.offset_minutes, .responses = hour.responses});
        }
    }
}

}  // namespace

Result<DaySummary> day_summary(Reading& reading, std::string_view day, std::string_view touchpoint) {
    const Snapshot snapshot{*reading.tables.database};
    const auto places = touchpoints_in_scope(reading, touchpoint);
    if (!places) return std::unexpected{places.error()};
    const auto zone = zone_of(*places);
    if (!zone) return std::unexpected{zone.error()};
    auto date = resolve_day(day, *zone, reading.clock.now().utc);
    if (!date) return std::unexpected{date.error()};
    const auto catalogue = reading.catalogue();
    if (!catalogue) return std::unexpected{catalogue.error()};

    DaySummary summary{.day = std::move(*date),
                       .time_zone = zone->name(),
                       .scope = touchpoint.empty() ? "all touchpoints" : std::string{touchpoint}};
    surveys::QuestionList questions{[&](const std::string& survey, const std::string& question) {
        return (*catalogue)->newest_with(survey, question);
    }};
    for (const auto& place : *places) {
        const auto counts = day_counts(reading.tables.rollups, place.id, summary.day);
        if (!counts) return std::unexpected{counts.error()};
        summary.raw += counts->raw;
        summary.excluded += counts->excluded;
        summary.undated += counts->undated;
        for (const auto& [flag, n] : counts->excluded_why) summary.excluded_why[flag] += n;
        add_counts(questions, **catalogue, *counts);
        add_hours(summary.hours, *counts);
    }
    summary.responses = summary.raw - summary.excluded;
    summary.questions = questions.take();
    std::ranges::sort(summary.hours, [](const DaySummary::Hour& a, const DaySummary::Hour& b) {
        return std::tuple{a.hour, -a.offset_minutes} < std::tuple{b.hour, -b.offset_minutes};
    });
    return summary;
}

}  // namespace milepost::store
