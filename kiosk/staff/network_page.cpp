#include "kiosk/staff/pages.h"
#include "kiosk/staff/parts.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk::staff {

namespace {

using StepState = protocol::NetworkStep::State;

/// A mark that tells by its shape: a disc with a check, a disc with a cross, a ring.
void draw_mark(Ui& ui, StepState state, const Box& box) {
    const Colours& colours = ui.colours();
    if (state == StepState::Ok) {
        ui.disc(box, 0, colours.ok);
        ui.check_mark(box.grown(-std::round(box.w / 8)), colours.background);
    } else if (state == StepState::Failed) {
        ui.disc(box, 0, colours.danger);
        ui.text("×", {.size = box.w * 0.8F, .weight = 700, .colour = colours.background, .most_lines = 1}, box);
    } else {
        ui.disc(box, std::max(2.0F, ui.px(3)), colours.control_line);
        ui.text("–", {.size = box.w * 0.6F, .weight = 600, .colour = colours.secondary, .most_lines = 1}, box);
    }
}

void draw_step(Ui& ui, const NetworkView::Step& step, const Box& box) {
    const Colours& colours = ui.colours();
    plate(ui, box);
    const float side = std::floor(std::min(box.h * 0.62F, ui.px(56)));
    const Box mark{box.x + ui.px(28), std::round(box.middle_y() - side / 2), side, side};
    draw_mark(ui, step.state, mark);
    Type outcome = row_type(ui, 600, step.state == StepState::Failed ? colours.danger : colours.secondary);
    outcome.most_lines = 1;
    const float width = ui.measure(step.outcome, outcome, 0).width + 2;
    const Box end{box.right() - ui.px(28) - width, box.y, width, box.h};
    ui.text(step.outcome, outcome, end);
    Type label = row_type(ui, 600, colours.text);
    label.size = ui.text_size(28);
    label.most_lines = 1;
    const float from = mark.right() + ui.px(24);
    ui.text(step.label, label, {from, box.y, end.x - ui.px(16) - from, box.h});
}

}  // namespace

std::optional<Event> draw_network(Ui& ui, const NetworkView& view) {
    header_bar(ui, view.title, {});
    const Box area = content(ui);
    std::vector<Pill> actions;
    if (view.steps.empty()) {
        headline_with_hint(ui, view.notice, "", 26, area);
    } else {
        const float gap = ui.px(12);
        const Type hint{.size = ui.text_size(26), .weight = 500, .colour = ui.colours().text};
        const float said = ui.measure(view.hint, hint, area.w).height + 2 * gap;
        const auto count = static_cast<float>(view.steps.size());
        const float height = std::min(std::floor((area.h - said - (count - 1) * gap) / count), ui.px(96));
        float y = std::round(area.y + std::max(0.0F, area.h - said - count * (height + gap)) / 2);
        for (std::size_t i = 0; i < view.steps.size(); ++i) {
            const Ui::Group group{ui, static_cast<int>(i)};
            draw_step(ui, view.steps[i], {area.x, y, area.w, height});
            y += height + gap;
        }
        ui.text(view.hint, hint, {area.x, y, area.w, said});
    }
    if (view.can_test_again) {
        actions.push_back({.name = "again", .label = view.again, .kind = PillKind::Primary, .weight = 600});
    }
    const std::string tapped = footer_bar(ui, {.actions = actions});
    if (tapped == "again") {
        return NetworkTestAsked{};
    }
    return tapped == "back" ? std::optional<Event>{SteppedBack{}} : std::nullopt;
}

}  // namespace milepost::kiosk::staff
