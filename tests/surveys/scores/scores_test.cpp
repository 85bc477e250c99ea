#include "surveys/scores/scores.h"

#include <catch2/catch.hpp>

#include <string>

using namespace milepost::surveys;

namespace {

Histogram csat(std::int64_t one, std::int64_t two, std::int64_t three, std::int64_t four, std::int64_t five) {
    return {.count = {one, two, three, four, five}};
}

/// Promoters, passives and detractors, spread over their values.
Histogram nps(std::int64_t promoters, std::int64_t passives, std::int64_t detractors) {
    return {.count = {detractors / 2, 0, 0, 0, 0, 0, detractors - detractors / 2, passives / 3, passives - passives / 3,
                      promoters / 4, promoters - promoters / 4}};
}

}  // namespace

// The golden values of metrics.md, "Uncertainty".
TEST_CASE("scores: Wilson intervals", "[surveys]") {
    const auto [k, n, low, high] = GENERATE(table<int, int, double, double>({
        {9, 10, .595850, .982124},
        {27, 30, .743789, .965400},
        {90, 100, .825634, .944771},
        {360, 400, .866689, .925701},
        {0, 10, 0, .277533},
        {10, 10, 1 - .277533, 1},
    }));
    const Interval interval = wilson(k, n);

    CHECK(interval.low == Approx(low).margin(5e-7));
    CHECK(interval.high == Approx(high).margin(5e-7));
}

TEST_CASE("scores: adjusted Wald intervals of the NPS", "[surveys]") {
    const auto [promoters, passives, detractors, low, high] = GENERATE(table<int, int, int, double, double>({
        {6, 2, 2, -12.59, 74.12},
        {18, 6, 6, 9.06, 63.67},
        {60, 20, 20, 23.38, 54.29},
        {240, 80, 80, 31.89, 47.51},
    }));
    const Interval interval = nps_interval(promoters, passives, detractors);

    CHECK(interval.low == Approx(low).margin(.005));
    CHECK(interval.high == Approx(high).margin(.005));
}

TEST_CASE("scores: the NPS interval stays on the scale", "[surveys]") {
    CHECK(nps_interval(10, 0, 0).high == 100);
    CHECK(nps_interval(0, 0, 10).low == -100);
}

TEST_CASE("scores: csat is the share of the two best values", "[surveys]") {
    const auto result = score(Kind::Csat, csat(1, 2, 7, 30, 60));
    REQUIRE(result);

    CHECK(result->value == Approx(90));
    CHECK(result->n == 100);
    CHECK(result->shown);
    CHECK(result->interval.low == Approx(82.5634).margin(5e-5));
    CHECK(result->interval.high == Approx(94.4771).margin(5e-5));
}

TEST_CASE("scores: nps is promoters minus detractors", "[surveys]") {
    const auto result = score(Kind::Nps, nps(5, 3, 2));
    REQUIRE(result);

    CHECK(result->value == Approx(30));
    CHECK(result->n == 10);
    CHECK(score(Kind::Nps, nps(6, 2, 2))->interval.low == Approx(-12.59).margin(.005));
    CHECK(score(Kind::Nps, nps(6, 2, 2))->interval.high == Approx(74.12).margin(.005));
}

TEST_CASE("scores: every value of a scale counts on its own side", "[surveys]") {
    const auto [kind, value, expected] = GENERATE(table<Kind, int, double>({
        {Kind::Csat, 1, 0},
        {Kind::Csat, 2, 0},
        {Kind::Csat, 3, 0},
        {Kind::Csat, 4, 100},
        {Kind::Csat, 5, 100},
        {Kind::Nps, 0, -100},
        {Kind::Nps, 1, -100},
        {Kind::Nps, 5, -100},
        {Kind::Nps, 6, -100},
        {Kind::Nps, 7, 0},
        {Kind::Nps, 8, 0},
        {Kind::Nps, 9, 100},
        {Kind::Nps, 10, 100},
    }));
    Histogram histogram;
    histogram.count[static_cast<std::size_t>(value - scale_of(kind)->least)] = 12;
    CAPTURE(to_string(kind), value);

    CHECK(score(kind, histogram)->value == Approx(expected));
}

TEST_CASE("scores: no answers is no score and never 0", "[surveys]") {
    CHECK_FALSE(score(Kind::Csat, {}));
    CHECK_FALSE(score(Kind::Nps, {}));
    CHECK_FALSE(score(Kind::Multi, csat(1, 1, 1, 1, 1)));
    CHECK_FALSE(score(Kind::Text, csat(1, 1, 1, 1, 1)));
}

TEST_CASE("scores: are shown from ten answers on", "[surveys]") {
    CHECK_FALSE(score(Kind::Csat, csat(0, 0, 0, 0, 9))->shown);
    CHECK(score(Kind::Csat, csat(0, 0, 0, 0, 10))->shown);
}

TEST_CASE("scores: sentiments of both scales and of nothing else", "[surveys]") {
    const auto sides = [](Kind kind) {
        std::string text;
        for (int value = scale_of(kind)->least; value <= scale_of(kind)->most; ++value) {
            switch (*sentiment_of(kind, value)) {
                case Sentiment::Negative:
                    text += '-';
                    break;
                case Sentiment::Neutral:
                    text += '0';
                    break;
                case Sentiment::Positive:
                    text += '+';
                    break;
            }
        }
        return text;
    };
    CHECK(sides(Kind::Csat) == "--0++");
    CHECK(sides(Kind::Nps) == "-------00++");
    CHECK_FALSE(sentiment_of(Kind::Csat, 0));
    CHECK_FALSE(sentiment_of(Kind::Csat, 6));
    CHECK_FALSE(sentiment_of(Kind::Nps, 11));
    CHECK_FALSE(sentiment_of(Kind::Text, 1));
}
