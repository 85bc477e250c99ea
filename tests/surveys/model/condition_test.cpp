#include "surveys/model/condition.h"

#include "surveys/model/response.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace milepost;
using surveys::Answer;
using surveys::Condition;

namespace {

const std::vector<Answer> kAnswers{
    {.question = "satisfaction", .value = 3},
    {.question = "why", .options = {"queue", "price"}},
    {.question = "skipped", .skipped = true},
};

}  // namespace

TEST_CASE("condition: holds as the answers say", "[surveys]") {
    const auto [text, expected] = GENERATE(table<std::string, bool>({
        {"satisfaction < 3", false},
        {"satisfaction < 4", true},
        {"satisfaction <= 3", true},
        {"satisfaction <= 2", false},
        {"satisfaction == 3", true},
        {"satisfaction == 4", false},
        {"satisfaction != 3", false},
        {"satisfaction != 4", true},
        {"satisfaction >= 3", true},
        {"satisfaction >= 4", false},
        {"satisfaction > 2", true},
        {"satisfaction > 3", false},
        {"satisfaction > -1", true},
        {"why has queue", true},
        {"why has staff", false},
        {"not why has staff", true},
        {"not not why has queue", true},
        {"satisfaction<=3 and why has price", true},
        {"satisfaction > 3 and why has price", false},
        {"satisfaction > 3 or why has price", true},
        {"satisfaction > 3 or why has staff", false},
        // "and" binds more tightly than "or", "not" more tightly than both
        {"why has queue or why has staff and why has staff", true},
        {"(why has queue or why has staff) and why has staff", false},
        {"not why has staff and satisfaction == 3", true},
        {"not (why has queue and satisfaction == 3)", false},
        {"why has staff or why has staff or why has queue", true},
        {"why has queue and why has price and why has staff", false},
        {"satisfaction <= 3 and not why has queue", false},
        {"\tsatisfaction\n<= 3 ", true},
    }));
    CAPTURE(text);
    const auto condition = Condition::parse(text);
    REQUIRE(condition);

    CHECK(condition->holds(kAnswers) == expected);
}

TEST_CASE("condition: a question without an answer makes every comparison false", "[surveys]") {
    const auto text = GENERATE(as<std::string>(), "nowhere <= 3", "nowhere != 3", "nowhere has x", "skipped == 0",
                               "skipped != 0", "skipped has x", "why <= 3", "satisfaction has queue");
    CAPTURE(text);
    const auto condition = Condition::parse(text);
    REQUIRE(condition);

    CHECK_FALSE(condition->holds(kAnswers));
    CHECK(Condition::parse("not " + text)->holds(kAnswers));
}

TEST_CASE("condition: a mistake is told with its column", "[surveys]") {
    const auto [text, message] = GENERATE(table<std::string, std::string>({
        {"", "column 1: expected a question's id, found the end"},
        {"satisfaction", "column 13: expected <, <=, ==, !=, >=, > or has after 'satisfaction', found the end"},
        {"satisfaction = 3", "column 14: '=' compares nothing: write '=='"},
        {"satisfaction <=", "column 16: expected a whole number, found the end"},
        {"satisfaction <= three", "column 17: expected a whole number, found 'three'"},
        {"satisfaction <= 99999999999", "column 17: expected a whole number, found '99999999999'"},
        {"satisfaction => 3", "column 14: expected <, <=, ==, !=, >=, > or has after 'satisfaction', found '=>'"},
        {"why has", "column 8: expected an option's id after 'has', found the end"},
        {"why has (", "column 9: expected an option's id after 'has', found '('"},
        {"a < 1 b < 2", "column 7: expected 'and' or 'or', found 'b'"},
        {"a < 1 and", "column 10: expected a question's id, found the end"},
        {"a < 1 and or b < 2", "column 11: expected a question's id, found 'or'"},
        {"(a < 1", "column 7: expected ')', found the end"},
        {"a < 1)", "column 6: expected the end, found ')'"},
        {"ä < 1", "column 1: expected a question's id, found 'ä'"},
        {"a < 1 ∧ b < 2", "column 7: expected the end, found '∧'"},
        {"ää", "column 1: expected a question's id, found 'ä'"},
        {"a < 1 and ü", "column 11: expected a question's id, found 'ü'"},
    }));
    CAPTURE(text);
    const auto condition = Condition::parse(text);

    REQUIRE_FALSE(condition);
    CHECK(condition.error().fault == Fault::Invalid);
    CHECK(condition.error().message == message);
}

TEST_CASE("condition: depth and length are bounded", "[surveys]") {
    const auto text = GENERATE(as<std::string>(), std::string(60, '(') + "a < 1" + std::string(60, ')'),
                               std::string(1'990, '(') + "a < 1", std::string(3'000, 'a') + " < 1");

    CHECK_FALSE(Condition::parse(text));
}

TEST_CASE("condition: a long chain is no depth", "[surveys]") {
    std::string text = "satisfaction == 1";
    for (int i = 0; i < 80; ++i) text += " or satisfaction == 2";
    CHECK_FALSE(Condition::parse(text)->holds(kAnswers));

    CHECK(Condition::parse(text + " or satisfaction == 3")->holds(kAnswers));
}

TEST_CASE("condition: names each question once", "[surveys]") {
    const auto condition = Condition::parse("why has queue and (satisfaction > 1 or not why has price)");
    REQUIRE(condition);

    CHECK(condition->questions() == std::vector<std::string>{"why", "satisfaction"});
    CHECK(condition->comparisons().size() == 3);
    CHECK(condition->text() == "why has queue and (satisfaction > 1 or not why has price)");
}

TEST_CASE("condition: copies hold like the original", "[surveys]") {
    Condition copy;
    CHECK(copy.holds(kAnswers));
    {
        const auto condition = Condition::parse("satisfaction <= 3 and why has queue");
        copy = *condition;
        CHECK(copy == *condition);
    }

    CHECK(copy.holds(kAnswers));
    CHECK_FALSE(copy.holds({}));
}
