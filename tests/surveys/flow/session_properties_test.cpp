#include "surveys/flow/session.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace milepost::surveys;
using namespace std::chrono_literals;

namespace {

bool chance(int percent) {
    return *rc::gen::inRange(0, 100) < percent;
}

/// One comparison with an earlier question that has a scale or options; "" where none has.
std::string any_comparison(const std::vector<Question>& earlier) {
    std::vector<const Question*> fit;
    for (const Question& question : earlier) {
        if (question.kind != Kind::Text) fit.push_back(&question);
    }
    const Question& question = **rc::gen::elementOf(fit);
    if (const auto scale = scale_of(question.kind)) {
        return fmt::format("{} {} {}", question.id, *rc::gen::element<std::string>("<", "<=", "==", "!=", ">=", ">"),
                           *rc::gen::inRange(scale->least, scale->most + 1));
    }
    return fmt::format("{} has {}", question.id, (*rc::gen::elementOf(question.options)).id);
}

Condition any_condition(const std::vector<Question>& earlier) {
    std::string text = any_comparison(earlier);
    if (chance(30)) text = "not " + text;
    if (chance(30)) text = fmt::format("({}) {} {}", text, chance(50) ? "and" : "or", any_comparison(earlier));
    return Condition::parse(text).value();
}

Question any_question(const std::vector<Question>& earlier) {
    const bool first = earlier.empty();
    Question question{.id = fmt::format("q{}", earlier.size()),
                      .kind = first ? Kind::Csat : *rc::gen::element(Kind::Csat, Kind::Nps, Kind::Multi, Kind::Text),
                      .optional = chance(50),
                      .max_chars = *rc::gen::inRange(1, 6)};
    if (!first && chance(50)) question.ask_if = any_condition(earlier);
    const int options = question.kind == Kind::Multi ? *rc::gen::inRange(1, 5) : 0;
    for (int i = 0; i < options; ++i) {
        Option option{.id = fmt::format("o{}", i)};
        if (chance(50)) option.show_if = any_condition(earlier);
        question.options.push_back(std::move(option));
    }
    return question;
}

Survey any_survey() {
    Survey survey{.id = "any", .title = "Any", .languages = {"en", "de"}};
    const int count = *rc::gen::inRange(1, 7);
    for (int i = 0; i < count; ++i) survey.questions.push_back(any_question(survey.questions));
    return survey;
}

/// Any call with any argument, most of which make sense on some screen.
void any_event(Session& session, Session::Now now) {
    switch (*rc::gen::inRange(0, 8)) {
        case 0:
        case 1:
        case 2:
            session.answer_value(*rc::gen::inRange(-1, 12), now);
            break;
        case 3: {
            std::vector<std::string> ids;
            for (const Option* option : session.options()) {
                if (chance(50)) ids.push_back(option->id);
            }
            if (chance(10)) ids.emplace_back("o9");
            session.answer_options(std::move(ids), now);
            break;
        }
        case 4:
            session.answer_text(*rc::gen::element<std::string>("", " ", "a", "äöüß€😀x", "abcdefgh"), now);
            break;
        case 5:
            session.skip(now);
            break;
        case 6:
            session.back(now);
            break;
        default:
            session.change_language(*rc::gen::element<std::string>("en", "de", "ar"));
            break;
    }
}

int code_points(const std::string& text) {
    return static_cast<int>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Conditions with && or || stand in parentheses of their own: RC_ASSERT's own operators do not stop early.
void check_answer(const Question& question, const Answer& answer, const std::vector<Answer>& before) {
    RC_ASSERT((!question.ask_if || question.ask_if->holds(before)));
    RC_ASSERT(answer.took >= 0ms);
    if (answer.skipped) {
        RC_ASSERT((!answer.value && answer.options.empty() && !answer.text));
        return;
    }
    const auto scale = scale_of(question.kind);
    RC_ASSERT(answer.value.has_value() == scale.has_value());
    if (scale) RC_ASSERT((*answer.value >= scale->least && *answer.value <= scale->most));
    RC_ASSERT(answer.options.empty() == (question.kind != Kind::Multi));
    std::size_t found = 0;
    for (const Option& option : question.options) {
        if (found == answer.options.size() || answer.options[found] != option.id) continue;
        RC_ASSERT((!option.show_if || option.show_if->holds(before)));
        ++found;
    }
    RC_ASSERT(found == answer.options.size());  // all known, each once, in the survey's order
    RC_ASSERT(answer.text.has_value() == (question.kind == Kind::Text));
    if (answer.text) RC_ASSERT(code_points(*answer.text) <= question.max_chars);
}

/// Answers of reachable questions only, in the survey's order, each fitting its question.
void check_response(const Survey& survey, const Response& response) {
    std::vector<Answer> before;
    std::size_t at = 0;
    for (const Question& question : survey.questions) {
        if (at == response.answers.size() || response.answers[at].question != question.id) continue;
        check_answer(question, response.answers[at], before);
        before.push_back(response.answers[at++]);
    }
    RC_ASSERT(at == response.answers.size());
}

/// With nothing left to ask, every question that the answers make reachable has its answer.
void check_done(const Survey& survey, const std::vector<Answer>& answers) {
    std::size_t at = 0;
    for (const Question& question : survey.questions) {
        const std::span before{answers.data(), at};
        const bool has_options =
            question.kind != Kind::Multi || std::ranges::any_of(question.options, [&](const Option& option) {
                return !option.show_if || option.show_if->holds(before);
            });
        const bool asked = has_options && (!question.ask_if || question.ask_if->holds(before));
        const bool answered = at < answers.size() && answers[at].question == question.id;
        RC_ASSERT(asked == answered);
        if (answered) {
            if (answers[at].skipped) RC_ASSERT(question.optional);
            ++at;
        }
    }
}

}  // namespace

TEST_CASE("session: whatever happens the response fits its survey", "[surveys]") {
    rc::prop("valid responses", [] {
        const Survey survey = any_survey();
        Session session{survey, {.response_id = "r", .touchpoint = "t", .language = "en"}, 0ms};
        Session::Now now{};
        const int events = *rc::gen::inRange(0, 40);
        for (int i = 0; i < events; ++i) {
            any_event(session, now += std::chrono::milliseconds{*rc::gen::inRange(0, 5'000)});
            for (const Ended ended : {Ended::Complete, Ended::Timeout, Ended::Left}) {
                check_response(survey, session.response(ended, now));
            }
            const Session::Progress progress = session.progress();
            RC_ASSERT((progress.place >= 1 && progress.place <= progress.of));
            RC_ASSERT(progress.of <= static_cast<int>(survey.questions.size()));
            if (session.phase() == Session::Phase::Done) {
                check_done(survey, session.response(Ended::Complete, now).answers);
                RC_ASSERT(progress.place == progress.of);
            }
        }
        RC_TAG(session.phase() == Session::Phase::Done ? "done" : "asking");
    });
}

TEST_CASE("session: going back and answering the same changes no answer", "[surveys]") {
    rc::prop("back and again", [] {
        const Survey survey = any_survey();
        Session session{survey, {.language = "en"}, 0ms};
        for (int i = 0; i < 20; ++i) any_event(session, 1s);
        const auto before = session.response(Ended::Complete, 2s).answers;
        if (!session.back(3s)) return;
        const Answer* given = session.answer();
        RC_ASSERT(given != nullptr);
        const Answer answer = *given;
        const bool again = answer.skipped ? session.skip(4s)
                           : answer.value ? session.answer_value(*answer.value, 4s)
                           : answer.text  ? session.answer_text(*answer.text, 4s)
                                          : session.answer_options(answer.options, 4s);
        RC_ASSERT(again);
        RC_ASSERT(session.response(Ended::Complete, 5s).answers == before);
    });
}
