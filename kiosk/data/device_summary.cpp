#include "kiosk/data/device_summary.h"

#include "kiosk/data/count_table.h"
#include "kiosk/data/device_paths.h"
#include "kiosk/data/setting_table.h"
#include "kiosk/data/survey_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

namespace milepost::kiosk {
namespace {

using surveys::DaySummary;
using Labels = std::map<std::tuple<std::string, std::string, std::string>, std::string>;

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

/// Texts of all options that were ever offered, each in its survey's default language; newer ones win.
Result<Labels> labels(platform::Database& database) {
    auto table = SurveyTable::open(database);
    if (!table) return std::unexpected{table.error()};
    auto all = table->all();
    if (!all) return std::unexpected{all.error()};
    Labels labels;
    for (const surveys::Survey& survey : *all) {
        const std::string& language = survey.default_language();
        for (const surveys::Question& question : survey.questions) {
            for (const surveys::Option& option : question.options) {
                labels[{survey.id, question.id, option.id}] = option.text.in(language, language);
            }
        }
    }
    return labels;
}

Result<void> add_reasons(CountReader& counts, const Labels& labels, DaySummary& summary) {
    std::int64_t asked = 0;
    auto read = counts.options(summary.day, [&](const CountReader::Options& row) {
        if (row.option.empty()) {  // comes before the options of its question
            asked = row.n;
            return;
        }
        const auto label = labels.find({row.survey, row.question, row.option});
        summary.reasons.push_back({.option = row.option,
                                   .label = label != labels.end() ? label->second : row.option,
                                   .count = row.n,
                                   .asked = asked});
    });
    if (!read) return read;
    std::ranges::stable_sort(summary.reasons, std::ranges::greater{}, &DaySummary::Reason::count);
    return {};
}

Result<DaySummary> summarise(platform::Database& database, std::string_view day, platform::UtcTime now) {
    const auto zone = counted_zone(database);
    if (!zone) return std::unexpected{zone.error()};
    const auto date = date_of(day, *zone, now);
    if (!date) return std::unexpected{date.error()};
    auto counts = CountReader::open(database);
    if (!counts) return std::unexpected{counts.error()};
    const auto texts = labels(database);
    if (!texts) return std::unexpected{texts.error()};
    auto whose = scope(*counts);
    if (!whose) return std::unexpected{whose.error()};

    DaySummary summary{.day = *date, .time_zone = zone->name(), .scope = std::move(*whose)};
    if (auto added = add_responses(*counts, summary); !added) return std::unexpected{added.error()};
    if (auto added = add_reasons(*counts, *texts, summary); !added) return std::unexpected{added.error()};
    for (const auto& [kind, histogram] :
         {std::pair{surveys::Kind::Csat, &summary.csat}, std::pair{surveys::Kind::Nps, &summary.nps}}) {
        auto read = counts->histogram(*date, kind);
        if (!read) return std::unexpected{read.error()};
        *histogram = *read;
    }
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
