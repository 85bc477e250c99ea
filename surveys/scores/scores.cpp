#include "surveys/scores/scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace milepost::surveys {

namespace {

/// What each value of a scale counts as: value `least + i` as first + i·step.
struct Line {
    double first;
    double step;
    [[nodiscard]] double at(int i) const { return first + i * step; }
    [[nodiscard]] Interval range(int size) const { return {first, at(size - 1)}; }
};

Line own_values(Scale scale) {
    return {.first = static_cast<double>(scale.least), .step = 1};
}

/// nullopt for kinds whose score is no mean.
std::optional<Line> score_values(Kind kind, Scale scale) {
    switch (kind) {
        case Kind::Emotion:
        case Kind::Stars:
            return own_values(scale);
        case Kind::Smiley4:
        case Kind::Smiley5:
            return Line{.first = 0, .step = 100.0 / (scale.size() - 1)};
        default:
            return std::nullopt;
    }
}

/// Two passes, so that huge counts lose no digits of a small variance.
template <class ValueOf>
Spread spread_of(const Histogram& histogram, int size, double step, ValueOf value_of) {
    Spread spread{.step = step};
    double sum = 0;
    for (int i = 0; i < size; ++i) {
        const auto count = static_cast<double>(histogram.count[static_cast<std::size_t>(i)]);
        spread.n += count;
        sum += count * value_of(i);
    }
    if (spread.n == 0) return spread;
    spread.mean = std::clamp(sum / spread.n, value_of(0), value_of(size - 1));
    for (int i = 0; i < size; ++i) {
        const double off = value_of(i) - spread.mean;
        spread.deviations += static_cast<double>(histogram.count[static_cast<std::size_t>(i)]) * off * off;
    }
    return spread;
}

Spread spread_of(const Histogram& histogram, int size, Line line) {
    return spread_of(histogram, size, line.step, [line](int i) { return line.at(i); });
}

std::optional<Score> score_of(const Spread& spread, std::int64_t n, Interval range) {
    if (n <= 0) return std::nullopt;
    return Score{.value = spread.mean,
                 .interval = clipped(t_interval(spread).value_or(range), range),
                 .n = n,
                 .shown = n >= kLeastForScore};
}

/// `counts` are of summable counts, `n` is what they stand for.
std::optional<Score> share_score(const Sides& counts, std::int64_t n) {
    const std::int64_t all = counts.negative + counts.neutral + counts.positive;
    const Interval share = wilson(counts.positive, all);
    return Score{.value = std::min(100.0, 100 * static_cast<double>(counts.positive) / static_cast<double>(all)),
                 .interval = {100 * share.low, 100 * share.high},
                 .n = n,
                 .shown = n >= kLeastForScore};
}

std::optional<Score> net_score(const Sides& counts, std::int64_t n) {
    const auto net = static_cast<double>(counts.positive - counts.negative);
    const auto all = static_cast<double>(counts.negative + counts.neutral + counts.positive);
    return Score{.value = std::clamp(100 * net / all, -100.0, 100.0),
                 .interval = nps_interval(counts.positive, counts.neutral, counts.negative),
                 .n = n,
                 .shown = n >= kLeastForScore};
}

}  // namespace

std::optional<Unit> unit_of(Kind kind) {
    switch (kind) {
        case Kind::Csat:
        case Kind::Ces:
            return Unit::Percent;
        case Kind::Nps:
            return Unit::Points;
        case Kind::Smiley4:
        case Kind::Smiley5:
            return Unit::Index;
        case Kind::Emotion:
        case Kind::Stars:
            return Unit::Mean;
        case Kind::Choice:
        case Kind::Multi:
        case Kind::Number:
        case Kind::Text:
        case Kind::Contact:
        case Kind::Info:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Interval> range_of(Kind kind) {
    const std::optional<Unit> unit = unit_of(kind);
    if (!unit) return std::nullopt;
    if (*unit == Unit::Points) return Interval{-100, 100};
    if (*unit != Unit::Mean) return Interval{0, 100};
    const Scale scale = *scale_of(kind);
    return own_values(scale).range(scale.size());
}

std::optional<Sides> sides(Kind kind, const Histogram& histogram) {
    const std::optional<Scale> scale = scale_of(kind);
    if (!scale || !fits(histogram, *scale)) return std::nullopt;
    Sides counts;
    for (int value = scale->least; value <= scale->most; ++value) {
        const Sentiment sentiment = *sentiment_of(kind, value);
        std::int64_t& side = sentiment == Sentiment::Negative  ? counts.negative
                             : sentiment == Sentiment::Neutral ? counts.neutral
                                                               : counts.positive;
        const std::int64_t count = histogram.count[static_cast<std::size_t>(value - scale->least)];
        if (__builtin_add_overflow(side, count, &side)) side = std::numeric_limits<std::int64_t>::max();
    }
    return counts;
}

std::optional<Score> score(Kind kind, const Histogram& histogram) {
    const std::optional<Unit> unit = unit_of(kind);
    if (!unit) return std::nullopt;
    const std::int64_t n = histogram.total();
    if (*unit == Unit::Index || *unit == Unit::Mean) {
        const std::optional<Spread> spread = score_spread(kind, histogram);
        return spread ? score_of(*spread, n, *range_of(kind)) : std::nullopt;
    }
    const std::optional<Sides> counts = sides(kind, summable(histogram));
    if (!counts || n <= 0) return std::nullopt;
    return *unit == Unit::Percent ? share_score(*counts, n) : net_score(*counts, n);
}

std::optional<Spread> score_spread(Kind kind, const Histogram& histogram) {
    const std::optional<Scale> scale = scale_of(kind);
    if (!scale || !fits(histogram, *scale)) return std::nullopt;
    const std::optional<Line> values = score_values(kind, *scale);
    if (!values) return std::nullopt;
    return spread_of(histogram, scale->size(), *values);
}

std::optional<Score> mean_score(Kind kind, const Histogram& histogram) {
    const std::optional<Scale> scale = scale_of(kind);
    if (!scale || !fits(histogram, *scale)) return std::nullopt;
    const Line values = own_values(*scale);
    return score_of(spread_of(histogram, scale->size(), values), histogram.total(), values.range(scale->size()));
}

std::optional<Score> option_share(std::int64_t count, std::int64_t asked) {
    if (count < 0 || asked <= 0 || count > asked) return std::nullopt;
    return Score{.value = static_cast<double>(count) / static_cast<double>(asked),
                 .interval = wilson(count, asked),
                 .n = asked,
                 .shown = asked >= kLeastForScore};
}

std::optional<NumberScore> number_score(const Moments& moments) {
    if (moments.n <= 0) return std::nullopt;
    // n·Σv² − (Σv)² = n·Σ(v − mean)², exact before anything is rounded; negative of no sample.
    __extension__ using Wide = __int128;
    const Wide scaled = Wide{moments.n} * moments.sum_squares - Wide{moments.sum} * moments.sum;
    if (scaled < 0) return std::nullopt;
    const auto n = static_cast<double>(moments.n);
    const Spread spread{
        .n = n, .mean = static_cast<double>(moments.sum) / n, .deviations = static_cast<double>(scaled) / n};
    return NumberScore{
        .mean = spread.mean, .interval = t_interval(spread), .n = moments.n, .shown = moments.n >= kLeastForScore};
}

std::optional<double> emotion_equivalent(Kind kind, int value) {
    const std::optional<Scale> scale = scale_of(kind);
    if (!scale || !scale->has(value)) return std::nullopt;
    if (kind == Kind::Nps) {
        const Sentiment side = *sentiment_of(kind, value);
        return side == Sentiment::Positive ? 2.0 : side == Sentiment::Neutral ? 0.0 : -2.0;
    }
    return -2 + 4.0 * (value - scale->least) / (scale->size() - 1);
}

std::optional<Score> emotion_equivalent(Kind kind, const Histogram& histogram) {
    const std::optional<Scale> scale = scale_of(kind);
    if (!scale || !fits(histogram, *scale)) return std::nullopt;
    const double step = kind == Kind::Nps ? 2 : 4.0 / (scale->size() - 1);
    const auto value_of = [&](int i) { return *emotion_equivalent(kind, scale->least + i); };
    return score_of(spread_of(histogram, scale->size(), step, value_of), histogram.total(), {-2, 2});
}

}  // namespace milepost::surveys
