#include "surveys/flow/path.h"
#include "surveys/flow/session.h"

#include <algorithm>

namespace milepost::surveys {

Session::Progress Session::progress() const {
    const Path path = this->path();
    const std::size_t at = at_.value_or(survey_->questions.size());
    Progress progress{.place = 0, .of = 0};
    for (std::size_t i = 0; i < survey_->questions.size(); ++i) {
        const bool counts = i <= at ? path.has(i) : path.may_have(i);
        if (!counts || survey_->questions[i].kind == Kind::Info) continue;
        ++progress.of;
        if (i <= at) ++progress.place;
    }
    if (survey_->most_questions > 0) progress.of = std::min(progress.of, survey_->most_questions);
    return {.place = std::clamp(progress.place, 1, std::max(1, progress.of)), .of = std::max(1, progress.of)};
}

Session::View Session::view() const {
    const Progress progress = this->progress();
    View view{.phase = phase(),
              .place = progress.place,
              .of = progress.of,
              .can_go_back = can_go_back(),
              .can_skip = can_skip(),
              .language = language(),
              .right_to_left = is_right_to_left(language())};
    const bool asking = view.phase == Phase::Asking;
    const LocalText& text = asking ? question().text : thanks_of(*survey_, answers_, visit());
    view.text = fill_in(text.in(language(), survey_->default_language()), *survey_,
                        asking ? path().before(place()) : answers_, language());
    if (asking) {
        view.question = &question();
        view.answer = answer();
        view.labels = labels();
        view.choices = choices();
    }
    return view;
}

std::vector<std::string> Session::labels() const {
    if (question().is_named_set()) return {};
    const auto labels = labels_of(question(), language(), survey_->default_language());
    return {labels.begin(), labels.end()};
}

std::vector<Session::View::Choice> Session::choices() const {
    const Answer* answer = this->answer();
    std::vector<View::Choice> choices;
    for (const Option* option : options()) {
        const bool picked = answer && std::ranges::find(answer->options, option->id) != answer->options.end();
        choices.push_back({.option = option,
                           .text = std::string{option->text.in(language(), survey_->default_language())},
                           .picked = picked});
    }
    return choices;
}

}  // namespace milepost::surveys
