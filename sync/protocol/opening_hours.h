#pragma once

#include "platform/error.h"
#include "surveys/model/condition.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace milepost::protocol {

/// When a site opens again, on its own wall clock.
struct OpeningTime {
    int days_ahead = 0;  ///< 0 today … 7 the same weekday next week
    int weekday = 1;     ///< ISO 8601: 1 Monday … 7 Sunday
    int minute_of_day = 0;
    bool operator==(const OpeningTime&) const = default;
};

/// When a site is open, on its wall clock. Hours that the clock is put forward over never come, those that it
/// repeats come twice: as on the wall.
class OpeningHours {
public:
    /// The part of OpenStreetMap's `opening_hours` that a week needs: "Mo-Fr 09:00-12:00,13:00-20:00; Sa 10:00-02:00;
    /// Su off", "24/7". A later rule takes the place of an earlier one on its days. Fault::Invalid with
    /// "column N: what, and what to do".
    [[nodiscard]] static Result<OpeningHours> parse(std::string_view text);

    [[nodiscard]] bool is_open(const surveys::LocalMoment& at) const;
    /// The next time that it opens after `at`, when it is closed; nullopt: it never does.
    [[nodiscard]] std::optional<OpeningTime> next_opening(const surveys::LocalMoment& at) const;

    static constexpr int kDays = 7;
    /// Minutes from the midnight that its day begins with; `to` may lie in the next day, up to 48 hours.
    struct Span {
        int from = 0;
        int to = 0;
        bool operator==(const Span&) const = default;
    };

private:
    std::array<std::vector<Span>, kDays> days_;  ///< Monday first
};

}  // namespace milepost::protocol
