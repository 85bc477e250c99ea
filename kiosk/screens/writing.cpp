#include "kiosk/screens/keyboard.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace milepost::kiosk {

namespace {

constexpr double kLeastKeyMm = 14;
constexpr double kWideKeyMm = 16;
constexpr double kMostKeyMm = 18;
constexpr double kSmallKeyMm = 11;  ///< on a panel that has no room for more
constexpr double kPhoneKeyMm = 20;
constexpr double kFieldText = 32;
constexpr int kMostLines = 5;

/// Of the screen from top to bottom: one bar or two, what is asked, the field, a note on it, the keys.
struct Arrangement {
    bool one_bar = false;
    KeyGrid grid;
    float top = 0;
    float above_keys = 0;  ///< for the headline, the field and the note
    float below_keys = 0;  ///< the lower bar
    float field_line = 0;
    int lines = 1;   ///< of the field, at the least
    float note = 0;  ///< 0: the headline gives way to it
};

float field_height(const Ui& ui, float line, int lines) {
    return std::ceil(static_cast<float>(lines) * line) + 2 * ui.px(14);
}

float field_line(Ui& ui, const Entry& entry) {
    return ui.measure("x", {.size = ui.text_size(kFieldText), .language = entry.is_contact() ? "en" : ""}, 0).height;
}

std::optional<KeyGrid> phone_grid(const Ui& ui, bool tall, float room) {
    KeyGrid grid{.rows = phone_rows(tall), .columns = tall ? 3.0F : 6.0F};
    const float least = ui.layout().mm(kPhoneKeyMm);
    const float most = std::max(least, ui.px(130));
    grid.cell_height = std::min(std::floor(room / static_cast<float>(grid.rows.size())), most);
    grid.cell_width = std::clamp(std::floor(ui.layout().width() / (grid.columns + 1)), least, ui.layout().mm(34));
    return grid.cell_height >= least ? std::optional{grid} : std::nullopt;
}

/// The keys in at the most `room` pixels; nullopt: they would get smaller than `least_mm`.
std::optional<KeyGrid> letter_grid(const Ui& ui, std::vector<KeyRow> rows, double least_mm, float room) {
    KeyGrid grid{.rows = std::move(rows), .cell_width = key_width(ui)};
    const float fits = std::floor(room / static_cast<float>(grid.rows.size()));
    grid.cell_height = std::min(fits, ui.layout().mm(kMostKeyMm));
    return grid.cell_height >= ui.layout().mm(least_mm) ? std::optional{grid} : std::nullopt;
}

/// Where keys are narrow, the names of all providers would be too small to read: the least used one gives its room
/// to the others.
void widen_providers(const Ui& ui, KeyRow& providers) {
    constexpr std::size_t kMostOnNarrowKeys = 4;
    if (providers.size() <= kMostOnNarrowKeys || key_width(ui) >= ui.layout().mm(kWideKeyMm)) {
        return;
    }
    providers.resize(kMostOnNarrowKeys);
    float columns = 0;
    for (const Key& key : providers) {
        columns += key.columns;
    }
    for (Key& key : providers) {
        key.columns *= kKeyColumns / columns;
    }
}

/// How roomy a screen is tried to be.
struct Attempt {
    bool one_bar;
    double headline;  ///< reference pixels; 0: the least that can be read
    int lines;        ///< of a free text
    bool note;
    double key_mm;
    bool providers;
};

/// What is given up from one to the next: the second line, progress, a large headline, the note's own line, large
/// keys, the providers.
constexpr std::array kAttempts{
    Attempt{false, 44, 2, true, kLeastKeyMm, true}, Attempt{false, 28, 1, true, kLeastKeyMm, true},
    Attempt{true, 44, 1, true, kLeastKeyMm, true},  Attempt{true, 28, 1, true, kLeastKeyMm, true},
    Attempt{true, 0, 1, false, kLeastKeyMm, true},  Attempt{true, 0, 1, false, kSmallKeyMm, true},
    Attempt{true, 0, 1, false, kSmallKeyMm, false},
};
/// In large text the pills of two bars need their room sooner than anything else.
constexpr std::array kLargeAttempts{
    Attempt{false, 44, 2, true, kLeastKeyMm, false},  Attempt{false, 28, 1, true, kLeastKeyMm, false},
    Attempt{false, 28, 1, false, kLeastKeyMm, false}, Attempt{false, 0, 1, false, kLeastKeyMm, false},
    Attempt{true, 28, 1, true, kLeastKeyMm, false},   Attempt{true, 0, 1, false, kLeastKeyMm, false},
    Attempt{true, 0, 1, false, kSmallKeyMm, false},
};

Type note_type(const Ui& ui, const WritingView& view) {
    const Colours& colours = ui.colours();
    return {.size = ui.text_size(22),
            .weight = view.note_is_fault ? 600 : 400,
            .colour = view.note_is_fault ? colours.danger : colours.secondary};
}

/// A line is kept free for it, so that nothing moves when it comes.
float note_height(Ui& ui, const WritingView& view) {
    const float width = ui.layout().width() - 2 * ui.layout().margin();
    const std::string note = view.note.empty() ? "x" : view.note;
    const TextSize size = ui.measure(note, note_type(ui, view), width);
    return std::ceil(size.height + ui.px(4));
}

std::optional<Arrangement> arrange(Ui& ui, const WritingView& view, const Attempt& attempt) {
    const Entry& entry = *view.entry;
    Arrangement how{.one_bar = attempt.one_bar};
    how.top = bar_height(ui);
    how.below_keys = how.one_bar ? ui.px(8) : how.top;
    how.field_line = field_line(ui, entry);
    how.lines = entry.is_contact() ? 1 : attempt.lines;
    how.note = entry.is_contact() && attempt.note ? note_height(ui, view) : 0;
    const float size = attempt.headline > 0 ? ui.text_size(attempt.headline) : ui.layout().text(22, false);
    const float needed = 1.25F * size + ui.px(24) + field_height(ui, how.field_line, how.lines) + how.note + ui.px(10);
    const float room = ui.layout().height() - how.top - how.below_keys - needed;
    std::optional<KeyGrid> grid;
    if (entry.is_phone()) {
        grid = phone_grid(ui, true, room);
        grid = grid ? grid : phone_grid(ui, false, room);
    } else {
        std::vector<KeyRow> rows = entry.keyboard.rows();
        if (!attempt.providers && entry.is_contact()) {
            rows.erase(rows.begin());
        } else if (entry.is_email()) {
            widen_providers(ui, rows.front());
        }
        grid = letter_grid(ui, std::move(rows), attempt.key_mm, room);
    }
    if (!grid) {
        return std::nullopt;
    }
    how.grid = std::move(*grid);
    how.above_keys = ui.layout().height() - how.top - how.below_keys - how.grid.height() - ui.px(10);
    return how;
}

Arrangement arrange(Ui& ui, const WritingView& view) {
    for (const Attempt& attempt : ui.look().large ? kLargeAttempts : kAttempts) {
        if (const auto how = arrange(ui, view, attempt)) {
            return *how;
        }
    }
    const Entry& entry = *view.entry;
    // Smaller than any panel that is sold for this: the keys share what there is.
    Arrangement how{.one_bar = true, .top = bar_height(ui), .below_keys = 0, .field_line = field_line(ui, entry)};
    how.above_keys = std::ceil(field_height(ui, how.field_line, 1) + ui.layout().text(22, false) * 1.3F + ui.px(24));
    how.grid = {.rows = entry.is_phone() ? phone_rows(false) : entry.keyboard.rows(),
                .columns = entry.is_phone() ? 6 : kKeyColumns,
                .cell_width = key_width(ui)};
    how.grid.cell_height = std::floor((ui.layout().height() - how.top - how.above_keys - ui.px(10)) /
                                      static_cast<float>(how.grid.rows.size()));
    return how;
}

/// How far the lines are moved up, so that the caret shows, with the line before it where there is room.
float scrolled(const Writing& writing, float seen) {
    const float most = std::max(0.0F, writing.size.height - seen);
    const float before = seen >= 2 * writing.caret.h ? writing.caret.h : 0;
    return std::floor(std::min(most, std::max(0.0F, writing.caret.y - before)));
}

std::string count_of(const Ui& ui, const Entry& entry) {
    const std::string& language = ui.look().language;
    return in_digits(entry.field.chars(), language) + " / " + in_digits(entry.field.most_chars(), language);
}

/// The field with what is in it; the place in the text that was touched.
std::optional<EntryAct> draw_field(Ui& ui, const Entry& entry, const Box& box) {
    const Colours& colours = ui.colours();
    ui.panel({.radius = ui.px(20),
              .border = std::max(ui.px(3), colours.border),
              .fill = colours.surface,
              .line = entry.fault == ContactFault::None ? colours.accent : colours.danger},
             box);
    const bool counted = !entry.is_contact();
    const bool full = entry.field.chars() >= entry.field.most_chars();
    const Type small{.size = ui.text_size(22), .weight = 400, .colour = full ? colours.danger : colours.secondary};
    const float count = counted ? ui.measure(count_of(ui, entry), small, 0).width + ui.px(24) : 0;
    const Box inner{box.x + ui.px(24), box.y + ui.px(14), box.w - ui.px(48) - count, box.h - 2 * ui.px(14)};
    const bool against = entry.is_contact() && ui.look().right_to_left;
    Type type{.size = ui.text_size(kFieldText),
              .weight = 500,
              .colour = colours.text,
              .align = against ? platform::Align::End : platform::Align::Start,
              .language = entry.is_contact() ? "en" : ""};
    // An address is read as a whole: it gets smaller before it takes a second line.
    const float least = ui.layout().text(22, false);
    while (entry.is_contact() && type.size > least && ui.writing(entry.field, type, inner.w).size.lines > 1) {
        type.size = std::max(least, type.size - 2);
    }
    const Writing writing = ui.writing(entry.field, type, inner.w);
    // Whole lines, so that nothing of the one before shows.
    const float seen = std::max(1.0F, std::floor(inner.h / writing.caret.h)) * writing.caret.h;
    const float low = seen < 2 * writing.caret.h ? std::max(0.0F, std::floor((inner.h - seen) / 2)) : 0;
    const Box window{inner.x, inner.y + low, inner.w, std::min(seen, inner.h)};
    const Box lines{inner.x, window.y - scrolled(writing, window.h), inner.w, writing.size.height};
    std::optional<EntryAct> act;
    if (const auto place = ui.surface("field", inner)) {
        const Ui::Place in_lines{place->x, place->y + inner.y - lines.y};
        act = FieldTapped{ui.place_in(entry.field, type, inner.w, in_lines)};
    }
    const Word called = entry.is_email() ? Word::ContactEmail : entry.is_phone() ? Word::ContactPhone : Word::WriteHere;
    ui.called(std::string{say(called, ui.look().language)});
    if (entry.field.text().empty()) {
        Type faint = type;
        faint.weight = 400;
        faint.colour = colours.secondary;
        faint.most_lines = 1;
        const std::string hint = entry.is_email()   ? "name@example.com"
                                 : entry.is_phone() ? ""
                                                    : std::string{say(Word::WriteHere, ui.look().language)};
        ui.text(hint, faint, {inner.x, lines.y, inner.w, std::max(lines.h, writing.caret.h)});
    }
    ui.written(entry.field, type, lines, window);
    if (counted) {
        ui.text(count_of(ui, entry), small,
                {box.right() - ui.px(24) - count, box.bottom() - ui.px(14) - small.size * 1.3F, count + ui.px(10),
                 small.size * 1.3F});
    }
    return act;
}

}  // namespace

std::optional<Event> draw_writing(Ui& ui, const QuestionView& view, const HeaderView& above, const FooterView& below) {
    const Entry& entry = *view.writing.entry;
    const Arrangement how = arrange(ui, view.writing);
    const float margin = ui.layout().margin();
    const Box area{margin, how.top, ui.layout().width() - 2 * margin, how.above_keys};
    const float least = field_height(ui, how.field_line, how.lines);
    const bool note_instead = how.note == 0 && view.writing.note_is_fault;
    const Box rest = headline(ui, note_instead ? view.writing.note : view.text, area, least + how.note,
                              field_height(ui, how.field_line, entry.is_contact() ? 1 : kMostLines) + how.note);
    const Box keys{0, how.top + how.above_keys + ui.px(10), ui.layout().width(), how.grid.height()};
    std::optional<EntryAct> act = offer_letters(ui, entry, how.grid, keys);
    {
        const Ui::Group group{ui, 1};
        const float width = std::min(rest.w, ui.px(1120));
        const float height = entry.is_contact() ? least : std::max(least, rest.h - how.note);
        if (const auto place = draw_field(ui, entry, {rest.middle_x() - width / 2, rest.y, width, height})) {
            act = place;
        }
        if (how.note > 0) {
            ui.text(view.writing.note, note_type(ui, view.writing), {area.x, rest.y + height, area.w, how.note});
        }
    }
    std::optional<Event> event = how.one_bar ? only_bar(ui, above, below) : header(ui, above);
    if (!how.one_bar) {
        if (const auto from_footer = footer_event(footer(ui, below))) {
            event = from_footer;
        }
    }
    const Ui::Group group{ui, 2};
    if (const auto key = draw_keyboard(ui, entry, how.grid, keys, view.writing.key_repeat)) {
        act = key;
    }
    return act ? std::optional<Event>{Wrote{std::move(*act)}} : event;
}

}  // namespace milepost::kiosk
