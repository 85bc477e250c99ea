#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace milepost::kiosk {

enum class Theme { Light, Dark, HighContrast };
[[nodiscard]] std::optional<Theme> parse_theme(std::string_view text);

/// The colours of one theme, 0xRRGGBB, and how its controls are outlined. Sizes in reference pixels
/// (layout.h).
struct Colours {
    std::uint32_t background;
    std::uint32_t surface;
    std::uint32_t text;
    std::uint32_t secondary;
    std::uint32_t line;          ///< outlines that only decorate
    std::uint32_t control_line;  ///< outlines that say "touch me"
    std::uint32_t accent;
    std::uint32_t on_accent;
    std::uint32_t pressed;  ///< an accent-filled control under a finger
    std::uint32_t focus;
    std::uint32_t danger;
    std::uint32_t ok;
    std::uint32_t key;        ///< keys that type nothing
    std::uint32_t selection;  ///< behind selected letters of a field
    float border;             ///< width of outlines
    float shadow;             ///< blur radius of a card's shadow; 0: none
    float shadow_opacity;     ///< 0..1
};
[[nodiscard]] const Colours& colours_of(Theme theme);

/// WCAG 2.2 contrast ratio of two colours, 1..21.
[[nodiscard]] double contrast(std::uint32_t one, std::uint32_t other);

}  // namespace milepost::kiosk
