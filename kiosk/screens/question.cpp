#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"

#include <utility>

namespace milepost::kiosk {

namespace {

std::string words(const Ui& ui, Word word) {
    return std::string{say(word, ui.look().language)};
}

/// On with what is written, or past an empty field.
std::optional<Pill> writing_way_on(const Ui& ui, const QuestionView& view) {
    const Entry::Step step = view.writing.entry->step;
    if (step == Entry::Step::Consent) {
        return Pill{.name = "agree", .label = words(ui, Word::AgreeAndSend), .kind = PillKind::Primary, .weight = 600};
    }
    if (view.can_skip && (step == Entry::Step::Way || !view.can_go_on)) {
        const bool last = view.place == view.of;
        return Pill{
            .name = last ? "finish" : "skip", .label = words(ui, last ? Word::Finish : Word::Skip), .weight = 600};
    }
    if (step == Entry::Step::Way) {
        return std::nullopt;
    }
    return Pill{.name = "next",
                .label = words(ui, Word::Next),
                .kind = PillKind::Primary,
                .enabled = view.can_go_on,
                .weight = 600};
}

FooterView footer_of(const Ui& ui, const QuestionView& view) {
    FooterView footer{.can_go_back = view.can_go_back, .place = view.place, .of = view.of};
    const Pill skip{.name = "skip", .label = words(ui, Word::Skip), .kind = PillKind::Link, .weight = 600};
    if (view.manner == Manner::Reading) {
        footer.place = 0;
    }
    const bool put_together = view.manner == Manner::SomeOf || view.manner == Manner::Digits;
    if (put_together || view.manner == Manner::Reading) {
        footer.way_on = Pill{.name = "next",
                             .label = words(ui, Word::Next),
                             .kind = PillKind::Primary,
                             .enabled = view.can_go_on || !put_together,
                             .weight = 600};
        footer.beside = view.can_skip ? std::optional{skip} : std::nullopt;
    } else if (view.manner == Manner::Writing) {
        footer.way_on = writing_way_on(ui, view);
        const bool consents = view.writing.entry->step == Entry::Step::Consent;
        footer.beside = consents && view.can_skip ? std::optional{skip} : std::nullopt;
        if (consents && agrees_beside_text(ui)) {
            footer.way_on = std::exchange(footer.beside, std::nullopt);  // draw_consent has its own
        }
    } else if (view.can_skip) {
        footer.way_on = skip;
    } else if (view.first) {
        footer.way_on =
            Pill{.name = "privacy", .label = words(ui, Word::PrivacyLink), .kind = PillKind::Link, .weight = 500};
    }
    return footer;
}

}  // namespace

std::optional<Event> footer_event(const std::string& tapped) {
    if (tapped == "back") {
        return WentBack{};
    }
    if (tapped == "next" || tapped == "agree") {
        return WentNext{};
    }
    if (tapped == "skip" || tapped == "finish") {
        return Skipped{};
    }
    if (tapped == "privacy") {
        return Opened{Screen::Privacy};
    }
    return std::nullopt;
}

namespace {

std::optional<Event> draw_answers(Ui& ui, const QuestionView& view) {
    switch (view.manner) {
        case Manner::Faces:
            return draw_faces(ui, view, content(ui));
        case Manner::Boxes:
            return draw_boxes(ui, view, content(ui));
        case Manner::Stars:
            return draw_stars(ui, view, content(ui));
        case Manner::OneOf:
        case Manner::SomeOf:
            return draw_options(ui, view, content(ui));
        case Manner::Digits:
            return draw_digits(ui, view, content(ui));
        case Manner::Reading:
            headline_with_hint(ui, view.text, "", 28, content(ui));
            break;
        case Manner::Writing:
            return view.writing.entry->step == Entry::Step::Way ? draw_ways(ui, view, content(ui))
                                                                : draw_consent(ui, view, content(ui));
    }
    return std::nullopt;
}

}  // namespace

std::optional<Event> draw_question(Ui& ui, const QuestionView& view) {
    FooterView below = footer_of(ui, view);
    if (below.way_on && below.way_on->name == "privacy" && !footer_fits(ui, below)) {
        below.way_on.reset();  // the header's round one then
    }
    HeaderView above = view.header;
    above.offers_privacy = !below.way_on || below.way_on->name != "privacy";
    if (view.manner == Manner::Writing && view.writing.entry->step == Entry::Step::Typing) {
        return draw_writing(ui, view, above, below);
    }
    std::optional<Event> event = draw_answers(ui, view);
    if (const auto from_header = header(ui, above)) {
        event = from_header;
    }
    if (const auto from_footer = footer_event(footer(ui, below))) {
        event = from_footer;
    }
    return event;
}

}  // namespace milepost::kiosk
