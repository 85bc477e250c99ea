#pragma once

#include "surveys/scores/scores.h"

#include <optional>
#include <string_view>

namespace milepost::surveys {

/// Words, not stars. On every scale higher is better.
enum class Verdict { Improved, Worse, NoClearChange, NotEnoughData };
[[nodiscard]] std::string_view to_string(Verdict verdict);  ///< "no clear change"

/// The change of a score from one histogram to another. A difference of shares is a share (csat, ces: −1..1), all
/// others are in their score's unit.
struct Change {
    double difference = 0;
    Interval interval;              ///< 95 %
    double z = 0;                   ///< the test's statistic: z, and Welch's t for means
    double p = 1;                   ///< two-sided
    std::optional<double> degrees;  ///< of freedom, of Welch's t
    Verdict verdict = Verdict::NotEnoughData;
};

/// Whether a score changed:
/// - csat, ces: N−1 two-proportion z test (I. Campbell, Statistics in Medicine 26 (2007) 3661–3675) with Newcombe's
///   hybrid score interval (R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10);
/// - nps: both sides adjusted Wald; `difference` is that of the adjusted scores, on which z is built;
/// - emotion, smileys, stars: Welch's t test (B. L. Welch, Biometrika 34 (1947) 28–35).
/// `improved` and `worse` are said where p < .05, `not enough data` where a side is below kLeastForScore. nullopt
/// where a side has no score, and for a single answer on a side of means. A day is compared with its last 8 same
/// weekdays: add their histograms up for `before`.
[[nodiscard]] std::optional<Change> compare(Kind kind, const Histogram& before, const Histogram& after);

/// k of n before and after.
[[nodiscard]] std::optional<Change> compare_shares(std::int64_t k_before, std::int64_t n_before, std::int64_t k_after,
                                                   std::int64_t n_after);

}  // namespace milepost::surveys
