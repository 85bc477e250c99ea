#include "surveys/flow/session.h"

#include "platform/encoding.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace milepost::surveys {

namespace {

using Answers = std::vector<Answer>;

const Answer* find(const Answers& answers, std::string_view question) {
    const auto found = std::ranges::find(answers, question, &Answer::question);
    return found == answers.end() ? nullptr : &*found;
}

bool is_shown(const Option& option, const Answers& answers) {
    return !option.show_if || option.show_if->holds(answers);
}

/// A multi with no option to show cannot be asked.
bool is_asked(const Question& question, const Answers& answers) {
    if (question.ask_if && !question.ask_if->holds(answers)) return false;
    return question.kind != Kind::Multi ||
           std::ranges::any_of(question.options, [&](const Option& option) { return is_shown(option, answers); });
}

/// Whether an option may still come to be shown by what is answered from here on.
bool may_be_shown(const Option& option, const Answers& answers) {
    if (is_shown(option, answers)) return true;
    return std::ranges::any_of(option.show_if->questions(),
                               [&](const std::string& question) { return !find(answers, question); });
}

/// Whether a question counts in the progress: it is asked, or the answers still to come may give it options.
bool is_expected(const Question& question, const Answers& answers) {
    if (question.ask_if && !question.ask_if->holds(answers)) return false;
    return question.kind != Kind::Multi ||
           std::ranges::any_of(question.options, [&](const Option& option) { return may_be_shown(option, answers); });
}

bool still_fits(const Question& question, const Answer& answer, const Answers& before) {
    return is_asked(question, before) && std::ranges::all_of(question.options, [&](const Option& option) {
               return is_shown(option, before) || std::ranges::find(answer.options, option.id) == answer.options.end();
           });
}

/// The answers that stand, each checked against those before it: one that falls may take others with it.
Answers reachable(const Survey& survey, const Answers& answers) {
    Answers kept;
    for (const Question& question : survey.questions) {
        const Answer* answer = find(answers, question.id);
        if (answer && still_fits(question, *answer, kept)) kept.push_back(*answer);
    }
    return kept;
}

bool same_answer(const Answer& a, const Answer& b) {
    return a.value == b.value && a.options == b.options && a.text == b.text && a.skipped == b.skipped;
}

std::string first_code_points(std::string text, int count) {
    const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    const auto beyond =
        std::ranges::find_if(text, [&, left = count](char c) mutable { return starts(c) && left-- == 0; });
    text.erase(beyond, text.end());
    return text;
}

}  // namespace

Session::Session(const Survey& survey, Start start, Now now)
    : survey_(&survey), start_(std::move(start)), began_(now), shown_(now) {
    go_on(now);
    assert(at_);
}

Session::Phase Session::phase() const {
    return at_ ? Phase::Asking : Phase::Done;
}

const Question& Session::question() const {
    return survey_->questions[at_ ? *at_ : *last_before(survey_->questions.size())];
}

std::vector<const Option*> Session::options() const {
    std::vector<const Option*> shown;
    for (const Option& option : question().options) {
        if (is_shown(option, answers_)) shown.push_back(&option);
    }
    return shown;
}

const Answer* Session::answer() const {
    return find(answers_, question().id);
}

Session::Progress Session::progress() const {
    const std::size_t at = at_.value_or(survey_->questions.size());
    Progress progress{.place = 0, .of = 0};
    for (std::size_t i = 0; i < survey_->questions.size(); ++i) {
        const Question& asked = survey_->questions[i];
        const bool counts = i <= at ? is_asked(asked, answers_) : is_expected(asked, answers_);
        if (!counts) continue;
        ++progress.of;
        if (i <= at) ++progress.place;
    }
    return progress;
}

bool Session::can_go_back() const {
    return last_before(at_.value_or(survey_->questions.size())).has_value();
}

bool Session::can_skip() const {
    return at_ && question().optional;
}

bool Session::answer_value(int value, Now now) {
    if (!at_) return false;
    const std::optional<Scale> scale = scale_of(question().kind);
    if (!scale || value < scale->least || value > scale->most) return false;
    return settle({.value = value}, now);
}

bool Session::answer_options(std::vector<std::string> options, Now now) {
    if (!at_ || question().kind != Kind::Multi || options.empty()) return false;
    Answer answer;
    for (const Option* option : this->options()) {
        if (std::erase(options, option->id) > 0) answer.options.push_back(option->id);
    }
    return options.empty() && settle(std::move(answer), now);
}

bool Session::answer_text(std::string text, Now now) {
    if (!at_ || question().kind != Kind::Text) return false;
    std::string clean = first_code_points(platform::to_valid_utf8(text), question().max_chars);
    if (clean.find_first_not_of(" \t\r\n") == std::string::npos) return false;
    return settle({.text = std::move(clean)}, now);
}

bool Session::skip(Now now) {
    return can_skip() && settle({.skipped = true}, now);
}

bool Session::back(Now now) {
    const std::optional<std::size_t> before = last_before(at_.value_or(survey_->questions.size()));
    if (!before) return false;
    at_ = before;
    shown_ = now;
    return true;
}

bool Session::change_language(const std::string& language) {
    if (std::ranges::find(survey_->languages, language) == survey_->languages.end()) return false;
    start_.language = language;
    start_.language_source = LanguageSource::Picked;
    return true;
}

bool Session::has_answers() const {
    return !std::ranges::all_of(answers_, &Answer::skipped);
}

Response Session::response(Ended ended, Now now) const {
    Answers answers = answers_;
    if (at_ && ended != Ended::Complete && !answer()) {
        answers.push_back({.question = question().id, .skipped = true, .took = now - shown_});
        answers = reachable(*survey_, answers);
    }
    return {
        .id = start_.response_id,
        .survey = survey_->id,
        .revision = survey_->revision,
        .touchpoint = start_.touchpoint,
        .language = start_.language,
        .language_source = start_.language_source,
        .mode = start_.mode,
        .took = (at_ ? now : shown_) - began_,
        .ended = ended,
        .answers = std::move(answers),
    };
}

std::optional<std::size_t> Session::last_before(std::size_t end) const {
    while (end-- > 0) {
        if (is_asked(survey_->questions[end], answers_)) return end;
    }
    return std::nullopt;
}

void Session::go_on(Now now) {
    std::size_t next = at_ ? *at_ + 1 : 0;
    const auto waits = [&](const Question& question) {
        return is_asked(question, answers_) && !find(answers_, question.id);
    };
    while (next < survey_->questions.size() && !waits(survey_->questions[next])) ++next;
    at_ = next < survey_->questions.size() ? std::optional{next} : std::nullopt;
    shown_ = now;
}

bool Session::settle(Answer answer, Now now) {
    answer.question = question().id;
    answer.took = now - shown_;
    const Answer* before = this->answer();
    if (!before || !same_answer(*before, answer)) {
        std::erase_if(answers_, [&](const Answer& old) { return old.question == answer.question; });
        answers_.push_back(std::move(answer));
        answers_ = reachable(*survey_, answers_);  // which also puts them in the survey's order
    }
    go_on(now);
    return true;
}

}  // namespace milepost::surveys
