#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk {

namespace {

constexpr double kLeastWidthMm = 15;
constexpr double kLeastHeightMm = 24;
constexpr double kSmallHeightMm = 16;  ///< on a panel that has no room for two rows of the above

struct Arrangement {
    int columns;
    int rows;
    float width;
    float height;
    float gap;
    [[nodiscard]] float total() const { return static_cast<float>(rows) * height + static_cast<float>(rows - 1) * gap; }
};

/// One row, or two where the boxes would be too narrow: lower ones, if need be, on a small panel.
Arrangement arrange(const Ui& ui, const Box& area, int count, float labels) {
    const float gap = ui.px(12);
    const float least = ui.layout().mm(kLeastHeightMm);
    const auto width = [&](int columns) {
        return std::floor((area.w - static_cast<float>(columns - 1) * gap) / static_cast<float>(columns));
    };
    if (width(count) >= ui.layout().mm(kLeastWidthMm)) {
        return {count, 1, std::min(width(count), ui.px(140)), std::max(least, ui.px(150)), gap};
    }
    const int columns = (count + 1) / 2;
    const float room = area.h - labels - ui.px(24) - gap - 1.3F * ui.layout().text(22, false);
    const float height = std::clamp(std::floor(room / 2), ui.layout().mm(kSmallHeightMm), least);
    return {columns, 2, std::min(width(columns), ui.px(220)), height, gap};
}

void draw_ends(Ui& ui, const QuestionView& view, const Box& area) {
    Type type{.size = ui.text_size(26), .weight = 500, .colour = ui.colours().secondary, .most_lines = 2};
    const float width = area.w * 0.46F;
    type.align = platform::Align::Start;
    ui.text(view.low_label, type, {area.x, area.y, width, area.h});
    type.align = platform::Align::End;
    ui.text(view.high_label, type, {area.right() - width, area.y, width, area.h});
}

}  // namespace

std::optional<Event> draw_nps(Ui& ui, const QuestionView& view, const Box& area) {
    const int count = static_cast<int>(view.choices.size());
    const float labels = std::ceil(ui.text_size(26) * (ui.look().large ? 2.5F : 1.6F));
    const Arrangement how = arrange(ui, area, count, labels);
    const Box below = headline(ui, view.text, area, how.total() + labels, how.total() + labels + ui.px(70));
    const float used = static_cast<float>(how.columns) * (how.width + how.gap) - how.gap;
    std::optional<Event> event;
    for (int i = 0; i < count; ++i) {
        const Choice& choice = view.choices[static_cast<std::size_t>(i)];
        const Box box{below.middle_x() - used / 2 + static_cast<float>(i % how.columns) * (how.width + how.gap),
                      below.y + static_cast<float>(i / how.columns) * (how.height + how.gap), how.width, how.height};
        const Ui::Group group{ui, 1 + i / 3};
        if (card(ui, choice.name, box, {.selected = choice.selected, .radius = 24})) {
            event = Answered{choice.value};
        }
        ui.text(choice.label, {.size = ui.text_size(44), .weight = 600, .colour = ui.colours().text}, box);
    }
    const Ui::Group group{ui, 4};
    draw_ends(ui, view, {below.middle_x() - used / 2, below.y + how.total() + ui.px(8), used, labels});
    return event;
}

}  // namespace milepost::kiosk
