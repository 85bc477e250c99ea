#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk {

// Outside opening hours: calm, dark, in every language of the survey at once, since nobody waits for it to change.

namespace {

/// A crescent: one disc, another of the background over its edge.
void moon(Ui& ui, const Box& box) {
    ui.disc(box, 0, ui.colours().secondary);
    const float bite = std::round(box.w * 0.86F);
    ui.disc({box.x + std::round(box.w * 0.36F), box.y - std::round(box.h * 0.10F), bite, bite}, 0,
            ui.colours().background);
}

std::string one_line(const ClosedView::Line& line) {
    return line.opens.empty() ? line.closed : line.closed + " · " + line.opens;
}

/// The other languages, below each other, as many as there is room for.
void others(Ui& ui, const ClosedView& view, const Box& area) {
    const float gap = ui.px(10);
    float y = area.y;
    for (std::size_t i = 1; i < view.lines.size(); ++i) {
        const ClosedView::Line& line = view.lines[i];
        const Type type{
            .size = ui.text_size(24), .weight = 400, .colour = ui.colours().secondary, .language = line.language};
        const float height = ui.measure(one_line(line), type, area.w).height;
        if (y + height > area.bottom()) {
            break;
        }
        ui.text(one_line(line), type, {area.x, y, area.w, height});
        y += height + gap;
    }
}

}  // namespace

std::optional<Event> draw_closed(Ui& ui, const ClosedView& view, const HeaderView& above) {
    plain_header(ui, above);
    const Box area = content(ui);
    const ClosedView::Line& first = view.lines.front();
    const float share = view.lines.size() == 1 ? 1.0F : 0.62F;
    const float upper = std::floor(area.h * share);
    const float height = std::min(upper, ui.px(440));
    const Box block{area.x, std::round(area.y + (upper - height) / 2), area.w, height};
    const float moon_size = ui.look().large ? 0 : ui.px(96);
    const float top = moon_size > 0 ? ui.px(20) + moon_size + ui.px(12) : 0;
    if (moon_size > 0) {
        moon(ui, {std::round(area.middle_x() - moon_size / 2), block.y + ui.px(20), moon_size, moon_size});
    }
    const Box said{area.x, block.y + top, area.w, height - top};
    headline_with_hint(ui, first.closed, first.opens, 36, said);
    const float from = area.y + upper + ui.px(20);
    const Box rest{area.x, from, area.w, ui.layout().height() - ui.layout().margin() - from};
    const Ui::Group group{ui, 2};
    others(ui, view, rest);
    return std::nullopt;
}

}  // namespace milepost::kiosk
