#include "surveys/scores/scores.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace milepost::surveys {

namespace {

constexpr double kZ95 = 1.959963984540054;  // the normal distribution's .975 quantile

/// How many answers gave a value with this sentiment.
std::int64_t count_of(Kind kind, Scale scale, const Histogram& histogram, Sentiment sentiment) {
    std::int64_t sum = 0;
    for (int value = scale.least; value <= scale.most; ++value) {
        if (sentiment_of(kind, value) == sentiment)
            sum += histogram.count[static_cast<std::size_t>(value - scale.least)];
    }
    return sum;
}

}  // namespace

std::int64_t Histogram::total() const {
    return std::accumulate(count.begin(), count.end(), std::int64_t{0});
}

Histogram& Histogram::operator+=(const Histogram& other) {
    for (std::size_t i = 0; i < kMost; ++i) count[i] += other.count[i];
    return *this;
}

std::optional<Score> score(Kind kind, const Histogram& histogram) {
    const std::optional<Scale> scale = scale_of(kind);
    if (!scale) return std::nullopt;
    const std::int64_t negative = count_of(kind, *scale, histogram, Sentiment::Negative);
    const std::int64_t neutral = count_of(kind, *scale, histogram, Sentiment::Neutral);
    const std::int64_t positive = count_of(kind, *scale, histogram, Sentiment::Positive);
    const std::int64_t n = negative + neutral + positive;
    if (n <= 0) return std::nullopt;

    const auto points = [n](std::int64_t count) { return 100.0 * static_cast<double>(count) / static_cast<double>(n); };
    Score result{.n = n, .shown = n >= kLeastForScore};
    switch (kind) {
        case Kind::Csat: {
            const Interval share = wilson(positive, n);
            result.value = points(positive);
            result.interval = {100 * share.low, 100 * share.high};
            return result;
        }
        case Kind::Nps:
            result.value = points(positive - negative);
            result.interval = nps_interval(positive, neutral, negative);
            return result;
        case Kind::Multi:
        case Kind::Text:
            return std::nullopt;
    }
    return std::nullopt;
}

Interval wilson(std::int64_t k, std::int64_t n) {
    assert(n > 0 && k >= 0 && k <= n);
    const double count = static_cast<double>(n);
    const double share = static_cast<double>(k) / count;
    const double z2 = kZ95 * kZ95;
    const double middle = (share + z2 / (2 * count)) / (1 + z2 / count);
    const double half = kZ95 / (1 + z2 / count) * std::sqrt(share * (1 - share) / count + z2 / (4 * count * count));
    // At the ends the formula gives 0 and 1 exactly; floating point misses them by an ulp.
    return {k == 0 ? 0 : middle - half, k == n ? 1 : middle + half};
}

Interval nps_interval(std::int64_t promoters, std::int64_t passives, std::int64_t detractors) {
    const double n = static_cast<double>(promoters + passives + detractors) + 3;
    const double p = (static_cast<double>(promoters) + .75) / n;
    const double d = (static_cast<double>(detractors) + .75) / n;
    const double half = kZ95 * std::sqrt((p + d - (p - d) * (p - d)) / n);
    return {std::max(-100.0, 100 * (p - d - half)), std::min(100.0, 100 * (p - d + half))};
}

}  // namespace milepost::surveys
