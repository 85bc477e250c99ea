#include "kiosk/staff/pages.h"
#include "kiosk/staff/sheets.h"

#include <algorithm>

namespace milepost::kiosk::staff {

namespace {

std::vector<Pill> tabs_of(const ResultsView& view) {
    std::vector<Pill> pills;
    for (const ResultsView::Tab& tab : view.tabs) {
        pills.push_back({.name = tab.name,
                         .label = tab.label,
                         .kind = tab.chosen ? PillKind::Primary : PillKind::Outline,
                         .weight = tab.chosen ? 600 : 500});
    }
    return pills;
}

}  // namespace

std::optional<Event> draw_results(Ui& ui, const ResultsView& view) {
    const std::string tab = header_bar(ui, view.title, tabs_of(view));
    const Box area = content(ui);
    const std::vector<Sheet> sheets = fitted(ui, view.sheets, area);
    const int leaves = static_cast<int>(sheets.size());
    const int leaf = std::clamp(view.leaf, 0, std::max(0, leaves - 1));
    if (sheets.empty()) {
        headline_with_hint(ui, view.notice, "", 26, area);
    } else {
        const Ui::Group group{ui, 0};
        draw_sheet(ui, sheets[static_cast<std::size_t>(leaf)], area);
    }
    const std::string tapped = footer_bar(ui, {.leaf = leaf, .leaves = leaves});
    if (const auto picked = std::ranges::find(view.tabs, tab, &ResultsView::Tab::name); picked != view.tabs.end()) {
        return PeriodPicked{picked->period};
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
