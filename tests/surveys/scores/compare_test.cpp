// Expected values: metrics.md, and where it has none statsmodels 0.13.5 of Debian 12
// (confint_proportions_2indep(method='newcomb'), CompareMeans.ttest_ind and tconfint_diff(usevar='unequal')); the N−1
// statistic is z·√((N−1)/N) of its pooled z.
#include "surveys/scores/compare.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace milepost::surveys;

namespace {

Histogram csat(std::int64_t satisfied, std::int64_t n) {
    return {.count = {n - satisfied, 0, 0, satisfied, 0}};
}

Histogram nps(std::int64_t promoters, std::int64_t passives, std::int64_t detractors) {
    return {.count = {detractors, 0, 0, 0, 0, 0, 0, passives, 0, promoters, 0}};
}

}  // namespace

TEST_CASE("compare: shares by the N-1 z test and Newcombe", "[surveys]") {
    struct Expected {
        std::int64_t k1, n1, k2, n2;
        double difference, low, high, z, p;
    };
    const auto expected = GENERATE(values<Expected>({
        {80, 100, 88, 100, .08, -.022678407, .181937306, 1.539171082, .123762535},
        {45, 60, 90, 150, -.15, -.272063060, -.006539641, -2.044504830, .040903701},
        {10, 10, 7, 12, -.416666667, -.680488687, -.060387487, -2.268713032, .023285783},
        {0, 20, 3, 20, .15, -.038396333, .360418865, 1.778246935, .075363307},
        {700, 1000, 750, 1000, .05, .010859030, .088939203, 2.503289372, .012304489},
    }));
    const auto change = compare(Kind::Csat, csat(expected.k1, expected.n1), csat(expected.k2, expected.n2));
    REQUIRE(change);

    CHECK(change->difference == Approx(expected.difference).margin(5e-9));
    CHECK(change->interval.low == Approx(expected.low).margin(5e-9));
    CHECK(change->interval.high == Approx(expected.high).margin(5e-9));
    CHECK(change->z == Approx(expected.z).margin(5e-9));
    CHECK(change->p == Approx(expected.p).margin(5e-9));
    CHECK_FALSE(change->degrees);
}

TEST_CASE("compare: nps by adjusted Wald on both sides", "[surveys]") {
    const auto change = compare(Kind::Nps, nps(40, 30, 30), nps(55, 25, 20));
    REQUIRE(change);

    CHECK(change->difference == Approx(33.98058252 - 9.70873786).margin(5e-8));
    CHECK(change->interval.low == Approx(2.15127681).margin(5e-8));
    CHECK(change->interval.high == Approx(46.39241251).margin(5e-8));
    CHECK(change->z == Approx(2.15057505).margin(5e-8));
    CHECK(change->p == Approx(.03150976).margin(5e-8));
    CHECK(change->verdict == Verdict::Improved);

    const auto fell = compare(Kind::Nps, nps(12, 5, 3), nps(9, 6, 8));
    CHECK(fell->z == Approx(-1.54965113).margin(5e-8));
    CHECK(fell->p == Approx(.12122527).margin(5e-8));
    CHECK(fell->verdict == Verdict::NoClearChange);
}

TEST_CASE("compare: means by Welch", "[surveys]") {
    struct Expected {
        Kind kind;
        Histogram before, after;
        double difference, low, high, t, p, degrees;
    };
    const auto expected = GENERATE(values<Expected>({
        {Kind::Stars,
         {.count = {2, 1, 4, 8, 15}},
         {.count = {5, 6, 9, 6, 4}},
         -1.166666667,
         -1.805428348,
         -.527904986,
         -3.656547893,
         .000554810,
         57.622699474},
        {Kind::Emotion,
         {.count = {3, 7, 12, 20, 9}},
         {.count = {1, 2, 1, 9, 22}},
         .909803922,
         .449266995,
         1.370340848,
         3.932929775,
         .000180579,
         78.057673874},
        {Kind::Smiley5,
         {.count = {4, 2, 12, 23, 51}},
         {.count = {1, 1, 4, 8, 16}},
         -.416666667,
         -11.435282594,
         10.601949261,
         -.075955945,
         .939757691,
         49.928362840},
    }));
    const auto change = compare(expected.kind, expected.before, expected.after);
    REQUIRE(change);

    CHECK(change->difference == Approx(expected.difference).margin(5e-9));
    CHECK(change->interval.low == Approx(expected.low).margin(5e-8));
    CHECK(change->interval.high == Approx(expected.high).margin(5e-8));
    CHECK(change->z == Approx(expected.t).margin(5e-9));
    CHECK(change->p == Approx(expected.p).margin(5e-9));
    CHECK(*change->degrees == Approx(expected.degrees).margin(5e-8));
}

TEST_CASE("compare: verdicts are words", "[surveys]") {
    const auto [before, after, verdict] = GENERATE(table<std::int64_t, std::int64_t, std::string>({
        {50, 80, "improved"},
        {80, 50, "worse"},
        {80, 88, "no clear change"},
    }));
    CHECK(to_string(compare(Kind::Csat, csat(before, 100), csat(after, 100))->verdict) == verdict);
    CHECK(to_string(compare(Kind::Csat, csat(before / 10, 9), csat(after, 100))->verdict) == "not enough data");
    CHECK(to_string(compare(Kind::Csat, csat(before, 100), csat(after / 10, 9))->verdict) == "not enough data");
}

TEST_CASE("compare: effort is compared like satisfaction", "[surveys]") {
    const auto change = compare(Kind::Ces, {.count = {20, 0, 0, 0, 80}}, {.count = {0, 0, 12, 0, 0, 0, 88}});
    CHECK(change->z == Approx(1.539171082).margin(5e-9));
}

TEST_CASE("compare: nothing to compare", "[surveys]") {
    CHECK_FALSE(compare(Kind::Csat, {}, csat(5, 10)));
    CHECK_FALSE(compare(Kind::Csat, csat(5, 10), {}));
    CHECK_FALSE(compare(Kind::Multi, csat(5, 10), csat(5, 10)));
    CHECK_FALSE(compare(Kind::Csat, csat(-5, 10), csat(5, 10)));
    CHECK_FALSE(compare(Kind::Stars, csat(1, 1), csat(5, 10)));
    CHECK_FALSE(compare_shares(3, 2, 1, 2));
}

TEST_CASE("compare: without any spread the same is the same and another is another", "[surveys]") {
    const auto same = compare(Kind::Csat, csat(20, 20), csat(30, 30));
    CHECK(same->z == 0);
    CHECK(same->p == 1);
    CHECK(same->verdict == Verdict::NoClearChange);

    const auto stars = compare(Kind::Stars, {.count = {0, 0, 0, 20}}, {.count = {0, 0, 0, 0, 20}});
    REQUIRE(stars);
    CHECK(std::isfinite(stars->z));
    CHECK(stars->verdict == Verdict::Improved);
}
