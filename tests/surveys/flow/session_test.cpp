#include "surveys/flow/session.h"

#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace milepost::surveys;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view kSurvey = R"(
id = "exit"
revision = 7
title = "Exit"
languages = ["en", "de"]

[[question]]
id = "satisfaction"
kind = "csat"
text = { en = "How?", de = "Wie?" }
labels = [{ en = "1", de = "1" }, { en = "2", de = "2" }, { en = "3", de = "3" }, { en = "4", de = "4" }, { en = "5", de = "5" }]

[[question]]
id = "why"
kind = "multi"
optional = true
text = { en = "Why?", de = "Warum?" }
options = [
    { id = "queue", show_if = "satisfaction <= 3", text.en = "Queue", text.de = "Schlange" },
    { id = "price", show_if = "satisfaction <= 3", text.en = "Price", text.de = "Preis" },
    { id = "staff", show_if = "satisfaction >= 4", text.en = "Staff", text.de = "Personal" },
    { id = "other", text.en = "Other", text.de = "Anderes" },
]

[[question]]
id = "wait"
kind = "csat"
ask_if = "why has queue"
text = { en = "The queue?", de = "Die Schlange?" }
labels = [{ en = "1", de = "1" }, { en = "2", de = "2" }, { en = "3", de = "3" }, { en = "4", de = "4" }, { en = "5", de = "5" }]

[[question]]
id = "recommend"
kind = "nps"
text = { en = "Recommend?", de = "Empfehlen?" }
labels = [{ en = "No", de = "Nein" }, { en = "Yes", de = "Ja" }]

[[question]]
id = "comment"
kind = "text"
optional = true
max_chars = 5
text = { en = "More?", de = "Mehr?" }
)";

const Survey& survey() {
    static const Survey kRead = read_survey(kSurvey).value();
    return kRead;
}

Session begun() {
    return {survey(), {.response_id = "r1", .touchpoint = "till", .language = "en"}, 1000ms};
}

std::vector<std::string> shown(const Session& session) {
    std::vector<std::string> ids;
    for (const Option* option : session.options()) ids.push_back(option->id);
    return ids;
}

/// What was answered, in short: "satisfaction=2 why=queue wait=1 recommend=- comment=hi".
std::string answers(const Session& session, Ended ended = Ended::Complete) {
    std::string text;
    for (const Answer& answer : session.response(ended, 99s).answers) {
        text += (text.empty() ? "" : " ") + answer.question + "=";
        if (answer.skipped) text += "-";
        if (answer.value) text += std::to_string(*answer.value);
        for (const std::string& option : answer.options) text += (text.ends_with('=') ? "" : "+") + option;
        text += answer.text.value_or("");
    }
    return text;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("session: goes through the questions to the end", "[surveys]") {
    Session session = begun();
    CHECK(session.question().id == "satisfaction");
    CHECK_FALSE(session.has_answers());
    CHECK(session.answer_value(2, 2s));
    CHECK(session.question().id == "why");
    CHECK(session.answer_options({"price", "queue"}, 3s));
    CHECK(session.question().id == "wait");
    CHECK(session.answer_value(1, 4s));
    CHECK(session.question().id == "recommend");
    CHECK(session.answer_value(0, 5s));
    CHECK(session.question().id == "comment");
    CHECK(session.phase() == Session::Phase::Asking);
    CHECK(session.answer_text("hi", 6s));

    CHECK(session.phase() == Session::Phase::Done);
    CHECK(session.has_answers());
    CHECK(answers(session) == "satisfaction=2 why=queue+price wait=1 recommend=0 comment=hi");
}

TEST_CASE("session: a question whose condition is false is not asked", "[surveys]") {
    Session session = begun();
    session.answer_value(2, 2s);
    session.answer_options({"price"}, 3s);

    CHECK(session.question().id == "recommend");
}

TEST_CASE("session: the options on offer follow the answers", "[surveys]") {
    Session low = begun();
    low.answer_value(3, 2s);
    CHECK(shown(low) == Ids{"queue", "price", "other"});
    Session high = begun();
    high.answer_value(4, 2s);

    CHECK(shown(high) == Ids{"staff", "other"});
}

TEST_CASE("session: nonsense changes nothing", "[surveys]") {
    Session session = begun();
    CHECK_FALSE(session.answer_value(0, 2s));
    CHECK_FALSE(session.answer_value(6, 2s));
    CHECK_FALSE(session.answer_options({"queue"}, 2s));
    CHECK_FALSE(session.answer_text("no", 2s));
    CHECK_FALSE(session.skip(2s));
    CHECK_FALSE(session.back(2s));
    CHECK(session.question().id == "satisfaction");
    CHECK_FALSE(session.has_answers());

    session.answer_value(5, 2s);
    CHECK_FALSE(session.answer_options({}, 3s));
    CHECK_FALSE(session.answer_options({"queue"}, 3s));
    CHECK_FALSE(session.answer_options({"staff", "nowhere"}, 3s));
    CHECK_FALSE(session.answer_value(3, 3s));
    CHECK(session.question().id == "why");
    CHECK(answers(session) == "satisfaction=5");

    CHECK(session.answer_options({"other", "staff", "other"}, 3s));
    CHECK(answers(session) == "satisfaction=5 why=staff+other");
}

TEST_CASE("session: once done only going back does anything", "[surveys]") {
    Session session = begun();
    session.answer_value(5, 2s);
    session.skip(3s);
    session.answer_value(9, 4s);
    session.skip(5s);
    REQUIRE(session.phase() == Session::Phase::Done);
    CHECK_FALSE(session.answer_value(1, 6s));
    CHECK_FALSE(session.answer_text("x", 6s));
    CHECK_FALSE(session.answer_options({"other"}, 6s));
    CHECK_FALSE(session.skip(6s));
    CHECK(session.question().id == "comment");
    CHECK(session.can_go_back());

    CHECK(session.back(7s));
    CHECK(session.phase() == Session::Phase::Asking);
    CHECK(session.question().id == "comment");
    REQUIRE(session.answer());
    CHECK(session.answer()->skipped);
    CHECK(session.answer_text("oh", 8s));
    CHECK(session.phase() == Session::Phase::Done);
    CHECK(answers(session) == "satisfaction=5 why=- recommend=9 comment=oh");
}

TEST_CASE("session: only an optional question can be skipped", "[surveys]") {
    Session session = begun();
    CHECK_FALSE(session.can_skip());
    session.answer_value(4, 2s);
    CHECK(session.can_skip());
    CHECK(session.skip(3s));
    CHECK(session.question().id == "recommend");
    CHECK_FALSE(session.can_skip());
    CHECK_FALSE(session.skip(4s));

    CHECK(answers(session) == "satisfaction=4 why=-");
}

TEST_CASE("session: skipping everything is answering nothing", "[surveys]") {
    Session session = begun();
    session.answer_value(4, 2s);
    session.skip(3s);
    CHECK(session.has_answers());

    CHECK_FALSE(begun().has_answers());
}

TEST_CASE("session: going back shows the answer that stands", "[surveys]") {
    Session session = begun();
    CHECK_FALSE(session.can_go_back());
    CHECK(session.answer() == nullptr);
    session.answer_value(2, 2s);
    CHECK(session.can_go_back());
    CHECK(session.back(3s));

    CHECK(session.question().id == "satisfaction");
    REQUIRE(session.answer());
    CHECK(session.answer()->value == 2);
    CHECK_FALSE(session.can_go_back());
}

TEST_CASE("session: the same answer again keeps what came after it", "[surveys]") {
    Session session = begun();
    session.answer_value(2, 2s);
    session.answer_options({"queue"}, 3s);
    session.answer_value(1, 4s);
    REQUIRE(session.question().id == "recommend");
    session.back(5s);
    session.back(6s);
    session.back(7s);
    REQUIRE(session.question().id == "satisfaction");
    CHECK(session.answer_value(2, 9s));

    CHECK(session.question().id == "recommend");
    CHECK(answers(session) == "satisfaction=2 why=queue wait=1");
    CHECK(session.response(Ended::Complete, 10s).answers[0].took == 1s);
}

TEST_CASE("session: another answer that changes no path keeps what came after it", "[surveys]") {
    Session session = begun();
    session.answer_value(2, 2s);
    session.answer_options({"queue"}, 3s);
    session.back(4s);
    session.back(5s);
    session.answer_value(1, 8s);

    CHECK(session.question().id == "wait");
    CHECK(answers(session) == "satisfaction=1 why=queue");
    CHECK(session.response(Ended::Complete, 10s).answers[0].took == 3s);
}

TEST_CASE("session: a changed answer drops what it makes unreachable and no more", "[surveys]") {
    Session session = begun();
    session.answer_value(2, 2s);
    session.answer_options({"queue", "other"}, 3s);
    session.answer_value(1, 4s);
    session.answer_value(8, 5s);
    REQUIRE(session.question().id == "comment");
    for (int i = 0; i < 4; ++i) session.back(6s);
    REQUIRE(session.question().id == "satisfaction");
    session.answer_value(5, 7s);

    CHECK(session.question().id == "why");
    CHECK(answers(session) == "satisfaction=5 recommend=8");
    session.answer_options({"staff"}, 8s);
    CHECK(session.question().id == "comment");
}

TEST_CASE("session: an option that both paths show stays", "[surveys]") {
    Session session = begun();
    session.answer_value(2, 2s);
    session.answer_options({"other"}, 3s);
    session.back(4s);
    session.back(5s);
    session.answer_value(5, 6s);

    CHECK(session.question().id == "recommend");
    CHECK(answers(session) == "satisfaction=5 why=other");
}

TEST_CASE("session: skipping what was answered drops what hung on it", "[surveys]") {
    Session session = begun();
    session.answer_value(2, 2s);
    session.answer_options({"queue"}, 3s);
    session.answer_value(1, 4s);
    session.back(5s);
    session.back(6s);
    session.skip(7s);

    CHECK(session.question().id == "recommend");
    CHECK(answers(session) == "satisfaction=2 why=-");
}

TEST_CASE("session: progress counts the path as it looks", "[surveys]") {
    Session session = begun();
    CHECK(session.progress() == Session::Progress{1, 4});
    session.answer_value(2, 2s);
    CHECK(session.progress() == Session::Progress{2, 4});
    session.answer_options({"queue"}, 3s);
    CHECK(session.progress() == Session::Progress{3, 5});
    session.answer_value(3, 4s);
    CHECK(session.progress() == Session::Progress{4, 5});
    session.answer_value(3, 5s);
    session.skip(6s);

    CHECK(session.progress() == Session::Progress{5, 5});
}

TEST_CASE("session: progress counts a question whose options are still to come", "[surveys]") {
    const Survey sample = read_survey(sample_survey_toml()).value();
    Session session{sample, {.language = "en"}, 0ms};
    CHECK(session.progress() == Session::Progress{1, 4});
    session.answer_value(5, 1s);

    CHECK(session.progress() == Session::Progress{2, 4});
}

TEST_CASE("session: a multi without an option to show is passed over", "[surveys]") {
    Survey without = survey();
    std::erase_if(without.questions[1].options, [](const Option& option) { return option.id == "other"; });
    std::erase_if(without.questions[1].options, [](const Option& option) { return option.id == "staff"; });
    Session session{without, {.language = "en"}, 0ms};
    CHECK(session.progress().of == 4);
    session.answer_value(5, 1s);

    CHECK(session.question().id == "recommend");
    CHECK(session.progress() == Session::Progress{2, 3});
    session.back(2s);
    CHECK(session.question().id == "satisfaction");
}

TEST_CASE("session: a text is cut to whole code points", "[surveys]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"short", "short"},
        {"longer", "longe"},
        {"äöüßéx", "äöüßé"},
        {"😀😀😀😀😀😀", "😀😀😀😀😀"},
        {"a\xFF", "a\xEF\xBF\xBD"},
    }));
    Session session = begun();
    session.answer_value(5, 1s);
    session.skip(1s);
    session.answer_value(5, 1s);
    const bool taken = session.answer_text(text, 2s);

    CHECK(taken);
    CHECK(session.response(Ended::Complete, 3s).answers.back().text == expected);
}

TEST_CASE("session: white space is no text", "[surveys]") {
    Session session = begun();
    session.answer_value(5, 1s);
    session.skip(1s);
    session.answer_value(5, 1s);
    CHECK_FALSE(session.answer_text("", 2s));
    CHECK_FALSE(session.answer_text(" \n\t ", 2s));

    CHECK(session.question().id == "comment");
}

TEST_CASE("session: a picked language keeps the answers", "[surveys]") {
    Session session = begun();
    session.answer_value(2, 2s);
    CHECK_FALSE(session.change_language("ar"));
    CHECK(session.response(Ended::Left, 3s).language_source == LanguageSource::Default);
    CHECK(session.change_language("de"));

    CHECK(session.language() == "de");
    const Response response = session.response(Ended::Complete, 3s);
    CHECK(response.language == "de");
    CHECK(response.language_source == LanguageSource::Picked);
    CHECK(response.answers.size() == 1);
}

TEST_CASE("session: the response says who and how long", "[surveys]") {
    Session session{survey(),
                    {.response_id = "r1",
                     .touchpoint = "till",
                     .language = "de",
                     .language_source = LanguageSource::Attract,
                     .mode = {"large_text"}},
                    1000ms};
    session.answer_value(5, 2500ms);
    session.skip(3s);
    session.answer_value(9, 4s);
    session.skip(5s);
    const Response response = session.response(Ended::Complete, 60s);

    CHECK(response == Response{.id = "r1",
                               .survey = "exit",
                               .revision = 7,
                               .touchpoint = "till",
                               .language = "de",
                               .language_source = LanguageSource::Attract,
                               .mode = {"large_text"},
                               .took = 4s,
                               .ended = Ended::Complete,
                               .answers = {{.question = "satisfaction", .value = 5, .took = 1500ms},
                                           {.question = "why", .skipped = true, .took = 500ms},
                                           {.question = "recommend", .value = 9, .took = 1s},
                                           {.question = "comment", .skipped = true, .took = 1s}}});
}

TEST_CASE("session: a question left on the screen counts as skipped once the visit ends", "[surveys]") {
    Session session = begun();
    session.answer_value(2, 2s);

    CHECK(answers(session, Ended::Complete) == "satisfaction=2");
    CHECK(answers(session, Ended::Timeout) == "satisfaction=2 why=-");
    CHECK(answers(session, Ended::Left) == "satisfaction=2 why=-");
    CHECK(session.response(Ended::Timeout, 22s).answers.back().took == 20s);
    CHECK(session.response(Ended::Timeout, 22s).took == 21s);
    session.back(4s);
    CHECK(answers(session, Ended::Left) == "satisfaction=2 why=-");
}
