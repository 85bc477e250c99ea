#include "surveys/flow/session.h"
#include "tests/surveys/flow/sessions.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace milepost::surveys;
using namespace std::chrono_literals;
using Ids = std::vector<std::string>;
using Phase = Session::Phase;

namespace {

/// A score, reasons that fit it, a question for German visitors, a last one.
Survey survey() {
    return {.id = "s",
            .languages = {"en", "de"},
            .questions = {{.id = "satisfaction", .kind = Kind::Csat},
                          {.id = "why",
                           .kind = Kind::Multi,
                           .optional = true,
                           .options = {{.id = "queue", .show_if = when("satisfaction <= 3")},
                                       {.id = "staff", .show_if = when("satisfaction >= 3")},
                                       {.id = "other"},
                                       {.id = "nothing", .none = true}}},
                          {.id = "german", .kind = Kind::Ces, .ask_if = when("language == de")},
                          {.id = "recommend", .kind = Kind::Nps}}};
}

Session begun(const Survey& survey, Session::Now patience = Session::Now::max()) {
    return {survey, {.response_id = "r1", .touchpoint = "till", .language = "en", .patience = patience}, 0ms};
}

/// Goes back to the first question and answers it once more.
void change_score(Session& session, int value) {
    while (session.can_go_back()) session.back(5s);
    session.answer_value(value, 6s);
}

}  // namespace

TEST_CASE("session: a skip falls when the options that were skipped are others", "[surveys]") {
    const Survey asked = survey();
    Session session = begun(asked);
    session.answer_value(1, 1s);
    session.skip(2s);
    REQUIRE(session.question().id == "recommend");
    change_score(session, 2);
    CHECK(session.question().id == "recommend");
    CHECK(answers(session) == "satisfaction=2 why=-");
    change_score(session, 5);

    CHECK(session.question().id == "why");
    CHECK(answers(session) == "satisfaction=5");
}

TEST_CASE("session: none of these falls when these are others and a picked option stays", "[surveys]") {
    const Survey asked = survey();
    Session none = begun(asked);
    none.answer_value(1, 1s);
    none.answer_options({"nothing"}, 2s);
    change_score(none, 5);
    CHECK(none.question().id == "why");
    CHECK(answers(none) == "satisfaction=5");

    Session picked = begun(asked);
    picked.answer_value(1, 1s);
    picked.answer_options({"other"}, 2s);
    change_score(picked, 5);
    CHECK(answers(picked) == "satisfaction=5 why=other");
}

TEST_CASE("session: picks that have become too few are asked for again", "[surveys]") {
    Survey asked = survey();
    asked.questions[1].least_picks = 3;
    Session session = begun(asked);
    session.answer_value(1, 1s);
    REQUIRE(session.answer_options({"queue", "other"}, 2s));
    change_score(session, 3);

    CHECK(session.question().id == "why");
    CHECK(shown(session) == Ids{"queue", "staff", "other", "nothing"});
    CHECK(answers(session) == "satisfaction=3");
}

TEST_CASE("session: a change undone brings nothing back", "[surveys]") {
    const Survey asked = survey();
    Session session = begun(asked);
    session.answer_value(1, 1s);
    session.answer_options({"queue"}, 2s);
    session.answer_value(8, 3s);
    change_score(session, 5);
    change_score(session, 1);

    CHECK(session.question().id == "why");
    CHECK(answers(session) == "satisfaction=1 recommend=8");
}

TEST_CASE("session: another language drops what it makes unreachable", "[surveys]") {
    const Survey asked = survey();
    Session session = begun(asked);
    session.change_language("de");
    session.answer_value(5, 1s);
    session.skip(2s);
    session.answer_value(7, 3s);
    CHECK(answers(session) == "satisfaction=5 why=- german=7");
    CHECK(session.change_language("en"));

    CHECK(session.question().id == "recommend");
    CHECK(answers(session) == "satisfaction=5 why=-");
}

TEST_CASE("session: another language takes an unreachable question off the screen", "[surveys]") {
    const Survey asked = survey();
    Session session = begun(asked);
    session.change_language("de");
    session.answer_value(5, 1s);
    session.skip(2s);
    REQUIRE(session.question().id == "german");
    session.change_language("en", 10s);

    CHECK(session.question().id == "recommend");
    CHECK(session.response(Ended::Left, 14s).answers.back().took == 4s);
}

TEST_CASE("session: what another language makes reachable is asked before the end", "[surveys]") {
    const Survey asked = survey();
    Session session = begun(asked);
    session.answer_value(5, 1s);
    session.skip(2s);
    REQUIRE(session.question().id == "recommend");
    session.change_language("de");
    CHECK(session.question().id == "recommend");
    session.answer_value(9, 3s);
    CHECK(session.question().id == "german");
    session.answer_value(7, 4s);
    CHECK(session.phase() == Phase::Done);
    CHECK(answers(session) == "satisfaction=5 why=- german=7 recommend=9");

    session.change_language("en");
    CHECK(session.phase() == Phase::Done);
    session.change_language("de");
    CHECK(session.question().id == "german");
}

TEST_CASE("session: an unknown language becomes the default", "[surveys]") {
    const Survey asked = survey();
    const Session session{asked, {.response_id = "r", .language = "fr"}, 0ms};

    CHECK(session.language() == "en");
    CHECK(session.response(Ended::Left, 1s).language == "en");
}

TEST_CASE("session: a question left by going back counts as skipped unless it is answered", "[surveys]") {
    const Survey asked = survey();
    Session session = begun(asked);
    session.answer_value(5, 1s);
    session.back(4s);
    CHECK(answers(session, Ended::Left) == "satisfaction=5 why=-");
    CHECK(session.response(Ended::Left, 99s).answers[1].took == 3s);
    CHECK(answers(session, Ended::Complete) == "satisfaction=5");

    session.answer_value(5, 5s);
    session.answer_options({"staff"}, 6s);
    CHECK(answers(session, Ended::Left) == "satisfaction=5 why=staff recommend=-");
}

TEST_CASE("session: a question left by going back is forgotten once it cannot be reached", "[surveys]") {
    const Survey asked = survey();
    Session session = begun(asked);
    session.change_language("de");
    session.answer_value(5, 1s);
    session.skip(2s);
    REQUIRE(session.question().id == "german");
    session.back(3s);
    CHECK(answers(session, Ended::Timeout) == "satisfaction=5 why=- german=-");
    session.change_language("en");

    CHECK(answers(session, Ended::Timeout) == "satisfaction=5 why=-");
}

TEST_CASE("session: a visit that was left changes no more", "[surveys]") {
    const Survey asked = survey();
    Session session = begun(asked);
    session.answer_value(5, 1s);
    CHECK_FALSE(session.leave(Ended::Complete, 2s));
    CHECK(session.leave(Ended::Left, 3s));
    const Response response = session.response(Ended::Left, 3s);

    CHECK(session.phase() == Phase::Over);
    CHECK_FALSE(session.answer_options({"staff"}, 4s));
    CHECK_FALSE(session.skip(4s));
    CHECK_FALSE(session.back(4s));
    CHECK_FALSE(session.can_go_back());
    CHECK_FALSE(session.can_skip());
    CHECK_FALSE(session.change_language("de"));
    CHECK_FALSE(session.leave(Ended::Timeout, 4s));
    CHECK_FALSE(session.apply(Session::Tick{}, 4s));
    CHECK(session.response(Ended::Complete, 9s) == response);
    CHECK(response.took == 3s);
}

TEST_CASE("session: a tick past the patience ends the visit", "[surveys]") {
    const Survey asked = survey();
    Session session = begun(asked, 20s);
    session.apply(5, 1s);
    CHECK_FALSE(session.apply(Session::Tick{}, 20s));
    session.apply(7, 10s);  // makes no sense here, so the person is not there
    CHECK(session.apply(Session::Tick{}, 21s));
    CHECK(session.phase() == Phase::Over);
    CHECK(session.response(Ended::Left, 30s).ended == Ended::Timeout);
    CHECK(answers(session) == "satisfaction=5 why=-");

    Session done = begun(asked, 20s);
    done.apply(5, 1s);
    done.apply(Session::Skip{}, 2s);
    done.apply(9, 3s);
    CHECK(done.apply(Session::Tick{}, 23s));
    CHECK(done.response(Ended::Left, 30s).ended == Ended::Complete);
    CHECK(done.response(Ended::Left, 30s).took == 3s);
}

TEST_CASE("session: events as data do what the calls do", "[surveys]") {
    const Survey asked = survey();
    Session session = begun(asked);
    CHECK(session.apply(2, 1s));
    CHECK(session.apply(Ids{"queue"}, 2s));
    CHECK(session.apply(Session::Back{}, 3s));
    CHECK(session.apply(Session::Skip{}, 4s));
    CHECK(session.apply(Session::ChangeLanguage{"de"}, 5s));
    CHECK_FALSE(session.apply(std::string{"text"}, 6s));
    CHECK_FALSE(session.apply(SealedContact{}, 6s));
    CHECK_FALSE(session.apply(Session::Acknowledge{}, 6s));
    CHECK(session.apply(Session::Leave{Ended::Timeout}, 7s));

    CHECK(answers(session) == "satisfaction=2 why=- recommend=-");
}
