#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk {

namespace {

constexpr double kGap = 14;
constexpr double kIndicator = 36;

struct Arrangement {
    int columns = 2;
    int rows = 1;
    bool indicator = true;  ///< a box that gets a check mark; else only the fill and border tell
    float label_size = 26;
    float least_row = 0;
};

std::vector<std::string> labels_of(const QuestionView& view) {
    std::vector<std::string> labels;
    for (const Choice& choice : view.choices) {
        labels.push_back(choice.label);
    }
    return labels;
}

float column_width(const Ui& ui, const Box& area, int columns) {
    return std::floor((area.w - static_cast<float>(columns - 1) * ui.px(20)) / static_cast<float>(columns));
}

float least_height(const Ui& ui, int rows, float row) {
    return static_cast<float>(rows) * row + static_cast<float>(rows - 1) * ui.px(kGap);
}

/// What a finger needs, or the tallest label.
float least_row(Ui& ui, const QuestionView& view, float size, float width) {
    float tallest = 0;
    for (const Choice& choice : view.choices) {
        tallest = std::max(tallest, ui.measure(choice.label, {.size = size, .most_lines = 2}, width).height);
    }
    return std::max(ui.layout().touch(), std::ceil(tallest + ui.px(14)));
}

std::optional<Arrangement> with_columns(Ui& ui, const QuestionView& view, const Box& area, int columns, bool indicator,
                                        float headline, std::span<const float> sizes) {
    const float around = ui.px(indicator ? 28 + kIndicator + 20 + 16 : 32);
    const float width = column_width(ui, area, columns) - around;
    const auto size = common_size_of(ui, labels_of(view), width, 2, sizes);
    const int count = static_cast<int>(view.choices.size());
    const int rows = (count + columns - 1) / columns;
    const float row = size ? least_row(ui, view, *size, width) : 0;
    if (!size || least_height(ui, rows, row) + ui.px(24) + headline > area.h) {
        return std::nullopt;
    }
    return Arrangement{columns, rows, indicator, *size, row};
}

Arrangement arrange(Ui& ui, const QuestionView& view, const Box& area) {
    const int count = static_cast<int>(view.choices.size());
    const int wide = ui.layout().portrait() ? 1 : count > 4 ? 3 : 2;
    const float line = headline_line(ui, view.text);
    const float least_line = 1.3F * ui.layout().text(22, false);
    for (const std::vector<float>& sizes : rounds_of_sizes(ui, {30, 28, 26, 24, 22})) {
        for (const float headline : {line, least_line}) {
            for (const bool indicator : {view.manner == Manner::SomeOf, false}) {
                for (const int columns : {wide, 2, 3, 4, 1}) {
                    if (const auto found = with_columns(ui, view, area, columns, indicator, headline, sizes)) {
                        return *found;
                    }
                }
            }
        }
    }
    const int columns = ui.layout().portrait() ? 2 : 4;
    return {.columns = columns,
            .rows = (count + columns - 1) / columns,
            .indicator = false,
            .label_size = ui.layout().text(22, false),
            .least_row = ui.layout().touch()};
}

void draw_indicator(Ui& ui, const Choice& choice, const Box& box) {
    const Colours& colours = ui.colours();
    const float size = ui.px(kIndicator);
    const Box square{box.x + ui.px(28), std::round(box.middle_y() - size / 2), size, size};
    // Square, not round: a circle says that one choice takes away the other.
    ui.panel({.radius = ui.px(9),
              .border = std::max(2.0F, ui.px(2.5)),
              .fill = choice.selected ? colours.accent : colours.surface,
              .line = choice.selected ? colours.accent : colours.control_line},
             square);
    if (choice.selected) {
        ui.check_mark(square, colours.on_accent);
    }
}

void draw_label(Ui& ui, const Choice& choice, const Box& box, const Arrangement& how, bool several) {
    const float from = ui.px(how.indicator ? 28 + kIndicator + 20 : 16);
    const bool on_fill = several && !how.indicator && choice.selected;
    ui.text(choice.label,
            {.size = how.label_size,
             .colour = on_fill ? ui.colours().on_accent : ui.colours().text,
             .align = how.indicator ? platform::Align::Start : platform::Align::Center,
             .most_lines = 2},
            {box.x + from, box.y, box.w - from - ui.px(16), box.h});
}

/// Where the cards lie. Those that answer at a touch stand in the middle of an unfilled last row; check boxes stay
/// in their columns.
struct Grid {
    Box area;
    int columns;
    int count;
    float width;
    float height;
    bool centred;
    float gap_x;
    float gap_y;

    [[nodiscard]] Box at(int index) const {
        const int row = index / columns;
        const int in_row = centred ? std::min(columns, count - row * columns) : columns;
        const float used = static_cast<float>(in_row) * (width + gap_x) - gap_x;
        const float left = centred ? std::round(area.middle_x() - used / 2) : area.x;
        return {left + static_cast<float>(index % columns) * (width + gap_x),
                area.y + static_cast<float>(row) * (height + gap_y), width, height};
    }
};

}  // namespace

std::optional<Event> draw_options(Ui& ui, const QuestionView& view, const Box& area) {
    const Arrangement how = arrange(ui, view, area);
    const std::string hint{say(Word::ChooseSeveral, ui.look().language)};
    const float hint_height = std::ceil(ui.text_size(24) * 1.7F);
    const float least = least_height(ui, how.rows, how.least_row);
    const bool several = view.manner == Manner::SomeOf;
    const bool hinted = several && least + hint_height + ui.px(24) + headline_line(ui, view.text, 48) <= area.h;
    const float over = hinted ? hint_height : 0;
    const float most = static_cast<float>(how.rows) * ui.px(136 + kGap) - ui.px(kGap);
    const Box below = headline(ui, view.text, area, least + over, std::max(least, most) + over);
    std::optional<Event> event;
    if (hinted) {
        const Ui::Group group{ui, 0};
        ui.text(hint, {.size = ui.text_size(24), .weight = 400, .colour = ui.colours().secondary},
                {below.x, below.y - ui.px(10), below.w, hint_height});
    }
    const auto rows = static_cast<float>(how.rows);
    const Grid grid{.area = {below.x, below.y + over, below.w, below.h - over},
                    .columns = how.columns,
                    .count = static_cast<int>(view.choices.size()),
                    .width = column_width(ui, area, how.columns),
                    .height = std::floor((below.h - over - (rows - 1) * ui.px(kGap)) / rows),
                    .centred = !several,
                    .gap_x = ui.px(20),
                    .gap_y = ui.px(kGap)};
    for (int i = 0; i < grid.count; ++i) {
        const Choice& choice = view.choices[static_cast<std::size_t>(i)];
        const Box box = grid.at(i);
        const Ui::Group group{ui, 1 + i / how.columns};
        if (card(ui, choice.name, box,
                 {.selected = choice.selected, .filled = several && !how.indicator, .radius = 28})) {
            event = several ? Event{Toggled{choice.option}} : Event{Picked{choice.option}};
        }
        if (how.indicator) {
            draw_indicator(ui, choice, box);
        }
        draw_label(ui, choice, box, how, several);
    }
    return event;
}

}  // namespace milepost::kiosk
