#include "kiosk/staff/pages.h"
#include "kiosk/staff/parts.h"
#include "surveys/model/local_text.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk::staff {

namespace {

/// Boxes of a grid, row by row.
std::vector<Box> grid(const Ui& ui, const Box& area, int count, int columns, double most_height) {
    const float gap = ui.px(20);
    const int rows = (count + columns - 1) / columns;
    const auto across = static_cast<float>(columns);
    const auto down = static_cast<float>(rows);
    const float width = std::floor((area.w - (across - 1) * gap) / across);
    const float room = std::floor((area.h - (down - 1) * gap) / down);
    const float height = std::min(room, std::max(ui.px(most_height), ui.layout().touch()));
    const float top = std::round(area.y + (area.h - down * (height + gap) + gap) / 2);
    std::vector<Box> boxes;
    for (int i = 0; i < count; ++i) {
        boxes.push_back({area.x + static_cast<float>(i % columns) * (width + gap),
                         top + static_cast<float>(i / columns) * (height + gap), width, height});
    }
    return boxes;
}

void draw_tile_texts(Ui& ui, const MenuView::Tile& tile, float size, const Box& box) {
    const Colours& colours = ui.colours();
    const Type label{.size = size, .weight = 600, .colour = colours.text, .most_lines = 3};
    Type detail{.size = small_text(ui),
                .weight = 500,
                .colour = tile.marked ? colours.accent : colours.secondary,
                .most_lines = 3,
                .language = tile.language};
    const Box inner = box.grown(-ui.px(16));
    const float room = inner.h - ui.measure(tile.label, label, inner.w).height;
    detail.most_lines = std::min(3, static_cast<int>(room / (detail.size * 1.3F)));
    if (tile.detail.empty() || detail.most_lines < 1) {
        ui.text(tile.label, label, inner);
        return;
    }
    const float label_height = ui.measure(tile.label, label, inner.w).height;
    const float detail_height = ui.measure(tile.detail, detail, inner.w).height;
    const float gap = std::min(ui.px(10), std::max(0.0F, inner.h - label_height - detail_height));
    const float top = std::round(inner.middle_y() - (label_height + gap + detail_height) / 2);
    ui.text(tile.label, label, {inner.x, top, inner.w, label_height});
    ui.text(tile.detail, detail, {inner.x, top + label_height + gap, inner.w, detail_height});
}

}  // namespace

namespace {

float title_height(const Ui& ui) {
    return std::ceil(ui.text_size(34) * 1.5F) + ui.px(12);
}

/// A question to staff stands on a line of its own where there is room for it, else in the header.
bool has_title_line(const Ui& ui, const MenuView& view, const Box& area, int columns) {
    const int rows = (static_cast<int>(view.tiles.size()) + columns - 1) / columns;
    const auto down = static_cast<float>(rows);
    return view.set_up && title_height(ui) + down * ui.layout().touch() + (down - 1) * ui.px(20) <= area.h;
}

Box below_title(Ui& ui, const MenuView& view, const Box& area) {
    const float height = title_height(ui) - ui.px(12);
    ui.text(view.title, {.size = ui.text_size(34), .weight = 600, .colour = ui.colours().text, .most_lines = 1},
            {area.x, area.y, area.w, height});
    const float below = height + ui.px(12);
    return {area.x, area.y + below, area.w, area.h - below};
}

int columns_for(const Ui& ui, const MenuView& view, const Box& area) {
    const int wanted = ui.layout().portrait() ? std::min(2, view.columns) : view.columns;
    const int fit = static_cast<int>((area.w + ui.px(20)) / (ui.layout().touch() + ui.px(20)));
    return std::clamp(wanted, 1, std::max(1, fit));
}

}  // namespace

std::optional<Event> draw_menu(Ui& ui, const MenuView& view) {
    std::optional<Event> event;
    std::vector<Pill> pills;
    if (!view.leave.empty()) {
        const bool only_way = !view.back;
        pills.push_back({.name = "leave",
                         .label = view.leave,
                         .kind = only_way ? PillKind::Primary : PillKind::Outline,
                         .weight = only_way ? 600 : 500});
    }
    Box area = content(ui);
    if (!view.back) {
        area.h = ui.layout().height() - area.y - ui.layout().margin();
    }
    const int columns = columns_for(ui, view, area);
    const bool own_line = has_title_line(ui, view, area, columns);
    if (!header_bar(ui, own_line ? words(ui, SetUpWord::SetUp) : view.title, pills).empty()) {
        event = Left{};
    }
    if (own_line) {
        area = below_title(ui, view, area);
    }
    const int count = static_cast<int>(view.tiles.size());
    const std::vector<Box> boxes = grid(ui, area, count, columns, 240);
    std::vector<std::string> labels;
    for (const MenuView::Tile& tile : view.tiles) {
        labels.push_back(tile.label);
    }
    const float size =
        common_size(ui, labels, boxes.front().w - ui.px(32), 2, {36, 32, 28, 24, 22}).value_or(small_text(ui));
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const Ui::Group group{ui, static_cast<int>(i) / columns};
        if (card(ui, view.tiles[i].name, boxes[i], {.selected = view.tiles[i].marked, .radius = 28})) {
            event = view.tiles[i].event;
        }
        draw_tile_texts(ui, view.tiles[i], size, boxes[i]);
    }
    if (view.back && footer_bar(ui, {}) == "back") {
        event = *view.back;
    }
    return event;
}

std::optional<Event> draw_languages(Ui& ui, const std::string& chosen) {
    header_bar(ui, words(ui, Word::Language), {});
    const auto tags = languages();
    const int count = static_cast<int>(tags.size());
    const std::vector<Box> boxes = grid(ui, content(ui), count, ui.layout().portrait() ? 2 : 3, 160);
    std::optional<Event> event;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const std::string tag{tags[i]};
        if (card(ui, "language:" + tag, boxes[i], {.selected = served_in(chosen) == tag})) {
            event = LanguagePicked{tag};
        }
        ui.text(
            std::string{surveys::endonym(tag)},
            {.size = ui.text_size(36), .weight = 600, .colour = ui.colours().text, .most_lines = 1, .language = tag},
            boxes[i]);
    }
    if (footer_bar(ui, {}) == "back") {
        event = Went{Page::Menu};
    }
    return event;
}

std::optional<Event> draw_notice(Ui& ui, const NoticeView& view, Behind behind) {
    header_bar(ui, behind == Behind::Nothing ? words(ui, SetUpWord::SetUp) : words(ui, Word::Staff), {});
    const Box area = content(ui);
    const float line = std::ceil(ui.text_size(26) * 2);
    const float button = view.action.empty() ? 0 : ui.layout().touch() + ui.px(16);
    const float disc = view.done ? ui.px(120) : 0;
    const float command = view.command.empty() ? 0 : line;
    if (view.done) {
        const Box ring{std::round(area.middle_x() - disc / 2), area.y, disc, disc};
        ui.disc(ring, 0, ui.colours().ok);
        ui.check_mark(ring, ui.colours().background);
    }
    headline_with_hint(ui, view.title, view.text, 26,
                       {area.x, area.y + disc, area.w, area.h - button - command - disc});
    if (!view.command.empty()) {
        const Box box{area.x, area.bottom() - button - command, area.w, command};
        plate(ui, box);
        ui.text(view.command,
                {.size = small_text(ui), .weight = 600, .colour = ui.colours().text, .most_lines = 1, .language = "en"},
                box);
    }
    std::optional<Event> event;
    if (!view.action.empty()) {
        const Pill start{.name = "start", .label = view.action, .kind = PillKind::Primary, .weight = 600};
        const float size = ui.text_size(28);
        const float width = pill_width(ui, start, size, 320);
        const float height = pill_height(ui, size) + ui.px(8);
        if (pill(ui, start, {area.middle_x() - width / 2, area.bottom() - button / 2 - height / 2, width, height},
                 size)) {
            event = view.event;
        }
    }
    if (behind != Behind::Nothing && footer_bar(ui, {}) == "back") {
        event = behind == Behind::Menu     ? Event{Went{Page::Menu}}
                : behind == Behind::Before ? Event{SteppedBack{}}
                                           : Event{Left{}};
    }
    return event;
}

}  // namespace milepost::kiosk::staff
