#include "surveys/flow/session.h"

#include "surveys/flow/answering.h"
#include "surveys/flow/path.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace milepost::surveys {

namespace {

bool same_answer(const Answer& a, const Answer& b) {
    return a.value == b.value && a.options == b.options && a.text == b.text && a.contact == b.contact &&
           a.skipped == b.skipped;
}

Session::Now since(Session::Now then, Session::Now now) {
    return std::max(now - then, Session::Now::zero());
}

template <typename... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

}  // namespace

Session::Session(const Survey& survey, Start start, Now now)
    : survey_(&survey), start_(std::move(start)), began_(now), shown_(now), touched_(now) {
    const bool known = std::ranges::find(survey.languages, start_.language) != survey.languages.end();
    where_ = {.language = known ? start_.language : survey.default_language(),
              .touchpoint = start_.touchpoint,
              .local = start_.local};
    go_on(now);
    assert(at_);
}

Path Session::path() const {
    return {*survey_, answers_, visit()};
}

Session::Phase Session::phase() const {
    if (over_) return Phase::Over;
    return at_ ? Phase::Asking : Phase::Done;
}

std::size_t Session::place() const {
    return at_ ? *at_ : path().last_before(survey_->questions.size()).value_or(0);
}

const Question& Session::question() const {
    return survey_->questions[place()];
}

std::vector<const Option*> Session::options() const {
    return shown_options(question(), path().before(place()), visit());
}

const Answer* Session::answer() const {
    return find(answers_, question().id);
}

bool Session::can_go_back() const {
    return !over_ && path().last_before(at_.value_or(survey_->questions.size())).has_value();
}

bool Session::can_skip() const {
    return is_asking() && question().optional && question().kind != Kind::Info;
}

bool Session::answer_value(int value, Now now) {
    return is_asking() && settle(answer_of(question(), value), now);
}

bool Session::answer_options(std::vector<std::string> options, Now now) {
    return is_asking() && settle(answer_of(question(), this->options(), std::move(options)), now);
}

bool Session::answer_text(std::string text, Now now) {
    return is_asking() && settle(answer_of(question(), text), now);
}

bool Session::answer_contact(SealedContact contact, Now now) {
    if (!is_asking()) return false;
    const std::string_view consent = question().consent.text.in(language(), survey_->default_language());
    return settle(answer_of(question(), std::move(contact), consent), now);
}

bool Session::acknowledge(Now now) {
    if (!is_asking() || question().kind != Kind::Info) return false;
    acknowledged_.push_back(*at_);
    go_on(now);
    return true;
}

bool Session::skip(Now now) {
    return can_skip() && settle(Answer{.skipped = true}, now);
}

bool Session::back(Now now) {
    if (!can_go_back()) return false;
    if (at_ && !answer() && question().kind != Kind::Info) {
        std::erase_if(left_, [&](const Left& left) { return left.question == *at_; });
        left_.push_back({*at_, since(shown_, now)});
    }
    show(path().last_before(at_.value_or(survey_->questions.size())), now);
    return true;
}

bool Session::change_language(const std::string& language, std::optional<Now> now) {
    if (over_ || std::ranges::find(survey_->languages, language) == survey_->languages.end()) return false;
    const Answers answers = answers_;
    const Circumstances where = where_;
    where_.language = language;
    start_.language_source = LanguageSource::Picked;
    answers_ = still_standing({*survey_, answers, {start_.response_id, &where}}, {*survey_, answers, visit()});
    touched_ = now.value_or(touched_);
    if (!at_ || !path().has(*at_)) go_on(touched_);
    return true;
}

bool Session::leave(Ended ended, Now now) {
    if (over_ || (ended == Ended::Complete && at_)) return false;
    over_ = {.ended = ended, .at = now};
    return true;
}

bool Session::apply(const Event& event, Now now) {
    return std::visit(Overloaded{
                          [&](int value) { return answer_value(value, now); },
                          [&](const std::vector<std::string>& options) { return answer_options(options, now); },
                          [&](const std::string& text) { return answer_text(text, now); },
                          [&](const SealedContact& contact) { return answer_contact(contact, now); },
                          [&](Back) { return back(now); },
                          [&](Skip) { return skip(now); },
                          [&](Acknowledge) { return acknowledge(now); },
                          [&](const ChangeLanguage& change) { return change_language(change.language, now); },
                          [&](Tick) {
                              return since(touched_, now) >= start_.patience &&
                                     leave(at_ ? Ended::Timeout : Ended::Complete, now);
                          },
                          [&](const Leave& left) { return leave(left.ended, now); },
                      },
                      event);
}

bool Session::has_answers() const {
    return !std::ranges::all_of(answers_, &Answer::skipped);
}

Response Session::response(Ended ended, Now now) const {
    if (over_) {
        ended = over_->ended;
        now = over_->at;
    }
    return {
        .id = start_.response_id,
        .survey = survey_->id,
        .revision = survey_->revision,
        .touchpoint = start_.touchpoint,
        .language = language(),
        .language_source = start_.language_source,
        .mode = start_.mode,
        .took = since(began_, at_ ? now : shown_),
        .ended = ended,
        .answers = ended == Ended::Complete ? answers_ : answers_with_skips(now),
    };
}

std::vector<Answer> Session::answers_with_skips(Now now) const {
    std::vector<Left> unanswered = left_;
    if (at_) unanswered.insert(unanswered.begin(), {*at_, since(shown_, now)});
    Answers answers = answers_;
    for (const Left& left : unanswered) {
        const Question& question = survey_->questions[left.question];
        const Path reached{*survey_, answers, visit()};
        if (question.kind == Kind::Info || find(answers, question.id) || !reached.has(left.question)) continue;
        Answers with = answers;
        put(with, {.question = question.id, .skipped = true, .took = left.took}, *survey_);
        // A skip can end the visit; answers behind it were kept while it was open again, and are worth more.
        const Question* last = ended_by(*survey_, with, visit());
        if (!last || with.back().question == last->id) answers = std::move(with);
    }
    return answers;
}

bool Session::settle(std::optional<Answer> answer, Now now) {
    if (!answer) return false;
    answer->question = question().id;
    answer->took = since(shown_, now);
    if (question().shuffle && !answer->skipped) {
        for (const Option* option : options()) answer->shown_order.push_back(option->id);
    }
    if (const Answer* before = this->answer(); !before || !same_answer(*before, *answer)) {
        const Answers answers = answers_;
        put(answers_, *std::move(answer), *survey_);
        answers_ = still_standing({*survey_, answers, visit()}, path());
        std::erase_if(left_, [&](const Left& left) { return left.question == *at_; });
    }
    go_on(now);
    return true;
}

void Session::show(std::optional<std::size_t> question, Now now) {
    at_ = question;
    shown_ = now;
    touched_ = now;
}

void Session::go_on(Now now) {
    const Path path = this->path();
    for (std::size_t i = 0; i < survey_->questions.size(); ++i) {
        const bool passed = std::ranges::find(acknowledged_, i) != acknowledged_.end();
        if (!passed && !find(answers_, survey_->questions[i].id) && path.has(i)) return show(i, now);
    }
    show(std::nullopt, now);
}

}  // namespace milepost::surveys
