#pragma once

#include "kiosk/theme.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// What a business gives of its own look; what is absent stays as it is.
struct BrandWishes {
    struct Accent {
        std::uint32_t accent = 0;                ///< 0xRRGGBB
        std::optional<std::uint32_t> on_accent;  ///< for words on it
    };
    std::string name;
    std::optional<Accent> light;
    std::optional<Accent> dark;
};

/// A picture of the business, in its own pixels.
struct LogoSize {
    int width = 0;
    int height = 0;
};

/// How the kiosk looks for this business. High contrast is always the kiosk's own.
struct Brand {
    std::string name;  ///< in place of the survey's title; empty: none
    Colours light = colours_of(Theme::Light);
    Colours dark = colours_of(Theme::Dark);
    std::optional<LogoSize> logo;       ///< for a light background
    std::optional<LogoSize> logo_dark;  ///< for a dark one

    [[nodiscard]] const Colours& colours(Theme theme) const;
    [[nodiscard]] const std::optional<LogoSize>& logo_on(Theme theme) const;
};

/// A brand whose colours can be read: an accent is a button's fill and the colour of links, so it has 4.5:1 against
/// its words, the background and the surface (WCAG 2.2, 1.4.3), which is more than the 3:1 of a control. One that has
/// not is darkened, on dark made lighter, until it has.
struct Branded {
    Brand brand;
    std::vector<std::string> notes;  ///< what became of which colour, for the log
};
[[nodiscard]] Branded make_brand(const BrandWishes& wishes);

}  // namespace milepost::kiosk
