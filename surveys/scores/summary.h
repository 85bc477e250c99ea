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
    struct Option {
        std::string id;
        std::string label;  ///< its text, or the id where the survey is not known
        std::int64_t count = 0;
    };
    /// Two questions are never pooled, nor two kinds under one id.
    struct Question {
        std::string survey;
        std::string id;
        std::string text;  ///< in the survey's default language, or the id where the survey is not known
        Kind kind = Kind::Csat;
        std::int64_t skipped = 0;     ///< shown and not answered, where that was counted
        Histogram histogram;          ///< kinds with a scale
        std::int64_t picked = 0;      ///< Choice, Multi, named emotions: people who picked any option
        std::vector<Option> options;  ///< the same: those that were picked, most frequent first
        Moments numbers;              ///< Number
        std::int64_t comments = 0;    ///< Text
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
    std::vector<Question> questions;                   ///< in the order of their surveys
    std::vector<Hour> hours;                           ///< in order, only those with responses

    /// Null where the day has no such question.
    [[nodiscard]] const Question* find(std::string_view question) const;
};

/// The busiest hour; nullopt on an empty day. The earliest of equals.
[[nodiscard]] std::optional<DaySummary::Hour> busiest(const DaySummary& summary);

/// For people, 20 to 30 lines with a bar chart of the hours.
[[nodiscard]] std::string to_text(const DaySummary& summary);
/// For machines:
/// {"day","time_zone","scope","responses","raw","excluded","excluded_why":{},"undated",
///  "questions":[{"survey","question","kind","text","n","skipped","shown","reason",…}],
///  "busiest_hour":{"hour","offset_minutes","responses"}|null,"hours":[…]}
/// A question further has, by kind: scales "score","low","high","counts":[…], ces its "mean" beside it; what has
/// options "options":[{"option","label","count","share","low","high"}], number "mean","low","high". They are null
/// where there is no answer; `shown` says whether n suffices, else `reason` says why not.
[[nodiscard]] std::string to_json(const DaySummary& summary);

}  // namespace milepost::surveys
