#include "surveys/scores/alarm.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace milepost::surveys {

namespace {

constexpr std::string_view kForm = "cusum1";

/// The text up to the next space, which is taken from `rest` with it.
std::string_view next_word(std::string_view& rest) {
    const std::size_t space = rest.find(' ');
    const std::string_view word = rest.substr(0, space);
    rest = space == std::string_view::npos ? std::string_view{} : rest.substr(space + 1);
    return word;
}

template <class Number>
bool read_number(std::string_view word, Number& number) {
    const char* end = word.data() + word.size();
    const auto parsed = std::from_chars(word.data(), end, number);
    return parsed.ec == std::errc{} && parsed.ptr == end && number >= 0 && number <= std::numeric_limits<Number>::max();
}

}  // namespace

AlarmRule alarm_rule_for(double trailing_share) {
    constexpr double kOdds = 3;
    const double p0 = std::isnan(trailing_share) ? AlarmRule{}.p0 : std::clamp(trailing_share, .01, .75);
    return {.p0 = p0, .p1 = kOdds * p0 / (1 + (kOdds - 1) * p0)};
}

Alarm::Event Alarm::add(const AlarmRule& rule, bool negative) {
    if (!rule.is_valid()) return Event::None;
    const double weight = negative ? std::log(rule.p1 / rule.p0) : std::log((1 - rule.p1) / (1 - rule.p0));
    statistic_ = std::clamp(statistic_ + weight, 0.0, std::numeric_limits<double>::max());
    if (answers_ < std::numeric_limits<std::int64_t>::max()) ++answers_;
    if (!open_) {
        open_ = statistic_ >= rule.h;
        return open_ ? Event::Opened : Event::None;
    }
    calm_ = statistic_ < rule.h / 2 ? calm_ + 1 : 0;
    if (calm_ < rule.calm) return Event::None;
    open_ = false;
    calm_ = 0;
    return Event::Closed;
}

std::string to_text(const Alarm& alarm) {
    // {} writes the shortest decimal that reads back as the same double.
    return fmt::format("{} {} {} {} {}", kForm, alarm.statistic_, alarm.answers_, alarm.calm_,
                       alarm.open_ ? "open" : "closed");
}

Result<Alarm> parse_alarm(std::string_view text) {
    Alarm alarm;
    std::string_view rest = text;
    const bool form = next_word(rest) == kForm;
    const bool numbers = read_number(next_word(rest), alarm.statistic_) &&
                         read_number(next_word(rest), alarm.answers_) && read_number(next_word(rest), alarm.calm_);
    alarm.open_ = rest == "open";
    if (!form || !numbers || (!alarm.open_ && rest != "closed") || (!alarm.open_ && alarm.calm_ != 0)) {
        return fail(Fault::Corrupt, fmt::format("'{}' is not the state of an alarm", text));
    }
    return alarm;
}

bool is_silence(double expected, double implausible) {
    return expected > 0 && std::exp(-expected) < implausible;
}

std::optional<std::chrono::milliseconds> silence_after(double answers_per_hour, double implausible) {
    if (!(answers_per_hour > 0 && implausible > 0)) return std::nullopt;
    constexpr double kMillisecondsAnHour = 3'600'000;
    const double wait = std::max(0.0, -std::log(implausible)) / answers_per_hour * kMillisecondsAnHour;
    if (!(wait < 1e15)) return std::nullopt;
    return std::chrono::milliseconds{static_cast<std::int64_t>(std::floor(wait)) + 1};
}

}  // namespace milepost::surveys
