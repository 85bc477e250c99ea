#include "surveys/scores/summary.h"

#include "surveys/scores/question_list.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <utility>

using namespace milepost::surveys;
using Catch::Matchers::Contains;

namespace {

using Asked = DaySummary::Question;

DaySummary busy_day() {
    return {
        .day = "2026-11-21",
        .time_zone = "Europe/Berlin",
        .scope = "till",
        .responses = 100,
        .raw = 103,
        .excluded = 3,
        .excluded_why = {{"repeat", 2}, {"too_fast", 2}},
        .undated = 1,
        .questions = {{.survey = "exit",
                       .id = "satisfaction",
                       .text = "How satisfied were you?",
                       .kind = Kind::Csat,
                       .skipped = 4,
                       .histogram = {.count = {2, 3, 5, 30, 60}}},
                      {.survey = "exit",
                       .id = "why",
                       .text = "What was the main reason?",
                       .kind = Kind::Multi,
                       .picked = 80,
                       .options = {{"staff", "Friendly staff", 40},
                                   {"waiting", "Waiting time", 20},
                                   {"c", "C", 10},
                                   {"d", "D", 5},
                                   {"e", "E", 4},
                                   {"f", "Sixth", 1}}},
                      {.survey = "exit",
                       .id = "recommend",
                       .text = "Would you recommend us?",
                       .kind = Kind::Nps,
                       .histogram = {.count = {0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 4}}}},
        .hours = {{9, 60, 10}, {10, 60, 40}, {11, 60, 40}, {12, 60, 10}},
    };
}

DaySummary quiet_day() {
    return {.day = "2026-11-22",
            .time_zone = "UTC",
            .scope = "all touchpoints",
            .responses = 7,
            .raw = 7,
            .questions = {{.survey = "exit",
                           .id = "satisfaction",
                           .text = "How satisfied were you?",
                           .kind = Kind::Csat,
                           .histogram = {.count = {0, 0, 0, 0, 7}}},
                          {.survey = "exit",
                           .id = "why",
                           .text = "Why?",
                           .kind = Kind::Multi,
                           .picked = 7,
                           .options = {{"staff", "Friendly staff", 3}}}},
            .hours = {{8, 0, 1}}};
}

/// A day on which one question was asked.
DaySummary asked(Asked question) {
    question.text = "Asked";
    return {.day = "2026-11-21", .questions = {std::move(question)}};
}

}  // namespace

TEST_CASE("summary: text for people", "[surveys]") {
    const std::string text = to_text(busy_day());

    CHECK_THAT(text, Contains("2026-11-21 · till · Europe/Berlin\n"));
    CHECK_THAT(text, Contains("Responses     100 of 103, 3 excluded (repeat 2, too_fast 2)\n"));
    CHECK_THAT(text, Contains("How satisfied were you?\n  90 % (83–94), n = 100, 4 skipped\n"));
    CHECK_THAT(text, Contains("Would you recommend us?\n  +40 (−13 to +74), n = 10\n"));
    CHECK_THAT(text, Contains("50 %  Friendly staff  (40 of 80)\n"));
    CHECK_THAT(text, !Contains("Sixth"));
    CHECK_THAT(text, Contains("Busiest hour  10–11 (40 responses)\n"));
    CHECK_THAT(text, Contains("1 response of unknown time"));
    CHECK(std::ranges::count(text, '\n') <= 26);
}

TEST_CASE("summary: bars are as long as their hours are busy", "[surveys]") {
    const std::string text = to_text(busy_day());
    const auto blocks = [&](const std::string& hour) {
        const std::size_t at = text.find("\n  " + hour) + 1;
        const std::string line = text.substr(at, text.find('\n', at) - at);
        int count = 0;
        for (std::size_t i = line.find("█"); i != std::string::npos; i = line.find("█", i + 1)) ++count;
        return count;
    };

    CHECK(blocks("10–11") == 4 * blocks("09–10"));
    CHECK(blocks("09–10") == 10);
}

TEST_CASE("summary: too few answers show no score", "[surveys]") {
    const std::string text = to_text(quiet_day());

    CHECK_THAT(text, Contains("Responses     7\n"));
    CHECK_THAT(text, Contains("How satisfied were you?\n  n = 7, too few\n"));
    CHECK_THAT(text, Contains("Why?\n  n = 7, too few\n  Friendly staff  (3 of 7)\n"));
    CHECK_THAT(text, Contains("08–09 (1 response)"));
    CHECK_THAT(text, !Contains("unknown time"));
    CHECK_THAT(text, !Contains("%"));
}

TEST_CASE("summary: every kind says its own figures", "[surveys]") {
    const auto [question, figures] = GENERATE(table<Asked, std::string>({
        {{.kind = Kind::Ces, .histogram = {.count = {1, 2, 3, 10, 20, 30, 34}}},
         "84 % (76–90), mean 5.72 of 7, n = 100"},
        {{.kind = Kind::Emotion, .histogram = {.count = {3, 7, 12, 20, 9}}}, "+0.49 (+0.18 to +0.81), n = 51"},
        {{.kind = Kind::Emotion, .histogram = {.count = {9, 20, 12, 7, 3}}}, "−0.49 (−0.81 to −0.18), n = 51"},
        {{.kind = Kind::Smiley4, .histogram = {.count = {17, 16, 60, 126}}}, "78 of 100 (74–82), n = 219"},
        {{.kind = Kind::Stars, .histogram = {.count = {2, 1, 4, 8, 15}}}, "4.10 (3.66 to 4.54), n = 30"},
        {{.kind = Kind::Number, .numbers = {.n = 11, .sum = 58, .sum_squares = 442}},
         "mean 5.27 (2.79 to 7.75), n = 11"},
        {{.kind = Kind::Number, .numbers = {.n = 3, .sum = 58, .sum_squares = 4420}}, "n = 3, too few"},
        {{.kind = Kind::Text, .comments = 1}, "1 comment"},
        {{.kind = Kind::Csat, .skipped = 3}, "no answers, 3 skipped"},
    }));
    CHECK_THAT(to_text(asked(question)), Contains("\nAsked\n  " + figures + "\n"));
}

TEST_CASE("summary: every kind says its own figures to machines", "[surveys]") {
    const auto json = [](Asked question) {
        return nlohmann::json::parse(to_json(asked(std::move(question))))["questions"][0];
    };
    const auto effort = json({.kind = Kind::Ces, .histogram = {.count = {1, 2, 3, 10, 20, 30, 34}}});
    CHECK(effort["score"].get<double>() == Approx(84));
    CHECK(effort["mean"].get<double>() == Approx(5.72));
    CHECK(effort["counts"].size() == 7);

    const auto number = json({.kind = Kind::Number, .numbers = {.n = 11, .sum = 58, .sum_squares = 442}});
    CHECK(number["n"] == 11);
    CHECK(number["mean"].get<double>() == Approx(58. / 11));
    CHECK_FALSE(number.contains("counts"));

    const auto comments = json({.kind = Kind::Text, .comments = 8});
    CHECK(comments["n"] == 8);
    CHECK(comments["shown"] == true);

    const auto named = json({.kind = Kind::Emotion,
                             .histogram = {.count = {0, 0, 0, 0, 12}},
                             .picked = 12,
                             .options = {{"proud", "Proud", 12}}});
    CHECK(named["score"] == 2.0);
    CHECK(named["options"][0]["share"] == 1.0);
}

TEST_CASE("summary: questions stand in the order of their survey and are not pooled", "[surveys]") {
    const Survey survey{.id = "exit",
                        .languages = {"en"},
                        .questions = {{.id = "second", .kind = Kind::Csat, .text = {{{"en", "Second"}}}},
                                      {.id = "first", .kind = Kind::Csat, .text = {{{"en", "First"}}}},
                                      {.id = "why",
                                       .kind = Kind::Choice,
                                       .text = {{{"en", "Why?"}}},
                                       .options = {{.id = "staff", .text = {{{"en", "Staff"}}}}}},
                                      {.id = "comment", .kind = Kind::Text, .text = {{{"en", "Else?"}}}}}};
    QuestionList list{[&](const std::string& id, const std::string& question) {
        return id == survey.id && survey.find(question) != nullptr ? &survey : nullptr;
    }};
    list.add_option("exit", "comment", "", 4);
    list.add_option("exit", "why", "gone", 2);
    list.add_option("exit", "why", "staff", 2);
    list.add_option("exit", "why", "staff", 1);
    list.add_option("exit", "why", "", 5);
    list.add_scale("exit", "first", Kind::Csat, {.count = {1}}, 0);
    list.add_scale("exit", "second", Kind::Csat, {.count = {0, 1}}, 2);
    list.add_scale("exit", "second", Kind::Csat, {.count = {0, 1}}, 1);
    list.add_scale("exit", "second", Kind::Smiley5, {.count = {7}}, 0);
    list.add_scale("exit", "zero", Kind::Csat, {}, 0);
    list.add_number("gone", "age", {.n = 1, .sum = 7, .sum_squares = 49}, 0);
    const auto questions = list.take();

    REQUIRE(questions.size() == 6);
    CHECK(questions[0].text == "Second");
    CHECK(questions[0].histogram == Histogram{.count = {0, 2}});
    CHECK(questions[0].skipped == 3);
    CHECK(questions[1].kind == Kind::Smiley5);
    CHECK(questions[2].text == "First");
    CHECK(questions[3].picked == 5);
    CHECK(questions[3].options[0].label == "Staff");
    CHECK(questions[3].options[0].count == 3);
    CHECK(questions[3].options[1].label == "gone");
    CHECK(questions[4].comments == 4);
    CHECK(questions[5].survey == "gone");
    CHECK(questions[5].text == "age");
    CHECK(list.take().empty());
}

TEST_CASE("summary: an empty day", "[surveys]") {
    const DaySummary day{.day = "2026-11-23", .time_zone = "UTC", .scope = "till"};
    CHECK_FALSE(busiest(day));
    CHECK_THAT(to_text(day), Contains("Responses     0\n"));
    CHECK_THAT(to_text(day), !Contains("Busiest"));

    const auto json = nlohmann::json::parse(to_json(day));
    CHECK(json["busiest_hour"].is_null());
    CHECK(json["questions"].empty());
    CHECK(json["hours"].is_array());
    CHECK(json["excluded_why"].is_object());
}

TEST_CASE("summary: the repeated hour of an autumn night is two", "[surveys]") {
    DaySummary day = quiet_day();
    day.hours = {{1, 120, 1}, {2, 120, 3}, {2, 60, 2}};
    const std::string text = to_text(day);

    CHECK_THAT(text, Contains("Busiest hour  02–03 UTC+02:00 (3 responses)"));
    CHECK_THAT(text, Contains("  02–03 UTC+01:00  "));
    CHECK_THAT(text, Contains("  01–02  "));
}

TEST_CASE("summary: the earliest of equally busy hours", "[surveys]") {
    CHECK(busiest(busy_day())->hour == 10);
}

TEST_CASE("summary: JSON for machines", "[surveys]") {
    const std::string text = to_json(busy_day());
    const auto json = nlohmann::json::parse(text);

    CHECK(json["day"] == "2026-11-21");
    CHECK(json["time_zone"] == "Europe/Berlin");
    CHECK(json["scope"] == "till");
    CHECK(json["responses"] == 100);
    CHECK(json["raw"] == 103);
    CHECK(json["excluded"] == 3);
    CHECK(json["excluded_why"]["repeat"] == 2);
    CHECK(json["undated"] == 1);
    const auto& questions = json["questions"];
    REQUIRE(questions.size() == 3);
    CHECK(questions[0]["question"] == "satisfaction");
    CHECK(questions[0]["kind"] == "csat");
    CHECK(questions[0]["text"] == "How satisfied were you?");
    CHECK(questions[0]["n"] == 100);
    CHECK(questions[0]["skipped"] == 4);
    CHECK(questions[0]["score"].get<double>() == Approx(90));
    CHECK(questions[0]["low"].get<double>() == Approx(82.5634).margin(5e-5));
    CHECK(questions[0]["high"].get<double>() == Approx(94.4771).margin(5e-5));
    CHECK(questions[0]["shown"] == true);
    CHECK(questions[0]["reason"].is_null());
    CHECK(questions[0]["counts"] == nlohmann::json({2, 3, 5, 30, 60}));
    CHECK(questions[1]["options"].size() == 6);
    CHECK(questions[1]["options"][0]["share"].get<double>() == Approx(.5));
    CHECK(questions[1]["options"][0]["low"].get<double>() < .5);
    CHECK(questions[1]["options"][0]["high"].get<double>() > .5);
    CHECK(questions[2]["score"].get<double>() == Approx(40));
    CHECK(questions[2]["counts"].size() == 11);
    CHECK(json["busiest_hour"] == nlohmann::json({{"hour", 10}, {"offset_minutes", 60}, {"responses", 40}}));
    CHECK(json["hours"].size() == 4);
    CHECK(text.find("\"day\"") < text.find("\"time_zone\""));
}
