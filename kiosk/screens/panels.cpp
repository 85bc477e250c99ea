#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"
#include "kiosk/speech/speech.h"
#include "kiosk/staff/pages.h"
#include "kiosk/staff/preview_page.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk {

// Screens that set something for this person: language, accessibility.

namespace {

Box cell(const Ui& ui, const Box& area, int index, int columns, float height) {
    const float gap = ui.px(20);
    const float width = std::floor((area.w - static_cast<float>(columns - 1) * gap) / static_cast<float>(columns));
    return {area.x + static_cast<float>(index % columns) * (width + gap),
            area.y + static_cast<float>(index / columns) * (height + gap), width, height};
}

/// A row with a switch: the knob's place tells, not its colour alone.
bool switch_row(Ui& ui, const std::string& name, Word word, bool on, const Box& box) {
    const bool tapped = card(ui, name, box, {.radius = 28});
    const Colours& colours = ui.colours();
    ui.text(std::string{say(word, ui.look().language)},
            {.size = ui.text_size(32), .colour = colours.text, .align = platform::Align::Start, .most_lines = 1},
            {box.x + ui.px(36), box.y, box.w - ui.px(196), box.h});
    const Box track{box.right() - ui.px(136), std::round(box.middle_y() - ui.px(28)), ui.px(100), ui.px(56)};
    ui.panel({.radius = std::floor(track.h / 2),
              .border = std::max(2.0F, ui.px(2)),
              .fill = on ? colours.accent : colours.surface,
              .line = on ? colours.accent : colours.control_line},
             track);
    const float knob = ui.px(40);
    const float inset = std::round((track.h - knob) / 2);
    const Box place{on ? track.right() - inset - knob : track.x + inset, track.y + inset, knob, knob};
    ui.disc(place, 0, on ? colours.on_accent : colours.control_line);
    if (on) {
        ui.check_mark(place, colours.accent);
    }
    return tapped;
}

}  // namespace

namespace {

/// How the languages lie: so that each can be touched, with as few columns as that takes.
struct LanguageGrid {
    Box area;
    int columns = 1;
    float height = 0;
    float text = 0;  ///< the size at which every name stands whole
    bool titled = true;
};

std::optional<LanguageGrid> grid_in(Ui& ui, const LanguageView& view, const Box& area, int columns) {
    const int count = static_cast<int>(view.languages.size());
    const int rows = (count + columns - 1) / columns;
    const float gap = ui.px(20);
    const float room = std::floor((area.h - static_cast<float>(rows - 1) * gap) / static_cast<float>(rows));
    const float height = std::min(room, std::max(ui.px(160), ui.layout().touch()));
    const float width = cell(ui, area, 0, columns, 0).w - ui.px(16);
    if (height < ui.layout().touch()) {
        return std::nullopt;
    }
    for (const double reference : {40, 34, 28, 24, 22}) {
        const float size = ui.text_size(reference);
        const bool fits = std::ranges::all_of(view.languages, [&](const LanguageView::Entry& entry) {
            return ui.measure(entry.name, {.size = size, .weight = 600, .language = entry.tag}, 0).width <= width;
        });
        if (fits) {
            const float total = static_cast<float>(rows) * (height + gap) - gap;
            return LanguageGrid{{area.x, area.middle_y() - total / 2, area.w, total}, columns, height, size};
        }
    }
    return std::nullopt;
}

LanguageGrid arrange(Ui& ui, const LanguageView& view) {
    const int count = static_cast<int>(view.languages.size());
    const int wanted = ui.layout().portrait() ? 2 : ui.look().large ? 3 : 4;
    const int first = count <= 3 ? count : std::min(wanted, (count + 1) / 2);
    const Box usual = content(ui);
    const float top = ui.px(16);
    const Box untitled{usual.x, top, usual.w, usual.bottom() - top};
    for (const Box& area : {usual, untitled}) {
        for (int columns = first; columns <= std::max(first, 6); ++columns) {
            if (auto grid = grid_in(ui, view, area, columns)) {
                grid->titled = area == usual;
                return *grid;
            }
        }
    }
    // More languages than any glass of this size can offer whole.
    const int columns = std::max(first, 4);
    const int rows = (count + columns - 1) / columns;
    const float height = std::floor((untitled.h + ui.px(20)) / static_cast<float>(rows)) - ui.px(20);
    return {untitled, columns, height, ui.layout().text(22, false), false};
}

}  // namespace

std::optional<Event> draw_languages(Ui& ui, const LanguageView& view, const HeaderView& above) {
    const LanguageGrid grid = arrange(ui, view);
    if (grid.titled) {
        plain_header(ui, above);
    }
    const int count = static_cast<int>(view.languages.size());
    std::optional<Event> event;
    for (int i = 0; i < count; ++i) {
        const LanguageView::Entry& entry = view.languages[static_cast<std::size_t>(i)];
        const Box box = cell(ui, grid.area, i, grid.columns, grid.height);
        const Ui::Group group{ui, i / grid.columns};
        if (card(ui, "language:" + entry.tag, box, {.selected = entry.selected})) {
            event = LanguagePicked{entry.tag};
        }
        ui.text(entry.name,
                {.size = grid.text, .weight = 600, .colour = ui.colours().text, .most_lines = 1, .language = entry.tag},
                box);
    }
    if (footer_button(ui, "done", Word::Close)) {
        event = Closed{};
    }
    return event;
}

std::optional<Event> draw_accessibility(Ui& ui, const AccessibilityView& view, const HeaderView& above) {
    plain_header(ui, above);
    const float height = std::max(ui.px(136), ui.layout().touch());
    // Where all of the glass is within reach there is nothing to bring nearer.
    const bool reachable = !ui.layout().is_tall() && !view.low_layout;
    const int rows = reachable ? 2 : 3;
    const float both = static_cast<float>(rows) * height + static_cast<float>(rows - 1) * ui.px(20);
    const Box below =
        headline(ui, std::string{say(Word::Accessibility, ui.look().language)}, content(ui), both, both + ui.px(60));
    const float width = std::min(below.w, ui.px(900));
    const Box column{below.middle_x() - width / 2, below.y, width, both};
    std::optional<Event> event;
    const Ui::Group group{ui, 1};
    if (switch_row(ui, "large_text", Word::LargerText, view.large_text, cell(ui, column, 0, 1, height))) {
        event = LargeTextSwitched{};
    }
    if (switch_row(ui, "high_contrast", Word::HighContrast, view.high_contrast, cell(ui, column, 1, 1, height))) {
        event = HighContrastSwitched{};
    }
    if (!reachable && switch_row(ui, "low_layout", Word::LowLayout, view.low_layout, cell(ui, column, 2, 1, height))) {
        event = LowLayoutSwitched{};
    }
    if (footer_button(ui, "done", Word::Done)) {
        event = Closed{};
    }
    return event;
}

namespace {

std::optional<Event> draw_for_customers(Ui& ui, const State& state) {
    const QuestionView question = view_question(state);
    switch (screen_of(state)) {
        case Screen::Question:
            return draw_question(ui, question);
        case Screen::Thanks:
            return draw_thanks(ui, view_thanks(state), question.header);
        case Screen::StillThere:
            return draw_still_there(ui, question.header);
        case Screen::Language:
            return draw_languages(ui, view_languages(state), question.header);
        case Screen::Accessibility:
            return draw_accessibility(ui, view_accessibility(state), question.header);
        case Screen::Privacy:
            return draw_privacy(ui, question.header);
        case Screen::Saving:
            return draw_saving(ui, question.header);
        case Screen::OutOfService:
            return draw_out_of_service(ui, question.header);
        case Screen::Paused:
            plain_header(ui, question.header);
            staff::draw_paused(ui);
            break;
        case Screen::Closed:
            return draw_closed(ui, view_closed(state), question.header);
        case Screen::Staff:
            break;
    }
    return std::nullopt;
}

}  // namespace

Look look_of(const State& state, Theme theme, const Brand* brand) {
    const std::string& language = state.staff.page ? state.staff.language : state.visit.language;
    Look look{.theme = theme, .language = language, .right_to_left = surveys::is_right_to_left(language)};
    if (!state.staff.page) {
        const bool closed = screen_of(state) == Screen::Closed && theme == Theme::Light;
        look.theme = state.visit.high_contrast ? Theme::HighContrast : closed ? Theme::Dark : theme;
        look.large = state.visit.large_text;
        look.brand = brand;
    }
    return look;
}

std::optional<Event> draw_screen(Ui& ui, const State& state) {
    if (state.staff.page) {
        const bool previews = state.staff.page == staff::Page::Preview;
        const auto event = previews ? staff::draw_preview(ui, state) : staff::draw_page(ui, state.staff);
        ui.ring();
        return event ? std::optional<Event>{*event} : std::nullopt;
    }
    const std::optional<Event> event = draw_for_customers(ui, state);
    if (state.staff.testing) {
        staff::draw_test_badge(ui);
    }
    if (speech::speaks(state)) {
        speech::draw_badge(ui, state);
    }
    ui.ring();
    return event;
}

}  // namespace milepost::kiosk
