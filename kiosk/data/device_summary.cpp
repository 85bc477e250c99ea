#include "kiosk/data/device_summary.h"

#include "kiosk/data/count_table.h"
#include "kiosk/data/device_paths.h"
#include "kiosk/data/setting_table.h"
#include "kiosk/data/survey_table.h"
#include "surveys/scores/question_list.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ranges>

namespace milepost::kiosk {
namespace {

using surveys::DaySummary;

Result<platform::TimeZone> counted_zone(platform::Database& database) {
    auto settings = SettingTable::open(database);
    if (!settings) return std::unexpected{settings.error()};
    auto name = settings->get(kTimeZoneSetting);
    if (!name) return std::unexpected{name.error()};
    return *name ? platform::TimeZone::named(**name) : platform::TimeZone::of_this_machine();
}

Result<platform::Day> date_of(std::string_view day, const platform::TimeZone& zone, platform::UtcTime now) {
    const platform::Day today = zone.local_hour(now).day;
    if (day == "today") return today;
    if (day == "yesterday") return platform::add_days(today, -1);
    auto date = platform::add_days(std::string{day}, 0);
    if (!date) return fail(Fault::Invalid, fmt::format("{}, 'today' or 'yesterday'", date.error().message));
    return date;
}

Result<std::string> scope(CountReader& counts) {
    std::vector<std::string> touchpoints;
    auto read = counts.touchpoints([&](const std::string& touchpoint) { touchpoints.push_back(touchpoint); });
    if (!read) return std::unexpected{read.error()};
    return touchpoints.empty() ? "no touchpoint yet" : fmt::format("{}", fmt::join(touchpoints, ", "));
}

Result<void> add_responses(CountReader& counts, DaySummary& summary) {
    std::map<std::pair<int, int>, std::int64_t> excluded;
    auto read = counts.responses(summary.day, [&](const CountReader::Responses& row) {
        if (row.flag.empty()) {
            summary.raw += row.n;
            summary.hours.push_back({.hour = row.hour, .offset_minutes = row.offset_minutes, .responses = row.n});
        } else if (row.flag == "any") {
            summary.excluded += row.n;
            excluded[{row.hour, row.offset_minutes}] = row.n;
        } else {
            summary.excluded_why[row.flag] += row.n;
        }
    });
    if (!read) return read;
    summary.responses = summary.raw - summary.excluded;
    for (DaySummary::Hour& hour : summary.hours) hour.responses -= excluded[{hour.hour, hour.offset_minutes}];
    std::erase_if(summary.hours, [](const DaySummary::Hour& hour) { return hour.responses == 0; });
    return counts.responses("", [&](const CountReader::Responses& row) {
        if (row.flag.empty()) summary.undated += row.n;
    });
}

/// The day's questions, with the texts of the newest revision that was asked here and has them.
Result<std::vector<DaySummary::Question>> questions(CountReader& counts, const std::vector<surveys::Survey>& surveys,
                                                    const platform::Day& day) {
    surveys::QuestionList list{[&](const std::string& survey, const std::string& question) {
        const auto has = [&](const surveys::Survey& one) { return one.id == survey && one.find(question) != nullptr; };
        const auto newest = std::ranges::find_if(surveys | std::views::reverse, has);
        return newest == surveys.rend() ? nullptr : &*newest;
    }};
    auto read = counts.scales(day, [&](const CountReader::Scale& row) {
        list.add_scale(row.survey, row.question, row.kind, row.histogram, row.skipped);
    });
    if (!read) return std::unexpected{read.error()};
    read = counts.options(
        day, [&](const CountReader::Options& row) { list.add_option(row.survey, row.question, row.option, row.n); });
    if (!read) return std::unexpected{read.error()};
    read = counts.numbers(day, [&](const CountReader::Number& row) {
        list.add_number(row.survey, row.question, row.moments, row.skipped);
    });
    if (!read) return std::unexpected{read.error()};
    return list.take();
}

Result<std::vector<surveys::Survey>> all_surveys(platform::Database& database) {
    auto table = SurveyTable::open(database);
    if (!table) return std::unexpected{table.error()};
    return table->all();
}

Result<DaySummary> summarise(platform::Database& database, std::string_view day, platform::UtcTime now) {
    const auto zone = counted_zone(database);
    if (!zone) return std::unexpected{zone.error()};
    const auto date = date_of(day, *zone, now);
    if (!date) return std::unexpected{date.error()};
    auto counts = CountReader::open(database);
    if (!counts) return std::unexpected{counts.error()};
    const auto surveys = all_surveys(database);
    if (!surveys) return std::unexpected{surveys.error()};
    auto whose = scope(*counts);
    if (!whose) return std::unexpected{whose.error()};

    DaySummary summary{.day = *date, .time_zone = zone->name(), .scope = std::move(*whose)};
    if (auto added = add_responses(*counts, summary); !added) return std::unexpected{added.error()};
    auto asked = questions(*counts, *surveys, *date);
    if (!asked) return std::unexpected{asked.error()};
    summary.questions = *std::move(asked);
    return summary;
}

}  // namespace

Result<DaySummary> summarise_device(const std::filesystem::path& data, std::string_view day, platform::UtcTime now) {
    auto database = open_device_db(data);
    if (!database) return std::unexpected{database.error()};
    // One read transaction, so that all counts are of the same moment.
    if (auto begun = (*database)->run_script("BEGIN"); !begun) return std::unexpected{begun.error()};
    auto summary = summarise(**database, day, now);
    if (!summary && summary.error().fault != Fault::Invalid) {
        return std::unexpected{device_db_error(summary.error(), data)};
    }
    return summary;
}

}  // namespace milepost::kiosk
