#include "platform/crypto.h"
#include "platform/encoding.h"
#include "surveys/flow/session.h"
#include "tests/surveys/flow/sessions.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace milepost;
using namespace milepost::surveys;
using namespace std::chrono_literals;
using Ids = std::vector<std::string>;
using Phase = Session::Phase;

namespace {

LocalText in_english(const char* words) {
    return {{{"en", words}}};
}

Survey of(std::vector<Question> questions) {
    for (Question& question : questions) {
        if (question.text.empty()) question.text = in_english(question.id.c_str());
    }
    return {.id = "s", .languages = {"en", "de"}, .questions = std::move(questions), .thanks = in_english("Thanks")};
}

Session begun(const Survey& survey) {
    return {survey, {.response_id = "r1", .touchpoint = "till", .language = "en"}, 0ms};
}

const Question kFirst{.id = "satisfaction", .kind = Kind::Csat};

}  // namespace

TEST_CASE("session: every scale takes its values and no others", "[surveys]") {
    const auto kind =
        GENERATE(Kind::Csat, Kind::Nps, Kind::Ces, Kind::Emotion, Kind::Smiley4, Kind::Smiley5, Kind::Stars);
    const Survey survey = of({{.id = "q", .kind = kind}});
    for (int value = -3; value <= 11; ++value) {
        Session session = begun(survey);
        CHECK(session.answer_value(value, 1ms) == scale_of(kind)->has(value));
        CHECK((session.phase() == Phase::Done) == scale_of(kind)->has(value));
    }
    CHECK_FALSE(begun(survey).answer_options({"x"}, 1ms));
}

TEST_CASE("session: a choice takes one option", "[surveys]") {
    const Survey survey = of({{.id = "q", .kind = Kind::Choice, .options = {{.id = "a"}, {.id = "b"}}}});
    Session session = begun(survey);
    CHECK_FALSE(session.answer_options({"a", "b"}, 1ms));
    CHECK_FALSE(session.answer_value(1, 1ms));
    CHECK(session.answer_options({"b"}, 1ms));

    CHECK(answers(session) == "q=b");
}

TEST_CASE("session: a named emotion is an option with its valence", "[surveys]") {
    const Survey survey = of({{.id = "q",
                               .kind = Kind::Emotion,
                               .options = {{.id = "calm", .valence = 1}, {.id = "angry", .valence = -2}}}});
    Session session = begun(survey);
    CHECK_FALSE(session.answer_value(-2, 1ms));
    CHECK(session.view().labels.empty());
    CHECK(session.view().choices.size() == 2);
    CHECK(session.answer_options({"angry"}, 1ms));

    CHECK(answers(session) == "q=-2+angry");
}

TEST_CASE("session: a multi keeps to its picks and to none of these alone", "[surveys]") {
    const Survey survey =
        of({{.id = "q",
             .kind = Kind::Multi,
             .options = {{.id = "a"}, {.id = "b"}, {.id = "c"}, {.id = "d"}, {.id = "nothing", .none = true}},
             .least_picks = 2,
             .most_picks = 3}});
    const auto [picked, good] = GENERATE(table<Ids, bool>({
        {Ids{}, false},
        {Ids{"a"}, false},
        {Ids{"a", "a"}, false},
        {Ids{"b", "a"}, true},
        {Ids{"a", "b", "c"}, true},
        {Ids{"a", "b", "c", "d"}, false},
        {Ids{"nothing"}, true},
        {Ids{"a", "nothing"}, false},
        {Ids{"a", "b", "nowhere"}, false},
    }));
    Session session = begun(survey);

    CHECK(session.answer_options(picked, 1ms) == good);
}

TEST_CASE("session: a shuffled question records the order that was on the screen", "[surveys]") {
    const Survey survey = of({{.id = "q",
                               .kind = Kind::Choice,
                               .optional = true,
                               .options = {{.id = "a"}, {.id = "b"}, {.id = "c"}, {.id = "d"}},
                               .shuffle = true}});
    Session session = begun(survey);
    const Ids on_screen = shown(session);
    REQUIRE(session.answer_options({"c"}, 1ms));
    CHECK(session.response(Ended::Complete, 1ms).answers[0].shown_order == on_screen);
    session.back(2ms);
    CHECK(shown(session) == on_screen);

    session.skip(3ms);
    CHECK(session.response(Ended::Complete, 1ms).answers[0].shown_order.empty());
}

TEST_CASE("session: a number keeps to its bounds", "[surveys]") {
    const Survey survey = of({{.id = "q", .kind = Kind::Number, .least = -2, .most = 20}});
    for (const int value : {-3, 21}) CHECK_FALSE(begun(survey).answer_value(value, 1ms));
    for (const int value : {-2, 0, 20}) CHECK(begun(survey).answer_value(value, 1ms));
}

TEST_CASE("session: a contact needs the consent that was shown", "[surveys]") {
    const LocalText consent{{{"en", "For a week."}, {"de", "Eine Woche."}}};
    const Survey survey = of({kFirst,
                              {.id = "reply",
                               .kind = Kind::Contact,
                               .optional = true,
                               .ways = {ContactWay::Phone},
                               .consent = {.version = 3, .text = consent}}});
    const auto sealed = [](int version, std::string_view text) {
        return SealedContact{"k1", "box", version, platform::to_hex(platform::view(platform::sha256(text)))};
    };
    Session session = begun(survey);
    CHECK_FALSE(session.answer_contact(sealed(3, "For a week."), 1ms));
    session.answer_value(5, 1ms);
    CHECK_FALSE(session.answer_contact(sealed(2, "For a week."), 2ms));
    CHECK_FALSE(session.answer_contact(sealed(3, "Eine Woche."), 2ms));
    CHECK_FALSE(session.answer_contact({}, 2ms));
    CHECK_FALSE(session.answer_text("me@example.org", 2ms));
    session.change_language("de");
    CHECK_FALSE(session.answer_contact(sealed(3, "For a week."), 2ms));
    CHECK(session.answer_contact(sealed(3, "Eine Woche."), 2ms));
    session.change_language("en");

    CHECK(answers(session) == "satisfaction=5 reply=box");
}

TEST_CASE("session: an info page is acknowledged once and leaves no answer", "[surveys]") {
    const Survey survey = of({kFirst, {.id = "note", .kind = Kind::Info}, {.id = "recommend", .kind = Kind::Nps}});
    Session session = begun(survey);
    CHECK_FALSE(session.acknowledge(1ms));
    session.answer_value(5, 1ms);
    REQUIRE(session.question().id == "note");
    CHECK(session.progress() == Session::Progress{1, 2});
    CHECK_FALSE(session.skip(2ms));
    CHECK_FALSE(session.answer_value(5, 2ms));
    CHECK(answers(session, Ended::Left) == "satisfaction=5");
    CHECK(session.acknowledge(2ms));
    CHECK(session.question().id == "recommend");
    session.back(3ms);
    CHECK(session.question().id == "note");
    session.back(3ms);
    session.answer_value(5, 4ms);
    CHECK(session.question().id == "recommend");
    session.answer_value(9, 4ms);

    CHECK(session.phase() == Phase::Done);
    CHECK(answers(session) == "satisfaction=5 recommend=9");
}

TEST_CASE("session: an early end leaves the rest out", "[surveys]") {
    Question ending = kFirst;
    ending.end_if = when("satisfaction == 5");
    const Survey survey = of({ending, {.id = "recommend", .kind = Kind::Nps}});
    Session session = begun(survey);
    session.answer_value(5, 1ms);
    CHECK(session.phase() == Phase::Done);
    CHECK(session.progress() == Session::Progress{1, 1});
    session.back(2ms);
    session.answer_value(4, 2ms);
    REQUIRE(session.question().id == "recommend");
    session.answer_value(9, 3ms);
    session.back(4ms);
    session.back(4ms);
    session.answer_value(5, 5ms);

    CHECK(session.phase() == Phase::Done);
    CHECK(answers(session) == "satisfaction=5");
}

TEST_CASE("session: a visitor sees no more questions than the limit", "[surveys]") {
    Survey survey =
        of({kFirst,
            {.id = "note", .kind = Kind::Info},
            {.id = "why", .kind = Kind::Choice, .ask_if = when("satisfaction <= 3"), .options = {{.id = "queue"}}},
            {.id = "recommend", .kind = Kind::Nps},
            {.id = "ease", .kind = Kind::Ces}});
    survey.most_questions = 2;
    Session session = begun(survey);
    CHECK(session.progress() == Session::Progress{1, 2});
    session.answer_value(5, 1ms);
    session.acknowledge(1ms);
    session.answer_value(9, 1ms);
    CHECK(session.phase() == Phase::Done);

    SECTION("what is answered keeps its place") {
        for (int i = 0; i < 3; ++i) session.back(2ms);
        REQUIRE(session.question().id == "satisfaction");
        session.answer_value(1, 3ms);
        CHECK(session.phase() == Phase::Done);
        CHECK(answers(session) == "satisfaction=1 recommend=9");
    }
    SECTION("a skip counts as seen") {
        survey.questions[3].optional = true;
        session.back(2ms);
        session.skip(3ms);
        CHECK(session.phase() == Phase::Done);
        CHECK(answers(session) == "satisfaction=5 recommend=-");
    }
}

TEST_CASE("session: a random question is asked of those who are drawn", "[surveys]") {
    const Survey survey = of({kFirst, {.id = "recommend", .kind = Kind::Nps, .random_share = 0.5}});
    int asked = 0;
    for (int i = 0; i < 100; ++i) {
        const std::string id = "visit-" + std::to_string(i);
        Session session{survey, {.response_id = id, .language = "en"}, 0ms};
        const bool drawn = is_drawn(survey.questions[1], id);
        CHECK(session.progress().of == (drawn ? 2 : 1));
        session.answer_value(5, 1ms);
        CHECK((session.phase() == Phase::Asking) == drawn);
        asked += drawn ? 1 : 0;
    }
    CHECK(asked > 25);
    CHECK(asked < 75);
}

TEST_CASE("session: the view has everything for the screen", "[surveys]") {
    Survey survey = of(
        {kFirst,
         {.id = "why",
          .kind = Kind::Multi,
          .optional = true,
          .options = {{.id = "queue", .text = in_english("Waiting")}, {.id = "price", .text = in_english("Prices")}}}});
    survey.questions[0].labels = {in_english("Bad"), in_english("Good")};
    survey.questions[1].text = in_english("Why {satisfaction.value}?");
    survey.outcomes = {{when("why has queue"), in_english("Sorry for the {why.label}.")}};
    Session session = begun(survey);
    CHECK(session.view().labels == Ids{"Bad", "Good"});
    CHECK_FALSE(session.view().can_go_back);
    session.answer_value(2, 1ms);

    Session::View view = session.view();
    CHECK(view.question == &survey.questions[1]);
    CHECK(view.text == "Why 2?");
    CHECK(view.can_go_back);
    CHECK(view.can_skip);
    CHECK(view.answer == nullptr);
    REQUIRE(view.choices.size() == 2);
    CHECK(view.choices[0].text == "Waiting");
    CHECK((view.place == 2 && view.of == 2));
    session.answer_options({"queue"}, 2ms);
    view = session.view();
    CHECK(view.phase == Phase::Done);
    CHECK(view.question == nullptr);
    CHECK(view.text == "Sorry for the Waiting.");
    session.back(3ms);
    view = session.view();
    CHECK((view.choices[0].picked && !view.choices[1].picked));
    REQUIRE(view.answer);
}
