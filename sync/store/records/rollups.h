#pragma once

#include "surveys/model/response.h"
#include "surveys/model/survey.h"
#include "surveys/scores/scores.h"
#include "sync/store/records/dating.h"

#include <cstdint>
#include <map>
#include <string>

namespace milepost::store {

/// Whose rollups a response counts in.
struct Source {
    std::int64_t log = 0;
    std::string device;
    std::string touchpoint;
    auto operator<=>(const Source&) const = default;
};

/// Flags of rollup_response that are not a device's: all responses, and those with any flag.
inline constexpr std::string_view kAllResponses{};
inline constexpr std::string_view kAnyFlag = "*";

/// What one batch adds to the rollups, gathered in memory so that each row is written once.
struct Increments {
    struct ScaleKey {
        Source source;
        std::string survey;
        std::string question;
        bool flagged = false;
        LocalPlace place;
        auto operator<=>(const ScaleKey&) const = default;
    };
    struct ScaleCounts {
        surveys::Histogram histogram;
        std::int64_t skipped = 0;
    };
    struct OptionKey {
        Source source;
        std::string survey;
        std::string question;
        std::string option;  ///< "": people who answered
        bool flagged = false;
        std::string day;
        auto operator<=>(const OptionKey&) const = default;
    };
    struct NumberKey {
        Source source;
        std::string survey;
        std::string question;
        bool flagged = false;
        std::string day;
        auto operator<=>(const NumberKey&) const = default;
    };
    struct NumberCounts {
        std::int64_t n = 0;
        std::int64_t sum = 0;
        std::int64_t sum_of_squares = 0;
        std::int64_t skipped = 0;
    };
    struct ResponseKey {
        Source source;
        std::string flag;
        LocalPlace place;
        auto operator<=>(const ResponseKey&) const = default;
    };
    std::map<ScaleKey, ScaleCounts> by_day;   ///< hour -1
    std::map<ScaleKey, ScaleCounts> by_hour;  ///< only where the hour is known
    std::map<OptionKey, std::int64_t> options;
    std::map<NumberKey, NumberCounts> numbers;
    std::map<ResponseKey, std::int64_t> responses;

    /// Adds a response, or takes it away with `times` −1. `survey` null: its answers are not scored.
    void count(const Source& source, const surveys::Response& response, const LocalPlace& place,
               const surveys::Survey* survey, int times);
};

}  // namespace milepost::store
