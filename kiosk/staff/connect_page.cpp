#include "kiosk/screens/keyboard.h"
#include "kiosk/staff/pages.h"
#include "kiosk/staff/parts.h"
#include "kiosk/strings.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk::staff {

namespace {

using Step = Connecting::Step;

constexpr double kLeastKeyMm = 14;
constexpr double kMostKeyMm = 18;
constexpr double kFieldMm = 9;
constexpr double kFieldText = 36;

std::vector<Pill> pills_of(const Ui& ui, const ConnectView& view) {
    std::vector<Pill> pills;
    if (!view.later.empty()) {
        pills.push_back({.name = "leave", .label = view.later});
    }
    pills.push_back({.name = "back", .label = std::string{kiosk::say(kiosk::Word::Back, ui.look().language)}});
    pills.push_back(
        {.name = "next", .label = view.way_on, .kind = PillKind::Primary, .enabled = view.can_go_on, .weight = 600});
    return pills;
}

std::optional<Event> event_of(const std::string& tapped) {
    if (tapped == "leave") {
        return Left{};
    }
    if (tapped == "back") {
        return SteppedBack{};
    }
    if (tapped == "test") {
        return NetworkTestAsked{};
    }
    return tapped == "next" ? std::optional<Event>{WentOn{}} : std::nullopt;
}

/// Addresses and codes run from left to right on an Arabic screen too.
std::optional<EntryAct> draw_field(Ui& ui, const ConnectView& view, const Box& box) {
    const Colours& colours = ui.colours();
    ui.panel({.radius = ui.px(20),
              .border = std::max(ui.px(3), colours.border),
              .fill = colours.surface,
              .line = colours.accent},
             box);
    const Box inner{box.x + ui.px(24), box.y, box.w - ui.px(48), box.h};
    const Type type{.size = ui.text_size(kFieldText),
                    .weight = 600,
                    .colour = colours.text,
                    .align = platform::Align::Start,
                    .language = "en"};
    const TextField& field = view.entry->field;
    const Writing writing = ui.writing(field, type, inner.w);
    const float seen = std::min(inner.h, writing.caret.h);
    const Box window{inner.x, std::round(inner.middle_y() - seen / 2), inner.w, seen};
    // Of a long address the line with the caret.
    const Box lines{inner.x, window.y - writing.caret.y, inner.w, writing.size.height};
    std::optional<EntryAct> act;
    if (const auto place = ui.surface("field", inner); place && view.step == Step::Address) {
        act = FieldTapped{ui.place_in(field, type, inner.w, {place->x, place->y + inner.y - lines.y})};
    }
    if (field.text().empty()) {
        Type faint = type;
        faint.weight = 400;
        faint.colour = colours.secondary;
        faint.most_lines = 1;
        faint.align = ui.look().right_to_left ? platform::Align::End : platform::Align::Start;
        ui.text(view.placeholder, faint, inner);
    }
    ui.written(field, type, lines, window);
    return act;
}

std::optional<Event> draw_typing(Ui& ui, const ConnectView& view) {
    const Entry& entry = *view.entry;
    const std::string tapped = header_bar(ui, "", pills_of(ui, view));
    const float margin = ui.layout().margin();
    const float top = bar_height(ui);
    const Type title{.size = ui.text_size(32), .weight = 600, .colour = ui.colours().text, .most_lines = 1};
    const Type hint{.size = ui.text_size(24), .weight = 400, .colour = ui.colours().secondary, .most_lines = 1};
    const float title_height = std::ceil(title.size * 1.5F);
    const float hint_height = std::ceil(hint.size * 1.5F);
    const float field_height =
        std::max(std::ceil(ui.text_size(kFieldText) * 1.3F) + ui.px(24), std::ceil(ui.layout().mm(kFieldMm)));
    const float bottom = ui.px(8);
    const float room = ui.layout().height() - top - title_height - field_height - ui.px(12) - bottom;
    KeyGrid grid{.rows = entry.keyboard.rows(), .cell_width = key_width(ui)};
    const auto rows = static_cast<float>(grid.rows.size());
    const bool hinted = room - hint_height >= rows * ui.layout().mm(kLeastKeyMm);
    grid.cell_height = std::floor(std::min((hinted ? room - hint_height : room) / rows, ui.layout().mm(kMostKeyMm)));
    const Box keys{0, ui.layout().height() - bottom - grid.height(), ui.layout().width(), grid.height()};
    const float used = title_height + (hinted ? hint_height : 0) + field_height;
    const float y = std::round(top + std::max(0.0F, keys.y - ui.px(12) - top - used) / 2);
    const Box area{margin, y, ui.layout().width() - 2 * margin, used};

    std::optional<EntryAct> act = offer_letters(ui, entry, grid, keys);
    ui.text(view.title, title, {area.x, y, area.w, title_height});
    if (hinted) {
        ui.text(view.hint, hint, {area.x, y + title_height, area.w, hint_height});
    }
    const float width = std::min(area.w, ui.px(view.step == Step::Code ? 640 : 1000));
    if (const auto place = draw_field(
            ui, view, {std::round(area.middle_x() - width / 2), area.bottom() - field_height, width, field_height})) {
        act = place;
    }
    if (const auto key = draw_keyboard(ui, entry, grid, keys, true)) {
        act = key;
    }
    return act ? std::optional<Event>{Wrote{std::move(*act)}} : event_of(tapped);
}

/// Four words, one a plate, to be read out or compared at a glance.
void draw_words(Ui& ui, const std::vector<std::string>& words, const Box& area) {
    const int columns = ui.layout().portrait() ? 2 : 4;
    const float gap = ui.px(20);
    const auto across = static_cast<float>(columns);
    const float rows = std::ceil(static_cast<float>(words.size()) / across);
    const float width = std::floor((area.w - (across - 1) * gap) / across);
    const float height = std::min(std::floor((area.h - (rows - 1) * gap) / rows), ui.px(140));
    const float size =
        common_size(ui, words, width - ui.px(24), 1, {52, 44, 38, 32, 28, 24, 22}).value_or(small_text(ui));
    const float top = std::round(area.y + std::max(0.0F, area.h - rows * (height + gap) + gap) / 2);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const int place = static_cast<int>(i);
        const int row = place / columns;
        const Box box{area.x + static_cast<float>(place % columns) * (width + gap),
                      top + static_cast<float>(row) * (height + gap), width, height};
        const Ui::Group group{ui, place};
        plate(ui, box);
        ui.text(words[i], {.size = size, .weight = 700, .colour = ui.colours().text, .most_lines = 1, .language = "en"},
                box);
    }
}

std::optional<Event> draw_outcome(Ui& ui, const ConnectView& view) {
    std::vector<Pill> above;
    if (!view.later.empty() && view.step == Step::Failed) {
        above.push_back({.name = "leave", .label = view.later});
    }
    const std::string left = header_bar(ui, words(ui, SetUpWord::Connect), above);
    const Box area = content(ui);
    if (view.words.empty()) {
        headline_with_hint(ui, view.title, view.hint, 30, area);
    } else {
        const float words_height = ui.px(ui.layout().portrait() ? 320 : 170);
        const Type hint{.size = ui.text_size(26), .weight = 400, .colour = ui.colours().secondary};
        const float hint_height = ui.measure(view.hint, hint, area.w).height;
        const float below = std::min(words_height, area.h / 2) + hint_height + ui.px(40);
        const Box rest = headline(ui, view.title, area, below, below);
        const Box plates{rest.x, rest.y, rest.w, rest.h - hint_height - ui.px(16)};
        draw_words(ui, view.words, plates);
        ui.text(view.hint, hint, {rest.x, rest.bottom() - hint_height, rest.w, hint_height});
    }
    std::vector<Pill> actions;
    if (view.step == Step::Failed) {
        actions.push_back({.name = "test", .label = words(ui, SetUpWord::NetworkTest)});
    }
    if (view.can_go_on) {
        actions.push_back({.name = "next", .label = view.way_on, .kind = PillKind::Primary, .weight = 600});
    }
    const std::string tapped = footer_bar(ui, {.actions = actions, .goes_back = view.step == Step::Failed});
    return event_of(left.empty() ? tapped : left);
}

}  // namespace

std::optional<Event> draw_connect(Ui& ui, const ConnectView& view) {
    const bool types = view.step == Step::Address || view.step == Step::Code;
    return types ? draw_typing(ui, view) : draw_outcome(ui, view);
}

}  // namespace milepost::kiosk::staff
