// How often the 95 % intervals hold the truth, simulated. Discrete counts make coverage swing with the true share, so
// it is measured over shares drawn anew for each sample; the ranges they are drawn from are said in each case.
#include "surveys/scores/compare.h"
#include "surveys/scores/scores.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <vector>

using namespace milepost::surveys;

namespace {

constexpr int kSamples = 10'000;

class World {
public:
    explicit World(std::uint64_t seed) : random_(seed) {}

    double share(double least, double most) { return std::uniform_real_distribution<double>{least, most}(random_); }
    std::int64_t successes(std::int64_t n, double share) {
        return std::binomial_distribution<std::int64_t>{n, share}(random_);
    }
    /// n answers to a scale whose shares are `shares`.
    Histogram answers(std::int64_t n, const std::vector<double>& shares) {
        std::discrete_distribution<std::size_t> value(shares.begin(), shares.end());
        Histogram histogram;
        for (std::int64_t i = 0; i < n; ++i) ++histogram.count.at(value(random_));
        return histogram;
    }
    /// Each share as likely as any other mix of them.
    std::vector<double> mix(int size) {
        std::exponential_distribution<double> part;
        std::vector<double> shares(static_cast<std::size_t>(size));
        double sum = 0;
        for (double& share : shares) sum += share = part(random_);
        for (double& share : shares) share /= sum;
        return shares;
    }

private:
    std::mt19937_64 random_;
};

/// The score of infinitely many answers.
double true_score(Kind kind, const std::vector<double>& shares) {
    constexpr double kMany = 1e15;
    Histogram histogram;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        histogram.count.at(i) = static_cast<std::int64_t>(shares[i] * kMany);
    }
    return score(kind, histogram)->value;
}

bool holds(const Interval& interval, double truth) {
    return interval.low <= truth && truth <= interval.high;
}

/// The share of samples of which `hit` is true.
template <class Hit>
double coverage(Hit hit) {
    int hits = 0;
    for (int i = 0; i < kSamples; ++i) hits += hit() ? 1 : 0;
    return static_cast<double>(hits) / kSamples;
}

void check_coverage(double share) {
    CHECK(share >= .93);
    CHECK(share <= .97);
}

}  // namespace

TEST_CASE("coverage: Wilson over shares of 5 to 95 in a hundred", "[surveys]") {
    const std::int64_t n = GENERATE(10, 15, 30, 100, 1'000);
    World world{static_cast<std::uint64_t>(n)};
    CAPTURE(n);
    check_coverage(coverage([&] {
        const double truth = world.share(.05, .95);
        return holds(wilson(world.successes(n, truth), n), truth);
    }));
}

TEST_CASE("coverage: the nps over all mixes of promoters and passives and detractors", "[surveys]") {
    const std::int64_t n = GENERATE(10, 15, 30, 100, 1'000);
    World world{static_cast<std::uint64_t>(n)};
    CAPTURE(n);
    check_coverage(coverage([&] {
        const auto shares = world.mix(3);
        const auto counts = world.answers(n, shares).count;
        return holds(nps_interval(counts[2], counts[1], counts[0]), 100 * (shares[2] - shares[0]));
    }));
}

// The t interval is made for means that are nearly normal; where nearly all answers are one end of the scale it holds
// the truth less often: over all mixes, those included, of ten answers in 92.9 to 93.1 %. Measured here is where no
// value has more than two thirds of the answers.
TEST_CASE("coverage: means of ten answers and more", "[surveys]") {
    const Kind kind = GENERATE(Kind::Emotion, Kind::Smiley4, Kind::Smiley5, Kind::Stars);
    const std::int64_t n = GENERATE(10, 30, 100);
    World world{static_cast<std::uint64_t>(n)};
    CAPTURE(to_string(kind), n);
    check_coverage(coverage([&] {
        auto shares = world.mix(scale_of(kind)->size());
        while (std::ranges::max(shares) > 2. / 3) shares = world.mix(scale_of(kind)->size());
        return holds(score(kind, world.answers(n, shares))->interval, true_score(kind, shares));
    }));
}

TEST_CASE("coverage: differences of shares by Newcombe", "[surveys]") {
    const auto [before, after] =
        GENERATE(table<std::int64_t, std::int64_t>({{10, 10}, {10, 50}, {30, 30}, {200, 100}}));
    World world{static_cast<std::uint64_t>(before)};
    CAPTURE(before, after);
    check_coverage(coverage([&] {
        const double first = world.share(.05, .95);
        const double second = world.share(.05, .95);
        const auto change =
            compare_shares(world.successes(before, first), before, world.successes(after, second), after);
        return holds(change->interval, second - first);
    }));
}

TEST_CASE("coverage: differences of nps and of means", "[surveys]") {
    const Kind kind = GENERATE(Kind::Nps, Kind::Emotion, Kind::Stars);
    const auto [before, after] = GENERATE(table<std::int64_t, std::int64_t>({{10, 10}, {10, 50}, {60, 30}}));
    World world{static_cast<std::uint64_t>(before)};
    CAPTURE(to_string(kind), before, after);
    check_coverage(coverage([&] {
        const auto first = world.mix(scale_of(kind)->size());
        const auto second = world.mix(scale_of(kind)->size());
        const auto change = compare(kind, world.answers(before, first), world.answers(after, second));
        return holds(change->interval, true_score(kind, second) - true_score(kind, first));
    }));
}

TEST_CASE("coverage: without a change one in twenty is called one", "[surveys]") {
    const Kind kind = GENERATE(Kind::Csat, Kind::Nps, Kind::Emotion);
    const std::int64_t n = GENERATE(20, 100);
    World world{static_cast<std::uint64_t>(n)};
    CAPTURE(to_string(kind), n);
    check_coverage(coverage([&] {
        const auto shares = world.mix(scale_of(kind)->size());
        return compare(kind, world.answers(n, shares), world.answers(n, shares))->verdict == Verdict::NoClearChange;
    }));
}
