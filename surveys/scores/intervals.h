#pragma once

#include <cstdint>
#include <optional>

namespace milepost::surveys {

/// Both ends, in the score's own unit.
struct Interval {
    double low = 0;
    double high = 0;
    bool operator==(const Interval&) const = default;
};

/// The normal distribution's .975 quantile: all intervals are of 95 %.
inline constexpr double kZ95 = 1.959963984540054;

/// Wilson score interval of k out of n, as shares 0..1; k beyond 0..n counts as its nearest end, and the whole
/// range is what is known of n ≤ 0. E. B. Wilson, JASA 22 (1927) 209–212.
[[nodiscard]] Interval wilson(std::int64_t k, std::int64_t n);

/// A difference of shares, promoters − detractors, after adding ¾ to each of the two and 3 to n: −1..1.
struct AdjustedNet {
    double net = 0;
    double variance = 0;  ///< of the net: SE²
};
/// B. Rocks, "Interval Estimation for the Net Promoter Score", The American Statistician 70 (2016) 365–372.
/// Negative counts count as none.
[[nodiscard]] AdjustedNet adjusted_net(double promoters, double passives, double detractors);
/// Adjusted Wald interval of the NPS, in points, clipped to ±100.
[[nodiscard]] Interval nps_interval(std::int64_t promoters, std::int64_t passives, std::int64_t detractors);

/// Student's t, the .975 quantile; infinite for no degrees of freedom.
[[nodiscard]] double t_quantile(double degrees);
/// Two-sided: how often chance alone gives a |z| or |t| at least as great.
[[nodiscard]] double p_of_z(double z);
[[nodiscard]] double p_of_t(double t, double degrees);

/// A sample of n values around its mean.
struct Spread {
    double n = 0;
    double mean = 0;
    double deviations = 0;  ///< Σ(v − mean)²
    double step = 1;        ///< the least difference of two values

    /// s²/n, for n ≥ 2. Where all answers are equal it is that of a sample in which one had been a step off:
    /// s = 0 would call ten equal answers certain (README, decisions).
    [[nodiscard]] double squared_error() const;
};
/// mean ± t(n − 1)·s/√n; nullopt for n < 2, which say nothing about their spread.
[[nodiscard]] std::optional<Interval> t_interval(const Spread& spread);

/// What of `interval` lies in `range`.
[[nodiscard]] Interval clipped(Interval interval, Interval range);

}  // namespace milepost::surveys
