#include "kiosk/theme.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk {

namespace {

constexpr Colours kLight{.background = 0xF6F7FA,
                         .surface = 0xFFFFFF,
                         .text = 0x121826,
                         .secondary = 0x4B5567,
                         .line = 0xC9CFDA,
                         .control_line = 0x7A8599,
                         .accent = 0x1F5FD0,
                         .on_accent = 0xFFFFFF,
                         .pressed = 0x174AA6,
                         .focus = 0x0B1F66,
                         .danger = 0xB3261E,
                         .ok = 0x0F6B4F,
                         .key = 0xE4E9F2,
                         .selection = 0xBFD3F7,
                         .border = 1.5F,
                         .shadow = 16,
                         .shadow_opacity = 0.12F};

constexpr Colours kDark{.background = 0x0E131C,
                        .surface = 0x181F2B,
                        .text = 0xF3F5F9,
                        .secondary = 0xB4BECF,
                        .line = 0x334055,
                        .control_line = 0x8A97AD,
                        .accent = 0x7FB0FF,
                        .on_accent = 0x0B1730,
                        .pressed = 0xA8C9FF,
                        .focus = 0xFFD54A,
                        .danger = 0xFF8A80,
                        .ok = 0x6FD6A9,
                        .key = 0x2A3446,
                        .selection = 0x27406E,
                        .border = 1.5F,
                        .shadow = 16,
                        .shadow_opacity = 0.35F};

constexpr Colours kHighContrast{.background = 0x000000,
                                .surface = 0x000000,
                                .text = 0xFFFFFF,
                                .secondary = 0xFFFFFF,
                                .line = 0xFFFFFF,
                                .control_line = 0xFFFFFF,
                                .accent = 0xFFE600,
                                .on_accent = 0x000000,
                                .pressed = 0xFFFFFF,
                                .focus = 0x00E5FF,
                                .danger = 0xFFFFFF,
                                .ok = 0xFFFFFF,
                                .key = 0x000000,
                                .selection = 0x00569C,
                                .border = 4,
                                .shadow = 0,
                                .shadow_opacity = 0};

/// One channel of sRGB, made linear (WCAG 2.2, "relative luminance").
double linear(std::uint32_t channel) {
    const double part = static_cast<double>(channel & 0xFF) / 255;
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(std::uint32_t rgb) {
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
}

}  // namespace

std::optional<Theme> parse_theme(std::string_view text) {
    if (text == "light") {
        return Theme::Light;
    }
    if (text == "dark") {
        return Theme::Dark;
    }
    if (text == "high-contrast") {
        return Theme::HighContrast;
    }
    return std::nullopt;
}

const Colours& colours_of(Theme theme) {
    switch (theme) {
        case Theme::Dark:
            return kDark;
        case Theme::HighContrast:
            return kHighContrast;
        case Theme::Light:
            break;
    }
    return kLight;
}

double contrast(std::uint32_t one, std::uint32_t other) {
    const auto [dark, bright] = std::minmax({luminance(one), luminance(other)});
    return (bright + 0.05) / (dark + 0.05);
}

}  // namespace milepost::kiosk
