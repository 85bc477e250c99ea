#pragma once

#include "platform/error.h"
#include "surveys/scores/scores.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace milepost::surveys {

/// A day's satisfaction at one or several touchpoints: what `milepost summary` prints, the same from a
/// device's and from a store's data.
struct DaySummary {
    struct Reason {
        std::string option;  ///< id
        std::string label;   ///< its text, or the id where the survey is not known
        std::int64_t count = 0;
        std::int64_t asked = 0;  ///< people who answered the question
    };
    struct Hour {
        int hour = 0;
        int offset_minutes = 0;
        std::int64_t responses = 0;
    };

    std::string day;                                   ///< "2026-11-21", local
    std::string time_zone;                             ///< IANA
    std::string scope;                                 ///< whose data: a touchpoint, or "all touchpoints"
    std::int64_t responses = 0;                        ///< that scores count
    std::int64_t raw = 0;                              ///< all of the day, flagged ones too
    std::int64_t excluded = 0;                         ///< raw − responses
    std::map<std::string, std::int64_t> excluded_why;  ///< by flag; one response may have several
    std::int64_t undated = 0;                          ///< of any day: their time is not trusted
    Histogram csat;
    Histogram nps;
    std::vector<Reason> reasons;  ///< most frequent first
    std::vector<Hour> hours;      ///< in order, only those with responses
};

/// The busiest hour; nullopt on an empty day. The earliest of equals.
[[nodiscard]] std::optional<DaySummary::Hour> busiest(const DaySummary& summary);

/// For people, about 20 lines with a bar chart of the hours.
[[nodiscard]] std::string to_text(const DaySummary& summary);
/// For machines:
/// {"day","time_zone","scope","responses","raw","excluded","excluded_why":{},"undated",
///  "csat":{"n","score","low","high","shown","counts":[5]},"nps":{…,"counts":[11]},
///  "reasons":[{"option","label","count","share","low","high"}],
///  "busiest_hour":{"hour","offset_minutes","responses"}|null,"hours":[…]}
/// `score`, `low`, `high` are null where there is no answer; `shown` says whether n suffices.
[[nodiscard]] std::string to_json(const DaySummary& summary);

}  // namespace milepost::surveys
