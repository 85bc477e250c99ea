#include "surveys/checks/circumstances.h"

#include "surveys/model/response.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <set>
#include <string>
#include <utility>

namespace milepost::surveys {

namespace {

using Comparison = Condition::Comparison;
using Operator = Condition::Operator;
using Subject = Condition::Subject;

constexpr int kMinutesOfDay = 24 * 60;

std::string_view written(Operator op) {
    switch (op) {
        case Operator::Less:
            return "<";
        case Operator::LessEqual:
            return "<=";
        case Operator::Equal:
            return "==";
        case Operator::NotEqual:
            return "!=";
        case Operator::GreaterEqual:
            return ">=";
        case Operator::Greater:
            return ">";
        case Operator::Has:
            return "has";
        case Operator::Answered:
            return "answered";
        case Operator::In:
            return "in";
    }
    return "";
}

std::string written(const Comparison& comparison) {
    const std::string words = fmt::format("{}", fmt::join(comparison.words, ", "));
    const auto subject = [&]() -> std::string {
        switch (comparison.subject) {
            case Subject::Language:
                return "language";
            case Subject::Touchpoint:
                return "touchpoint";
            case Subject::Weekday:
                return "weekday";
            case Subject::Time:
                return "time";
            case Subject::Question:
                break;
        }
        return comparison.question;
    }();
    const auto right = [&]() -> std::string {
        if (comparison.op == Operator::Answered) return "";
        if (comparison.op == Operator::In) return fmt::format("[{}]", words);
        if (comparison.subject == Subject::Time) {
            return fmt::format("{:02}:{:02}", comparison.value / 60, comparison.value % 60);
        }
        if (comparison.subject == Subject::Question && comparison.op != Operator::Has) {
            return std::to_string(comparison.value);
        }
        return words;
    }();
    return fmt::format("{} {} {}", subject, written(comparison.op), right);
}

/// What stands for the words and moments that the comparisons name, and for all the others.
struct Examples {
    std::vector<std::string> languages;
    std::vector<std::string> touchpoints;
    std::vector<std::optional<LocalMoment>> moments;
};

std::vector<std::optional<LocalMoment>> moments_of(const std::set<int>& times, bool weekdays) {
    std::set<int> minutes{0};
    for (const int time : times) {
        for (const int minute : {time - 1, time, time + 1}) {
            if (minute >= 0 && minute < kMinutesOfDay) minutes.insert(minute);
        }
    }
    std::vector<std::optional<LocalMoment>> moments;
    for (int weekday = 1; weekday <= (weekdays ? 7 : 1); ++weekday) {
        for (const int minute : minutes) moments.push_back(LocalMoment{.minute_of_day = minute, .weekday = weekday});
    }
    if (weekdays || !times.empty()) moments.push_back(std::nullopt);
    return moments;
}

Examples examples_for(const Survey& survey, const std::vector<Condition>& comparisons) {
    std::set<std::string> touchpoints;
    std::set<int> times;
    bool languages = false;
    bool weekdays = false;
    for (const Condition& condition : comparisons) {
        const Comparison& comparison = condition.comparisons().front();
        languages = languages || comparison.subject == Subject::Language;
        weekdays = weekdays || comparison.subject == Subject::Weekday;
        if (comparison.subject == Subject::Time) times.insert(comparison.value);
        if (comparison.subject == Subject::Touchpoint) {
            touchpoints.insert(comparison.words.begin(), comparison.words.end());
        }
    }
    Examples examples{.languages = survey.languages,
                      .touchpoints = {touchpoints.begin(), touchpoints.end()},
                      .moments = moments_of(times, weekdays)};
    if (!languages) examples.languages.resize(1);
    examples.touchpoints.emplace_back("");  // one without a name is none of those named
    return examples;
}

}  // namespace

Condition alone(const Comparison& comparison) {
    auto condition = Condition::read(written(comparison));
    assert(condition.has_value());
    return condition ? *std::move(condition) : Condition{};
}

std::vector<Circumstances> circumstances_told_apart(const Survey& survey, const std::vector<Condition>& comparisons) {
    std::vector<const Condition*> outer;
    for (const Condition& comparison : comparisons) {
        if (comparison.comparisons().front().subject != Subject::Question) outer.push_back(&comparison);
    }
    const Examples examples = examples_for(survey, comparisons);
    std::vector<Circumstances> told_apart;
    std::set<std::vector<bool>> seen;
    const auto add = [&](const Circumstances& circumstances) {
        std::vector<bool> signature;
        for (const Condition* comparison : outer) signature.push_back(comparison->holds({}, circumstances));
        if (seen.insert(signature).second) told_apart.push_back(circumstances);
    };
    for (const std::string& language : examples.languages) {
        for (const std::string& touchpoint : examples.touchpoints) {
            for (const auto& moment : examples.moments) add({language, touchpoint, moment});
        }
    }
    return told_apart;
}

}  // namespace milepost::surveys
