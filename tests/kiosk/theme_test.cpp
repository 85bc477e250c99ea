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
    // A check mark on its disc, the TEST badge: the background's colour on a filled shape.
    CHECK(contrast(colours.background, colours.ok) >= 4.5);
    CHECK(contrast(colours.background, colours.danger) >= 4.5);
    // What says that a key is held down, is active, or does something else than type.
    CHECK(contrast(colours.control_line, colours.key) >= 3);
    CHECK(contrast(colours.accent, colours.key) >= 3);
    CHECK(contrast(colours.focus, colours.key) >= 3);
    // The caret and the outline of a field, in which letters may be selected.
    CHECK(contrast(colours.accent, colours.surface) >= 3);
    CHECK(contrast(colours.danger, colours.surface) >= 3);
    // A switch: its knob on its track, the mark on the knob.
    CHECK(contrast(colours.control_line, colours.surface) >= 3);
    CHECK(contrast(colours.accent, colours.on_accent) >= 4.5);
}
