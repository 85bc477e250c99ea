// Expected values: metrics.md, and where it has none scipy 1.10.1 of Debian 12 (stats.t.ppf over the answers written
// out one by one).
#include "surveys/scores/scores.h"

#include <catch2/catch.hpp>

#include <limits>
#include <string>

using namespace milepost::surveys;

namespace {

constexpr std::int64_t kHuge = std::int64_t{1} << 62U;

Histogram csat(std::int64_t one, std::int64_t two, std::int64_t three, std::int64_t four, std::int64_t five) {
    return {.count = {one, two, three, four, five}};
}

/// Promoters, passives and detractors, spread over their values.
Histogram nps(std::int64_t promoters, std::int64_t passives, std::int64_t detractors) {
    return {.count = {detractors / 2, 0, 0, 0, 0, 0, detractors - detractors / 2, passives / 3, passives - passives / 3,
                      promoters / 4, promoters - promoters / 4}};
}

}  // namespace

TEST_CASE("scores: each kind has its own", "[surveys]") {
    struct Expected {
        Kind kind;
        Histogram histogram;
        double value, low, high;
    };
    const auto expected = GENERATE(values<Expected>({
        {Kind::Csat, {.count = {1, 2, 7, 30, 60}}, 90, 82.5634338, 94.4770863},
        {Kind::Nps, nps(5, 3, 2), 30, -19.0506154, 65.2044615},
        {Kind::Nps, nps(6, 2, 2), 40, -12.5855800, 74.1240415},
        {Kind::Ces, {.count = {1, 2, 3, 10, 20, 30, 34}}, 84, 75.5797306, 89.9047115},
        {Kind::Emotion, {.count = {3, 7, 12, 20, 9}}, .49019608, .17512798, .80526417},
        {Kind::Emotion, {.count = {1, 2, 1, 3, 3}}, .5, -.52562213, 1.52562213},
        {Kind::Smiley4, {.count = {17, 16, 60, 126}}, 78.23439878, 74.16002523, 82.30877234},
        {Kind::Smiley5, {.count = {4, 2, 12, 23, 51}}, 81.25, 75.78884345, 86.71115655},
        {Kind::Stars, {.count = {2, 1, 4, 8, 15}}, 4.1, 3.65763612, 4.54236388},
        {Kind::Stars, {.count = {0, 0, 0, 1, 11}}, 4.91666667, 4.73325124, 5},
    }));
    const auto result = score(expected.kind, expected.histogram);
    CAPTURE(to_string(expected.kind));
    REQUIRE(result);

    CHECK(result->value == Approx(expected.value).margin(5e-7));
    CHECK(result->interval.low == Approx(expected.low).margin(5e-7));
    CHECK(result->interval.high == Approx(expected.high).margin(5e-7));
    CHECK(result->n == expected.histogram.total());
    CHECK(result->shown);
}

TEST_CASE("scores: every value of a scale counts for what it is", "[surveys]") {
    const auto [kind, expected] = GENERATE(table<Kind, std::vector<double>>({
        {Kind::Csat, {0, 0, 0, 100, 100}},
        {Kind::Nps, {-100, -100, -100, -100, -100, -100, -100, 0, 0, 100, 100}},
        {Kind::Ces, {0, 0, 0, 0, 100, 100, 100}},
        {Kind::Emotion, {-2, -1, 0, 1, 2}},
        {Kind::Smiley4, {0, 100 / 3., 200 / 3., 100}},
        {Kind::Smiley5, {0, 25, 50, 75, 100}},
        {Kind::Stars, {1, 2, 3, 4, 5}},
    }));
    CAPTURE(to_string(kind));
    REQUIRE(expected.size() == static_cast<std::size_t>(scale_of(kind)->size()));
    for (std::size_t i = 0; i < expected.size(); ++i) {
        Histogram histogram;
        histogram.count.at(i) = 12;
        CHECK(score(kind, histogram)->value == Approx(expected[i]).margin(1e-12));
    }
}

TEST_CASE("scores: no answers is no score and never 0", "[surveys]") {
    for (const auto& [kind, name] : kKinds) {
        CAPTURE(name);
        CHECK_FALSE(score(kind, {}));
        CHECK_FALSE(mean_score(kind, {}));
        CHECK_FALSE(emotion_equivalent(kind, Histogram{}));
        CHECK(score(kind, {.count = {3}}).has_value() == scale_of(kind).has_value());
    }
    CHECK_FALSE(number_score({}));
    CHECK_FALSE(option_share(0, 0));
}

TEST_CASE("scores: what is no histogram of the kind has no score", "[surveys]") {
    CHECK_FALSE(score(Kind::Csat, csat(-1, 0, 0, 5, 5)));
    CHECK_FALSE(score(Kind::Stars, csat(-1, 0, 0, 5, 5)));
    CHECK_FALSE(score(Kind::Smiley4, csat(1, 1, 1, 1, 1)));
    CHECK_FALSE(score(Kind::Csat, {.count = {0, 0, 0, 0, 0, 9}}));
    CHECK_FALSE(mean_score(Kind::Ces, csat(-1, 0, 0, 5, 5)));
}

TEST_CASE("scores: are shown from ten answers on", "[surveys]") {
    CHECK_FALSE(score(Kind::Csat, csat(0, 0, 0, 0, 9))->shown);
    CHECK(score(Kind::Csat, csat(0, 0, 0, 0, 10))->shown);
    CHECK_FALSE(score(Kind::Emotion, csat(0, 0, 0, 0, 9))->shown);
    CHECK(score(Kind::Emotion, csat(0, 0, 0, 0, 10))->shown);
    CHECK_FALSE(option_share(3, 9)->shown);
    CHECK(option_share(3, 10)->shown);
}

TEST_CASE("scores: of one answer a mean may be anything", "[surveys]") {
    CHECK(score(Kind::Stars, csat(0, 0, 1, 0, 0))->interval == Interval{1, 5});
    CHECK(score(Kind::Emotion, csat(0, 0, 1, 0, 0))->interval == Interval{-2, 2});
    CHECK(score(Kind::Smiley5, csat(0, 0, 1, 0, 0))->interval == Interval{0, 100});
}

TEST_CASE("scores: huge counts are shares like small ones", "[surveys]") {
    CHECK(score(Kind::Csat, csat(kHuge, 0, 0, kHuge / 2, kHuge / 2))->value == Approx(50));
    CHECK(score(Kind::Nps, nps(kHuge, 0, 0))->value == Approx(100));
    CHECK(score(Kind::Emotion, csat(kHuge, 0, 0, 0, kHuge))->value == Approx(0).margin(1e-9));
    const auto full = score(Kind::Stars, csat(kHuge, kHuge, kHuge, kHuge, kHuge));
    REQUIRE(full);
    CHECK(full->value == Approx(3));
    CHECK(full->n == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("scores: the mean stands beside the effort", "[surveys]") {
    const auto mean = mean_score(Kind::Ces, {.count = {1, 2, 3, 10, 20, 30, 34}});
    REQUIRE(mean);

    CHECK(mean->value == Approx(5.72));
    CHECK(mean->interval.low == Approx(5.45986410).margin(5e-7));
    CHECK(mean->interval.high == Approx(5.98013590).margin(5e-7));
}

TEST_CASE("scores: an option's share is of those who were asked", "[surveys]") {
    const auto share = option_share(9, 10);
    REQUIRE(share);

    CHECK(share->value == Approx(.9));
    CHECK(share->interval.low == Approx(.595850).margin(5e-7));
    CHECK(share->n == 10);
    CHECK_FALSE(option_share(11, 10));
    CHECK_FALSE(option_share(-1, 10));
}

TEST_CASE("scores: a number's mean keeps its digits far from zero", "[surveys]") {
    const auto [moments, mean, low, high] = GENERATE(table<Moments, double, double, double>({
        {{.n = 11, .sum = 58, .sum_squares = 442}, 5.2727272727, 2.7935620390, 7.7518925065},
        {{.n = 11, .sum = 11000058, .sum_squares = 11000116000442},
         1000005.2727272727,
         1000002.7935620390,
         1000007.7518925065},
    }));
    const auto result = number_score(moments);
    REQUIRE(result);
    REQUIRE(result->interval);

    CHECK(result->mean == Approx(mean).epsilon(0).margin(1e-8));
    CHECK(result->interval->low == Approx(low).epsilon(0).margin(1e-8));
    CHECK(result->interval->high == Approx(high).epsilon(0).margin(1e-8));
}

TEST_CASE("scores: sums that no numbers have are no mean", "[surveys]") {
    CHECK_FALSE(number_score({.n = 2, .sum = 10, .sum_squares = 40}));
    CHECK_FALSE(number_score({.n = -1, .sum = 1, .sum_squares = 1}));
    CHECK_FALSE(number_score({.n = 1, .sum = 7, .sum_squares = 49})->interval);
}

TEST_CASE("scores: emotion equivalents of the other kinds", "[surveys]") {
    const auto [kind, expected] = GENERATE(table<Kind, std::vector<double>>({
        {Kind::Csat, {-2, -1, 0, 1, 2}},
        {Kind::Nps, {-2, -2, -2, -2, -2, -2, -2, 0, 0, 2, 2}},
        {Kind::Ces, {-2, -4 / 3., -2 / 3., 0, 2 / 3., 4 / 3., 2}},
        {Kind::Emotion, {-2, -1, 0, 1, 2}},
        {Kind::Smiley4, {-2, -2 / 3., 2 / 3., 2}},
        {Kind::Smiley5, {-2, -1, 0, 1, 2}},
        {Kind::Stars, {-2, -1, 0, 1, 2}},
    }));
    CAPTURE(to_string(kind));
    for (int i = 0; i < scale_of(kind)->size(); ++i) {
        Histogram one;
        one.count.at(static_cast<std::size_t>(i)) = 1;
        CHECK(*emotion_equivalent(kind, scale_of(kind)->least + i) == Approx(expected.at(i)).margin(1e-12));
        CHECK(emotion_equivalent(kind, one)->value == Approx(expected.at(i)).margin(1e-12));
    }
    CHECK_FALSE(emotion_equivalent(kind, scale_of(kind)->least - 1));
    CHECK_FALSE(emotion_equivalent(kind, scale_of(kind)->most + 1));
    CHECK_FALSE(emotion_equivalent(Kind::Number, 1));
}

TEST_CASE("scores: equivalents of several answers are their mean", "[surveys]") {
    const auto result = emotion_equivalent(Kind::Nps, nps(5, 3, 2));
    REQUIRE(result);

    CHECK(result->value == Approx(.6));
    // scipy: t interval of 5 times 2, 3 times 0 and 2 times -2
    CHECK(result->interval.low == Approx(-.5778675).margin(5e-6));
    CHECK(result->interval.high == Approx(1.7778675).margin(5e-6));
}

TEST_CASE("scores: sides are told apart by sentiment", "[surveys]") {
    const auto counted = sides(Kind::Ces, {.count = {1, 2, 3, 10, 20, 30, 34}});
    REQUIRE(counted);

    CHECK(counted->negative == 6);
    CHECK(counted->neutral == 10);
    CHECK(counted->positive == 84);
    CHECK(sides(Kind::Smiley4, {.count = {1, 2, 4, 8}})->neutral == 0);
}
