/// What scoring costs: the arithmetic alone, and whether it allocates.

#include "surveys/scores/scores.h"

#include "surveys/scores/ranking.h"
#include "tests/bench/allocations.h"
#include "tests/bench/bench.h"

#include <fmt/format.h>

#include <cmath>
#include <random>

namespace milepost::bench {

namespace {

using surveys::Histogram;
using surveys::Kind;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kHistograms = 1'000'000;
constexpr std::size_t kSites = 1'000;
constexpr std::size_t kDays = 365;

std::vector<Histogram> random_histograms(Kind kind, std::mt19937& random) {
    std::vector<Histogram> all(kHistograms);
    for (Histogram& histogram : all) {
        for (int i = 0; i < surveys::scale_of(kind)->size(); ++i) {
            histogram.count[static_cast<std::size_t>(i)] = static_cast<std::int64_t>(random() % 100);
        }
    }
    return all;
}

Row scoring(Kind kind, int rounds) {
    std::mt19937 random{1};
    const std::vector<Histogram> histograms = random_histograms(kind, random);
    Sample nanoseconds;
    double sum = surveys::score(kind, histograms.front())->value;  // tables of quantiles are made here
    long during = 0;
    for (int round = 0; round < rounds; ++round) {
        const long start_allocations = allocations();
        const auto start = Clock::now();
        for (const Histogram& histogram : histograms) sum += surveys::score(kind, histogram)->interval.high;
        const double milliseconds = milliseconds_since(start);
        during += allocations() - start_allocations;
        nanoseconds.add(milliseconds * 1e6 / static_cast<double>(kHistograms));
    }
    return {.what = fmt::format("a {} score with its interval, of a million, ns", surveys::to_string(kind)),
            .ours = spread(nanoseconds) + (std::isfinite(sum) ? "" : " (not a number)"),
            .peer = fmt::format("{} allocations", during),
            .ratio = ""};
}

Row ranking(int rounds) {
    std::mt19937 random{2};
    std::vector<std::vector<surveys::Tally>> days(kDays, std::vector<surveys::Tally>(kSites));
    for (auto& day : days) {
        for (surveys::Tally& tally : day) {
            tally.n = static_cast<std::int64_t>(random() % 400);
            tally.k = tally.n == 0 ? 0 : tally.n - static_cast<std::int64_t>(random() % 40) * tally.n / 100;
        }
    }
    Sample milliseconds;
    std::size_t ranked = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto start = Clock::now();
        for (const auto& day : days) ranked += surveys::rank(day).size();
        milliseconds.add(milliseconds_since(start));
    }
    return {.what = "1,000 sites ranked for each of 365 days, ms",
            .ours = spread(milliseconds) + (ranked > 0 ? "" : " (none)"),
            .peer = "",
            .ratio = ""};
}

}  // namespace

Result<std::vector<Row>> score_rate(const Setting& setting) {
    return std::vector<Row>{scoring(Kind::Csat, setting.rounds), scoring(Kind::Nps, setting.rounds),
                            scoring(Kind::Emotion, setting.rounds), ranking(setting.rounds)};
}

}  // namespace milepost::bench
