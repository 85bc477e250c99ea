#pragma once

#include "sync/store/reading/reading.h"

#include <map>
#include <string>
#include <vector>

namespace milepost::store {

/// What the rollups say about one touchpoint's day.
struct DayCounts {
    std::int64_t raw = 0;                              ///< all responses, flagged ones too
    std::int64_t excluded = 0;                         ///< flagged ones
    std::map<std::string, std::int64_t> excluded_why;  ///< by flag
    std::int64_t undated = 0;                          ///< of any day
    std::vector<RollupTable::ScaleRow> scales;         ///< without flagged ones, as all below
    std::vector<RollupTable::OptionRow> options;
    std::vector<RollupTable::NumberRow> numbers;

    struct Hour {
        int hour = 0;
        int offset_minutes = 0;
        std::int64_t responses = 0;
        std::vector<RollupTable::ScaleRow> scales;
    };
    std::vector<Hour> hours;  ///< in order of time, only those with responses
};
[[nodiscard]] Result<DayCounts> day_counts(RollupTable& rollups, std::string_view touchpoint, std::string_view day);

/// "today" and "yesterday" in a zone, or a date. Fault::Invalid for what is neither.
[[nodiscard]] Result<platform::Day> resolve_day(std::string_view day, const platform::TimeZone& zone,
                                                platform::UtcTime now);

}  // namespace milepost::store
