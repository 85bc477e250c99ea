#include "surveys/scores/suppression.h"

#include <catch2/catch.hpp>

#include <string>

using namespace milepost::surveys;

namespace {

/// "(+ 100 (- 5) (+ 95))": what is shown of a tree.
std::string told(const Cell& cell) {
    std::string text = (cell.shown ? "+" : "-") + std::to_string(cell.n);
    if (cell.children.empty()) return text;
    text += "(";
    for (const Cell& child : cell.children) text += (text.back() == '(' ? "" : " ") + told(child);
    return text + ")";
}

std::string suppressed(Cell cell) {
    suppress(cell);
    return told(cell);
}

}  // namespace

TEST_CASE("suppression: the limits of metrics.md", "[surveys]") {
    CHECK(kDefaultLimits.score == 10);
    CHECK(kDefaultLimits.comments == 8);
    CHECK(kDefaultLimits.ranking == 30);
    CHECK(kDefaultLimits.position == 100);
}

TEST_CASE("suppression: a score that is not shown says why", "[surveys]") {
    CHECK(too_few(7) == "n = 7, too few");
    CHECK(too_few(9) == "n = 9, too few");
    CHECK(too_few(10).empty());
    CHECK(too_few(0) == "no answers");
    CHECK(too_few(7, kDefaultLimits.comments) == "n = 7, too few");
    CHECK(too_few(8, kDefaultLimits.comments).empty());
}

TEST_CASE("suppression: one hidden child takes the next smallest with it", "[surveys]") {
    CHECK(suppressed(Cell{100, {Cell{50}, Cell{5}, Cell{45}}}) == "+100(+50 -5 -45)");
    CHECK(suppressed(Cell{100, {Cell{47}, Cell{47}, Cell{6}}}) == "+100(-47 +47 -6)");
}

TEST_CASE("suppression: two hidden children hide each other", "[surveys]") {
    CHECK(suppressed(Cell{100, {Cell{50}, Cell{5}, Cell{4}, Cell{41}}}) == "+100(+50 -5 -4 +41)");
    CHECK(suppressed(Cell{30, {Cell{10}, Cell{20}}}) == "+30(+10 +20)");
}

TEST_CASE("suppression: a child without answers hides nothing", "[surveys]") {
    CHECK(suppressed(Cell{100, {Cell{50}, Cell{5}, Cell{0}, Cell{45}}}) == "+100(+50 -5 -0 -45)");
    CHECK(suppressed(Cell{20, {Cell{0}, Cell{20}}}) == "+20(-0 +20)");
}

TEST_CASE("suppression: a hidden parent gives its children away to nobody", "[surveys]") {
    CHECK(suppressed(Cell{9, {Cell{5}, Cell{4}}}) == "-9(-5 -4)");
    CHECK(suppressed(Cell{12, {Cell{12}}}) == "+12(+12)");
}

TEST_CASE("suppression: what is hidden for another's sake does not come out of its parts", "[surveys]") {
    const Cell tree{200, {Cell{5}, Cell{60, {Cell{20}, Cell{40, {Cell{15}, Cell{25}}}}}, Cell{135}}};
    CHECK(suppressed(tree) == "+200(-5 -60(-20 +40(+15 +25)) +135)");

    const Cell deep{200, {Cell{5}, Cell{60, {Cell{60, {Cell{25}, Cell{35}}}}}, Cell{135}}};
    CHECK(suppressed(deep) == "+200(-5 -60(-60(-25 +35)) +135)");
}

TEST_CASE("suppression: every level keeps its own secrets", "[surveys]") {
    const Cell tree{150, {Cell{50, {Cell{6}, Cell{14}, Cell{30}}}, Cell{100, {Cell{50}, Cell{50}}}}};
    CHECK(suppressed(tree) == "+150(+50(-6 -14 +30) +100(+50 +50))");
}

TEST_CASE("suppression: the limit can be another and counts may be wrong", "[surveys]") {
    Cell tree{100, {Cell{50}, Cell{25}, Cell{25}}};
    suppress(tree, 30);
    CHECK(told(tree) == "+100(+50 -25 -25)");
    suppress(tree, 0);
    CHECK(told(tree) == "+100(+50 +25 +25)");
    CHECK(suppressed(Cell{-3, {Cell{-5}}}) == "--3(--5)");
}
