#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk {

namespace {

constexpr double kLargest = 200;
constexpr double kGap = 20;

/// Each star with its number below: "3 stars" is not left to the eye's counting.
void draw_star(Ui& ui, const Choice& choice, const Box& box, bool lit) {
    const float number = ui.text_size(28) * 1.4F;
    const float size = std::floor(std::min(box.w - ui.px(40), box.h - number - ui.px(36)));
    const float top = std::round(box.y + (box.h - size - number) / 2);
    const Box star{std::round(box.middle_x() - size / 2), top, size, size};
    const Colours& colours = ui.colours();
    ui.star(star, lit ? 0 : std::max(2.0F, ui.px(3)), lit ? colours.accent : colours.control_line);
    ui.text(choice.label, {.size = ui.text_size(28), .weight = 600, .colour = colours.text},
            {box.x, star.bottom(), box.w, number});
}

void draw_ends(Ui& ui, const QuestionView& view, const Box& area) {
    Type type{
        .size = ui.text_size(26), .colour = ui.colours().secondary, .align = platform::Align::Start, .most_lines = 2};
    const float width = area.w * 0.46F;
    ui.text(view.low_label, type, {area.x, area.y, width, ui.measure(view.low_label, type, width).height});
    type.align = platform::Align::End;
    ui.text(view.high_label, type,
            {area.right() - width, area.y, width, ui.measure(view.high_label, type, width).height});
}

}  // namespace

std::optional<Event> draw_stars(Ui& ui, const QuestionView& view, const Box& area) {
    const auto count = static_cast<float>(view.choices.size());
    const float gap = ui.px(kGap);
    const float width = std::floor(std::min((area.w - (count - 1) * gap) / count, ui.px(kLargest + 24)));
    const float number = ui.text_size(28) * 1.4F;
    const float least = std::max(ui.layout().touch(), ui.px(70) + number);
    const float most = width + number;
    const float wanted = view.low_label.empty() ? 0 : std::ceil(2.7F * ui.text_size(26));
    const bool has_room = least + wanted + ui.px(24) + 1.3F * ui.layout().text(22, false) <= area.h;
    const float ends = has_room ? wanted : 0;  // the numbers alone tell then
    const Box below = headline(ui, view.text, area, least + ends, most + ends + ui.px(60));
    const float height = std::min(most, below.h - ends);
    const float used = count * width + (count - 1) * gap;
    const auto marked = std::ranges::find(view.choices, true, &Choice::selected);
    const int lit = marked == view.choices.end() ? 0 : marked->value;
    std::optional<Event> event;
    float x = std::round(below.middle_x() - used / 2);
    for (const Choice& choice : view.choices) {
        const Ui::Group group{ui, 1 + choice.value};
        const Box box{x, below.y, width, height};
        if (card(ui, choice.name, box, {.selected = choice.selected, .radius = 28})) {
            event = Answered{choice.value};
        }
        ui.called(choice.spoken);
        draw_star(ui, choice, box, choice.value <= lit);
        x += width + gap;
    }
    const Ui::Group group{ui, 6};
    if (ends > 0) {
        draw_ends(ui, view, {below.middle_x() - used / 2, below.y + height + ui.px(16), used, ends});
    }
    return event;
}

}  // namespace milepost::kiosk
