#include "surveys/checks/walk.h"

#include "surveys/flow/session.h"
#include "tests/surveys/checks/drafts.h"

#include <random>

using namespace milepost::surveys;

namespace {

const std::string kCsat = question("csat", "csat");
const std::string kReasons =
    R"(options = [ { id = "queue", text.en = "Queue" }, { id = "price", text.en = "Price" } ])";

std::string reasons(const std::string& more) {
    return question("why", "multi", kReasons + "\n" + more);
}

Paths walked(const std::string& questions, const std::string& head = "") {
    return walk(draft_of(questions, head).survey);
}

/// Visits at random, as people make them: what they meet.
Paths met_at_random(const Survey& survey, int visits) {
    Paths met;
    met.questions.resize(survey.questions.size());
    std::mt19937 random{7};
    const auto below = [&](std::size_t count) { return static_cast<int>(random() % count); };
    for (int visit = 0; visit < visits; ++visit) {
        Session session{survey, {.response_id = std::to_string(visit), .language = survey.languages.front()}, {}};
        std::vector<std::size_t> path;
        while (session.phase() == Session::Phase::Asking) {
            const Question& question = session.question();
            const auto index = static_cast<std::size_t>(&question - survey.questions.data());
            met.questions[index].asked = true;
            if (question.kind != Kind::Info) path.push_back(index);
            for (const Option* option : session.options()) met.questions[index].shown.insert(option->id);
            if (session.can_skip() && below(4) == 0) {
                session.skip({});
            } else if (question.kind == Kind::Info) {
                session.acknowledge({});
            } else if (const auto scale = scale_of(question.kind); scale && !question.is_named_set()) {
                session.answer_value(scale->least + below(scale->size()), {});
            } else if (question.kind == Kind::Number) {
                session.answer_value(question.least + below(question.most - question.least + 1), {});
            } else if (question.kind == Kind::Text) {
                session.answer_text("x", {});
            } else {
                session.answer_options({session.options()[below(session.options().size())]->id}, {});
            }
        }
        if (path.size() > met.longest.size()) met.longest = path;
    }
    return met;
}

}  // namespace

TEST_CASE("walk: every question and option that somebody meets at random is found and no others", "[surveys]") {
    const std::string number = "min = 0\nmax = 9\n";
    const Survey survey =
        draft_of(kCsat + reasons("optional = true\nask_if = \"csat <= 2 or csat == 5\"\nrandom_share = 0.5") +
                     question("note", "info", "ask_if = \"csat == 3\"") +
                     question("nights", "number", number + "ask_if = \"not why has queue\"\nend_if = \"nights > 7\"") +
                     question("never", "csat", "ask_if = \"nights > 3 and nights < 3 or nights == 8\"") +
                     question("last", "choice",
                              R"(options = [ { id = "a", text.en = "A", show_if = "nights < 4 and why has price" },
                                             { id = "b", text.en = "B", show_if = "nights >= 8" },
                                             { id = "c", text.en = "C" } ])"),
                 "max_questions = 4")
            .survey;
    const Paths paths = walk(survey);
    const Paths met = met_at_random(survey, 5'000);

    REQUIRE(paths.all_walked);
    for (std::size_t i = 0; i < survey.questions.size(); ++i) {
        INFO(survey.questions[i].id);
        CHECK(paths.questions[i].asked == met.questions[i].asked);
        CHECK(paths.questions[i].shown == met.questions[i].shown);
    }
    CHECK(paths.longest.size() == met.longest.size());
    CHECK_FALSE(paths.questions[4].asked);
    CHECK(paths.questions[5].shown == std::set<std::string>{"a", "c"});
}

TEST_CASE("walk: conditions on language and place and time are walked", "[surveys]") {
    const Paths paths = walked(kCsat + question("a", "csat", "ask_if = \"touchpoint == exit and time >= 18:00\"") +
                               question("b", "csat", "ask_if = \"weekday in [sat, sun] and time < 09:30\"") +
                               question("c", "csat", "ask_if = \"language != en\"") +
                               question("d", "csat", "ask_if = \"time < 08:00 and time > 09:00\""));
    CHECK(paths.questions[1].asked);
    CHECK(paths.questions[2].asked);
    CHECK_FALSE(paths.questions[3].asked);
    CHECK_FALSE(paths.questions[4].asked);
    // At one time only: never both a and b.
    CHECK(paths.longest.size() == 2);
}

TEST_CASE("walk: what is drawn goes both ways", "[surveys]") {
    const Paths paths = walked(kCsat + question("a", "csat", "random_share = 0.1") +
                               question("b", "csat", "ask_if = \"not a answered\""));
    CHECK(paths.questions[2].asked);
    CHECK(paths.longest.size() == 2);
}

TEST_CASE("walk: paths that nothing tells apart are walked as one", "[surveys]") {
    std::string questions = kCsat;
    for (int i = 0; i < 40; ++i) questions += question(fmt::format("q{}", i), "nps", "ask_if = \"csat <= 3\"");
    const Paths paths = walked(questions);
    CHECK(paths.all_walked);
    CHECK(paths.longest.size() == 41);
}

TEST_CASE("walk: too many paths end it", "[surveys]") {
    std::string questions;
    std::string condition;
    for (int i = 0; i < 24; ++i) {
        questions += question(fmt::format("q{}", i), "csat");
        condition += fmt::format("{}q{} <= 3", i == 0 ? "" : " and ", i);
    }
    const Draft draft =
        draft_of(questions + question("end", "csat", fmt::format("ask_if = \"{}\"", condition)), "long = true");
    CHECK_FALSE(walk(draft.survey).all_walked);
    check_only(draft, "was not checked");
}
