#include "kiosk/screens/keyboard.h"

#include "kiosk/strings.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace milepost::kiosk {

namespace {

using Does = Key::Does;

constexpr double kGap = 10;
constexpr double kKeyMm = 16;
constexpr double kWidestMm = 24;
constexpr float kPressedScale = 0.97F;
constexpr const char* kLabelLanguage = "en";  ///< "?123" runs from the left on an Arabic keyboard too

struct Placed {
    const Key* key;
    Box cell;  ///< what a finger touches, in left-to-right boxes of the Ui
};

/// Where the screen is mirrored, a box that comes out where it was.
Box unmirrored(const Ui& ui, const Box& box) {
    return ui.look().right_to_left ? Box{ui.layout().width() - box.right(), box.y, box.w, box.h} : box;
}

std::vector<Placed> place(const KeyGrid& grid, const Box& area) {
    std::vector<Placed> placed;
    float y = area.y;
    for (const KeyRow& row : grid.rows) {
        float columns = 0;
        for (const Key& key : row) {
            columns += key.columns;
        }
        float x = std::round(area.middle_x() - columns * grid.cell_width / 2);
        for (const Key& key : row) {
            const float width = key.columns * grid.cell_width;
            placed.push_back({&key, {x, y, width, grid.cell_height}});
            x += width;
        }
        y += grid.cell_height;
    }
    return placed;
}

/// The largest size up to the wanted one at which the label stays within the key.
float label_size(Ui& ui, const std::string& label, double wanted, const Box& key) {
    const float least = ui.layout().px(14);
    float size = ui.text_size(wanted);
    const auto fits = [&] {
        const TextSize set = ui.measure(label, {.size = size, .language = kLabelLanguage}, 0);
        return set.width <= key.w - ui.px(4) && set.height <= key.h;
    };
    while (size > least && !fits()) {
        size = std::floor(size * 0.94F);
    }
    return size;
}

bool is_word(const Key& key) {
    return key.does == Does::PutDomain || key.does == Does::Symbols || key.does == Does::NextLayout ||
           (key.does == Does::Type && key.text == " ");
}

std::string spoken_of(const Key& key, const std::string& language) {
    const auto word = [&](Word which) { return std::string{say(which, language)}; };
    switch (key.does) {
        case Does::Shift:
            return word(Word::KeyShift);
        case Does::Erase:
            return word(Word::KeyErase);
        case Does::Symbols:
            return word(Word::KeySigns);
        case Does::NextLayout:
            return word(Word::KeyLayout) + ", " + key.label;
        case Does::Left:
            return word(Word::KeyLeft);
        case Does::Right:
            return word(Word::KeyRight);
        case Does::Type:
        case Does::PutDomain:
            break;
    }
    return key.text == " " ? word(Word::KeySpace) : key.text;
}

Target::Hold hold_of(const Key& key, bool key_repeat) {
    if (key.does == Does::Erase) {
        return key_repeat ? Target::Hold::Repeat : Target::Hold::Nothing;
    }
    return key.held.empty() ? Target::Hold::Nothing : Target::Hold::Once;
}

platform::Panel key_panel(const Ui& ui, const Key& key, bool active, bool pressed) {
    const Colours& colours = ui.colours();
    const bool types = key.does == Does::Type || key.does == Does::PutDomain;
    const bool chip = key.does == Does::PutDomain;
    platform::Panel panel{.radius = ui.px(chip ? 32 : 14),
                          .border = std::max(colours.border, 1.5F),
                          .fill = types ? colours.surface : colours.key,
                          .line = types && !chip ? colours.line : colours.control_line};
    if (active) {
        panel.fill = colours.accent;
        panel.line = colours.accent;
    }
    if (pressed) {
        panel.line = colours.accent;
        panel.border = std::max(ui.px(4), colours.border);
    }
    return panel;
}

void draw_key(Ui& ui, const Key& key, const Box& cell, const Keyboard& keyboard) {
    const float gap = std::min(ui.px(kGap), std::floor(cell.h / 8));
    Box box{std::round(cell.x + gap / 2), std::round(cell.y + gap / 2), std::floor(cell.w - gap),
            std::floor(cell.h - gap)};
    const bool pressed = ui.is_pressed(key.name);
    if (pressed) {
        const float in_x = std::round(box.w * (1 - kPressedScale) / 2);
        const float in_y = std::round(box.h * (1 - kPressedScale) / 2);
        box = {box.x + in_x, box.y + in_y, box.w - 2 * in_x, box.h - 2 * in_y};
    }
    const bool active = key.does == Does::Shift && keyboard.shift() != Keyboard::Shift::Off;
    platform::Panel panel = key_panel(ui, key, active, pressed);
    panel.radius = std::min(panel.radius, std::floor(box.h / 2));
    const Box at = unmirrored(ui, box);
    ui.panel(panel, at);
    const Colours& colours = ui.colours();
    ui.text(key.label,
            {.size = label_size(ui, key.label, is_word(key) ? 24 : 36, box),
             .weight = 500,
             .colour = active ? colours.on_accent : colours.text,
             .most_lines = 1,
             .language = kLabelLanguage},
            at.grown(4));
}

/// What the finger hides, above it.
void draw_bubble(Ui& ui, const Key& key, const Box& cell) {
    const float width = std::max(cell.w, ui.px(96));
    const float height = std::round(cell.h * 1.1F);
    const float x = std::clamp(cell.middle_x() - width / 2, 0.0F, ui.layout().width() - width);
    const Box box = unmirrored(ui, {x, std::max(0.0F, cell.y - height), width, height});
    const Colours& colours = ui.colours();
    ui.panel({.radius = ui.px(14),
              .border = std::max(2.0F, colours.border),
              .fill = colours.surface,
              .line = colours.accent,
              .shadow = ui.px(static_cast<double>(colours.shadow)),
              .shadow_opacity = colours.shadow_opacity},
             box);
    ui.text(
        key.label,
        {.size = ui.text_size(50), .weight = 600, .colour = colours.text, .most_lines = 1, .language = kLabelLanguage},
        box);
}

struct Offer {
    Box panel;
    std::vector<Box> cells;
};

/// The letters of a held key, above it.
Offer offer_of(const Ui& ui, const Key& key, const Box& cell, float cell_width) {
    const auto count = static_cast<float>(key.held.size());
    const float width = std::max(cell_width, std::min(ui.layout().mm(kKeyMm), ui.layout().width() / count));
    // The first of them over the key itself, where there is room.
    const float edge = std::min(ui.px(8), (ui.layout().width() - count * width) / 2);
    const float x = std::clamp(cell.middle_x() - width / 2, edge, ui.layout().width() - edge - count * width);
    Offer offer{.panel = {x, std::max(0.0F, cell.y - cell.h), count * width, cell.h}, .cells = {}};
    for (std::size_t i = 0; i < key.held.size(); ++i) {
        offer.cells.push_back({x + static_cast<float>(i) * width, offer.panel.y, width, cell.h});
    }
    return offer;
}

void draw_offer(Ui& ui, const Key& key, const Offer& offer) {
    const Colours& colours = ui.colours();
    ui.panel({.radius = ui.px(14),
              .border = std::max(2.0F, colours.border),
              .fill = colours.surface,
              .line = colours.accent,
              .shadow = ui.px(static_cast<double>(colours.shadow)),
              .shadow_opacity = colours.shadow_opacity},
             unmirrored(ui, offer.panel));
    for (std::size_t i = 0; i < key.held.size(); ++i) {
        const Box box = unmirrored(ui, offer.cells[i].grown(-ui.px(4)));
        const bool pressed = ui.is_pressed("held:" + std::to_string(i));
        if (pressed) {
            ui.panel({.radius = ui.px(12), .border = 0, .fill = colours.accent, .line = colours.accent}, box);
        }
        ui.text(key.held[i],
                {.size = ui.text_size(40),
                 .weight = 600,
                 .colour = pressed ? colours.on_accent : colours.text,
                 .most_lines = 1},
                box);
    }
}

const Placed* find(const std::vector<Placed>& keys, const std::string& name) {
    const auto found = std::ranges::find_if(keys, [&](const Placed& placed) { return placed.key->name == name; });
    return found == keys.end() ? nullptr : &*found;
}

}  // namespace

float key_width(const Ui& ui) {
    const Layout& layout = ui.layout();
    const float roomy = std::floor((layout.width() - 2 * ui.px(24)) / kKeyColumns);
    if (roomy >= layout.mm(kKeyMm)) {
        return std::min(roomy, layout.mm(kWidestMm));
    }
    return std::floor((layout.width() - 2 * ui.px(4)) / kKeyColumns);
}

std::optional<EntryAct> offer_letters(Ui& ui, const Entry& entry, const KeyGrid& grid, const Box& area) {
    const std::vector<Placed> keys = place(grid, area);
    const Placed* held = find(keys, entry.held_key);
    if (held == nullptr) {
        return std::nullopt;
    }
    std::optional<EntryAct> act;
    const Offer offer = offer_of(ui, *held->key, held->cell, grid.cell_width);
    for (std::size_t i = 0; i < offer.cells.size(); ++i) {
        const Target letter{.name = "held:" + std::to_string(i), .box = unmirrored(ui, offer.cells[i]), .chosen = true};
        if (ui.key(letter) == Ui::Touched::Tapped) {
            act = HeldPicked{held->key->held[i]};
        }
        ui.called(held->key->held[i]);
    }
    return act;
}

std::optional<EntryAct> draw_keyboard(Ui& ui, const Entry& entry, const KeyGrid& grid, const Box& area,
                                      bool key_repeat) {
    const std::vector<Placed> keys = place(grid, area);
    std::optional<EntryAct> act;
    for (const Placed& placed : keys) {
        const Ui::Touched touched = ui.key(
            {.name = placed.key->name, .box = unmirrored(ui, placed.cell), .hold = hold_of(*placed.key, key_repeat)});
        if (touched != Ui::Touched::No) {
            act = touched == Ui::Touched::Held ? EntryAct{KeyHeld{*placed.key}} : EntryAct{KeyTapped{*placed.key}};
        }
        ui.called(spoken_of(*placed.key, ui.look().language));
        draw_key(ui, *placed.key, placed.cell, entry.keyboard);
    }
    for (const Placed& placed : keys) {
        if (placed.key->does == Does::Type && placed.key->text != " " && ui.is_pressed(placed.key->name)) {
            draw_bubble(ui, *placed.key, placed.cell);
        }
    }
    if (const Placed* held = find(keys, entry.held_key)) {
        draw_offer(ui, *held->key, offer_of(ui, *held->key, held->cell, grid.cell_width));
    }
    return act;
}

}  // namespace milepost::kiosk
