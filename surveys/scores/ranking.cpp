#include "surveys/scores/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace milepost::surveys {

namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

struct Sums {
    double sites = 0;
    double k = 0;
    double n = 0;
    double n_squared = 0;
};

Sums sum_up(std::span<const Tally> tallies) {
    Sums sums;
    for (const Tally& tally : tallies) {
        if (!tally.is_valid()) continue;
        const auto n = static_cast<double>(tally.n);
        sums.sites += 1;
        sums.k += static_cast<double>(tally.k);
        sums.n += n;
        sums.n_squared += n * n;
    }
    return sums;
}

/// Kleinman's: with S = Σn(p − p̄)², E[S] = p̄(1 − p̄)·[(1 − ρ)(m − 1) + ρ(N − Σn²/N)], and M = 1/ρ − 1.
double strength(std::span<const Tally> tallies, const Sums& sums, double mean) {
    const double variance = mean * (1 - mean);
    if (!(variance > 0) || sums.sites < 2) return kInfinite;
    double scatter = 0;
    for (const Tally& tally : tallies) {
        if (!tally.is_valid()) continue;
        const auto n = static_cast<double>(tally.n);
        const double off = static_cast<double>(tally.k) / n - mean;
        scatter += n * off * off;
    }
    const double excess = scatter / variance - (sums.sites - 1);
    const double room = sums.n - sums.n_squared / sums.n - (sums.sites - 1);
    if (!(excess > 0 && room > 0)) return kInfinite;
    return std::max(0.0, room / excess - 1);
}

/// By more than chance would put between two equal sites.
bool is_below(const Ranked& entry, const Ranked& leader, std::span<const Tally> tallies, const Prior& prior) {
    const double behind = *leader.shrunk - *entry.shrunk;
    const double variance = prior.variance(tallies[leader.site]) + prior.variance(tallies[entry.site]);
    return behind > 0 && behind >= kZ95 * std::sqrt(variance);
}

void fill_bands(std::vector<Ranked>& ranked, std::span<const Tally> tallies, const Prior& prior, const Limits& limits) {
    const Ranked* leader = nullptr;
    const Ranked* previous = nullptr;
    std::int64_t place = 0;
    std::int64_t band = 0;
    for (Ranked& entry : ranked) {
        const Tally& tally = tallies[entry.site];
        if (!tally.is_valid() || tally.n < limits.ranking) break;
        ++place;
        if (leader == nullptr || is_below(entry, *leader, tallies, prior)) {
            leader = &entry;
            ++band;
        }
        entry.rank = previous != nullptr && *previous->shrunk == *entry.shrunk ? *previous->rank : place;
        entry.band = band;
        if (tally.n >= limits.position) entry.position = entry.rank;
        previous = &entry;
    }
}

}  // namespace

double Prior::shrunk(const Tally& tally) const {
    if (!tally.is_valid() || std::isinf(strength)) return mean;
    const auto n = static_cast<double>(tally.n);
    return std::clamp((static_cast<double>(tally.k) + strength * mean) / (n + strength), 0.0, 1.0);
}

double Prior::variance(const Tally& tally) const {
    const double share = shrunk(tally);
    return share * (1 - share) / (static_cast<double>(std::max<std::int64_t>(tally.n, 0)) + strength + 1);
}

std::optional<Prior> estimate_prior(std::span<const Tally> tallies) {
    const Sums sums = sum_up(tallies);
    if (sums.sites == 0) return std::nullopt;
    const double mean = std::clamp(sums.k / sums.n, 0.0, 1.0);
    return Prior{.mean = mean, .strength = strength(tallies, sums, mean)};
}

std::vector<Ranked> rank(std::span<const Tally> tallies, const Limits& limits) {
    const std::optional<Prior> prior = estimate_prior(tallies);
    std::vector<Ranked> ranked;
    ranked.reserve(tallies.size());
    for (std::size_t site = 0; site < tallies.size(); ++site) {
        Ranked entry{.site = site};
        if (prior && tallies[site].is_valid()) {
            const double half = kZ95 * std::sqrt(prior->variance(tallies[site]));
            entry.shrunk = prior->shrunk(tallies[site]);
            entry.interval = clipped({*entry.shrunk - half, *entry.shrunk + half}, {0, 1});
        }
        ranked.push_back(entry);
    }
    const auto takes_part = [&](const Ranked& entry) {
        return tallies[entry.site].is_valid() && tallies[entry.site].n >= limits.ranking;
    };
    // The index decides between equals: std::stable_sort would allocate.
    std::ranges::sort(ranked, [&](const Ranked& a, const Ranked& b) {
        const bool a_ranked = takes_part(a);
        const bool b_ranked = takes_part(b);
        if (a_ranked != b_ranked) return a_ranked;
        if (a_ranked && *a.shrunk != *b.shrunk) return *a.shrunk > *b.shrunk;
        return a.site < b.site;
    });
    if (prior) fill_bands(ranked, tallies, *prior, limits);
    return ranked;
}

}  // namespace milepost::surveys
