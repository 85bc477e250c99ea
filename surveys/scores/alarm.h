#pragma once

#include "platform/error.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace milepost::surveys {

/// When negative answers raise an alert: a Bernoulli CUSUM, M. R. Reynolds and Z. G. Stoumbos, "A CUSUM chart for
/// monitoring a proportion when inspecting continuously", Journal of Quality Technology 31 (1999) 87–108. The
/// defaults of metrics.md: about 8,400 answers between false alarms, 24 answers to notice .40.
struct AlarmRule {
    double p0 = .10;         ///< the usual share of negative answers
    double p1 = .25;         ///< the share that is to be noticed
    double h = 6;            ///< alarm from here on
    std::int64_t calm = 20;  ///< closes after so many answers under h/2
    [[nodiscard]] bool is_valid() const { return p0 > 0 && p0 < p1 && p1 < 1 && h > 0 && h < 1e9 && calm > 0; }
    bool operator==(const AlarmRule&) const = default;
};

/// A rule around a touchpoint's own trailing share of negative answers: p0 is that share, no nearer to an end than
/// .01 and .75, and p1 stands to it as .25 to .10: three times the odds.
[[nodiscard]] AlarmRule alarm_rule_for(double trailing_share);

/// One touchpoint's statistic under one rule, a value to be stored between answers. At most one alert is open.
class Alarm {
public:
    enum class Event { None, Opened, Closed };
    /// Takes one answer. An invalid rule changes nothing.
    Event add(const AlarmRule& rule, bool negative);

    [[nodiscard]] double statistic() const { return statistic_; }
    [[nodiscard]] std::int64_t answers() const { return answers_; }
    [[nodiscard]] bool is_open() const { return open_; }
    bool operator==(const Alarm&) const = default;

private:
    friend std::string to_text(const Alarm&);
    friend Result<Alarm> parse_alarm(std::string_view);
    double statistic_ = 0;
    std::int64_t answers_ = 0;
    std::int64_t calm_ = 0;  ///< answers since the statistic was last at h/2 or above, while open
    bool open_ = false;
};

/// "cusum1 STATISTIC ANSWERS CALM open|closed", from which parse_alarm() makes the same value again.
[[nodiscard]] std::string to_text(const Alarm& alarm);
[[nodiscard]] Result<Alarm> parse_alarm(std::string_view text);

/// How improbable a silence has to be: with a hundred gaps a day one false alarm in about three months.
inline constexpr double kImplausible = 1e-4;
/// `silence`: whether an open touchpoint's lack of answers is implausible, where `expected` were to come in that
/// time at its usual rate (Poisson: none come with probability e^−expected). Closed hours are not counted.
[[nodiscard]] bool is_silence(double expected, double implausible = kImplausible);
/// From when on, at so many answers an hour. nullopt: never, for a rate of 0 and for what is no rate.
[[nodiscard]] std::optional<std::chrono::milliseconds> silence_after(double answers_per_hour,
                                                                     double implausible = kImplausible);

}  // namespace milepost::surveys
