#include "kiosk/staff/pages.h"
#include "kiosk/staff/parts.h"
#include "kiosk/strings.h"
#include "surveys/model/local_text.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk::staff {

namespace {

/// How many cards stand beside and below each other.
struct Raster {
    int columns = 1;
    int rows = 1;
    [[nodiscard]] int cards() const { return columns * rows; }
};

Raster raster_in(const Ui& ui, const Box& area) {
    const float gap = ui.px(20);
    const float width = std::max(ui.layout().touch(), ui.px(210));
    return {.columns = std::max(1, static_cast<int>((area.w + gap) / (width + gap))),
            .rows = std::max(1, static_cast<int>((area.h + gap) / (ui.layout().touch() + gap)))};
}

Box card_box(const Ui& ui, const Box& area, const Raster& raster, int place) {
    const float gap = ui.px(20);
    const auto across = static_cast<float>(raster.columns);
    const auto down = static_cast<float>(raster.rows);
    const float width = std::floor((area.w - (across - 1) * gap) / across);
    const float height = std::min(std::floor((area.h - (down - 1) * gap) / down), ui.px(180));
    return {area.x + static_cast<float>(place % raster.columns) * (width + gap),
            area.y + static_cast<float>(place / raster.columns) * (height + gap), width, height};
}

}  // namespace

std::optional<Event> draw_all_languages(Ui& ui, int leaf) {
    const auto tags = spoken_languages();
    const int count = static_cast<int>(tags.size());
    std::optional<Event> event;
    if (header_bar(ui, "Milepost", {{.name = "leave", .label = words(ui, SetUpWord::Later)}}) == "leave") {
        event = Left{};
    }
    Box area = content(ui);
    const Box whole{area.x, area.y, area.w, ui.layout().height() - area.y - ui.layout().margin()};
    Raster raster = raster_in(ui, whole);
    const bool at_once = raster.cards() >= count;
    if (at_once) {
        area = whole;
        raster.rows = (count + raster.columns - 1) / raster.columns;
    } else {
        raster = raster_in(ui, area);
    }
    const int leaves = (count + raster.cards() - 1) / raster.cards();
    const int first = std::clamp(leaf, 0, leaves - 1) * raster.cards();
    const int last = std::min(count, first + raster.cards());
    for (int i = first; i < last; ++i) {
        const std::string tag{tags[static_cast<std::size_t>(i)]};
        const Box box = card_box(ui, area, raster, i - first);
        const Ui::Group group{ui, (i - first) / raster.columns};
        if (card(ui, "language:" + tag, box, {.radius = 28})) {
            event = CustomersLanguagePicked{tag};
        }
        ui.text(
            std::string{surveys::endonym(tag)},
            {.size = ui.text_size(32), .weight = 600, .colour = ui.colours().text, .most_lines = 1, .language = tag},
            box);
    }
    if (!at_once) {
        const std::string tapped =
            footer_bar(ui, {.leaf = first / raster.cards(), .leaves = leaves, .goes_back = false});
        if (tapped == "previous" || tapped == "next") {
            event = Turned{first / raster.cards() + (tapped == "next" ? 1 : -1)};
        }
    }
    return event;
}

}  // namespace milepost::kiosk::staff
