#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace milepost::kiosk {

namespace {

constexpr int kErase = -1;
constexpr double kGap = 12;
constexpr double kLeastKeyMm = 14;

/// As on a telephone: three columns and "0", or all in two rows where there is little height.
struct Pad {
    int columns = 3;
    float key_width = 0;
    float key_height = 0;
    [[nodiscard]] int rows() const { return (kKeys + columns - 1) / columns; }
    static constexpr int kKeys = 12;
};
/// 0 to 9 and, as the last, erase; `nullopt` is an empty place.
constexpr std::array<std::optional<int>, Pad::kKeys> kTelephone{1, 2, 3, 4, 5, 6, 7, 8, 9, std::nullopt, 0, kErase};
constexpr std::array<std::optional<int>, Pad::kKeys> kTwoRows{1, 2, 3, 4, 5, kErase, 6, 7, 8, 9, 0, std::nullopt};

Pad pad_for(const Ui& ui, const Box& area, float above) {
    const float touch = ui.layout().touch();
    const float gap = ui.px(kGap);
    const float room = area.h - above - ui.px(24);
    const bool tall = 4 * touch + 3 * gap <= room;
    Pad pad{.columns = tall ? 3 : 6};
    const auto rows = static_cast<float>(pad.rows());
    const auto columns = static_cast<float>(pad.columns);
    const float height = std::floor((room - (rows - 1) * gap) / rows);
    // Keys of a keyboard may be lower than other things to touch.
    pad.key_height = std::clamp(height, ui.layout().mm(kLeastKeyMm), std::max(touch, ui.px(130)));
    pad.key_width =
        std::clamp(std::floor((area.w - (columns - 1) * gap) / columns), touch, std::max(touch, ui.px(190)));
    return pad;
}

void draw_entered(Ui& ui, const QuestionView& view, const Box& box) {
    const Colours& colours = ui.colours();
    ui.panel({.radius = ui.px(20),
              .border = std::max(2.0F, ui.px(2)),
              .fill = colours.surface,
              .line = colours.control_line},
             box);
    const bool empty = view.entered.empty();
    const std::string shown = empty ? view.bounds : view.unit.empty() ? view.entered : view.entered + " " + view.unit;
    Type type{.size = ui.text_size(40),
              .weight = empty ? 400 : 600,
              .colour = empty ? colours.secondary : colours.text,
              .most_lines = 1};
    while (ui.measure(shown, type, 0).height > box.h - ui.px(6) && type.size > ui.layout().text(22, false)) {
        type.size -= 1;
    }
    ui.text(shown, type, box.grown(-ui.px(8)));
}

/// The keys stand as on every telephone, in right-to-left languages too: digits are not mirrored.
std::optional<Event> draw_keys(Ui& ui, const Pad& pad, const Box& area) {
    const float gap = ui.px(kGap);
    const auto& keys = pad.columns == 3 ? kTelephone : kTwoRows;
    const float used = static_cast<float>(pad.columns) * (pad.key_width + gap) - gap;
    std::optional<Event> event;
    for (int i = 0; i < Pad::kKeys; ++i) {
        const std::optional<int> key = keys[static_cast<std::size_t>(i)];
        if (!key) {
            continue;
        }
        const int column = ui.look().right_to_left ? pad.columns - 1 - i % pad.columns : i % pad.columns;
        const Box box{area.middle_x() - used / 2 + static_cast<float>(column) * (pad.key_width + gap),
                      area.y + static_cast<float>(i / pad.columns) * (pad.key_height + gap), pad.key_width,
                      pad.key_height};
        const bool erases = *key == kErase;
        if (card(ui, erases ? "erase" : "digit:" + std::to_string(*key), box, {.radius = 24})) {
            event = erases ? Event{Erased{}} : Event{Typed{static_cast<char>('0' + *key)}};
        }
        if (erases) {
            ui.called(std::string{say(Word::KeyErase, ui.look().language)});
        }
        ui.text(erases ? "⌫" : in_digits(*key, ui.look().language),
                {.size = ui.text_size(40), .weight = 600, .colour = ui.colours().text}, box);
    }
    return event;
}

}  // namespace

std::optional<Event> draw_digits(Ui& ui, const QuestionView& view, const Box& area) {
    const float usual = headline_line(ui, view.text, 48);
    const float small = 1.3F * ui.layout().text(22, false);
    const float two_rows = 2 * ui.layout().touch() + ui.px(kGap + 16 + 24);
    // The question is not to be small only because the keys could be tall.
    const float line = ui.text_size(40) * 1.7F + two_rows + usual <= area.h ? usual : small;
    const bool roomy = ui.text_size(40) * 1.7F + two_rows + line <= area.h;
    const float field = std::ceil(ui.text_size(40) * (roomy ? 1.7F : ui.look().large ? 1.25F : 1.4F));
    const Pad pad = pad_for(ui, area, field + ui.px(16) + line);
    const float keys = static_cast<float>(pad.rows()) * (pad.key_height + ui.px(kGap)) - ui.px(kGap);
    const float least = field + ui.px(16) + keys;
    const Box below = headline(ui, view.text, area, least, least);
    const float width = std::min(area.w, std::max(ui.px(360), 3 * (pad.key_width + ui.px(kGap))));
    {
        const Ui::Group group{ui, 1};
        draw_entered(ui, view, {below.middle_x() - width / 2, below.y, width, field});
    }
    const Ui::Group group{ui, 2};
    return draw_keys(ui, pad, {below.x, below.y + field + ui.px(16), below.w, keys});
}

}  // namespace milepost::kiosk
