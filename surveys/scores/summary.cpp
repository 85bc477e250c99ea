#include "surveys/scores/summary.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace milepost::surveys {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kReasonsInText = 5;
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

std::string score_text(Kind kind, const Histogram& histogram) {
    const std::optional<Score> result = score(kind, histogram);
    if (!result) return "no answers";
    if (!result->shown) return fmt::format("n = {}, too few", result->n);
    const auto& [low, high] = result->interval;
    if (kind == Kind::Nps) {
        return fmt::format("{} ({} to {}), n = {}", signed_points(result->value), signed_points(low),
                           signed_points(high), result->n);
    }
    return fmt::format("{} % ({}–{}), n = {}", points(result->value), points(low), points(high), result->n);
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

std::string reasons_text(const DaySummary& summary) {
    if (summary.reasons.empty()) return "";
    std::string text = "\nTop reasons\n";
    for (const DaySummary::Reason& reason :
         std::span{summary.reasons}.first(std::min(kReasonsInText, summary.reasons.size()))) {
        const double share =
            reason.asked > 0 ? static_cast<double>(reason.count) / static_cast<double>(reason.asked) : 0;
        text +=
            fmt::format("  {:>4} %  {}  ({} of {})\n", points(100 * share), reason.label, reason.count, reason.asked);
    }
    return text;
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

Json score_json(Kind kind, const Histogram& histogram) {
    const std::optional<Score> result = score(kind, histogram);
    Json json{{"n", 0}, {"score", nullptr}, {"low", nullptr}, {"high", nullptr}, {"shown", false}};
    if (result) {
        json = {{"n", result->n},
                {"score", result->value},
                {"low", result->interval.low},
                {"high", result->interval.high},
                {"shown", result->shown}};
    }
    Json counts = Json::array();
    for (int i = 0; i < scale_of(kind)->size(); ++i) counts.push_back(histogram.count[static_cast<std::size_t>(i)]);
    json["counts"] = std::move(counts);
    return json;
}

Json reason_json(const DaySummary::Reason& reason) {
    Json json{{"option", reason.option}, {"label", reason.label}, {"count", reason.count},
              {"share", nullptr},        {"low", nullptr},        {"high", nullptr}};
    if (reason.asked <= 0 || reason.count > reason.asked) return json;
    const Interval interval = wilson(reason.count, reason.asked);
    json["share"] = static_cast<double>(reason.count) / static_cast<double>(reason.asked);
    json["low"] = interval.low;
    json["high"] = interval.high;
    return json;
}

Json hour_json(const DaySummary::Hour& hour) {
    return {{"hour", hour.hour}, {"offset_minutes", hour.offset_minutes}, {"responses", hour.responses}};
}

}  // namespace

std::optional<DaySummary::Hour> busiest(const DaySummary& summary) {
    const auto most = std::ranges::max_element(summary.hours, {}, &DaySummary::Hour::responses);
    if (most == summary.hours.end() || most->responses <= 0) return std::nullopt;
    return *most;
}

std::string to_text(const DaySummary& summary) {
    std::string text = fmt::format("{} · {} · {}\n\n", summary.day, summary.scope, summary.time_zone);
    text += responses_text(summary);
    text += fmt::format("Satisfaction  {}\n", score_text(Kind::Csat, summary.csat));
    text += fmt::format("Recommend     {}\n", score_text(Kind::Nps, summary.nps));
    text += reasons_text(summary);
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
              {"csat", score_json(Kind::Csat, summary.csat)},
              {"nps", score_json(Kind::Nps, summary.nps)},
              {"reasons", Json::array()},
              {"busiest_hour", nullptr},
              {"hours", Json::array()}};
    for (const auto& [flag, count] : summary.excluded_why) json["excluded_why"][flag] = count;
    for (const DaySummary::Reason& reason : summary.reasons) json["reasons"].push_back(reason_json(reason));
    if (const auto most = busiest(summary)) json["busiest_hour"] = hour_json(*most);
    for (const DaySummary::Hour& hour : summary.hours) json["hours"].push_back(hour_json(hour));
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace milepost::surveys
