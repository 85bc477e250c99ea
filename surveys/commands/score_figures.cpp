#include "surveys/commands/score.h"
#include "surveys/scores/compare.h"
#include "surveys/scores/scores.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <string_view>

namespace milepost::surveys {

namespace {

using Json = nlohmann::ordered_json;

/// "score", "low", "high", "n", "shown", "reason": null where there is nothing.
Json figures(Kind kind, std::optional<double> value, std::optional<Interval> interval, std::int64_t n) {
    const std::string why = too_few(n);
    return {{"kind", to_string(kind)},
            {"score", value ? Json(*value) : Json(nullptr)},
            {"low", interval ? Json(interval->low) : Json(nullptr)},
            {"high", interval ? Json(interval->high) : Json(nullptr)},
            {"n", n},
            {"shown", why.empty()},
            {"reason", why.empty() ? Json(nullptr) : Json(why)}};
}

int print(const Json& json) {
    fmt::print("{}\n", json.dump());
    return 0;
}

int wrong_option(std::string_view option, const Error& error) {
    return wrong_usage(fmt::format("{}: {}", option, error.message));
}

Json side(Kind kind, const Histogram& histogram) {
    const std::optional<Score> result = score(kind, histogram);
    Json json{{"score", result ? Json(result->value) : Json(nullptr)}};
    if (const auto counts = sides(kind, histogram); kind == Kind::Nps && counts) {
        json["adjusted"] =
            100 * adjusted_net(static_cast<double>(counts->positive), static_cast<double>(counts->neutral),
                               static_cast<double>(counts->negative))
                      .net;
    }
    json["n"] = histogram.total();
    return json;
}

std::string_view unit_name(Kind kind) {
    switch (*unit_of(kind)) {
        case Unit::Percent:
            return "share";
        case Unit::Points:
            return "points";
        case Unit::Index:
            return "index";
        case Unit::Mean:
            return "mean";
    }
    return "";
}

}  // namespace

int print_score(Kind kind, const std::string& counts) {
    const Result<Histogram> histogram = parse_histogram(kind, counts);
    if (!histogram) return wrong_option("--counts", histogram.error());
    const std::optional<Score> result = score(kind, *histogram);
    if (!result) return print(figures(kind, {}, {}, 0));
    Json json = figures(kind, result->value, result->interval, result->n);
    if (kind == Kind::Ces) {
        const Score mean = *mean_score(kind, *histogram);
        json["mean"] = mean.value;
        json["mean_low"] = mean.interval.low;
        json["mean_high"] = mean.interval.high;
    }
    return print(json);
}

int print_option_shares(Kind kind, const std::string& text, long asked) {
    const auto counts = parse_counts(text);
    if (!counts) return wrong_option("--counts", counts.error());
    std::int64_t left = asked;
    Json options = Json::array();
    for (const std::int64_t count : *counts) {
        if (count > left) {
            return wrong_usage(fmt::format("--counts: {} people were asked; {} cannot have been picked {} times", asked,
                                           kind == Kind::Choice ? "one option each" : "an option", count));
        }
        if (kind == Kind::Choice) left -= count;
        const std::optional<Score> share = option_share(count, asked);
        options.push_back({{"count", count},
                           {"share", share ? Json(share->value) : Json(nullptr)},
                           {"low", share ? Json(share->interval.low) : Json(nullptr)},
                           {"high", share ? Json(share->interval.high) : Json(nullptr)}});
    }
    Json json = figures(kind, {}, {}, asked);
    json["options"] = std::move(options);
    return print(json);
}

int print_number(long n, long sum, long sum_squares) {
    const std::optional<NumberScore> result = number_score({.n = n, .sum = sum, .sum_squares = sum_squares});
    if (!result && n > 0) {
        return wrong_usage(fmt::format("no {} numbers have the sum {} and the sum of squares {}", n, sum, sum_squares));
    }
    if (!result) return print(figures(Kind::Number, {}, {}, 0));
    return print(figures(Kind::Number, result->mean, result->interval, n));
}

int print_change(Kind kind, const std::string& before_text, const std::string& after_text) {
    const Result<Histogram> before = parse_histogram(kind, before_text);
    if (!before) return wrong_option("--before", before.error());
    const Result<Histogram> after = parse_histogram(kind, after_text);
    if (!after) return wrong_option("--after", after.error());
    const std::optional<Change> change = compare(kind, *before, *after);
    const auto or_null = [&](double value) { return change ? Json(value) : Json(nullptr); };
    const Change figures = change.value_or(Change{});
    Json json{{"kind", to_string(kind)},
              {"before", side(kind, *before)},
              {"after", side(kind, *after)},
              {"difference", or_null(figures.difference)},
              {"low", or_null(figures.interval.low)},
              {"high", or_null(figures.interval.high)},
              {"z", or_null(figures.z)},
              {"p", or_null(figures.p)},
              {"verdict", to_string(figures.verdict)},
              {"unit", unit_name(kind)}};
    if (figures.degrees) json["df"] = *figures.degrees;
    return print(json);
}

}  // namespace milepost::surveys
