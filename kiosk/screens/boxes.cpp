#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk {

namespace {

constexpr float kEndWidth = 0.46F;  ///< of the row, for each end's label
constexpr int kMany = 11;           ///< boxes, of the NPS: they may be narrower than all else that is touched
constexpr double kLeastWidthMm = 20;
constexpr double kLeastWidthOfManyMm = 15;
constexpr double kLeastHeightMm = 24;
constexpr double kSmallHeightMm = 20;  ///< on a panel that has no room for two rows of the above
constexpr double kSmallHeightOfManyMm = 16;

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
    const bool many = count >= kMany;
    if (width(count) >= ui.layout().mm(many ? kLeastWidthOfManyMm : kLeastWidthMm)) {
        return {count, 1, std::min(width(count), ui.px(140)), std::max(least, ui.px(150)), gap};
    }
    const int columns = (count + 1) / 2;
    const float room = area.h - labels - ui.px(24) - gap - 1.3F * ui.layout().text(22, false);
    const float height =
        std::clamp(std::floor(room / 2), ui.layout().mm(many ? kSmallHeightOfManyMm : kSmallHeightMm), least);
    return {columns, 2, std::min(width(columns), ui.px(220)), height, gap};
}

Type end_type(const Ui& ui) {
    return {.size = ui.text_size(26), .colour = ui.colours().secondary, .most_lines = 2};
}

float ends_height(Ui& ui, const QuestionView& view, const Box& area) {
    const float width = area.w * kEndWidth;
    const float low = ui.measure(view.low_label, end_type(ui), width).height;
    return std::max(low, ui.measure(view.high_label, end_type(ui), width).height) + ui.px(16);
}

void draw_ends(Ui& ui, const QuestionView& view, const Box& area) {
    Type type = end_type(ui);
    const float width = area.w * kEndWidth;
    type.align = platform::Align::Start;
    ui.text(view.low_label, type, {area.x, area.y, width, ui.measure(view.low_label, type, width).height});
    type.align = platform::Align::End;
    const float high = ui.measure(view.high_label, type, width).height;
    ui.text(view.high_label, type, {area.right() - width, area.y, width, high});
}

}  // namespace

std::optional<Event> draw_boxes(Ui& ui, const QuestionView& view, const Box& area) {
    const int count = static_cast<int>(view.choices.size());
    const float labels = ends_height(ui, view, area);
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
        ui.called(choice.spoken);
        ui.text(choice.label, {.size = ui.text_size(44), .weight = 600, .colour = ui.colours().text}, box);
    }
    const Ui::Group group{ui, 4};
    draw_ends(ui, view, {below.middle_x() - used / 2, below.y + how.total() + ui.px(16), used, labels});
    return event;
}

}  // namespace milepost::kiosk
