#include "kiosk/flaws.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace milepost;
using namespace milepost::kiosk;

namespace {

/// A screen that a test draws as badly as it likes.
struct Bad {
    Ruler ruler{platform::Typesetter::make().value()};
    Layout layout{1280, 800, 257};
    Touch touch{layout};
    Ui ui{ruler, touch, layout, {}, {}};

    bool tells(const std::string& what) {
        return std::ranges::any_of(flaws_of(ruler, ui),
                                   [&](const std::string& flaw) { return flaw.find(what) != std::string::npos; });
    }
};

constexpr const char* kLong = "A sentence that is much longer than the little room that it is given here by a test";

}  // namespace

TEST_CASE("flaws: a screen with nothing wrong has none") {
    Bad good;
    good.ui.panel({.radius = 20}, {100, 100, 400, 200});
    good.ui.text("All is well", {.size = 32}, {120, 120, 360, 160});
    good.ui.button("button", {600, 400, 200, 120});
    CHECK(flaws_of(good.ruler, good.ui).empty());
}

TEST_CASE("flaws: a text that ends in an ellipsis is told") {
    Bad bad;
    bad.ui.text(kLong, {.size = 32, .most_lines = 1}, {100, 100, 300, 60});
    CHECK(bad.tells("is cut"));
}

TEST_CASE("flaws: a word that is broken for want of room is told") {
    Bad bad;
    bad.ui.text("Unzufriedenheit", {.size = 40}, {100, 100, 120, 200});
    CHECK(bad.tells("broken within a word"));
}

TEST_CASE("flaws: a text smaller than people can read is told") {
    Bad bad;
    bad.ui.text("Small", {.size = 20}, {100, 100, 300, 60});
    CHECK(bad.tells("where 22.0 is the least"));
}

TEST_CASE("flaws: a character that our fonts lack is told") {
    Bad bad;
    bad.ui.text("Egypt \U00013000", {.size = 32}, {100, 100, 300, 60});
    CHECK(bad.tells("no font of ours"));
}

TEST_CASE("flaws: a text over the edge of the glass is told") {
    Bad bad;
    bad.ui.text("Over the edge", {.size = 32, .align = platform::Align::Start}, {1200, 100, 300, 60});
    CHECK(bad.tells("edge of the glass"));
}

TEST_CASE("flaws: a text that leaves its panel is told") {
    Bad bad;
    bad.ui.panel({.radius = 20}, {100, 100, 120, 80});
    bad.ui.text("Wider than its panel", {.size = 32}, {0, 100, 320, 80});
    CHECK(bad.tells("runs over its panel"));
}

TEST_CASE("flaws: two texts on each other and a text on a face are told") {
    Bad bad;
    bad.ui.text("One", {.size = 40}, {100, 100, 300, 60});
    bad.ui.text("Two", {.size = 40}, {110, 105, 300, 60});
    CHECK(bad.tells("'Two'"));
    Bad face;
    face.ui.face(3, {100, 100, 170, 170});
    face.ui.text("On it", {.size = 40}, {100, 150, 170, 60});
    CHECK(face.tells("picture"));
}

TEST_CASE("flaws: a panel that hides a text is told") {
    Bad bad;
    bad.ui.text("Hidden", {.size = 40}, {100, 100, 300, 60});
    bad.ui.panel({.radius = 20}, {90, 90, 400, 100});
    CHECK(bad.tells("panel"));
}

TEST_CASE("flaws: what is too small to touch or lies on something else to touch is told") {
    Bad bad;
    bad.ui.button("small", {100, 100, 100, 200}, Ui::Enabled::Yes, Ui::Reach::AsItIs);
    CHECK(bad.tells("\"small\" is too small to touch"));
    bad.ui.button("near", {180, 100, 150, 200}, Ui::Enabled::Yes, Ui::Reach::AsItIs);
    CHECK(bad.tells("\"near\""));
    bad.ui.button("outside", {1200, 600, 150, 150}, Ui::Enabled::Yes, Ui::Reach::AsItIs);
    CHECK(bad.tells("outside the glass"));
}
