#include "kiosk/screens/views.h"

#include "kiosk/strings.h"
#include "sync/protocol/receipt.h"

#include <algorithm>

namespace milepost::kiosk {

namespace {

using surveys::Kind;
using surveys::Question;

std::string in(const surveys::LocalText& text, const State& state) {
    return std::string{text.in(state.visit.language, state.visit.session.survey().default_language())};
}

HeaderView header_of(const State& state) {
    const surveys::Survey& survey = state.visit.session.survey();
    const surveys::Session& seen = state.visit.seen();
    return {.title = survey.title,
            .title_language = survey.default_language(),
            .language_name = std::string{surveys::endonym(state.visit.language)},
            .can_start_over = state.visit.begun && (seen.can_go_back() || seen.answer() != nullptr),
            .offers_language = survey.languages.size() > 1};
}

bool is_marked(const Visit& visit, int value) {
    if (visit.hold) {
        return visit.hold->value == value;
    }
    const surveys::Answer* answer = visit.seen().answer();
    return answer && answer->value == value;
}

bool is_marked(const Visit& visit, const std::string& option) {
    if (visit.hold) {
        return visit.hold->option == option;
    }
    return std::ranges::find(visit.chosen, option) != visit.chosen.end();
}

/// Four faces leave the middle one out.
int mood_of(Kind kind, int value) {
    constexpr int kFourMoods[] = {1, 2, 4, 5};
    return kind == Kind::Emotion ? value + 3 : kind == Kind::Smiley4 ? kFourMoods[value - 1] : value;
}

/// "1, very dissatisfied": its number is the key that answers it.
std::string spoken_choice(int number, std::size_t place, const surveys::Scale& scale,
                          const std::vector<std::string_view>& labels) {
    const auto size = static_cast<std::size_t>(scale.size());
    std::string_view label;
    if (labels.size() == size) {
        label = labels[place];
    } else if (!labels.empty() && (place == 0 || place + 1 == size)) {
        label = place == 0 ? labels.front() : labels.back();
    }
    return std::to_string(number) + (label.empty() ? "" : ", " + std::string{label});
}

std::vector<Choice> scale_choices(const State& state, const Question& question,
                                  const std::vector<std::string_view>& labels) {
    std::vector<Choice> choices;
    const surveys::Scale scale = *surveys::scale_of(question.kind);
    const bool each_has_one = labels.size() == static_cast<std::size_t>(scale.size());
    const bool faces = manner_of(question) == Manner::Faces;
    for (int value = scale.least; value <= scale.most; ++value) {
        const auto place = static_cast<std::size_t>(value - scale.least);
        std::string label = in_digits(value, state.visit.language);
        if (faces) {
            // Two labels are those of the ends.
            const bool high_end = value == scale.most && labels.size() == 2;
            label = each_has_one ? labels[place] : high_end ? labels.back() : place == 0 ? labels.front() : "";
        }
        choices.push_back({.name = "answer:" + std::to_string(value),
                           .label = std::move(label),
                           .spoken = spoken_choice(faces ? static_cast<int>(place) + 1 : value, place, scale, labels),
                           .value = value,
                           .mood = faces ? mood_of(question.kind, value) : 0,
                           .selected = is_marked(state.visit, value)});
    }
    return choices;
}

std::vector<Choice> option_choices(const State& state) {
    std::vector<Choice> choices;
    for (const surveys::Option* option : state.visit.seen().options()) {
        choices.push_back({.name = "option:" + option->id,
                           .label = in(option->text, state),
                           .value = option->valence,
                           .option = option->id,
                           .selected = is_marked(state.visit, option->id)});
    }
    return choices;
}

void put_number(QuestionView& view, const State& state, const Question& question) {
    const std::string& language = state.visit.language;
    const auto digits = [&](int value) { return in_digits(value, language); };
    int value = 0;
    for (const char digit : state.visit.entered) {
        value = value * 10 + (digit - '0');
    }
    view.entered = state.visit.entered.empty() ? "" : digits(value);
    view.unit = in(question.unit, state);
    view.bounds = digits(question.least) + "–" + digits(question.most);
    view.can_go_on = !state.visit.entered.empty() && value >= question.least && value <= question.most;
}

Word word_of(ContactFault fault) {
    switch (fault) {
        case ContactFault::EmailNeedsAt:
            return Word::EmailNeedsAt;
        case ContactFault::EmailNeedsName:
            return Word::EmailNeedsName;
        case ContactFault::EmailNeedsDomain:
            return Word::EmailNeedsDomain;
        case ContactFault::PhoneOddSign:
            return Word::PhoneOddSign;
        case ContactFault::PhoneTooShort:
            return Word::PhoneTooShort;
        case ContactFault::PhoneTooLong:
            return Word::PhoneTooLong;
        case ContactFault::EmailOddSign:
        case ContactFault::None:
            break;
    }
    return Word::EmailOddSign;
}

void put_writing(QuestionView& view, const State& state, const Question& question) {
    if (!state.visit.entry) {
        return;  // answered: the thank-you is on the screen
    }
    const Entry& entry = *state.visit.entry;
    const surveys::Answer* answer = state.visit.seen().answer();
    const bool was_given = answer && answer->contact;
    view.can_go_on = was_given || !entry.field.is_blank();
    view.writing = {.entry = &entry, .consent = in(question.consent.text, state), .key_repeat = state.setup.key_repeat};
    if (entry.fault != ContactFault::None) {
        view.writing.note = say(word_of(entry.fault), state.visit.language);
        view.writing.note_is_fault = true;
    } else if (was_given) {
        view.writing.note = say(Word::ContactKept, state.visit.language);
    }
}

}  // namespace

Manner manner_of(const Question& question) {
    switch (question.kind) {
        case Kind::Csat:
        case Kind::Smiley4:
        case Kind::Smiley5:
            return Manner::Faces;
        case Kind::Emotion:
            return question.is_named_set() ? Manner::OneOf : Manner::Faces;
        case Kind::Nps:
        case Kind::Ces:
            return Manner::Boxes;
        case Kind::Stars:
            return Manner::Stars;
        case Kind::Choice:
            return Manner::OneOf;
        case Kind::Multi:
            return Manner::SomeOf;
        case Kind::Number:
            return Manner::Digits;
        case Kind::Info:
            return Manner::Reading;
        case Kind::Text:
        case Kind::Contact:
            return Manner::Writing;
    }
    return Manner::Reading;
}

QuestionView view_question(const State& state) {
    const surveys::Session& session = state.visit.seen();
    const Question& question = session.question();
    const auto progress = session.progress();
    QuestionView view{.header = header_of(state),
                      .manner = manner_of(question),
                      .text = state.visit.begun ? session.view().text : in(question.text, state),
                      .place = progress.place,
                      .of = progress.of,
                      .first = !session.can_go_back(),
                      .can_go_back = session.can_go_back(),
                      .can_skip = session.can_skip(),
                      .can_go_on = static_cast<int>(state.visit.chosen.size()) >= question.least_picks};
    const std::vector<std::string_view> labels =
        surveys::labels_of(question, state.visit.language, session.survey().default_language());
    switch (view.manner) {
        case Manner::OneOf:
        case Manner::SomeOf:
            view.choices = option_choices(state);
            break;
        case Manner::Faces:
        case Manner::Boxes:
        case Manner::Stars:
            view.choices = scale_choices(state, question, labels);
            view.low_label = labels.empty() ? "" : labels.front();
            view.high_label = labels.empty() ? "" : labels.back();
            break;
        case Manner::Digits:
            put_number(view, state, question);
            break;
        case Manner::Reading:
            break;
        case Manner::Writing:
            put_writing(view, state, question);
            break;
    }
    return view;
}

ThanksView view_thanks(const State& state) {
    std::string text = state.visit.session.view().text;
    return {.text = text.empty() ? std::string{say(Word::ThankYou, state.visit.language)} : std::move(text),
            .receipt = state.visit.has_receipt() ? protocol::receipt_code(state.visit.response_id) : ""};
}

LanguageView view_languages(const State& state) {
    LanguageView view;
    for (const std::string& tag : state.visit.session.survey().languages) {
        view.languages.push_back({tag, std::string{surveys::endonym(tag)}, tag == state.visit.language});
    }
    return view;
}

ClosedView view_closed(const State& state) {
    ClosedView view;
    for (const std::string& language : state.visit.session.survey().languages) {
        const auto& opens = state.rest.opens;
        view.lines.push_back({.language = language,
                              .closed = std::string{say(Word::ClosedNow, language)},
                              .opens = opens ? say_opening(*opens, language) : ""});
    }
    const auto own = std::ranges::find(view.lines, state.visit.language, &ClosedView::Line::language);
    if (own != view.lines.end()) {
        std::rotate(view.lines.begin(), own, own + 1);
    }
    return view;
}

AccessibilityView view_accessibility(const State& state) {
    return {.large_text = state.visit.large_text,
            .high_contrast = state.visit.high_contrast,
            .low_layout = state.visit.low_layout};
}

}  // namespace milepost::kiosk
