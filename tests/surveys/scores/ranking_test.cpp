// The prior's expected values: Kleinman's estimator computed with numpy, and by hand for the first.
#include "surveys/scores/ranking.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>

using namespace milepost::surveys;

TEST_CASE("ranking: shares are drawn to their mean by what sites have in common", "[surveys]") {
    const std::vector<Tally> tallies{{90, 100}, {70, 100}, {85, 100}, {40, 50}, {300, 400}};
    const auto prior = estimate_prior(tallies);
    REQUIRE(prior);

    CHECK(prior->mean == Approx(.78));
    CHECK(prior->strength == Approx(36.095599929));
    const double expected[]{.86817331, .72121779, .83143443, .79161500, .75248310};
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        CHECK(prior->shrunk(tallies[i]) == Approx(expected[i]).margin(5e-9));
    }
}

TEST_CASE("ranking: few answers are drawn further than many", "[surveys]") {
    const std::vector<Tally> tallies{{28, 40}, {200, 210}, {31, 35}, {150, 200}, {5, 9}, {99, 120}};
    const auto prior = estimate_prior(tallies);
    REQUIRE(prior);

    CHECK(prior->mean == Approx(.8355048860));
    CHECK(prior->strength == Approx(10.7649411280));
    const double expected[]{.72873444, .94668184, .87390391, .75436721, .70802948, .82586479};
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        CHECK(prior->shrunk(tallies[i]) == Approx(expected[i]).margin(5e-9));
    }

    const auto ranked = rank(tallies);
    std::vector<std::size_t> order;
    for (const Ranked& entry : ranked) order.push_back(entry.site);
    CHECK(order == std::vector<std::size_t>{1, 2, 5, 3, 0, 4});
}

TEST_CASE("ranking: sites join from thirty answers on and are told their position from a hundred on", "[surveys]") {
    const std::vector<Tally> tallies{{29, 29}, {25, 30}, {95, 99}, {60, 100}, {0, 0}, {9, 5}};
    const auto ranked = rank(tallies);
    REQUIRE(ranked.size() == 6);

    CHECK(ranked[0].site == 2);
    CHECK(ranked[0].rank == 1);
    CHECK_FALSE(ranked[0].position);
    CHECK(ranked[1].site == 1);
    CHECK(ranked[1].rank == 2);
    CHECK(ranked[2].site == 3);
    CHECK(ranked[2].rank == 3);
    CHECK(ranked[2].position == 3);
    CHECK(ranked[3].site == 0);
    CHECK(ranked[3].shrunk);
    CHECK_FALSE(ranked[3].rank);
    CHECK_FALSE(ranked[3].band);
    CHECK_FALSE(ranked[4].shrunk);
    CHECK_FALSE(ranked[5].shrunk);
}

TEST_CASE("ranking: sites that cannot be told apart share a band", "[surveys]") {
    const auto ranked = rank(std::vector<Tally>{{950, 1000}, {945, 1000}, {700, 1000}, {500, 1000}, {495, 1000}});

    CHECK(ranked[0].band == 1);
    CHECK(ranked[1].band == 1);
    CHECK(ranked[2].band == 2);
    CHECK(ranked[3].band == 3);
    CHECK(ranked[4].band == 3);
    CHECK(ranked[4].rank == 5);
}

TEST_CASE("ranking: where chance alone explains the differences all are one band", "[surveys]") {
    const std::vector<Tally> tallies{{80, 100}, {81, 100}, {79, 100}};
    const auto prior = estimate_prior(tallies);
    REQUIRE(prior);
    CHECK(std::isinf(prior->strength));

    for (const Ranked& entry : rank(tallies)) {
        CHECK(entry.shrunk == prior->mean);
        CHECK(entry.rank == 1);
        CHECK(entry.band == 1);
    }
}

TEST_CASE("ranking: equal sites share a rank and the next one's is counted on", "[surveys]") {
    const auto ranked = rank(std::vector<Tally>{{50, 100}, {90, 100}, {90, 100}});

    CHECK(ranked[0].site == 1);
    CHECK(ranked[0].rank == 1);
    CHECK(ranked[1].rank == 1);
    CHECK(ranked[2].rank == 3);
}

TEST_CASE("ranking: nobody and one and all of one opinion", "[surveys]") {
    CHECK_FALSE(estimate_prior({}));
    CHECK(rank({}).empty());
    const auto alone = rank(std::vector<Tally>{{90, 100}});
    CHECK(alone[0].rank == 1);
    CHECK(alone[0].shrunk == .9);
    const auto content = rank(std::vector<Tally>{{100, 100}, {40, 40}});
    CHECK(content[0].shrunk == 1);
    CHECK(content[1].band == 1);
}

// metrics.md: of 200 sites the true worst 20 are found by empirical Bayes in 52 %, by raw shares in 46 %.
TEST_CASE("ranking: the truly worst sites are found more often than by raw shares", "[surveys]") {
    std::mt19937_64 random{7};
    int by_shrunk = 0;
    int by_raw = 0;
    for (int round = 0; round < 40; ++round) {
        std::vector<double> truth;
        std::vector<Tally> tallies;
        for (int i = 0; i < 200; ++i) {
            std::gamma_distribution<double> a{32};
            std::gamma_distribution<double> b{8};
            const double x = a(random);
            truth.push_back(x / (x + b(random)));
            const std::int64_t n = std::uniform_int_distribution<std::int64_t>{30, 300}(random);
            tallies.push_back({std::binomial_distribution<std::int64_t>{n, truth.back()}(random), n});
        }
        std::vector<double> raw;
        for (const Tally& tally : tallies) raw.push_back(static_cast<double>(tally.k) / static_cast<double>(tally.n));
        const auto worst = [](const std::vector<double>& values) {
            std::vector<std::size_t> order(values.size());
            for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
            std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
            order.resize(20);
            std::ranges::sort(order);
            return order;
        };
        const auto found = [&](const std::vector<std::size_t>& candidates) {
            const auto wanted = worst(truth);
            return static_cast<int>(std::ranges::count_if(
                candidates, [&](std::size_t site) { return std::ranges::binary_search(wanted, site); }));
        };
        const auto ranked = rank(tallies);
        std::vector<std::size_t> last;
        for (std::size_t i = ranked.size() - 20; i < ranked.size(); ++i) last.push_back(ranked[i].site);
        by_shrunk += found(last);
        by_raw += found(worst(raw));
    }
    CHECK(by_shrunk > by_raw);
}
