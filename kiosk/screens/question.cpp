#include "kiosk/screens/screens.h"
#include "kiosk/screens/widgets.h"

namespace milepost::kiosk {

namespace {

std::string words(const Ui& ui, Word word) {
    return std::string{say(word, ui.look().language)};
}

FooterView footer_of(const Ui& ui, const QuestionView& view) {
    FooterView footer{.can_go_back = view.can_go_back, .place = view.place, .of = view.of};
    const Pill skip{.name = "skip", .label = words(ui, Word::Skip), .kind = PillKind::Link, .weight = 600};
    const bool put_together = view.manner == Manner::SomeOf || view.manner == Manner::Digits;
    if (put_together || view.manner == Manner::Reading) {
        footer.way_on = Pill{.name = "next",
                             .label = words(ui, Word::Next),
                             .kind = PillKind::Primary,
                             .enabled = view.can_go_on || !put_together,
                             .weight = 600};
        footer.beside = view.can_skip ? std::optional{skip} : std::nullopt;
    } else if (view.manner == Manner::Writing) {
        const bool last = view.place == view.of;
        footer.way_on = Pill{.name = last ? "finish" : "skip",
                             .label = words(ui, last ? Word::Finish : Word::Skip),
                             .kind = PillKind::Primary,
                             .weight = 600};
    } else if (view.can_skip) {
        footer.way_on = skip;
    } else if (view.first) {
        footer.way_on =
            Pill{.name = "privacy", .label = words(ui, Word::PrivacyLink), .kind = PillKind::Link, .weight = 500};
    }
    return footer;
}

std::optional<Event> event_of(const std::string& tapped) {
    if (tapped == "back") {
        return WentBack{};
    }
    if (tapped == "next") {
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
            headline_with_hint(ui, view.text, words(ui, Word::TypingUnavailable), 28, content(ui));
            break;
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
    std::optional<Event> event = draw_answers(ui, view);
    if (const auto from_header = header(ui, above)) {
        event = from_header;
    }
    if (const auto from_footer = event_of(footer(ui, below))) {
        event = from_footer;
    }
    return event;
}

}  // namespace milepost::kiosk
