#include "kiosk/theme.h"

#include <catch2/catch.hpp>

using namespace milepost::kiosk;

TEST_CASE("theme: the contrast of black on white is 21 and of a colour on itself 1") {
    CHECK(contrast(0x000000, 0xFFFFFF) == Approx(21));
    CHECK(contrast(0x7A8599, 0x7A8599) == Approx(1));
}

TEST_CASE("theme: every text reads and every control shows in every theme") {
    const Theme theme = GENERATE(Theme::Light, Theme::Dark, Theme::HighContrast);
    const Colours& colours = colours_of(theme);
    for (const std::uint32_t behind : {colours.background, colours.surface}) {
        CHECK(contrast(colours.text, behind) >= 7);
        CHECK(contrast(colours.secondary, behind) >= 4.5);
        CHECK(contrast(colours.accent, behind) >= 4.5);  // links
        CHECK(contrast(colours.danger, behind) >= 4.5);
        CHECK(contrast(colours.ok, behind) >= 4.5);
        CHECK(contrast(colours.control_line, behind) >= 3);
        CHECK(contrast(colours.focus, behind) >= 3);
    }
    CHECK(contrast(colours.text, colours.key) >= 7);
    CHECK(contrast(colours.text, colours.selection) >= 7);
    CHECK(contrast(colours.on_accent, colours.accent) >= 4.5);
    CHECK(contrast(colours.on_accent, colours.pressed) >= 4.5);
}
