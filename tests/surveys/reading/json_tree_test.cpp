#include "surveys/reading/survey_reader.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace milepost::surveys;
using Catch::Matchers::Contains;

namespace {

constexpr std::string_view kGood = R"({
  "id": "exit",
  "title": "Exit",
  "languages": ["en", "de"],
  "question": [
    {"id": "visit", "kind": "csat", "text": {"en": "How?", "de": "Wie?"}},
    {
      "id": "nights", "kind": "number", "min": 1, "max": 30,
      "ask_if": "visit <= 3",
      "text": {"en": "Nights?", "de": "Nächte?"}
    }
  ],
  "outcome": [{"when": "nights > 2", "thanks": {"en": "Thanks", "de": "Danke"}}]
}
)";

/// kGood with the first `from` replaced.
std::string with(std::string_view from, std::string_view to) {
    std::string text{kGood};
    return text.replace(text.find(from), from.size(), to);
}

struct Fault {
    std::string from;
    std::string to;
    int line;
    int column;
    std::string message;
};

}  // namespace

TEST_CASE("survey in JSON: a good file", "[surveys]") {
    const Draft draft = read_draft(kGood);
    INFO(describe("exit.json", draft.problems));
    REQUIRE(draft.can_be_asked());

    CHECK(draft.problems.empty());
    CHECK(draft.survey.questions.at(1).most == 30);
    CHECK(draft.survey.questions.at(1).text.in("de", "en") == "Nächte?");
    CHECK(draft.survey.outcomes.at(0).when.text() == "nights > 2");
}

TEST_CASE("survey in JSON: each fault at its line and column", "[surveys]") {
    const auto fault = GENERATE(values<Fault>({
        {"\"exit\"", "\"Exit\"", 2, 9, "use 1 to 64 characters"},
        {"\"exit\",", "\"exit\"", 3, 3, "write a comma between"},
        {"\"exit\",", "'exit',", 2, 9, "not JSON"},
        {"\"id\": \"exit\"", "\"id\" \"exit\"", 2, 8, "write ':' between"},
        {"\"id\": \"exit\"", "id: \"exit\"", 2, 3, "a key stands in double quotes"},
        {"\"id\"", "\"di\": 1, \"id\"", 2, 3, "unknown key 'di' in the survey: did you mean 'id'?"},
        {"\"title\"", "\"id\": \"x\", \"title\"", 3, 3, "'id' stands on line 2 already"},
        {"\"de\"],", "\"de\",],", 4, 27, "remove the comma before ']'"},
        {"\"de\"]", "\"de\", {}]", 4, 29, "not a language"},
        {"\"en\": \"How?\", ", "", 6, 37, "not translated into English: add \"text\": {\"en\": \"…\"}"},
        {"\"How?\"", "\"{no.label}\"", 6, 53, "no question has the id 'no'"},
        {"\"How?\"", "\"ä \\u0007\"", 6, 52, "the control character U+0007"},
        {"\"min\": 1", "\"min\": 1.5", 8, 48, "'min' cannot be a decimal number: write \"min\": 1"},
        {"\"max\": 30", "\"max\": 99999999999999999999", 8, 58, "'max'"},
        {"visit <= 3", "visit <= 6", 9, 27, "6 is outside the scale of 'visit'"},
        {"visit <= 3", "\\u0076isit <= 6", 9, 17, "6 is outside the scale of 'visit'"},
        {"\"Nächte?\"", "null", 10, 39, "a text cannot be null: write \"text\": {\"de\": \"…\"}"},
        {"nights > 2", "nights > 31", 13, 34, "31 is outside the scale of 'nights': use 1 to 30"},
        {"\n}\n", "\n}\n// end", 15, 1, "the survey ends before this"},
        {"\n}\n", "", 13, 81, "the file ends too early"},
    }));
    const std::vector<Problem> problems = read_draft(with(fault.from, fault.to)).problems;
    CAPTURE(fault.to, describe("exit.json", problems));

    REQUIRE(problems.size() == 1);
    CHECK(problems[0].line == fault.line);
    CHECK(problems[0].column == fault.column);
    CHECK_THAT(problems[0].message, Contains(fault.message));
}

TEST_CASE("survey in JSON: deep nesting and endless objects are refused", "[surveys]") {
    std::string wide = "{";
    for (int i = 0; i < 1'000; ++i) wide += "\"k" + std::to_string(i) + "\":1,";
    const auto deep = read_draft("{\"question\":" + std::string(100'000, '[')).problems;
    REQUIRE(deep.size() == 1);
    CHECK_THAT(deep[0].message, Contains("nested more than 32 deep"));
    CHECK(deep[0].column == 44);

    const auto problems = read_draft(wide + "\"id\":1}").problems;
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems[0].message, Contains("more than 500 keys"));
}

TEST_CASE("survey in JSON: places of its parts", "[surveys]") {
    const Draft draft = read_draft(kGood);

    CHECK(draft.places.at("languages") == Position{4, 16});
    CHECK(draft.places.at("question.1") == Position{7, 5});
    CHECK(draft.places.at("question.1.ask_if") == Position{9, 17});
    CHECK(draft.places.at("question.1.text.de") == Position{10, 39});
    CHECK(draft.places.at("question.1.unit.de") == Position{7, 5});
    CHECK(draft.places.at("outcome.0.when") == Position{13, 24});
    CHECK(draft.places.at("thanks.en") == Position{1, 1});
}
