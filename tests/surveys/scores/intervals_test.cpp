// Expected values: metrics.md, and where it has none scipy 1.10.1 and statsmodels 0.13.5 of Debian 12
// (proportion_confint(method='wilson'), stats.t.ppf, stats.t.sf, stats.norm.sf).
#include "surveys/scores/intervals.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace milepost::surveys;

TEST_CASE("intervals: Wilson", "[surveys]") {
    const auto [k, n, low, high] = GENERATE(table<int, int, double, double>({
        {9, 10, .595850, .982124},
        {27, 30, .743789, .965400},
        {90, 100, .825634, .944771},
        {360, 400, .866689, .925701},
        {0, 10, 0, .277533},
        {10, 10, 1 - .277533, 1},
        {1, 1, .206549314, 1},
        {13, 47, .169365634, .417585636},
        {999, 1000, .994357441, .999823454},
        {3, 7, .158219855, .749541635},
        {250, 1234, .181106421, .225925881},
        {12, 12, .757505993, 1},
    }));
    const Interval interval = wilson(k, n);

    CHECK(interval.low == Approx(low).margin(5e-7));
    CHECK(interval.high == Approx(high).margin(5e-7));
}

TEST_CASE("intervals: Wilson of no sample is the whole range and of a wrong count its nearest end", "[surveys]") {
    CHECK(wilson(0, 0) == Interval{0, 1});
    CHECK(wilson(-3, -1) == Interval{0, 1});
    CHECK(wilson(12, 10) == wilson(10, 10));
    CHECK(wilson(-2, 10) == wilson(0, 10));
}

TEST_CASE("intervals: adjusted Wald of the NPS", "[surveys]") {
    const auto [promoters, passives, detractors, low, high] = GENERATE(table<int, int, int, double, double>({
        {6, 2, 2, -12.585580, 74.124042},
        {18, 6, 6, 9.058190, 63.669083},
        {60, 20, 20, 23.379880, 54.290022},
        {240, 80, 80, 31.890758, 47.513708},
        {5, 3, 2, -19.050615, 65.204462},
        {33, 12, 47, -33.124883, 3.651199},
        {1, 0, 0, -48.498649, 98.498649},
    }));
    const Interval interval = nps_interval(promoters, passives, detractors);

    CHECK(interval.low == Approx(low).margin(5e-6));
    CHECK(interval.high == Approx(high).margin(5e-6));
}

TEST_CASE("intervals: that of the NPS stays on its scale", "[surveys]") {
    CHECK(nps_interval(10, 0, 0).high == 100);
    CHECK(nps_interval(0, 0, 10).low == -100);
    CHECK(nps_interval(-5, -5, -5) == nps_interval(0, 0, 0));
}

TEST_CASE("intervals: quantiles of Student's t", "[surveys]") {
    const auto [degrees, quantile] = GENERATE(table<double, double>({
        {1, 12.7062047364},
        {2, 4.3026527299},
        {3, 3.1824463053},
        {9, 2.2621571627},
        {29, 2.0452296421},
        {99, 1.9842169515},
        {1000, 1.9623390808},
        {1023, 1.9622856196},
        {1024, 1.9622833498},
        {1025, 1.9622810844},
        {5000, 1.9604385517},
        {100000, 1.9599877075},
        {2.5, 3.5746548420},
        {17.31, 2.1069409958},
        {1e18, 1.9599639845},
    }));
    CHECK(t_quantile(degrees) == Approx(quantile).margin(1e-9));
}

TEST_CASE("intervals: no degrees of freedom have an infinite quantile", "[surveys]") {
    CHECK(std::isinf(t_quantile(0)));
    CHECK(std::isinf(t_quantile(-1)));
    CHECK(std::isinf(t_quantile(std::nan(""))));
    CHECK(std::isfinite(t_quantile(.5)));
}

TEST_CASE("intervals: two-sided probabilities", "[surveys]") {
    CHECK(p_of_z(0) == 1);
    CHECK(p_of_z(-1.959963984540054) == Approx(.05).margin(1e-12));
    CHECK(p_of_z(1e300) == 0);
    CHECK(p_of_t(0, 5) == Approx(1));
    CHECK(p_of_t(2.2621571627409915, 9) == Approx(.05).margin(1e-9));
    CHECK(p_of_t(-2.2621571627409915, 9) == Approx(.05).margin(1e-9));
    CHECK(p_of_t(std::numeric_limits<double>::infinity(), 9) == 0);
    CHECK(p_of_t(1, 0) == 1);
    CHECK(p_of_t(std::nan(""), 9) == 1);
}

TEST_CASE("intervals: one answer says nothing about its spread", "[surveys]") {
    CHECK_FALSE(t_interval({.n = 1, .mean = 3}));
    CHECK_FALSE(t_interval({}));
    CHECK(t_interval({.n = 2, .mean = 3, .deviations = .5}));
}

TEST_CASE("intervals: equal answers are as certain as if one had been a step off", "[surveys]") {
    const auto equal = t_interval({.n = 10, .mean = 5, .deviations = 0, .step = 1});
    const auto almost = t_interval({.n = 10, .mean = 5, .deviations = .9, .step = 1});
    REQUIRE(equal);

    CHECK(equal == almost);
    CHECK(equal->high - 5 == Approx(.22621571627));  // t(9)/10
}
