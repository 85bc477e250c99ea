#include "kiosk/staff/pages.h"
#include "kiosk/staff/parts.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk::staff {

namespace {

/// Label at the start, value from the same place in every row; heights as the texts need.
struct Rows {
    Type label;
    Type value;
    float label_width;
    float value_width;

    Rows(Ui& ui, const Box& area)
        : label(row_type(ui, 400, ui.colours().secondary)),
          value(row_type(ui, 600, ui.colours().text)),
          label_width(std::floor(area.w * 0.4F)),
          value_width(area.w - label_width - ui.px(24)) {
        value.most_lines = 3;
    }
    float height(Ui& ui, const RowsView::Row& row) const {
        return std::max(ui.measure(row.label, label, label_width).height,
                        ui.measure(row.value, value, value_width).height) +
               ui.px(16);
    }
    void draw(Ui& ui, const RowsView::Row& row, float y, const Box& area) const {
        const float tall = height(ui, row) - ui.px(16);
        ui.text(row.label, label, {area.x, y, label_width, tall});
        Type type = value;
        type.colour = colour_of(ui, row.mood);
        ui.text(row.value, type, {area.right() - value_width, y, value_width, tall});
    }
};

/// Which rows stand on which page.
std::vector<std::vector<RowsView::Row>> paged(Ui& ui, const Rows& rows, const RowsView& view, const Box& area) {
    std::vector<std::vector<RowsView::Row>> pages(1);
    float used = 0;
    for (const RowsView::Row& row : view.rows) {
        const float height = rows.height(ui, row);
        if (!pages.back().empty() && used + height > area.h) {
            pages.emplace_back();
            used = 0;
        }
        pages.back().push_back(row);
        used += height;
    }
    return pages;
}

}  // namespace

std::optional<Event> draw_device(Ui& ui, const RowsView& view) {
    const std::string above =
        header_bar(ui, view.title,
                   {{.name = "network_test", .label = words(ui, SetUpWord::NetworkTest), .enabled = view.can_test},
                    {.name = "connect", .label = words(ui, SetUpWord::Connect)}});
    const Box area = content(ui);
    const Rows rows{ui, area};
    const auto pages = paged(ui, rows, view, area);
    const int leaves = static_cast<int>(pages.size());
    const int leaf = std::clamp(view.leaf, 0, leaves - 1);
    if (!view.notice.empty()) {
        headline_with_hint(ui, view.notice, "", 26, area);
    }
    float y = area.y;
    for (const RowsView::Row& row : pages[static_cast<std::size_t>(leaf)]) {
        rows.draw(ui, row, y, area);
        y += rows.height(ui, row);
    }
    const std::string tapped = footer_bar(ui, {.leaf = leaf, .leaves = leaves});
    if (!above.empty()) {
        return above == "connect" ? Event{Went{Page::Connect}} : Event{NetworkTestAsked{}};
    }
    if (tapped == "back") {
        return Went{Page::Menu};
    }
    if (tapped == "previous" || tapped == "next") {
        return Turned{leaf + (tapped == "next" ? 1 : -1)};
    }
    return std::nullopt;
}

}  // namespace milepost::kiosk::staff
