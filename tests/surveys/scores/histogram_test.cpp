#include "surveys/scores/histogram.h"

#include <catch2/catch.hpp>

#include <limits>

using namespace milepost;
using namespace milepost::surveys;

namespace {
constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();
}

TEST_CASE("histogram: counts are written from the lowest value to the highest and read back", "[surveys]") {
    const Histogram histogram{.count = {3, 0, 1, 0, 9}};

    CHECK(to_text(Kind::Csat, histogram) == "3,0,1,0,9");
    CHECK(parse_histogram(Kind::Csat, "3,0,1,0,9") == histogram);
    CHECK(parse_histogram(Kind::Csat, " 3 ,\t0, 1,0 ,9 ") == histogram);
    CHECK(to_text(Kind::Nps, {}) == "0,0,0,0,0,0,0,0,0,0,0");
    CHECK(to_text(Kind::Text, histogram).empty());
}

TEST_CASE("histogram: what is no histogram of the kind is refused and said why", "[surveys]") {
    const auto [kind, text, word] = GENERATE(table<Kind, std::string, std::string>({
        {Kind::Csat, "1,2,3,4", "5 counts"},
        {Kind::Csat, "1,2,3,4,5,6", "not 6"},
        {Kind::Csat, "1,2,-3,4,5", "count 3, '-3'"},
        {Kind::Csat, "1,2,3,,5", "count 4, ''"},
        {Kind::Csat, "1,2,3,4,5x", "'5x'"},
        {Kind::Csat, "1,2,3,4,9223372036854775808", "'9223372036854775808'"},
        {Kind::Csat, "", "count 1"},
        {Kind::Multi, "1,2", "no scale"},
    }));
    const auto read = parse_histogram(kind, text);

    REQUIRE_FALSE(read);
    CHECK(read.error().fault == Fault::Invalid);
    CHECK_THAT(read.error().message, Catch::Contains(word));
}

TEST_CASE("histogram: nothing is left of less", "[surveys]") {
    const Histogram whole{.count = {3, 2}};

    CHECK(subtract(whole, {.count = {1, 2}}) == Histogram{.count = {2, 0}});
    CHECK_FALSE(subtract(whole, {.count = {0, 3}}));
    CHECK_FALSE(subtract({.count = {-kHuge}}, {.count = {kHuge}}));
    CHECK_FALSE(subtract({}, {.count = {std::numeric_limits<std::int64_t>::min()}}));
}

TEST_CASE("histogram: sums stop at the ends of their type", "[surveys]") {
    Histogram histogram{.count = {kHuge, kHuge, -5}};

    CHECK(Histogram{.count = {kHuge, 1}}.total() == kHuge);
    histogram += Histogram{.count = {1, -1, -kHuge}};
    CHECK(histogram == Histogram{.count = {kHuge, kHuge - 1, std::numeric_limits<std::int64_t>::min()}});
}

TEST_CASE("histogram: fits a scale without negative counts and without counts beyond it", "[surveys]") {
    CHECK(fits({.count = {1, 2, 3, 4, 5}}, {1, 5}));
    CHECK_FALSE(fits({.count = {1, 2, 3, 4, 5, 6}}, {1, 5}));
    CHECK_FALSE(fits({.count = {1, -1}}, {1, 5}));
}

TEST_CASE("histogram: moments are of the scale's own values", "[surveys]") {
    CHECK(moments(Kind::Emotion, {.count = {3, 7, 12, 20, 9}}) == Moments{.n = 51, .sum = 25, .sum_squares = 75});
    CHECK(moments(Kind::Stars, {.count = {2, 1, 4, 8, 15}}) == Moments{.n = 30, .sum = 123, .sum_squares = 545});
    CHECK_FALSE(moments(Kind::Text, {}));
    CHECK_FALSE(moments(Kind::Stars, {.count = {-1}}));
}

TEST_CASE("histogram: moments of numbers add up", "[surveys]") {
    Moments first;
    for (const int value : {3, 5, 8, -1}) first.add(value);
    Moments second;
    second.add(10);
    second += first;

    CHECK(second == Moments{.n = 5, .sum = 25, .sum_squares = 199});
    second.add(kHuge);
    CHECK(second.sum_squares == kHuge);
}
