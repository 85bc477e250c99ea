#include "surveys/scores/compare.h"

#include <algorithm>
#include <cmath>

namespace milepost::surveys {

namespace {

constexpr double kSignificant = .05;

Verdict verdict(const Change& change, std::int64_t n_before, std::int64_t n_after) {
    if (std::min(n_before, n_after) < kLeastForScore) return Verdict::NotEnoughData;
    if (!(change.p < kSignificant)) return Verdict::NoClearChange;
    return change.difference > 0 ? Verdict::Improved : Verdict::Worse;
}

/// 0 where there is neither a difference nor any spread.
double statistic(double difference, double error) {
    return difference == 0 ? 0 : difference / error;
}

/// N−1: z·√((N−1)/N).
double share_z(double k1, double n1, double k2, double n2) {
    const double n = n1 + n2;
    const double pooled = (k1 + k2) / n;
    const double error = std::sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
    return statistic(k2 / n2 - k1 / n1, error) * std::sqrt((n - 1) / n);
}

Interval newcombe(double before, Interval first, double after, Interval second) {
    const double difference = after - before;
    return clipped({difference - std::hypot(after - second.low, first.high - before),
                    difference + std::hypot(second.high - after, before - first.low)},
                   {-1, 1});
}

Change compare_nets(const Sides& before, const Sides& after) {
    const auto adjusted = [](const Sides& counts) {
        return adjusted_net(static_cast<double>(counts.positive), static_cast<double>(counts.neutral),
                            static_cast<double>(counts.negative));
    };
    const AdjustedNet first = adjusted(before);
    const AdjustedNet second = adjusted(after);
    const double difference = second.net - first.net;
    const double error = std::sqrt(first.variance + second.variance);
    Change change{.difference = 100 * difference, .z = statistic(difference, error)};
    change.interval =
        clipped({100 * (difference - kZ95 * error), 100 * (difference + kZ95 * error)}, Interval{-200, 200});
    change.p = p_of_z(change.z);
    return change;
}

std::optional<Change> welch(const Spread& before, const Spread& after, double width) {
    if (!(before.n >= 2 && after.n >= 2)) return std::nullopt;
    const double a = before.squared_error();
    const double b = after.squared_error();
    const double error = std::sqrt(a + b);
    // By shares of the error, since its fourth power may be too small for a double.
    const double share = a / (a + b);
    const double degrees = 1 / (share * share / (before.n - 1) + (1 - share) * (1 - share) / (after.n - 1));
    const double difference = after.mean - before.mean;
    Change change{.difference = difference, .z = statistic(difference, error), .degrees = degrees};
    const double half = t_quantile(degrees) * error;
    change.interval = clipped({difference - half, difference + half}, {-width, width});
    change.p = p_of_t(change.z, degrees);
    return change;
}

std::optional<Change> compare_means(Kind kind, const Histogram& before, const Histogram& after) {
    const std::optional<Spread> first = score_spread(kind, before);
    const std::optional<Spread> second = score_spread(kind, after);
    if (!first || !second) return std::nullopt;
    const Interval range = *range_of(kind);
    return welch(*first, *second, range.high - range.low);
}

}  // namespace

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::Improved:
            return "improved";
        case Verdict::Worse:
            return "worse";
        case Verdict::NoClearChange:
            return "no clear change";
        case Verdict::NotEnoughData:
            return "not enough data";
    }
    return "not enough data";
}

std::optional<Change> compare_shares(std::int64_t k_before, std::int64_t n_before, std::int64_t k_after,
                                     std::int64_t n_after) {
    const std::optional<Score> before = option_share(k_before, n_before);
    const std::optional<Score> after = option_share(k_after, n_after);
    if (!before || !after) return std::nullopt;
    Change change{.difference = after->value - before->value,
                  .interval = newcombe(before->value, before->interval, after->value, after->interval),
                  .z = share_z(static_cast<double>(k_before), static_cast<double>(n_before),
                               static_cast<double>(k_after), static_cast<double>(n_after))};
    change.p = p_of_z(change.z);
    change.verdict = verdict(change, n_before, n_after);
    return change;
}

std::optional<Change> compare(Kind kind, const Histogram& all_before, const Histogram& all_after) {
    const Histogram before = summable(all_before);
    const Histogram after = summable(all_after);
    const std::optional<Unit> unit = unit_of(kind);
    const std::optional<Sides> first = sides(kind, before);
    const std::optional<Sides> second = sides(kind, after);
    const std::int64_t n_before = before.total();
    const std::int64_t n_after = after.total();
    if (!unit || !first || !second || n_before <= 0 || n_after <= 0) return std::nullopt;
    if (*unit == Unit::Percent) return compare_shares(first->positive, n_before, second->positive, n_after);
    std::optional<Change> change =
        *unit == Unit::Points ? compare_nets(*first, *second) : compare_means(kind, before, after);
    if (change) change->verdict = verdict(*change, n_before, n_after);
    return change;
}

}  // namespace milepost::surveys
