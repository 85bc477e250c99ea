#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk {

namespace {

constexpr double kCardWidth = 224;
constexpr double kCardHeight = 340;
constexpr double kMostRow = 168;  ///< with a face beside its label
constexpr double kLeastCardHeight = 210;
constexpr double kInset = 15;      ///< of a label in its card
constexpr double kLeastCut = 150;  ///< where nothing fits as it should

/// How the cards lie, four or five: a row, two rows, or one below the other.
struct Arrangement {
    int count = 5;
    int columns = 5;
    int rows = 1;
    bool face_beside = false;  ///< the face left of its label, not above it
    float label_size = 26;
    float least_height = 0;  ///< of all cards together
};

std::vector<std::string> labels_of(const QuestionView& view) {
    std::vector<std::string> labels;
    for (const Choice& choice : view.choices) {
        labels.push_back(choice.label);
    }
    return labels;
}

float card_width(const Ui& ui, const Box& area, int columns) {
    const float free = area.w - static_cast<float>(columns - 1) * ui.px(20);
    return std::floor(free / static_cast<float>(columns));
}

float rows_height(const Ui& ui, int rows, float row) {
    return static_cast<float>(rows) * row + static_cast<float>(rows - 1) * ui.px(14);
}

int count_of(const QuestionView& view) {
    return static_cast<int>(view.choices.size());
}

std::optional<Arrangement> one_row(Ui& ui, const QuestionView& view, const Box& area, std::span<const float> sizes) {
    const int count = count_of(view);
    const float width = std::min(card_width(ui, area, count), ui.px(kCardWidth * 1.3)) - 2 * ui.px(kInset);
    const auto size = common_size_of(ui, labels_of(view), width, 2, sizes);
    if (!size) {
        return std::nullopt;
    }
    return Arrangement{.count = count, .columns = count, .label_size = *size, .least_height = ui.px(kLeastCardHeight)};
}

std::optional<Arrangement> two_rows(Ui& ui, const QuestionView& view, const Box& area, std::span<const float> sizes) {
    const int columns = (count_of(view) + 1) / 2;
    const auto size = common_size_of(ui, labels_of(view), card_width(ui, area, columns) - 2 * ui.px(kInset), 2, sizes);
    if (!size) {
        return std::nullopt;
    }
    const float row = std::max(ui.layout().touch(), ui.px(52) + 2.5F * *size + ui.px(18));
    return Arrangement{.count = count_of(view),
                       .columns = columns,
                       .rows = 2,
                       .label_size = *size,
                       .least_height = rows_height(ui, 2, row)};
}

std::optional<Arrangement> stacked(Ui& ui, const QuestionView& view, const Box& area, std::span<const float> sizes) {
    const float row = ui.layout().touch();
    const auto size = common_size_of(ui, labels_of(view), area.w - row - ui.px(60), 1, sizes);
    if (!size) {
        return std::nullopt;
    }
    return Arrangement{.count = count_of(view),
                       .columns = 1,
                       .rows = count_of(view),
                       .face_beside = true,
                       .label_size = *size,
                       .least_height = rows_height(ui, count_of(view), row)};
}

/// The first that leaves the headline a line; the row with its labels cut where none does.
Arrangement arrange(Ui& ui, const QuestionView& view, const Box& area) {
    const auto row_sizes = rounds_of_sizes(ui, {28, 26, 24, 22});
    const auto sizes = rounds_of_sizes(ui, {32, 28, 24, 22});
    for (std::size_t round = 0; round < sizes.size(); ++round) {
        const float headline_least =
            round == 0 ? headline_line(ui, view.text) : 1.3F * ui.layout().text(round > 2 ? 22 : 34, false);
        const auto fits = [&](const std::optional<Arrangement>& found) {
            return found && found->least_height + headline_least + ui.px(24) <= area.h;
        };
        // One after the other: each measures texts in sizes of its own.
        if (ui.layout().portrait()) {
            if (const auto rows = stacked(ui, view, area, sizes[round]); fits(rows)) {
                return *rows;
            }
        }
        if (const auto row = one_row(ui, view, area, row_sizes[round]); fits(row)) {
            return *row;
        }
        const auto tall = stacked(ui, view, area, sizes[round]);
        const auto grid = two_rows(ui, view, area, sizes[round]);
        for (const auto& choice : {ui.layout().portrait() ? tall : grid, tall, grid}) {
            if (fits(choice)) {
                return *choice;
            }
        }
    }
    const auto grid = two_rows(ui, view, area, sizes.front());
    return grid && grid->least_height + ui.px(60) <= area.h
               ? *grid
               : Arrangement{.count = count_of(view),
                             .columns = count_of(view),
                             .label_size = ui.layout().text(22, false),
                             .least_height = std::max(ui.px(kLeastCut), ui.layout().touch())};
}

Ui::Chosen chosen(const Choice& choice) {
    return choice.selected ? Ui::Chosen::JustNow : Ui::Chosen::No;
}

void draw_above(Ui& ui, const Choice& choice, const Box& box, const Arrangement& how) {
    const float label = how.label_size * (how.rows == 1 ? 2.6F : 2.5F);
    const float room = box.h - label - ui.px(how.rows == 1 ? 56 : 18);
    const float face = std::floor(std::min({ui.px(170), box.w - ui.px(40), room}));
    const float top = how.rows == 1 ? std::min(ui.px(33), (box.h - label - face) / 2) : ui.px(10);
    ui.face(choice.mood, {box.middle_x() - face / 2, box.y + top, face, face}, chosen(choice));
    const float below = box.y + top + face;
    ui.text(choice.label, {.size = how.label_size, .colour = ui.colours().text, .most_lines = 2},
            {box.x + ui.px(kInset), below, box.w - 2 * ui.px(kInset),
             box.bottom() - below - (how.rows == 1 ? 0 : ui.px(6))});
}

void draw_beside(Ui& ui, const Choice& choice, const Box& box, const Arrangement& how) {
    const float face = std::floor(box.h - ui.px(24));
    ui.face(choice.mood, {box.x + ui.px(24), box.middle_y() - face / 2, face, face}, chosen(choice));
    const float from = face + ui.px(48);
    ui.text(choice.label,
            {.size = how.label_size, .colour = ui.colours().text, .align = platform::Align::Start, .most_lines = 1},
            {box.x + from, box.y, box.w - from - ui.px(12), box.h});
}

Box place_of(const Ui& ui, int index, const Box& area, const Arrangement& how) {
    const int row = index / how.columns;
    const int in_row = std::min(how.columns, how.count - row * how.columns);
    const float gap_y = ui.px(14);
    const float height = (area.h - static_cast<float>(how.rows - 1) * gap_y) / static_cast<float>(how.rows);
    const float whole = card_width(ui, area, how.columns);
    const float width = how.rows == 1 ? std::min(whole, ui.px(kCardWidth * 1.3)) : whole;
    const float gap_x = ui.px(20);
    const float used = static_cast<float>(in_row) * width + static_cast<float>(in_row - 1) * gap_x;
    const float x = area.middle_x() - used / 2 + static_cast<float>(index % how.columns) * (width + gap_x);
    return {std::round(x), std::round(area.y + static_cast<float>(row) * (height + gap_y)), width, std::floor(height)};
}

}  // namespace

std::optional<Event> draw_faces(Ui& ui, const QuestionView& view, const Box& area) {
    const Arrangement how = arrange(ui, view, area);
    const float most = how.rows == 1     ? ui.px(kCardHeight)
                       : how.face_beside ? rows_height(ui, how.rows, ui.px(kMostRow))
                                         : area.h;
    const Box cards = headline(ui, view.text, area, how.least_height, most);
    std::optional<Event> event;
    for (int i = 0; i < count_of(view); ++i) {
        const Choice& choice = view.choices[static_cast<std::size_t>(i)];
        const Box box = place_of(ui, i, cards, how);
        const Ui::Group group{ui, 1 + i};
        if (card(ui, choice.name, box, {.selected = choice.selected})) {
            event = Answered{choice.value};
        }
        ui.called(choice.spoken);
        how.face_beside ? draw_beside(ui, choice, box, how) : draw_above(ui, choice, box, how);
    }
    return event;
}

}  // namespace milepost::kiosk
