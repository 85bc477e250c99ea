#include "kiosk/screens/views.h"

#include "kiosk/strings.h"

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

/// The value that is marked: the one held after a tap, else the one given before "Back".
std::optional<int> marked_value(const Visit& visit) {
    if (visit.hold) {
        return visit.hold->value;
    }
    const surveys::Answer* answer = visit.seen().answer();
    return answer ? answer->value : std::nullopt;
}

std::vector<Choice> scale_choices(const State& state, const Question& question) {
    std::vector<Choice> choices;
    const surveys::Scale scale = *surveys::scale_of(question.kind);
    const std::optional<int> marked = marked_value(state.visit);
    for (int value = scale.least; value <= scale.most; ++value) {
        const auto label = static_cast<std::size_t>(value - scale.least);
        const bool named = question.kind == Kind::Csat && label < question.labels.size();
        choices.push_back({.name = "answer:" + std::to_string(value),
                           .label = named ? in(question.labels[label], state) : in_digits(value, state.visit.language),
                           .value = value,
                           .selected = marked == value});
    }
    return choices;
}

std::vector<Choice> option_choices(const State& state) {
    std::vector<Choice> choices;
    for (const surveys::Option* option : state.visit.seen().options()) {
        choices.push_back({.name = "option:" + option->id,
                           .label = in(option->text, state),
                           .option = option->id,
                           .selected = std::ranges::find(state.visit.chosen, option->id) != state.visit.chosen.end()});
    }
    return choices;
}

}  // namespace

QuestionView view_question(const State& state) {
    const surveys::Session& session = state.visit.seen();
    const Question& question = session.question();
    const auto progress = session.progress();
    QuestionView view{.header = header_of(state),
                      .kind = question.kind,
                      .text = in(question.text, state),
                      .place = progress.place,
                      .of = progress.of,
                      .first = !session.can_go_back(),
                      .can_go_back = session.can_go_back(),
                      .can_skip = session.can_skip(),
                      .can_go_on = !state.visit.chosen.empty()};
    if (question.kind == Kind::Multi) {
        view.choices = option_choices(state);
    } else if (surveys::scale_of(question.kind)) {
        view.choices = scale_choices(state, question);
    }
    if (question.kind == Kind::Nps && question.labels.size() == 2) {
        view.low_label = in(question.labels.front(), state);
        view.high_label = in(question.labels.back(), state);
    }
    return view;
}

ThanksView view_thanks(const State& state) {
    std::string text = in(state.visit.session.survey().thanks, state);
    return {text.empty() ? std::string{say(Word::ThankYou, state.visit.language)} : std::move(text)};
}

LanguageView view_languages(const State& state) {
    LanguageView view;
    for (const std::string& tag : state.visit.session.survey().languages) {
        view.languages.push_back({tag, std::string{surveys::endonym(tag)}, tag == state.visit.language});
    }
    return view;
}

AccessibilityView view_accessibility(const State& state) {
    return {.large_text = state.visit.large_text, .high_contrast = state.visit.high_contrast};
}

}  // namespace milepost::kiosk
