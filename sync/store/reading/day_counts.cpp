#include "sync/store/reading/day_counts.h"

#include <algorithm>

namespace milepost::store {

namespace {

/// The hour of a row; rows come in order of time, so it is the last one or a new one.
DayCounts::Hour& hour_of(std::vector<DayCounts::Hour>& hours, int hour, int offset_minutes) {
    if (hours.empty() || hours.back().hour != hour || hours.back().offset_minutes != offset_minutes) {
        hours.push_back({.hour = hour, .offset_minutes = offset_minutes});
    }
    return hours.back();
}

void count_responses(DayCounts& counts, const std::vector<RollupTable::ResponseRow>& rows) {
    for (const auto& row : rows) {
        const bool all = row.flag == kAllResponses;
        const bool any_flag = row.flag == kAnyFlag;
        if (row.n == 0) continue;
        if (all) counts.raw += row.n;
        if (any_flag) counts.excluded += row.n;
        if (!all && !any_flag) counts.excluded_why[row.flag] += row.n;
        if (row.hour < 0 || !(all || any_flag)) continue;
        hour_of(counts.hours, row.hour, row.offset_minutes).responses += all ? row.n : -row.n;
    }
}

}  // namespace

Result<DayCounts> day_counts(RollupTable& rollups, std::string_view touchpoint, std::string_view day) {
    DayCounts counts;
    const auto responses = rollups.responses(touchpoint, day);
    if (!responses) return std::unexpected{responses.error()};
    count_responses(counts, *responses);
    const auto undated = rollups.responses(touchpoint, kUndated);
    if (!undated) return std::unexpected{undated.error()};
    for (const auto& row : *undated) {
        if (row.flag == kAllResponses) counts.undated += row.n;
    }
    auto scales = rollups.scales(touchpoint, day);
    if (!scales) return std::unexpected{scales.error()};
    counts.scales = std::move(*scales);
    auto options = rollups.options(touchpoint, day);
    if (!options) return std::unexpected{options.error()};
    counts.options = std::move(*options);
    auto numbers = rollups.numbers(touchpoint, day);
    if (!numbers) return std::unexpected{numbers.error()};
    counts.numbers = std::move(*numbers);
    const auto hours = rollups.scale_hours(touchpoint, day);
    if (!hours) return std::unexpected{hours.error()};
    for (const auto& row : *hours) {
        const auto hour = std::ranges::find_if(counts.hours, [&](const DayCounts::Hour& known) {
            return known.hour == row.hour && known.offset_minutes == row.offset_minutes;
        });
        if (hour != counts.hours.end()) hour->scales.push_back(row.scale);
    }
    std::erase_if(counts.hours, [](const DayCounts::Hour& hour) { return hour.responses == 0; });
    return counts;
}

Result<platform::Day> resolve_day(std::string_view day, const platform::TimeZone& zone, platform::UtcTime now) {
    const auto today = zone.local_hour(now).day;
    if (day == "today") return today;
    if (day == "yesterday") return platform::add_days(today, -1);
    auto date = platform::add_days(std::string{day}, 0);
    if (!date)
        return fail(Fault::Invalid, "--day takes today, yesterday or a date like 2026-11-21, not " + std::string{day});
    return date;
}

}  // namespace milepost::store
