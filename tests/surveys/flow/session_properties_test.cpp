#include "surveys/flow/session.h"
#include "surveys/flow/validity.h"
#include "tests/surveys/random_survey.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace milepost::surveys;
using namespace std::chrono_literals;
using Phase = Session::Phase;

namespace {

using Happenings = std::vector<Happening>;

constexpr Session::Now kLater = 1'000'000s;

// Conditions with && or || stand in parentheses of their own: RC_ASSERT's own operators do not stop early.

void check_valid(const Session& session, Ended ended, Session::Now now, const Session::Start& start) {
    const Response response = session.response(ended, now);
    const auto faults = faults_of(session.survey(), response, start.local);
    if (!faults.empty()) RC_FAIL(fmt::format("{}\n{}", shown(response), fmt::join(faults, "\n")));
}

/// A response that can be made of the session as it stands is valid, or there is none.
void check_responses(const Session& session, Session::Now now, const Session::Start& start) {
    if (!session.has_answers()) return;
    check_valid(session, Ended::Timeout, now, start);
    check_valid(session, Ended::Left, now, start);
    if (session.phase() != Phase::Asking) check_valid(session, Ended::Complete, now, start);
}

void check_view(const Session& session) {
    const Session::View view = session.view();
    RC_ASSERT(view.phase == session.phase());
    RC_ASSERT(!view.text.empty());
    RC_ASSERT((view.place >= 1 && view.place <= view.of));
    RC_ASSERT(view.of <= std::ssize(session.survey().questions));
    RC_ASSERT((view.question != nullptr) == (view.phase == Phase::Asking));
    if (view.phase == Phase::Done) RC_ASSERT(view.place == view.of);
    if (session.survey().most_questions > 0) RC_ASSERT(view.of <= session.survey().most_questions);
    for (const auto& choice : view.choices) RC_ASSERT(!choice.text.empty());
    if (view.question && (picks_options(view.question->kind) || view.question->is_named_set())) {
        RC_ASSERT(!view.choices.empty());
    }
}

/// Applies what happens one after the other; `after` sees the session after each.
void run(Session& session, const Happenings& happenings, const auto& after) {
    Session::Now now{};
    for (const Happening& happening : happenings) {
        now += Session::Now{happening.wait};
        const Session before = session;
        const Session::Event event = event_of(happening, session);
        const bool done = session.apply(event, now);
        after(before, event, done, now);
    }
}

void run(Session& session, const Happenings& happenings) {
    run(session, happenings, [](auto&&...) {});
}

std::vector<std::string> ids(const std::vector<const Option*>& options) {
    std::vector<std::string> ids;
    for (const Option* option : options) ids.push_back(option->id);
    return ids;
}

bool is_same(const Answer& a, const Answer& b) {
    Answer timed = a;
    timed.took = b.took;
    timed.shown_order = b.shown_order;
    return timed == b;
}

}  // namespace

TEST_CASE("session: whatever happens leads to a valid response or none", "[surveys]") {
    rc::prop("valid responses", [] {
        const Survey survey = *any_survey();
        const Session::Start start = *any_start();
        const Happenings happenings = *any_happenings();
        Session session{survey, start, 0ms};
        check_view(session);
        run(session, happenings, [&](const Session& before, const Session::Event&, bool done, Session::Now now) {
            check_responses(session, now, start);
            check_view(session);
            if (!done) {
                RC_ASSERT(session.response(Ended::Left, kLater) == before.response(Ended::Left, kLater));
                RC_ASSERT(session.phase() == before.phase());
            }
            if (before.phase() == Phase::Over) RC_ASSERT(!done);
        });
        RC_TAG(session.phase() == Phase::Done ? "done" : session.phase() == Phase::Over ? "over" : "asking");
    });
}

TEST_CASE("session: an answer that makes sense is taken and stands", "[surveys]") {
    rc::prop("good answers", [] {
        const Survey survey = *any_survey();
        Session session{survey, *any_start(), 0ms};
        run(session, *any_happenings());
        if (session.phase() != Phase::Asking) return;
        const std::string question = session.question().id;
        const auto offered = ids(session.options());
        const Session::Event event = good_answer(session, *rc::gen::arbitrary<unsigned>());
        const bool shuffled = session.question().shuffle;
        const bool fresh = session.answer() == nullptr;
        const bool taken = session.apply(event, kLater);
        RC_ASSERT(taken);
        if (std::holds_alternative<Session::Acknowledge>(event)) return;
        const auto answers = session.response(Ended::Complete, kLater).answers;
        const auto given = std::ranges::find(answers, question, &Answer::question);
        RC_ASSERT(given != answers.end());
        RC_ASSERT(!given->skipped);
        if (fresh) RC_ASSERT(given->shown_order == (shuffled ? offered : std::vector<std::string>{}));
    });
}

TEST_CASE("session: answering everything comes to an end", "[surveys]") {
    rc::prop("ends", [] {
        const Survey survey = *any_survey();
        const Session::Start start = *any_start();
        Session session{survey, start, 0ms};
        run(session, *any_happenings());
        for (std::size_t i = 0; i < survey.questions.size() && session.phase() == Phase::Asking; ++i) {
            const bool answered = session.apply(good_answer(session, 3), kLater);
            RC_ASSERT(answered);
        }
        RC_ASSERT(session.phase() != Phase::Asking);
        check_responses(session, kLater, start);
    });
}

TEST_CASE("session: going back and answering the same changes nothing", "[surveys]") {
    rc::prop("back and again", [] {
        const Survey survey = *any_survey();
        Session session{survey, *any_start(), 0ms};
        run(session, *any_happenings());
        const auto before = session.response(Ended::Complete, kLater);
        const auto phase = session.phase();
        if (!session.back(kLater)) return;
        if (const Answer* given = session.answer()) {
            const bool again = session.apply(event_of(*given), kLater);
            // A contact given in another language carries another consent, and must be sealed anew.
            if (!again && given->contact) return;
            RC_ASSERT(again);
        } else if (session.question().kind == Kind::Info) {
            session.acknowledge(kLater);
        } else {
            return;
        }
        RC_ASSERT(session.response(Ended::Complete, kLater).answers == before.answers);
        if (phase == Phase::Done) RC_ASSERT(session.phase() == phase);
    });
}

TEST_CASE("session: an answer changed and changed back keeps what stood all along", "[surveys]") {
    rc::prop("there and back", [] {
        const Survey survey = *any_survey();
        Session session{survey, *any_start(), 0ms};
        run(session, *any_happenings());
        const auto steps = *rc::gen::inRange(1, 4);
        for (int i = 0; i < steps; ++i) session.back(kLater);
        const Answer* given = session.answer();
        if (session.phase() != Phase::Asking || !given || given->contact) return;
        const Answer original = *given;
        const auto before = session.response(Ended::Complete, kLater).answers;
        const bool changed = session.apply(good_answer(session, *rc::gen::arbitrary<unsigned>()), kLater);
        RC_ASSERT(changed);
        // A question that a picked language opened before this one comes first; then there is no way back here.
        do {
            if (!session.back(kLater)) return;
        } while (session.question().id != original.question);
        const bool restored = session.apply(event_of(original), kLater);
        RC_ASSERT(restored);

        const auto after = session.response(Ended::Complete, kLater).answers;
        RC_ASSERT(after.size() <= before.size());
        bool earlier = true;
        for (const Answer& answer : before) {
            const auto kept = std::ranges::find(after, answer.question, &Answer::question);
            if (earlier) RC_ASSERT(kept != after.end());
            if (kept != after.end()) RC_ASSERT(is_same(*kept, answer));
            if (answer.question == original.question) earlier = false;
        }
    });
}

TEST_CASE("session: the same events give the same response", "[surveys]") {
    rc::prop("replay", [] {
        const Survey survey = *any_survey();
        const Session::Start start = *any_start();
        Session session{survey, start, 0ms};
        std::vector<std::pair<Session::Event, Session::Now>> log;
        run(session, *any_happenings(), [&](const Session&, const Session::Event& event, bool done, Session::Now now) {
            if (done) log.emplace_back(event, now);
        });
        Session again{survey, start, 0ms};
        for (const auto& [event, now] : log) {
            const bool done = again.apply(event, now);
            RC_ASSERT(done);
        }
        RC_ASSERT(again.response(Ended::Left, kLater) == session.response(Ended::Left, kLater));
        RC_ASSERT(again.phase() == session.phase());
        RC_ASSERT(again.question().id == session.question().id);
    });
}

TEST_CASE("session: is a value pinned to its survey", "[surveys]") {
    rc::prop("pinned", [] {
        const Survey survey = *any_survey();
        const Session::Start start = *any_start();
        const Happenings first = *any_happenings();
        const Happenings second = *any_happenings();
        Session session{survey, start, 0ms};
        run(session, first);
        const Response response = session.response(Ended::Left, kLater);
        const std::string text = session.view().text;

        Survey published = survey;
        ++published.revision;
        published.thanks = {};
        for (Question& question : published.questions) question.text = {};
        Session copy = session;
        run(copy, second);

        RC_ASSERT(session.response(Ended::Left, kLater) == response);
        RC_ASSERT(session.view().text == text);
        run(session, second);
        RC_ASSERT(session.response(Ended::Left, kLater) == copy.response(Ended::Left, kLater));
    });
}
