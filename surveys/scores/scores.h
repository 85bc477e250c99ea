#pragma once

#include "surveys/scores/histogram.h"
#include "surveys/scores/intervals.h"
#include "surveys/scores/suppression.h"

#include <cstdint>
#include <optional>

namespace milepost::surveys {

/// What a score is counted in, which also names its range.
enum class Unit {
    Percent,  ///< csat, ces: 0..100
    Points,   ///< nps: −100..100
    Index,    ///< smiley4, smiley5: 0..100
    Mean,     ///< emotion −2..2, stars 1..5
};
/// nullopt for kinds without a score.
[[nodiscard]] std::optional<Unit> unit_of(Kind kind);
[[nodiscard]] std::optional<Interval> range_of(Kind kind);

struct Score {
    double value = 0;
    Interval interval;  ///< 95 %, inside the score's range
    std::int64_t n = 0;
    bool shown = false;  ///< n reaches kLeastForScore
};

/// The score of a kind as metrics.md defines it: csat and ces by Wilson, nps by adjusted Wald, the others by t
/// (for one answer alone, the whole range). nullopt for no answers, for a histogram that does not fit the kind and
/// for kinds without a score. Allocates nothing.
[[nodiscard]] std::optional<Score> score(Kind kind, const Histogram& histogram);

/// The mean of a scale's own values, shown beside the ces; nullopt as above, and for kinds without a scale.
[[nodiscard]] std::optional<Score> mean_score(Kind kind, const Histogram& histogram);

/// Count of an option among those asked, 0..1, by Wilson; nullopt where nobody was asked or counts contradict.
[[nodiscard]] std::optional<Score> option_share(std::int64_t count, std::int64_t asked);

/// Mean of a `number`; its interval is absent for one answer. nullopt for none, and for moments that no answers have.
struct NumberScore {
    double mean = 0;
    std::optional<Interval> interval;
    std::int64_t n = 0;
    bool shown = false;
};
[[nodiscard]] std::optional<NumberScore> number_score(const Moments& moments);

/// Where an answer of another kind would lie on the emotion scale, −2..2; a star like a csat. nullopt for kinds
/// without a scale and for values outside it.
[[nodiscard]] std::optional<double> emotion_equivalent(Kind kind, int value);
/// Mean of the answers' equivalents; nullopt like score().
[[nodiscard]] std::optional<Score> emotion_equivalent(Kind kind, const Histogram& histogram);

/// Answers by sentiment; nullopt for a histogram that does not fit and for kinds without a scale. Saturates.
struct Sides {
    std::int64_t negative = 0;
    std::int64_t neutral = 0;
    std::int64_t positive = 0;
};
[[nodiscard]] std::optional<Sides> sides(Kind kind, const Histogram& histogram);

/// The values that a kind's mean is taken of; nullopt for kinds whose score is no mean. Welch's test needs it too.
[[nodiscard]] std::optional<Spread> score_spread(Kind kind, const Histogram& histogram);

}  // namespace milepost::surveys
