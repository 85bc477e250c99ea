#include "kiosk/screens/widgets.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace milepost::kiosk {

namespace {

constexpr float kPressedScale = 0.97F;

/// The box of a card under a finger: .97 of its size about its middle, or on its way there and back.
Box pressed_box(const Box& box, float pressure = 1) {
    const float by_x = std::round(box.w * (1 - kPressedScale) / 2 * pressure);
    const float by_y = std::round(box.h * (1 - kPressedScale) / 2 * pressure);
    return {box.x + by_x, box.y + by_y, box.w - 2 * by_x, box.h - 2 * by_y};
}

float outline(const Ui& ui) {
    const double width = static_cast<double>(ui.colours().border);
    return std::max(1.5F, ui.px(width * 8) / 8);
}

float accent_border(const Ui& ui) {
    return std::max(ui.px(ui.look().theme == Theme::HighContrast ? 8 : 4), ui.colours().border);
}

std::uint32_t label_colour(const Ui& ui, const Pill& pill) {
    const Colours& colours = ui.colours();
    if (!pill.enabled) {
        return colours.secondary;
    }
    switch (pill.kind) {
        case PillKind::Primary:
            return colours.on_accent;
        case PillKind::Link:
            return colours.accent;
        case PillKind::Outline:
            break;
    }
    return colours.text;
}

platform::Panel pill_panel(const Ui& ui, const Pill& pill, float height, bool pressed) {
    const Colours& colours = ui.colours();
    platform::Panel panel{
        .radius = std::floor(height / 2), .border = outline(ui), .fill = colours.surface, .line = colours.control_line};
    if (pill.kind == PillKind::Primary && pill.enabled) {
        panel.fill = pressed ? colours.pressed : colours.accent;
        panel.line = panel.fill;
    } else if (pressed) {
        panel.line = colours.accent;
        panel.border = accent_border(ui);
    }
    return panel;
}

}  // namespace

bool card(Ui& ui, const std::string& name, const Box& box, const CardLook& look) {
    const bool tapped = ui.button(name, box, look.enabled ? Ui::Enabled::Yes : Ui::Enabled::No, Ui::Reach::AsItIs);
    const Colours& colours = ui.colours();
    const bool marked = look.selected || ui.is_pressed(name);
    platform::Panel panel{.radius = ui.px(static_cast<double>(look.radius)),
                          .border = outline(ui),
                          .fill = look.filled && look.selected ? colours.accent : colours.surface,
                          .line = colours.line,
                          .shadow = ui.px(static_cast<double>(colours.shadow)),
                          .shadow_opacity = colours.shadow_opacity};
    if (marked) {
        panel.line = colours.accent;
        panel.border = accent_border(ui);
        panel.shadow = 0;
    }
    ui.panel(panel, pressed_box(box, marked ? 1 : ui.pressure(name)));
    return tapped;
}

float pill_height(const Ui& ui, float text_size) {
    // Room for the tall scripts: Arabic's letters take 1.5 of their size, and are not in its middle.
    return std::max(ui.px(72), std::round(text_size * 1.7F));
}

float pill_width(Ui& ui, const Pill& pill, float text_size, double least) {
    const TextSize size = ui.measure(pill.label, {.size = text_size, .weight = pill.weight}, 0);
    const float around = pill.kind == PillKind::Link ? 0 : 2 * ui.px(32);
    return std::max(std::ceil(size.width) + around, ui.px(least));
}

bool pill(Ui& ui, const Pill& pill, const Box& box, float text_size) {
    const bool tapped = ui.button(pill.name, box, pill.enabled ? Ui::Enabled::Yes : Ui::Enabled::No);
    const bool pressed = ui.is_pressed(pill.name);
    const bool bare = pill.kind == PillKind::Link && !pressed;
    if (!bare) {
        const Box shape = pill.kind == PillKind::Link ? box.grown(0).at_least(box.w + 2 * ui.px(20), 0) : box;
        ui.panel(pill_panel(ui, pill, shape.h, pressed), pressed_box(shape, ui.pressure(pill.name)));
    }
    ui.text(pill.label, {.size = text_size, .weight = pill.weight, .colour = label_colour(ui, pill), .most_lines = 1},
            box.at_least(box.w + 2, 0));
    return tapped;
}

float bar_height(const Ui& ui) {
    // On large panels a pill as drawn is higher than what a touch needs.
    return std::max(ui.layout().touch() + ui.px(2), ui.px(80));
}

Box content(const Ui& ui) {
    const float bar = bar_height(ui);
    const float margin = ui.layout().margin();
    return {margin, bar, ui.layout().width() - 2 * margin, ui.layout().height() - 2 * bar - ui.px(8)};
}

float widest_word(Ui& ui, const std::string& text, const Type& type) {
    std::istringstream words{text};
    float widest = 0;
    for (std::string word; words >> word;) {
        widest = std::max(widest, ui.measure(word, type, 0).width);
    }
    return widest;
}

std::optional<float> common_size(Ui& ui, const std::vector<std::string>& texts, float width, int most_lines,
                                 std::initializer_list<double> sizes) {
    return common_size_of(ui, texts, width, most_lines, rounds_of_sizes(ui, sizes).front());
}

std::optional<float> common_size_of(Ui& ui, const std::vector<std::string>& texts, float width, int most_lines,
                                    std::span<const float> sizes) {
    const bool breaks = has_spaces(ui.look().language);
    for (const float size : sizes) {
        const Type type{.size = size};
        const bool fits = std::ranges::all_of(texts, [&](const std::string& text) {
            return (!breaks || widest_word(ui, text, type) <= width) &&
                   ui.measure(text, type, width).lines <= most_lines;
        });
        if (fits) {
            return size;
        }
    }
    return std::nullopt;
}

std::vector<std::vector<float>> rounds_of_sizes(const Ui& ui, std::initializer_list<double> sizes) {
    std::vector<std::vector<float>> rounds{{}};
    for (const double reference : sizes) {
        rounds.front().push_back(ui.text_size(reference));
    }
    if (ui.look().large) {
        for (const double reference : {44, 38, 34, 30, 26, 22}) {
            rounds.push_back({ui.layout().text(reference, false)});
        }
    }
    return rounds;
}

float headline_line(Ui& ui, const std::string& text, double reference) {
    return ui.measure(text, {.size = ui.text_size(reference), .weight = 600}, 0).height + ui.px(4);
}

bool has_spaces(const std::string& language) {
    const std::string primary = language.substr(0, language.find('-'));
    return primary != "ja" && primary != "zh" && primary != "th" && primary != "lo" && primary != "km" &&
           primary != "my";
}

namespace {

struct Headline {
    Type type;
    TextSize size;
    float width;
};

/// In the first size that fits in three lines and leaves `below` pixels of `area`.
Headline fitted(Ui& ui, const std::string& text, const Box& area, float below) {
    const bool large = ui.look().large;
    const float width = large ? area.w : std::min(area.w, ui.px(1120));
    // In large text 50 is the least; what follows is sooner smaller than on top of the answers.
    static constexpr double kSizes[] = {64, 56, 48, 40, 34, 28, 22};
    Type type{.weight = 600, .colour = ui.colours().text};
    TextSize size;
    for (const double reference : kSizes) {
        type.size = ui.layout().text(reference, large && reference >= 48);
        size = ui.measure(text, type, width);
        if (size.lines <= 3 && size.height + below <= area.h) {
            break;
        }
    }
    return {type, size, width};
}

}  // namespace

Box headline(Ui& ui, const std::string& text, const Box& area, float least_below, float most_below) {
    const float gap = ui.px(24);
    const Headline fit = fitted(ui, text, area, gap + least_below);
    const float below = std::clamp(area.h - fit.size.height - gap, 0.0F, std::max(least_below, most_below));
    const Ui::Group group{ui, 0};
    const float room = area.h - below - ui.px(12);
    // On a tall panel nearer to what it asks for than to the glass's upper edge.
    const float down = ui.layout().portrait() ? std::floor(std::max(0.0F, room - fit.size.height) * 0.4F) : 0;
    ui.text(text, fit.type, {area.middle_x() - fit.width / 2, area.y + down, fit.width, room - down});
    return {area.x, area.bottom() - below, area.w, below};
}

void headline_with_hint(Ui& ui, const std::string& text, const std::string& hint, double hint_size, const Box& area) {
    const Type small{.size = ui.text_size(hint_size), .weight = 400, .colour = ui.colours().secondary};
    const float gap = ui.px(20);
    const float hint_height = ui.measure(hint, small, area.w).height;
    const Headline fit = fitted(ui, text, area, gap + hint_height);
    const float top = std::round(area.y + std::max(0.0F, area.h - fit.size.height - gap - hint_height) / 2);
    {
        const Ui::Group group{ui, 0};
        ui.text(text, fit.type, {area.middle_x() - fit.width / 2, top, fit.width, fit.size.height});
    }
    const Ui::Group group{ui, 1};
    ui.text(hint, small, {area.x, top + fit.size.height + gap, area.w, hint_height});
}

}  // namespace milepost::kiosk
