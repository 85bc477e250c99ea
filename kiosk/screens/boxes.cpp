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

/// The labels of both ends, in a size at which they stand whole.
struct Ends {
    Type type;
    float height = 0;
    bool stacked = false;  ///< one below the other, each as wide as the row
};

std::optional<Ends> ends_in(Ui& ui, const QuestionView& view, float size, float row, bool stacked) {
    Ends ends{{.size = size, .colour = ui.colours().secondary, .most_lines = 2}, 0, stacked};
    const float width = std::floor(row * (stacked ? 1 : kEndWidth));
    for (const std::string* label : {&view.low_label, &view.high_label}) {
        const TextSize set = ui.measure(*label, ends.type, width);
        if (set.cut || (has_spaces(ui.look().language) && widest_word(ui, *label, ends.type) > width)) {
            return std::nullopt;
        }
        ends.height = stacked ? ends.height + set.height : std::max(ends.height, set.height);
    }
    ends.height += ui.px(16);
    return ends;
}

/// In the first size at which no word breaks, each has two lines at the most, and `room` is enough.
Ends ends_for(Ui& ui, const QuestionView& view, float row, float room) {
    for (const float size : {ui.text_size(26), ui.layout().text(40, false), ui.layout().text(32, false),
                             ui.layout().text(26, false), ui.layout().text(22, false)}) {
        for (const bool stacked : {false, true}) {
            if (const auto ends = ends_in(ui, view, size, row, stacked); ends && ends->height <= room) {
                return *ends;
            }
        }
    }
    Ends least{{.size = ui.layout().text(22, false), .colour = ui.colours().secondary, .most_lines = 2}};
    for (const std::string* label : {&view.low_label, &view.high_label}) {
        const float height = ui.measure(*label, least.type, row * kEndWidth).height + ui.px(16);
        least.height = std::max(least.height, height);
    }
    return least;
}

/// What the boxes leave for the labels of their ends below a headline of one line.
float room_for_ends(const Ui& ui, const Box& area, int count) {
    const float boxes = arrange(ui, area, count, 0).total();
    return area.h - boxes - ui.px(24) - 1.3F * ui.layout().text(ui.look().large ? 40 : 22, false);
}

/// Whether the ends' labels have room in the first and the last box, under their numbers.
bool fit_inside(Ui& ui, const QuestionView& view, const Arrangement& how) {
    const Type type{.size = ui.layout().text(22, false)};
    const float width = how.width - ui.px(16);
    const float number = 1.2F * ui.layout().text(30, false);
    return std::ranges::all_of(std::initializer_list<const std::string*>{&view.low_label, &view.high_label},
                               [&](const std::string* label) {
                                   const TextSize set = ui.measure(*label, type, width);
                                   return set.lines <= 2 && widest_word(ui, *label, type) <= width &&
                                          number + set.height + ui.px(12) <= how.height;
                               });
}

void draw_number(Ui& ui, const std::string& number, const std::string& label, const Box& box) {
    const Type type{.size = ui.text_size(44), .weight = 600, .colour = ui.colours().text};
    if (label.empty()) {
        return ui.text(number, type, box);
    }
    const Type small{.size = ui.layout().text(22, false), .colour = ui.colours().secondary, .most_lines = 2};
    const float low = ui.measure(label, small, box.w - ui.px(16)).height;
    Type above = type;
    above.size = ui.layout().text(30, false);
    const float high = 1.2F * above.size;
    const float top = box.y + std::floor((box.h - high - low) / 2);
    ui.text(number, above, {box.x, top, box.w, high});
    ui.text(label, small, {box.x + ui.px(8), top + high, box.w - ui.px(16), low});
}

void draw_ends(Ui& ui, const QuestionView& view, const Ends& ends, const Box& area) {
    Type type = ends.type;
    const float width = ends.stacked ? area.w : area.w * kEndWidth;
    type.align = platform::Align::Start;
    const float low = ui.measure(view.low_label, type, width).height;
    ui.text(view.low_label, type, {area.x, area.y, width, low});
    type.align = platform::Align::End;
    const float high = ui.measure(view.high_label, type, width).height;
    ui.text(view.high_label, type, {area.right() - width, area.y + (ends.stacked ? low : 0), width, high});
}

}  // namespace

std::optional<Event> draw_boxes(Ui& ui, const QuestionView& view, const Box& area) {
    const int count = static_cast<int>(view.choices.size());
    // The row of boxes may be narrower than the area.
    const Arrangement alone = arrange(ui, area, count, 0);
    const float row = static_cast<float>(alone.columns) * (alone.width + alone.gap) - alone.gap;
    const float room = room_for_ends(ui, area, count);
    const Ends ends = ends_for(ui, view, row, room);
    const bool inside = ends.height > room && fit_inside(ui, view, alone);
    const float labels = inside ? 0 : ends.height;
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
        const bool at_end = inside && (i == 0 || i == count - 1);
        draw_number(ui, choice.label, at_end ? (i == 0 ? view.low_label : view.high_label) : "", box);
    }
    const Ui::Group group{ui, 4};
    if (inside) {
        return event;
    }
    draw_ends(ui, view, ends, {below.middle_x() - used / 2, below.y + how.total() + ui.px(16), used, labels});
    return event;
}

}  // namespace milepost::kiosk
