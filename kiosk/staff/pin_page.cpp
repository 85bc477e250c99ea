#include "kiosk/staff/pages.h"
#include "kiosk/staff/parts.h"
#include "kiosk/strings.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace milepost::kiosk::staff {

namespace {

constexpr int kErase = -1;
constexpr int kEnter = -2;
constexpr double kGap = 12;
constexpr int kKeys = 12;

/// As on a telephone, or in two rows where there is little height.
constexpr std::array<int, kKeys> kTelephone{1, 2, 3, 4, 5, 6, 7, 8, 9, kErase, 0, kEnter};
constexpr std::array<int, kKeys> kTwoRows{1, 2, 3, 4, 5, kErase, 6, 7, 8, 9, 0, kEnter};

std::string name_of(int key) {
    return key == kErase ? "erase" : key == kEnter ? "enter" : "digit:" + std::to_string(key);
}

Event event_of(int key) {
    if (key == kErase) {
        return PinErased{};
    }
    return key == kEnter ? Event{PinEntered{}} : Event{PinTyped{static_cast<char>('0' + key)}};
}

/// How many digits there are, never which.
void draw_digits_typed(Ui& ui, std::size_t digits, const Box& box) {
    const Colours& colours = ui.colours();
    const float dot = ui.px(20);
    const float gap = ui.px(16);
    const std::size_t places = std::max(kLeastPinDigits, digits);
    const float width = static_cast<float>(places) * (dot + gap) - gap;
    float x = box.middle_x() - width / 2;
    for (std::size_t i = 0; i < places; ++i) {
        const Box place{std::round(x), std::round(box.middle_y() - dot / 2), dot, dot};
        const bool is_typed = i < digits;
        ui.disc(place, is_typed ? 0 : std::max(2.0F, ui.px(2)), is_typed ? colours.accent : colours.control_line);
        x += dot + gap;
    }
}

/// The keys stand as on every telephone, in right-to-left languages too.
std::optional<Event> draw_keys(Ui& ui, const PinView& view, const Box& area) {
    const float gap = ui.px(kGap);
    const float touch = ui.layout().touch();
    const bool tall = 4 * touch + 3 * gap <= area.h;
    const int columns = tall ? 3 : 6;
    const auto rows = static_cast<float>(kKeys / columns);
    const auto across = static_cast<float>(columns);
    const float height = std::clamp(std::floor((area.h - (rows - 1) * gap) / rows), touch, std::max(touch, ui.px(130)));
    const float width =
        std::clamp(std::floor((area.w - (across - 1) * gap) / across), touch, std::max(touch, ui.px(190)));
    const float used = across * (width + gap) - gap;
    std::optional<Event> event;
    for (int i = 0; i < kKeys; ++i) {
        const int key = (tall ? kTelephone : kTwoRows)[static_cast<std::size_t>(i)];
        const int column = ui.look().right_to_left ? columns - 1 - i % columns : i % columns;
        const Box box{area.middle_x() - used / 2 + static_cast<float>(column) * (width + gap),
                      area.y + static_cast<float>(i / columns) * (height + gap), width, height};
        const bool enter = key == kEnter;
        const bool enabled = enter ? view.can_enter : view.takes_digits;
        if (card(ui, name_of(key), box,
                 {.selected = enter && enabled, .filled = true, .enabled = enabled, .radius = 24})) {
            event = event_of(key);
        }
        if (key == kErase) {
            ui.called(std::string{kiosk::say(kiosk::Word::KeyErase, ui.look().language)});
        }
        const std::uint32_t colour = enter && enabled ? ui.colours().on_accent
                                     : enabled        ? ui.colours().text
                                                      : ui.colours().secondary;
        const std::string label = key == kErase ? "⌫" : enter ? "OK" : in_digits(key, ui.look().language);
        ui.text(label, {.size = ui.text_size(40), .weight = 600, .colour = colour}, box);
    }
    return event;
}

std::vector<Pill> ways_of(const PinView& view) {
    std::vector<Pill> pills;
    for (const auto& [name, label] : view.ways) {
        pills.push_back({.name = name, .label = label});
    }
    return pills;
}

std::optional<Event> event_of_way(const std::string& name) {
    if (name == "leave") {
        return Left{};
    }
    if (name == "lost") {
        return PinLost{};
    }
    if (name == "menu") {
        return Went{Page::Menu};
    }
    return name == "back" ? std::optional<Event>{SteppedBack{}} : std::nullopt;
}

Type hint_type(const Ui& ui, const PinView& view) {
    return {.size = ui.text_size(26),
            .weight = 600,
            .colour = view.alarming ? ui.colours().danger : ui.colours().secondary,
            .most_lines = 2};
}

/// What a lost PIN's page says: how to get an answer, the challenge, where the answer goes. As large as there is room.
void draw_challenge(Ui& ui, const PinView& view, const Box& area) {
    const float dots = ui.px(36);
    const float gap = ui.px(12);
    Type explained{.weight = 400, .colour = ui.colours().text, .align = platform::Align::Center};
    Type challenge{.weight = 700, .colour = ui.colours().text, .most_lines = 1, .language = "en"};
    Type hint = hint_type(ui, view);
    float height = 0;
    float explained_height = 0;
    for (const double scale : {1.0, 0.8, 0.65, 0.5}) {
        explained.size = ui.text_size(28 * scale);
        challenge.size = ui.text_size(80 * scale);
        hint.size = ui.text_size(26 * scale);
        explained_height = ui.measure(view.explanation, explained, area.w).height;
        height = explained_height + challenge.size * 1.3F + hint.size * 1.4F + dots + 2 * gap;
        if (height <= area.h) {
            break;
        }
    }
    float y = std::round(area.y + std::max(0.0F, area.h - height) / 2);
    ui.text(view.explanation, explained, {area.x, y, area.w, explained_height});
    y += explained_height + gap;
    ui.text(view.challenge, challenge, {area.x, y, area.w, challenge.size * 1.3F});
    y += challenge.size * 1.3F + gap;
    hint.most_lines = 1;
    ui.text(view.hint, hint, {area.x, y, area.w, hint.size * 1.4F});
    draw_digits_typed(ui, view.digits, {area.x, y + hint.size * 1.4F, area.w, dots});
}

}  // namespace

std::optional<Event> draw_lost_pin(Ui& ui, const PinView& view) {
    const std::optional<Event> way = event_of_way(header_bar(ui, view.title, ways_of(view)));
    const float margin = ui.layout().margin();
    const float top = bar_height(ui);
    const float gap = ui.px(kGap);
    const float touch = ui.layout().touch();
    const Box area{margin, top, ui.layout().width() - 2 * margin, ui.layout().height() - top - ui.px(24)};
    const bool tall = 4 * touch + 3 * gap <= area.h;
    const bool beside = tall && !ui.layout().portrait();
    Box said = area;
    Box keys = area;
    if (beside) {
        said.w = std::floor(area.w / 2) - ui.px(20);
        keys.w = said.w;
        keys.x = area.right() - keys.w;
    } else {
        keys.h = std::min(tall ? std::max(4 * touch + 3 * gap, ui.px(560)) : 2 * touch + gap, area.h);
        keys.y = area.bottom() - keys.h;
        said.h = keys.y - area.y - ui.px(8);
    }
    draw_challenge(ui, view, said);
    const Ui::Group group{ui, 0};
    const std::optional<Event> event = draw_keys(ui, view, keys);
    return way ? way : event;
}

std::optional<Event> draw_pin(Ui& ui, const PinView& view) {
    const std::optional<Event> way = event_of_way(header_bar(ui, view.title, ways_of(view)));
    const float line = std::ceil(ui.text_size(26) * 1.5F);
    const float dots = ui.px(48);
    const float margin = ui.layout().margin();
    const float top = bar_height(ui);
    const Box area{margin, top, ui.layout().width() - 2 * margin, ui.layout().height() - top - ui.px(24)};
    Type hint = hint_type(ui, view);
    hint.most_lines = 1;
    ui.text(view.hint, hint, {area.x, area.y, area.w, line});
    draw_digits_typed(ui, view.digits, {area.x, area.y + line, area.w, dots});
    const float above = line + dots + ui.px(8);
    const float keys = std::min(area.h - above, std::max(4 * ui.layout().touch(), ui.px(560)));
    const Ui::Group group{ui, 0};
    const std::optional<Event> event = draw_keys(ui, view, {area.x, area.y + above, area.w, keys});
    return way ? way : event;
}

}  // namespace milepost::kiosk::staff
