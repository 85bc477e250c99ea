#include "surveys/scores/summary.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

namespace milepost::surveys {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kOptionsInText = 5;
constexpr std::int64_t kBarWidth = 40;
constexpr std::array kEighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

std::string count_of(std::int64_t n, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", n, n == 1 ? one : many);
}

/// "−5", with the sign that stands as wide as a plus.
std::string points(double value) {
    const long rounded = std::lround(value);
    return rounded < 0 ? fmt::format("−{}", -rounded) : fmt::format("{}", rounded);
}

/// "+5": the NPS has a sign.
std::string signed_points(double value) {
    return (std::lround(value) > 0 ? "+" : "") + points(value);
}

/// "+0.49", "4.10".
std::string mean_text(Kind kind, double value) {
    const std::string digits = fmt::format("{:.2f}", std::abs(value));
    if (kind != Kind::Emotion || digits == "0.00") return value < 0 && digits != "0.00" ? "−" + digits : digits;
    return (value < 0 ? "−" : "+") + digits;
}

/// "90 % (83–94)".
std::string score_text(Kind kind, const Score& score) {
    const auto& [low, high] = score.interval;
    switch (*unit_of(kind)) {
        case Unit::Percent:
            return fmt::format("{} % ({}–{})", points(score.value), points(low), points(high));
        case Unit::Points:
            return fmt::format("{} ({} to {})", signed_points(score.value), signed_points(low), signed_points(high));
        case Unit::Index:
            return fmt::format("{} of 100 ({}–{})", points(score.value), points(low), points(high));
        case Unit::Mean:
            return fmt::format("{} ({} to {})", mean_text(kind, score.value), mean_text(kind, low),
                               mean_text(kind, high));
    }
    return {};
}

using Question = DaySummary::Question;

/// How many answered it.
std::int64_t answers_of(const Question& question) {
    if (scale_of(question.kind)) return question.histogram.total();
    if (question.kind == Kind::Number) return question.numbers.n;
    return question.kind == Kind::Text ? question.comments : question.picked;
}

std::string figures_text(const Question& question) {
    if (question.kind == Kind::Text) return count_of(question.comments, "comment", "comments");
    const std::int64_t n = answers_of(question);
    if (std::string why = too_few(n); !why.empty()) return why;
    std::string text;
    if (const auto result = score(question.kind, question.histogram)) {
        text = score_text(question.kind, *result) + ", ";
        if (question.kind == Kind::Ces) {
            text += fmt::format("mean {:.2f} of 7, ", mean_score(question.kind, question.histogram)->value);
        }
    } else if (const auto number = number_score(question.numbers)) {
        text = fmt::format("mean {} ", mean_text(question.kind, number->mean));
        if (number->interval) {
            text += fmt::format("({} to {}), ", mean_text(question.kind, number->interval->low),
                                mean_text(question.kind, number->interval->high));
        }
    }
    return text + fmt::format("n = {}", n);
}

/// "  50 %  Friendly staff  (40 of 80)"; below the limit the counts alone.
std::string options_text(const Question& question) {
    std::string text;
    for (const DaySummary::Option& option :
         std::span{question.options}.first(std::min(kOptionsInText, question.options.size()))) {
        const auto share = option_share(option.count, question.picked);
        const std::string percent = share && share->shown ? fmt::format("{:>4} %  ", points(100 * share->value)) : "";
        text += fmt::format("  {}{}  ({} of {})\n", percent, option.label, option.count, question.picked);
    }
    return text;
}

std::string question_text(const Question& question) {
    const std::string skipped = question.skipped > 0 ? fmt::format(", {} skipped", question.skipped) : "";
    return fmt::format("\n{}\n  {}{}\n", question.text, figures_text(question), skipped) + options_text(question);
}

/// A bar in eighths of a cell; whatever is more than nothing shows.
std::string bar(std::int64_t count, std::int64_t most) {
    const std::int64_t eighths = std::max<std::int64_t>(count > 0 ? 1 : 0, count * kBarWidth * 8 / most);
    std::string cells;
    for (std::int64_t i = 0; i < eighths / 8; ++i) cells += "█";
    return cells + kEighths[static_cast<std::size_t>(eighths % 8)];
}

std::string offset_text(int minutes) {
    return fmt::format("UTC{}{:02}:{:02}", minutes < 0 ? "−" : "+", std::abs(minutes) / 60, std::abs(minutes) % 60);
}

/// "18–19", with the offset where the day has that hour twice.
std::string hour_text(const DaySummary& summary, const DaySummary::Hour& hour) {
    const auto twice = std::ranges::count(summary.hours, hour.hour, &DaySummary::Hour::hour) > 1;
    return fmt::format("{:02}–{:02}{}", hour.hour, (hour.hour + 1) % 24,
                       twice ? " " + offset_text(hour.offset_minutes) : "");
}

std::string responses_text(const DaySummary& summary) {
    std::string text = fmt::format("Responses     {}", summary.responses);
    if (summary.excluded > 0) {
        text += fmt::format(" of {}, {} excluded", summary.raw, summary.excluded);
        std::string why;
        for (const auto& [flag, count] : summary.excluded_why) {
            why += fmt::format("{}{} {}", why.empty() ? "" : ", ", flag, count);
        }
        if (!why.empty()) text += fmt::format(" ({})", why);
    }
    return text + "\n";
}

std::string hours_text(const DaySummary& summary) {
    const std::optional<DaySummary::Hour> most = busiest(summary);
    if (!most) return "";
    std::string text = fmt::format("\nBusiest hour  {} ({})\n", hour_text(summary, *most),
                                   count_of(most->responses, "response", "responses"));
    for (const DaySummary::Hour& hour : summary.hours) {
        text += fmt::format("  {}  {} {}\n", hour_text(summary, hour), bar(hour.responses, most->responses),
                            hour.responses);
    }
    return text;
}

void put_score(Json& json, const Question& question) {
    const std::optional<Score> result = score(question.kind, question.histogram);
    json["score"] = result ? Json(result->value) : Json(nullptr);
    json["low"] = result ? Json(result->interval.low) : Json(nullptr);
    json["high"] = result ? Json(result->interval.high) : Json(nullptr);
    if (question.kind == Kind::Ces) {
        const std::optional<Score> mean = mean_score(question.kind, question.histogram);
        json["mean"] = mean ? Json(mean->value) : Json(nullptr);
    }
    Json counts = Json::array();
    for (int i = 0; i < scale_of(question.kind)->size(); ++i) {
        counts.push_back(question.histogram.count[static_cast<std::size_t>(i)]);
    }
    json["counts"] = std::move(counts);
}

void put_number(Json& json, const Question& question) {
    const std::optional<NumberScore> result = number_score(question.numbers);
    const bool interval = result && result->interval;
    json["mean"] = result ? Json(result->mean) : Json(nullptr);
    json["low"] = interval ? Json(result->interval->low) : Json(nullptr);
    json["high"] = interval ? Json(result->interval->high) : Json(nullptr);
}

Json option_json(const DaySummary::Option& option, std::int64_t picked) {
    const std::optional<Score> share = option_share(option.count, picked);
    return {{"option", option.id},
            {"label", option.label},
            {"count", option.count},
            {"share", share ? Json(share->value) : Json(nullptr)},
            {"low", share ? Json(share->interval.low) : Json(nullptr)},
            {"high", share ? Json(share->interval.high) : Json(nullptr)}};
}

Json question_json(const Question& question) {
    const std::int64_t n = answers_of(question);
    const std::int64_t least = question.kind == Kind::Text ? kDefaultLimits.comments : kDefaultLimits.score;
    const std::string why = too_few(n, least);
    Json json{{"survey", question.survey},
              {"question", question.id},
              {"kind", to_string(question.kind)},
              {"text", question.text},
              {"n", n},
              {"skipped", question.skipped},
              {"shown", why.empty()},
              {"reason", why.empty() ? Json(nullptr) : Json(why)}};
    if (scale_of(question.kind)) put_score(json, question);
    if (question.kind == Kind::Number) put_number(json, question);
    if (picks_options(question.kind) || !question.options.empty()) {
        json["options"] = Json::array();
        for (const DaySummary::Option& option : question.options) {
            json["options"].push_back(option_json(option, question.picked));
        }
    }
    return json;
}

Json hour_json(const DaySummary::Hour& hour) {
    return {{"hour", hour.hour}, {"offset_minutes", hour.offset_minutes}, {"responses", hour.responses}};
}

}  // namespace

const DaySummary::Question* DaySummary::find(std::string_view question) const {
    const auto found = std::ranges::find(questions, question, &Question::id);
    return found == questions.end() ? nullptr : &*found;
}

std::optional<DaySummary::Hour> busiest(const DaySummary& summary) {
    const auto most = std::ranges::max_element(summary.hours, {}, &DaySummary::Hour::responses);
    if (most == summary.hours.end() || most->responses <= 0) return std::nullopt;
    return *most;
}

std::string to_text(const DaySummary& summary) {
    std::string text = fmt::format("{} · {} · {}\n\n", summary.day, summary.scope, summary.time_zone);
    text += responses_text(summary);
    for (const Question& question : summary.questions) text += question_text(question);
    text += hours_text(summary);
    if (summary.undated > 0) {
        text += fmt::format("\n{} of unknown time: the clock could not be trusted; not counted in any day.\n",
                            count_of(summary.undated, "response", "responses"));
    }
    return text;
}

std::string to_json(const DaySummary& summary) {
    Json json{{"day", summary.day},
              {"time_zone", summary.time_zone},
              {"scope", summary.scope},
              {"responses", summary.responses},
              {"raw", summary.raw},
              {"excluded", summary.excluded},
              {"excluded_why", Json::object()},
              {"undated", summary.undated},
              {"questions", Json::array()},
              {"busiest_hour", nullptr},
              {"hours", Json::array()}};
    for (const auto& [flag, count] : summary.excluded_why) json["excluded_why"][flag] = count;
    for (const Question& question : summary.questions) json["questions"].push_back(question_json(question));
    if (const auto most = busiest(summary)) json["busiest_hour"] = hour_json(*most);
    for (const DaySummary::Hour& hour : summary.hours) json["hours"].push_back(hour_json(hour));
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace milepost::surveys
