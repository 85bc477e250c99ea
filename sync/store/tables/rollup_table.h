#pragma once

#include "sync/store/records/rollups.h"
#include "sync/store/tables/statements.h"

#include <optional>
#include <vector>

namespace milepost::store {

/// rollup_day, rollup_hour, rollup_option, rollup_number, rollup_response.
class RollupTable {
public:
    [[nodiscard]] static Result<RollupTable> open(platform::Database& database);

    [[nodiscard]] Result<void> add(const Increments& increments);

    /// What the rollups hold about one touchpoint's day; `day` may be kUndated.
    struct ScaleRow {
        std::string survey;
        std::string question;
        surveys::Histogram histogram;
        std::int64_t skipped = 0;
    };
    struct HourRow {
        int hour = 0;
        int offset_minutes = 0;
        ScaleRow scale;
    };
    struct OptionRow {
        std::string survey;
        std::string question;
        std::string option;
        std::int64_t n = 0;
    };
    struct NumberRow {
        std::string survey;
        std::string question;
        surveys::Moments moments;
        std::int64_t skipped = 0;
    };
    struct ResponseRow {
        std::string flag;
        int hour = -1;
        int offset_minutes = 0;
        std::int64_t n = 0;
    };
    /// Without flagged responses.
    [[nodiscard]] Result<std::vector<ScaleRow>> scales(std::string_view touchpoint, std::string_view day);
    [[nodiscard]] Result<std::vector<HourRow>> scale_hours(std::string_view touchpoint, std::string_view day);
    [[nodiscard]] Result<std::vector<OptionRow>> options(std::string_view touchpoint, std::string_view day);
    [[nodiscard]] Result<std::vector<NumberRow>> numbers(std::string_view touchpoint, std::string_view day);
    /// With flagged responses, by flag, in order of time.
    [[nodiscard]] Result<std::vector<ResponseRow>> responses(std::string_view touchpoint, std::string_view day);
    /// Responses that name a touchpoint which the store does not know, by its id.
    [[nodiscard]] Result<std::map<std::string, std::int64_t>> of_unknown_touchpoints();

private:
    [[nodiscard]] Result<void> add_scales(const Increments& increments);
    [[nodiscard]] Result<void> add_counts(const Increments& increments);

    StatementPtr add_day_, add_hour_, add_option_, add_number_, add_response_;
    StatementPtr scales_, scale_hours_, options_, numbers_, responses_, of_unknown_;
};

}  // namespace milepost::store
