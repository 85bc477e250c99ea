#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk {

// Screens that say something: thanks, still there, saving, out of service, privacy.

namespace {

std::string words(const Ui& ui, Word word) {
    return std::string{say(word, ui.look().language)};
}

/// A button of the middle of the screen.
bool big_button(Ui& ui, const std::string& name, Word word, PillKind kind, const Box& box) {
    return pill(ui, {.name = name, .label = words(ui, word), .kind = kind, .weight = 600}, box, ui.text_size(30));
}

/// On a tall panel what belongs together stays together.
Box together(const Ui& ui, const Box& area) {
    const float height = ui.look().large ? area.h : std::min(area.h, ui.px(640));
    return {area.x, std::round(area.middle_y() - height / 2), area.w, height};
}

/// A code and what it is good for.
struct Receipt {
    Type hint;
    Type code;
    float hint_height = 0;
    [[nodiscard]] float height() const { return hint_height + code.size * 1.5F; }
};

Receipt receipt_of(Ui& ui, float width, float size) {
    Receipt receipt{.hint = {.size = size, .weight = 400, .colour = ui.colours().secondary},
                    .code = {.size = std::round(size * (ui.look().large ? 1.2F : 1.8F)),
                             .weight = 700,
                             .colour = ui.colours().text,
                             .language = "en"}};
    receipt.hint_height = ui.measure(words(ui, Word::Receipt), receipt.hint, width).height;
    return receipt;
}

/// As large as leaves room for the words above it and `rest` pixels below.
Receipt receipt_for(Ui& ui, const std::string& text, const Box& area, float rest) {
    const float words = ui.measure(text, {.size = ui.text_size(40), .weight = 600}, area.w).height;
    for (const float size : {ui.text_size(24), ui.layout().text(36, false), ui.layout().text(28, false)}) {
        const Receipt receipt = receipt_of(ui, area.w, size);
        if (receipt.height() + words + ui.px(60) + rest <= area.h) {
            return receipt;
        }
    }
    return receipt_of(ui, area.w, ui.layout().text(22, false));
}

/// A code in letters and digits: from left to right in every language.
void draw_receipt(Ui& ui, const Receipt& receipt, const std::string& code, const Box& box) {
    const Ui::Group group{ui, 1};
    ui.text(words(ui, Word::Receipt), receipt.hint, {box.x, box.y, box.w, receipt.hint_height});
    ui.text(code, receipt.code, {box.x, box.y + receipt.hint_height, box.w, receipt.code.size * 1.3F});
}

/// The size of the check mark that leaves room for the words; 0: there is none.
float disc_beside(Ui& ui, const std::string& text, const Box& area, float rest) {
    const float words = ui.measure(text, {.size = ui.text_size(48), .weight = 600}, area.w).height;
    const float room = std::floor(area.h - rest - words - ui.px(120));
    return room < ui.px(64) ? 0 : std::min(room, ui.px(132));
}

/// What stands between the bars; in larger text the title gives its room to what is said.
Box area_below_title(Ui& ui, const HeaderView& above) {
    const Box usual = content(ui);
    if (!ui.look().large) {
        plain_header(ui, above);
        return usual;
    }
    const float top = ui.px(16);
    return {usual.x, top, usual.w, usual.bottom() - top};
}

}  // namespace

std::optional<Event> draw_thanks(Ui& ui, const ThanksView& view, const HeaderView& above) {
    const Box area = together(ui, area_below_title(ui, above));
    const float button = std::max(ui.layout().touch(), pill_height(ui, ui.text_size(28)));
    const Receipt code = receipt_for(ui, view.text, area, button);
    const float receipt = view.receipt.empty() ? 0 : code.height();
    const float disc = view.receipt.empty() ? ui.px(132) : disc_beside(ui, view.text, area, button + receipt);
    const float above_words = disc > 0 ? disc + ui.px(40) : 0;
    if (disc > 0) {
        const Ui::Group group{ui, 0};
        const Box ring{std::round(area.middle_x() - disc / 2), area.y + ui.px(20), disc, disc};
        ui.disc(ring, 0, ui.colours().ok);
        ui.check_mark(ring, ui.colours().background);
    }
    const Box below = headline(ui, view.text, {area.x, area.y + above_words, area.w, area.h - above_words},
                               button + ui.px(30) + receipt, button + ui.px(40) + receipt);
    if (!view.receipt.empty()) {
        draw_receipt(ui, code, view.receipt, {area.x, below.y, area.w, receipt});
    }
    const Ui::Group group{ui, 2};
    const Pill change{.name = "change_answer", .label = words(ui, Word::ChangeAnswer)};
    const float size = ui.text_size(28);
    const float width = pill_width(ui, change, size, 320);
    const float height = pill_height(ui, size) + ui.px(8);
    const Box box{area.middle_x() - width / 2, area.bottom() - button / 2 - height / 2 - ui.px(10), width, height};
    if (pill(ui, change, box, size)) {
        return Reopened{};
    }
    return ui.anywhere_else(words(ui, Word::Close)) ? std::optional<Event>{Dismissed{}} : std::nullopt;
}

std::optional<Event> draw_still_there(Ui& ui, const HeaderView& above) {
    plain_header(ui, above);
    const Box area = together(ui, content(ui));
    const float height = std::max(ui.px(132), ui.layout().touch());
    const bool stacked = ui.layout().portrait() || ui.look().large;
    const float gap = ui.px(24);
    const float buttons = stacked ? 2 * height + gap : height;
    const Box above_buttons{area.x, area.y, area.w, area.h - buttons - gap};
    // On a 7" panel large words leave room for the question alone.
    const bool hinted = above_buttons.h >= 4 * ui.text_size(32);
    headline_with_hint(ui, words(ui, Word::StillThere), hinted ? words(ui, Word::StillThereHint) : "", 32,
                       above_buttons);
    const float width = std::min(stacked ? area.w : (area.w - gap) / 2, ui.px(stacked ? 720 : 440));
    const float left = stacked ? area.middle_x() - width / 2 : area.middle_x() - gap / 2 - width;
    const Box first{left, area.bottom() - buttons, width, height};
    const Box second = stacked ? Box{left, first.bottom() + gap, width, height}
                               : Box{area.middle_x() + gap / 2, first.y, width, height};
    const Ui::Group group{ui, 2};
    std::optional<Event> event;
    if (big_button(ui, "continue", Word::Continue, PillKind::Primary, first)) {
        event = Continued{};
    }
    if (big_button(ui, "start_over", Word::StartOver, PillKind::Outline, second)) {
        event = StartedOver{};
    }
    return event;
}

std::optional<Event> draw_privacy(Ui& ui, const HeaderView& above) {
    const Box area = area_below_title(ui, above);
    const std::string paragraphs[] = {words(ui, Word::PrivacyAbout), words(ui, Word::PrivacyPurpose),
                                      words(ui, Word::PrivacySensors)};
    Type type{.size = ui.text_size(30), .weight = 400, .colour = ui.colours().text, .align = platform::Align::Start};
    const float width = ui.look().large ? area.w : std::min(area.w, ui.px(1000));
    const float gap = ui.px(ui.look().large ? 14 : 22);
    float total = 0;
    const auto measure = [&] {
        total = 2 * gap;
        for (const std::string& paragraph : paragraphs) {
            total += ui.measure(paragraph, type, width).height;
        }
    };
    for (measure(); total + ui.px(90) > area.h && type.size > ui.layout().text(22, false); measure()) {
        type.size -= 1;
    }
    const Box below = headline(ui, words(ui, Word::PrivacyLink), area, total, area.h - ui.px(150));
    const Ui::Group group{ui, 1};
    float y = below.y;
    for (const std::string& paragraph : paragraphs) {
        const float height = ui.measure(paragraph, type, width).height;
        ui.text(paragraph, type, {area.middle_x() - width / 2, y, width, height});
        y += height + gap;
    }
    return footer_button(ui, "done", Word::Close) ? std::optional<Event>{Closed{}} : std::nullopt;
}

std::optional<Event> draw_saving(Ui& ui, const HeaderView& above) {
    plain_header(ui, above);
    headline(ui, words(ui, Word::Saving), content(ui), 0, 0);
    return std::nullopt;
}

std::optional<Event> draw_out_of_service(Ui& ui, const HeaderView& above) {
    plain_header(ui, above);
    headline_with_hint(ui, words(ui, Word::OutOfService), words(ui, Word::OutOfServiceHint), 32, content(ui));
    return std::nullopt;
}

}  // namespace milepost::kiosk
