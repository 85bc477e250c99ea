#include "surveys/scores/intervals.h"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace milepost::surveys {

namespace {

namespace policies = boost::math::policies;
/// The library's errors as NaN and infinities instead of exceptions.
using Quiet =
    policies::policy<policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
                     policies::overflow_error<policies::ignore_error>,
                     policies::evaluation_error<policies::ignore_error>, policies::promote_double<false>>;
using StudentsT = boost::math::students_t_distribution<double, Quiet>;

constexpr std::size_t kTabulated = 1024;

double computed_t_quantile(double degrees) {
    return boost::math::quantile(StudentsT{degrees}, .975);
}

/// By degrees of freedom; a quantile takes the library longer than all else that a score needs.
const std::array<double, kTabulated>& t_quantiles() {
    static const auto table = [] {
        std::array<double, kTabulated> quantiles{};
        quantiles[0] = std::numeric_limits<double>::infinity();
        for (std::size_t degrees = 1; degrees < kTabulated; ++degrees) {
            quantiles[degrees] = computed_t_quantile(static_cast<double>(degrees));
        }
        return quantiles;
    }();
    return table;
}

/// For great degrees of freedom: Abramowitz and Stegun 26.7.5, whose first left-out term is below 1e-11 from 1,024 on.
double expanded_t_quantile(double degrees) {
    constexpr double z = kZ95;
    constexpr double z3 = z * z * z;
    constexpr double z5 = z3 * z * z;
    constexpr double z7 = z5 * z * z;
    constexpr double g1 = (z3 + z) / 4;
    constexpr double g2 = (5 * z5 + 16 * z3 + 3 * z) / 96;
    constexpr double g3 = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384;
    return z + (g1 + (g2 + g3 / degrees) / degrees) / degrees;
}

}  // namespace

Interval wilson(std::int64_t k, std::int64_t n) {
    if (n <= 0) return {0, 1};
    k = std::clamp<std::int64_t>(k, 0, n);
    const double count = static_cast<double>(n);
    const double share = static_cast<double>(k) / count;
    constexpr double z2 = kZ95 * kZ95;
    const double middle = (share + z2 / (2 * count)) / (1 + z2 / count);
    const double half = kZ95 / (1 + z2 / count) * std::sqrt(share * (1 - share) / count + z2 / (4 * count * count));
    // At the ends the formula gives 0 and 1 exactly; floating point misses them by an ulp.
    return {k == 0 ? 0 : std::clamp(middle - half, 0.0, share), k == n ? 1 : std::clamp(middle + half, share, 1.0)};
}

AdjustedNet adjusted_net(double promoters, double passives, double detractors) {
    promoters = std::max(0.0, promoters);
    detractors = std::max(0.0, detractors);
    const double n = promoters + std::max(0.0, passives) + detractors + 3;
    const double p = (promoters + .75) / n;
    const double d = (detractors + .75) / n;
    return {.net = p - d, .variance = (p + d - (p - d) * (p - d)) / n};
}

Interval nps_interval(std::int64_t promoters, std::int64_t passives, std::int64_t detractors) {
    const AdjustedNet adjusted =
        adjusted_net(static_cast<double>(promoters), static_cast<double>(passives), static_cast<double>(detractors));
    const double half = kZ95 * std::sqrt(adjusted.variance);
    return clipped({100 * (adjusted.net - half), 100 * (adjusted.net + half)}, Interval{-100, 100});
}

double t_quantile(double degrees) {
    if (!(degrees > 0)) return std::numeric_limits<double>::infinity();
    if (degrees >= static_cast<double>(kTabulated)) return expanded_t_quantile(degrees);
    const auto whole = static_cast<std::size_t>(degrees);
    return static_cast<double>(whole) == degrees ? t_quantiles()[whole] : computed_t_quantile(degrees);
}

double p_of_z(double z) {
    return std::erfc(std::abs(z) / std::sqrt(2.0));
}

double p_of_t(double t, double degrees) {
    if (!(degrees > 0) || std::isnan(t)) return 1;
    if (std::isinf(t)) return 0;
    return std::clamp(2 * boost::math::cdf(boost::math::complement(StudentsT{degrees}, std::abs(t))), 0.0, 1.0);
}

double Spread::squared_error() const {
    const double least = step * step * (1 - 1 / n);  // of any sample that is not all one value
    return std::max(deviations, least) / (n - 1) / n;
}

std::optional<Interval> t_interval(const Spread& spread) {
    if (!(spread.n >= 2)) return std::nullopt;
    const double half = t_quantile(spread.n - 1) * std::sqrt(spread.squared_error());
    return Interval{spread.mean - half, spread.mean + half};
}

Interval clipped(Interval interval, Interval range) {
    return {std::clamp(interval.low, range.low, range.high), std::clamp(interval.high, range.low, range.high)};
}

}  // namespace milepost::surveys
