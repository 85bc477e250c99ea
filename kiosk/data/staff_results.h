#pragma once

#include "platform/clock.h"
#include "platform/local_time.h"
#include "surveys/scores/scores.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// What staff look at: days in the zone by which the kiosk counted; the week ends today.
enum class Period { Today, Yesterday, Week };

/// A period's results out of this device's own counts and log.
struct StaffResults {
    struct Option {
        std::string label;  ///< its text, or the id where the survey is not known
        std::int64_t count = 0;
    };
    /// Two questions are never pooled, nor two kinds under one id.
    struct Question {
        std::string survey;
        std::string id;
        std::string text;  ///< or the id where the survey is not known
        std::string text_language;
        surveys::Kind kind = surveys::Kind::Csat;
        surveys::Histogram histogram;  ///< scales
        surveys::Histogram before;     ///< scales: the same weekdays of the 8 weeks before, pooled
        surveys::Histogram week;       ///< scales: the last 7 days, for a day with too few answers
        surveys::Moments numbers;      ///< Number
        std::vector<Option> options;   ///< what was picked, most frequent first
        std::int64_t picked = 0;       ///< people who picked any
    };
    struct Comment {
        std::string text;
        std::string language;
        std::string when;  ///< "2026-11-21 18:20", local; empty: its time is not trusted
    };

    Period period = Period::Today;
    platform::Day first;
    platform::Day last;
    int weekday = 1;             ///< of the last day, ISO 8601
    std::int64_t responses = 0;  ///< that scores count
    std::int64_t excluded = 0;
    std::map<std::string, std::int64_t> excluded_why;  ///< by flag; one response may have several
    std::int64_t undated = 0;                          ///< of any day
    std::array<std::int64_t, 24> hours{};              ///< responses that scores count, by local hour
    std::vector<Question> questions;                   ///< in the order of their surveys
    std::vector<Comment> comments;                     ///< the newest first, at most 20
};

/// Reads only, also while the kiosk writes. Texts in `language` where the survey has it.
[[nodiscard]] Result<StaffResults> read_staff_results(const std::filesystem::path& data, Period period,
                                                      const std::string& language, platform::UtcTime now);

}  // namespace milepost::kiosk
