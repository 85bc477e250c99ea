#pragma once

#include "surveys/scores/intervals.h"
#include "surveys/scores/suppression.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace milepost::surveys {

/// One site's share: k of n.
struct Tally {
    std::int64_t k = 0;
    std::int64_t n = 0;
    /// Others are left out of a ranking: they take no part in the prior and have no estimate.
    [[nodiscard]] bool is_valid() const { return k >= 0 && n > 0 && k <= n; }
};

/// What sites have in common: a beta distribution of mean `mean` that weighs like `strength` answers.
struct Prior {
    double mean = 0;      ///< p̄ = Σk/Σn
    double strength = 0;  ///< M; infinite where sites differ no more than chance makes them
    /// p̂ = (k + M·p̄)/(n + M). The mean for an invalid tally.
    [[nodiscard]] double shrunk(const Tally& tally) const;
    /// The posterior's: p̂(1 − p̂)/(n + M + 1).
    [[nodiscard]] double variance(const Tally& tally) const;
};
/// M by moments, weighted by n: J. C. Kleinman, "Proportions with Extraneous Variance", JASA 68 (1973) 46–54.
/// nullopt without a valid tally.
[[nodiscard]] std::optional<Prior> estimate_prior(std::span<const Tally> tallies);

/// A site's place, best first.
struct Ranked {
    std::size_t site = 0;  ///< index of its tally
    std::optional<double> shrunk;
    Interval interval;                     ///< shrunk ± 1.96 posterior deviations, within 0..1
    std::optional<std::int64_t> rank;      ///< 1 is best; from Limits::ranking answers on; equals share one
    std::optional<std::int64_t> band;      ///< sites of one band cannot be told apart
    std::optional<std::int64_t> position;  ///< its rank, where it may be said: from Limits::position answers on
};

/// All sites: the ranked in order of their shrunk shares, then those with too few answers, in their own order.
/// A band is begun by the best site that the band before does not reach: its members differ from the first of
/// them by less than 1.96 deviations of the difference.
[[nodiscard]] std::vector<Ranked> rank(std::span<const Tally> tallies, const Limits& limits = kDefaultLimits);

}  // namespace milepost::surveys
