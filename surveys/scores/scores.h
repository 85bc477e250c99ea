#pragma once

#include "surveys/model/survey.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace milepost::surveys {

/// How many answers gave each value of a scale: count[i] belongs to value `least + i`. Histograms of
/// one kind add up exactly; scores are computed from nothing else (metrics.md).
struct Histogram {
    static constexpr std::size_t kMost = 11;
    std::array<std::int64_t, kMost> count{};

    [[nodiscard]] std::int64_t total() const;
    Histogram& operator+=(const Histogram& other);
    bool operator==(const Histogram&) const = default;
};

/// Both ends, in the score's own unit.
struct Interval {
    double low = 0;
    double high = 0;
};

struct Score {
    double value = 0;   ///< csat 0..100 (top-2-box); nps −100..100
    Interval interval;  ///< 95 %
    std::int64_t n = 0;
    bool shown = false;  ///< n reaches kLeastForScore
};

/// A score below so many answers is not shown to people ("n = 7, too few").
inline constexpr std::int64_t kLeastForScore = 10;

/// nullopt for no answers, and for kinds without a score.
[[nodiscard]] std::optional<Score> score(Kind kind, const Histogram& histogram);

/// Wilson score interval of k out of n at 95 %, as shares 0..1. n > 0.
/// E. B. Wilson, JASA 22 (1927) 209–212.
[[nodiscard]] Interval wilson(std::int64_t k, std::int64_t n);

/// Adjusted Wald interval of the NPS at 95 %, in points, clipped to ±100: n + 3, promoters + ¾,
/// detractors + ¾ (metrics.md, "Uncertainty"). n > 0.
[[nodiscard]] Interval nps_interval(std::int64_t promoters, std::int64_t passives, std::int64_t detractors);

}  // namespace milepost::surveys
