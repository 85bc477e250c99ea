#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"
#include "platform/crypto.h"

#include <algorithm>

namespace milepost::kiosk {

// The two pages of a contact around its typing: by which way, and what is agreed to.

std::optional<Event> draw_ways(Ui& ui, const QuestionView& view, const Box& area) {
    const float height = std::max(ui.px(180), ui.layout().touch());
    const Box below = headline(ui, view.text, area, height, height + ui.px(100));
    const float gap = ui.px(24);
    const bool stacked = ui.layout().portrait() && ui.look().large && 2 * height + gap <= below.h;
    const float width = std::min(stacked ? below.w : (below.w - gap) / 2, ui.px(480));
    const std::string labels[] = {std::string{say(Word::ContactEmail, ui.look().language)},
                                  std::string{say(Word::ContactPhone, ui.look().language)}};
    const float least = ui.layout().text(22, false);
    float size = common_size(ui, {labels[0], labels[1]}, width - ui.px(32), 2, {40, 34, 30, 26, 22}).value_or(least);
    const auto too_tall = [&](const std::string& label) {
        return ui.measure(label, {.size = size, .weight = 600}, width - ui.px(32)).height > height - ui.px(16);
    };
    while (size > least && (too_tall(labels[0]) || too_tall(labels[1]))) {
        size -= 1;
    }
    constexpr surveys::ContactWay kWays[] = {surveys::ContactWay::Email, surveys::ContactWay::Phone};
    std::optional<Event> event;
    for (int i = 0; i < 2; ++i) {
        const auto place = static_cast<float>(i);
        const Box box = stacked
                            ? Box{below.middle_x() - width / 2, below.y + place * (height + gap), width, height}
                            : Box{below.middle_x() - gap / 2 - width + place * (width + gap), below.y, width, height};
        const Ui::Group group{ui, 1};
        if (card(ui, i == 0 ? "way:email" : "way:phone", box, {.radius = 28})) {
            event = Wrote{WayPicked{kWays[i]}};
        }
        ui.text(labels[i], {.size = size, .weight = 600, .colour = ui.colours().text, .most_lines = 2},
                box.grown(-ui.px(16)));
    }
    return event;
}

namespace {

/// In larger text the words of the footer leave it no room there.
bool agree_button(Ui& ui, const Box& box) {
    const std::string label{say(Word::AgreeAndSend, ui.look().language)};
    float size = ui.text_size(24);
    const Pill agree{.name = "agree", .label = label, .kind = PillKind::Primary, .weight = 600};
    while (pill_width(ui, agree, size, 0) > box.w && size > ui.layout().text(22, false)) {
        size -= 1;
    }
    return pill(ui, agree, box, size);
}

}  // namespace

bool agrees_beside_text(const Ui& ui) {
    return ui.look().large && content(ui).h >= 4 * ui.layout().touch();
}

std::optional<Event> draw_consent(Ui& ui, const QuestionView& view, const Box& whole) {
    const Colours& colours = ui.colours();
    const float button = agrees_beside_text(ui) ? ui.layout().touch() : 0;
    const Box area{whole.x, whole.y, whole.w, whole.h - button - (button > 0 ? ui.px(12) : 0)};
    const float width = std::min(area.w, ui.px(1000));
    // What was typed stands there as it will be sealed.
    TextField contact{kMostEmailChars};
    std::string tidy = view.writing.entry->tidy_contact();
    contact.set(tidy);
    platform::wipe(tidy);
    Type line{.size = ui.text_size(36),
              .weight = 600,
              .colour = colours.text,
              .align = platform::Align::Center,
              .language = "en"};
    const float inside = width - ui.px(64);
    while (line.size > ui.layout().text(22, false) && ui.writing(contact, line, inside).size.lines > 1) {
        line.size -= 1;
    }
    const float box_height = std::max(1.0F, ui.writing(contact, line, inside).size.height) + ui.px(36);
    Type type{.size = ui.text_size(32), .weight = 400, .colour = colours.text, .align = platform::Align::Start};
    const float gap = ui.px(24);
    const float least_headline = 1.3F * ui.layout().text(22, false) + gap;
    const auto needed = [&] { return box_height + gap + ui.measure(view.writing.consent, type, width).height; };
    while (needed() + least_headline > area.h && type.size > ui.layout().text(22, false)) {
        type.size -= 1;
    }
    const Box below = headline(ui, view.text, area, needed(), area.h - ui.px(110));
    const Ui::Group group{ui, 1};
    const Box box{below.middle_x() - width / 2, below.y, width, box_height};
    ui.panel({.radius = ui.px(20),
              .border = std::max(2.0F, colours.border),
              .fill = colours.surface,
              .line = colours.control_line},
             box);
    const Box inner{box.x + ui.px(32), box.y + ui.px(18), inside, box_height - ui.px(36)};
    ui.written(contact, line, inner, inner, Ui::Caret::Hidden);
    ui.text(view.writing.consent, type,
            {box.x, box.bottom() + gap, width, ui.measure(view.writing.consent, type, width).height});
    if (button > 0 && agree_button(ui, {whole.x, whole.bottom() - button, whole.w, button})) {
        return WentNext{};
    }
    return std::nullopt;
}

}  // namespace milepost::kiosk
