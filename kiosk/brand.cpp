#include "kiosk/brand.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace milepost::kiosk {

namespace {

constexpr double kText = 4.5;
constexpr int kSteps = 100;
constexpr std::uint32_t kWhite = 0xFFFFFF;
constexpr std::uint32_t kBlack = 0x000000;

/// `share` of 0 is the one, of 1 the other.
std::uint32_t mixed(std::uint32_t one, std::uint32_t other, double share) {
    const auto channel = [&](unsigned shift) {
        const double from = (one >> shift) & 0xFFU;
        const double to = (other >> shift) & 0xFFU;
        return static_cast<std::uint32_t>(std::lround(from + (to - from) * share)) << shift;
    };
    return channel(16) | channel(8) | channel(0);
}

bool stands_out(std::uint32_t accent, const Colours& on) {
    return contrast(accent, on.background) >= kText && contrast(accent, on.surface) >= kText;
}

/// What was asked for if it can be read on the accent, else the theme's own, else black or white.
std::uint32_t words_on(std::uint32_t accent, const BrandWishes::Accent& wish, const Colours& theme) {
    for (const std::uint32_t words : {wish.on_accent.value_or(theme.on_accent), theme.on_accent}) {
        if (contrast(accent, words) >= kText) return words;
    }
    return contrast(accent, kWhite) >= contrast(accent, kBlack) ? kWhite : kBlack;
}

/// The first towards `end` that stands out.
std::uint32_t readable(std::uint32_t accent, std::uint32_t end, const Colours& theme) {
    for (int step = 0; step < kSteps; ++step) {
        const std::uint32_t tried = mixed(accent, end, static_cast<double>(step) / kSteps);
        if (stands_out(tried, theme)) return tried;
    }
    return end;
}

/// What lies behind letters: as much of the accent as leaves them readable.
std::uint32_t behind_letters(std::uint32_t accent, const Colours& theme) {
    for (const double share : {0.30, 0.22, 0.15, 0.08}) {
        const std::uint32_t tried = mixed(theme.surface, accent, share);
        if (contrast(tried, theme.text) >= kText) return tried;
    }
    return theme.selection;
}

Colours coloured(Colours theme, const char* name, const BrandWishes::Accent& wish, std::uint32_t end,
                 std::vector<std::string>& notes) {
    const std::uint32_t accent = readable(wish.accent, end, theme);
    const std::uint32_t words = words_on(accent, wish, theme);
    const double against = std::min(contrast(wish.accent, theme.background), contrast(wish.accent, theme.surface));
    if (accent != wish.accent) {
        notes.push_back(
            fmt::format("brand, {} theme: the accent #{:06X} has {:.1f}:1 against the background where {}:1 "
                        "is needed; it is shown as #{:06X}",
                        name, wish.accent, std::floor(against * 10) / 10, kText, accent));
    }
    if (wish.on_accent && words != *wish.on_accent) {
        notes.push_back(
            fmt::format("brand, {} theme: on_accent #{:06X} cannot be read on #{:06X}; words on it are "
                        "#{:06X}",
                        name, *wish.on_accent, accent, words));
    }
    theme.accent = accent;
    theme.on_accent = words;
    // Away from the words on it, so that they stay readable.
    theme.pressed = mixed(accent, contrast(words, kWhite) < contrast(words, kBlack) ? kBlack : kWhite, 0.25);
    theme.selection = behind_letters(accent, theme);
    return theme;
}

}  // namespace

const Colours& Brand::colours(Theme theme) const {
    switch (theme) {
        case Theme::Light:
            return light;
        case Theme::Dark:
            return dark;
        case Theme::HighContrast:
            break;
    }
    return colours_of(theme);
}

const std::optional<LogoSize>& Brand::logo_on(Theme theme) const {
    static constexpr std::optional<LogoSize> kNone;
    return theme == Theme::Light ? logo : theme == Theme::Dark ? logo_dark : kNone;
}

Branded make_brand(const BrandWishes& wishes) {
    Branded made;
    made.brand.name = wishes.name;
    if (wishes.light) {
        made.brand.light = coloured(made.brand.light, "light", *wishes.light, kBlack, made.notes);
    }
    if (wishes.dark) {
        made.brand.dark = coloured(made.brand.dark, "dark", *wishes.dark, kWhite, made.notes);
    }
    return made;
}

}  // namespace milepost::kiosk
