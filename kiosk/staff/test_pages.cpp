#include "kiosk/staff/pages.h"
#include "kiosk/staff/parts.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace milepost::kiosk::staff {

// Pages that try or measure the screen itself.

namespace {

constexpr double kCardMm = 85.60;  // ISO/IEC 7810, ID-1
constexpr double kCardHeightMm = 53.98;

struct Step {
    const char* name;
    const char* label;
    float pixels;
};
constexpr std::array kSteps{Step{"smaller:10", "− −", -10}, Step{"smaller:1", "−", -1}, Step{"larger:1", "+", 1},
                            Step{"larger:10", "+ +", 10}};

void line(Ui& ui, float x, const Box& area) {
    const float thick = std::max(3.0F, ui.px(4));
    const std::uint32_t colour = ui.colours().accent;
    ui.panel({.radius = 0, .border = 0, .fill = colour, .line = colour}, {x, area.y, thick, area.h});
}

/// Between the two lines, as much of the card as there is room for.
void draw_card(Ui& ui, float width, const Box& area) {
    const float height = std::min(area.h, std::round(width * static_cast<float>(kCardHeightMm / kCardMm)));
    const Box box{area.x, std::round(area.middle_y() - height / 2), width, height};
    plate(ui, box);
    line(ui, area.x, area);
    line(ui, area.x + width, area);
    ui.text(words(ui, Word::CardBackside), {.size = small_text(ui), .weight = 400, .colour = ui.colours().secondary},
            box.grown(-ui.px(20)));
}

}  // namespace

std::optional<Event> draw_calibration(Ui& ui, float card_px, bool kept) {
    std::vector<Pill> steps;
    for (const Step& step : kSteps) {
        steps.push_back({.name = step.name, .label = step.label, .weight = 700});
    }
    const std::string stepped = header_bar(ui, words(ui, Word::Calibrate), steps);
    const Layout& layout = ui.layout();
    const Box area = content(ui);
    const float most = area.w - ui.px(8);
    const float width = std::clamp(card_px > 0 ? card_px : layout.mm(kCardMm), std::min(100.0F, most), most);
    const double diagonal = std::hypot(layout.width(), layout.height()) / (static_cast<double>(width) / kCardMm);
    const std::string hint =
        kept ? say(Word::CalibrateKept, ui.look().language, {{"mm", in_words(diagonal, 0, ui.look().language)}})
             : words(ui, Word::CalibrateHint);
    Type type = row_type(ui, 500, kept ? ui.colours().ok : ui.colours().text);
    const float above = ui.measure(hint, type, area.w).height;
    ui.text(hint, type, {area.x, area.y, area.w, above});
    draw_card(ui, width, {area.x, area.y + above + ui.px(12), area.w, area.h - above - ui.px(12)});

    const std::string tapped = footer_bar(ui, {.actions = {{.name = "save",
                                                            .label = words(ui, Word::Save),
                                                            .kind = PillKind::Primary,
                                                            .enabled = !kept,
                                                            .weight = 600}}});
    if (tapped == "back") {
        return Went{Page::Screen};
    }
    if (tapped == "save") {
        return CardKept{diagonal};
    }
    const auto step = std::ranges::find(kSteps, stepped, &Step::name);
    return step == kSteps.end() ? std::nullopt : std::optional<Event>{CardSized{width + step->pixels}};
}

std::optional<Event> draw_touch_test(Ui& ui, const std::set<int>& touched) {
    const float touch = ui.layout().touch();
    const Box glass = ui.window();
    const int columns = std::max(1, static_cast<int>(glass.w / touch));
    const int rows = std::max(1, static_cast<int>(glass.h / touch));
    const float width = glass.w / static_cast<float>(columns);
    const float height = glass.h / static_cast<float>(rows);
    const int count = columns * rows;
    const bool all = static_cast<int>(touched.size()) >= count;
    std::optional<Event> event;
    for (int i = 0; i < count; ++i) {
        const float left = std::round(static_cast<float>(i % columns) * width);
        const float top = std::round(static_cast<float>(i / columns) * height);
        const Box cell{left, top, std::round(static_cast<float>(i % columns + 1) * width) - left,
                       std::round(static_cast<float>(i / columns + 1) * height) - top};
        const bool is_touched = touched.contains(i);
        if (ui.button("cell:" + std::to_string(i), cell, Ui::Enabled::Yes, Ui::Reach::AsItIs)) {
            event = all ? Event{Went{Page::Screen}} : Event{CellTouched{i}};
        }
        ui.called(std::to_string(i + 1));
        const Colours& colours = ui.colours();
        ui.panel({.radius = 0,
                  .border = std::max(1.5F, ui.px(1)),
                  .fill = is_touched ? colours.accent : colours.surface,
                  .line = colours.control_line},
                 cell);
    }
    const Box middle{glass.w / 6, glass.middle_y() - touch / 2, glass.w * 2 / 3, touch};
    plate(ui, middle);
    ui.text(
        words(ui, all ? Word::TouchTestDone : Word::TouchTestHint),
        {.size = ui.text_size(28), .weight = 600, .colour = all ? ui.colours().ok : ui.colours().text, .most_lines = 1},
        middle);
    return event;
}

void draw_test_badge(Ui& ui) {
    draw_badge(ui, words(ui, Word::Test));
}

void draw_badge(Ui& ui, const std::string& text) {
    const Type type{
        .size = ui.layout().text(22, false), .weight = 700, .colour = ui.colours().background, .most_lines = 1};
    const TextSize size = ui.measure(text, type, 0);
    const float width = size.width + ui.px(48);
    const float height = std::ceil(size.height);
    const std::uint32_t colour = ui.colours().danger;
    const Box box{std::round((ui.layout().width() - width) / 2), 0, width, height};
    ui.panel({.radius = ui.px(6), .border = 0, .fill = colour, .line = colour}, box);
    ui.text(text, type, box);
}

void draw_paused(Ui& ui) {
    Box area = content(ui);
    headline_with_hint(ui, words(ui, Word::ClosedForNow), words(ui, Word::ClosedForNowHint), 32, area);
}

}  // namespace milepost::kiosk::staff
