#pragma once

#include "platform/database.h"
#include "platform/local_time.h"
#include "surveys/model/response.h"
#include "surveys/model/survey.h"
#include "surveys/scores/scores.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace milepost::kiosk {

/// Tables `count_hour`, `count_response`, `count_option` and `count_number`: what the summaries of this device are made
/// of. They are derived: the log alone is the truth.
class CountWriter {
public:
    [[nodiscard]] static Result<CountWriter> open(platform::Database& database);

    /// Counts one response where it belongs; `when` absent: under undated. Without its `survey` the kinds
    /// are not known: the response and its options count, its scale values do not.
    [[nodiscard]] Result<void> add(const surveys::Response& response, const std::optional<platform::LocalHour>& when,
                                   const surveys::Survey* survey);

private:
    struct Place;
    CountWriter() = default;
    Result<void> add_answer(const Place& place, const surveys::Answer& answer, const surveys::Survey* survey);
    Result<void> add_scale(const Place& place, const surveys::Answer& answer, surveys::Kind kind);
    Result<void> add_options(const Place& place, const surveys::Answer& answer);
    Result<void> add_number(const Place& place, const surveys::Answer& answer);
    Result<void> add_response(const Place& place, std::string_view flag);
    std::unique_ptr<platform::Statement> hour_, response_, option_, number_;
};

/// Reads the same tables, on a connection that may be read-only.
class CountReader {
public:
    [[nodiscard]] static Result<CountReader> open(platform::Database& database);

    struct Scale {
        std::string survey;
        std::string question;
        surveys::Kind kind = surveys::Kind::Csat;  ///< as it was when the responses came
        surveys::Histogram histogram;
        std::int64_t skipped = 0;
    };
    /// Without flagged responses, as numbers and options.
    [[nodiscard]] Result<void> scales(const platform::Day& day, const std::function<void(const Scale&)>& visit);

    struct Number {
        std::string survey;
        std::string question;
        surveys::Moments moments;
        std::int64_t skipped = 0;
    };
    [[nodiscard]] Result<void> numbers(const platform::Day& day, const std::function<void(const Number&)>& visit);

    struct Responses {
        int hour = 0;
        int offset_minutes = 0;
        std::string flag;  ///< '' all, 'any' those with a flag, else those with this one
        std::int64_t n = 0;
    };
    /// In the order of the hours. Day '' has what is undated.
    [[nodiscard]] Result<void> responses(const platform::Day& day, const std::function<void(const Responses&)>& visit);

    struct Options {
        std::string survey;
        std::string question;
        std::string option;  ///< '' counts the people who answered
        std::int64_t n = 0;
    };
    [[nodiscard]] Result<void> options(const platform::Day& day, const std::function<void(const Options&)>& visit);
    [[nodiscard]] Result<void> touchpoints(const std::function<void(const std::string&)>& visit);

private:
    CountReader() = default;
    std::unique_ptr<platform::Statement> scales_, responses_, options_, touchpoints_, numbers_;
};

}  // namespace milepost::kiosk
