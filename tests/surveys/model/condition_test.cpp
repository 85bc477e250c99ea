#include "surveys/model/condition.h"

#include "surveys/model/response.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace milepost;
using surveys::Answer;
using surveys::Circumstances;
using surveys::Condition;
using surveys::LocalMoment;

namespace {

const std::vector<Answer> kAnswers{
    {.question = "satisfaction", .value = 3}, {.question = "why", .options = {"queue", "price"}},
    {.question = "skipped", .skipped = true}, {.question = "mood", .value = -1, .options = {"calm"}},
    {.question = "comment", .text = "x"},
};

// A Saturday, half past six in the evening.
const Circumstances kHere{
    .language = "de-AT", .touchpoint = "till-2", .local = LocalMoment{.minute_of_day = 18 * 60 + 30, .weekday = 6}};

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
        {"mood < 0 and mood has calm", true},
        {"satisfaction answered", true},
        {"comment answered and why answered", true},
        {"skipped answered", false},
        {"nowhere answered or not skipped answered", true},
    }));
    CAPTURE(text);
    const auto condition = Condition::parse(text);
    REQUIRE(condition);

    CHECK(condition->holds(kAnswers, kHere) == expected);
}

TEST_CASE("condition: a question without an answer makes every comparison false", "[surveys]") {
    const auto text = GENERATE(as<std::string>(), "nowhere <= 3", "nowhere != 3", "nowhere has x", "skipped == 0",
                               "skipped != 0", "skipped has x", "why <= 3", "satisfaction has queue");
    CAPTURE(text);
    const auto condition = Condition::parse(text);
    REQUIRE(condition);

    CHECK_FALSE(condition->holds(kAnswers, kHere));
    CHECK(Condition::parse("not " + text)->holds(kAnswers, kHere));
}

TEST_CASE("condition: language and touchpoint and time are looked at", "[surveys]") {
    const auto [text, expected] = GENERATE(table<std::string, bool>({
        {"language == de", true},
        {"language == de-AT", true},
        {"language == DE-at", true},
        {"language == de-CH", false},
        {"language == d", false},
        {"language == de-AT-1901", false},
        {"language != de", false},
        {"language != en", true},
        {"language in [en, de]", true},
        {"language in [en]", false},
        {"touchpoint == till-2", true},
        {"touchpoint == till", false},
        {"touchpoint != till", true},
        {"touchpoint in [till-1,till-2]", true},
        {"weekday == sat", true},
        {"weekday == mon", false},
        {"weekday != sun", true},
        {"weekday in [sat, sun]", true},
        {"weekday in [mon, tue, wed, thu, fri]", false},
        {"time >= 18:30", true},
        {"time > 18:30", false},
        {"time <= 18:30", true},
        {"time < 18:30", false},
        {"time < 18:31 and satisfaction <= 3", true},
        {"time >= 09:00 and time < 17:00", false},
    }));
    CAPTURE(text);
    const auto condition = Condition::parse(text);
    REQUIRE(condition);

    CHECK(condition->holds(kAnswers, kHere) == expected);
    CHECK(Condition::parse("not (" + text + ")")->holds(kAnswers, kHere) != expected);
}

TEST_CASE("condition: without a clock nothing holds of the time", "[surveys]") {
    const auto text = GENERATE(as<std::string>(), "weekday == sat", "weekday != sat", "weekday in [sat]",
                               "time >= 00:00", "time < 23:59");
    CAPTURE(text);

    CHECK_FALSE(Condition::parse(text)->holds(kAnswers, {.language = "de", .touchpoint = "till"}));
}

TEST_CASE("condition: words with a meaning are reserved", "[surveys]") {
    for (const char* word :
         {"and", "or", "not", "has", "answered", "in", "language", "touchpoint", "weekday", "time"}) {
        CHECK(Condition::is_reserved(word));
    }
    for (const char* word : {"satisfaction", "mon", "And", ""}) CHECK_FALSE(Condition::is_reserved(word));
}

TEST_CASE("condition: comparisons tell what and where", "[surveys]") {
    const auto condition =
        Condition::parse("not why has queue or weekday in [sat, sun] and time < 08:30 or x answered");
    REQUIRE(condition);
    const auto& made = condition->comparisons();
    REQUIRE(made.size() == 4);
    using Subject = Condition::Subject;

    CHECK((made[0].subject == Subject::Question && made[0].question == "why"));
    CHECK(made[0].words == std::vector<std::string>{"queue"});
    CHECK((made[0].question_column == 5 && made[0].operator_column == 9 && made[0].right_column == 13));
    CHECK((made[1].subject == Subject::Weekday && made[1].op == Condition::Operator::In));
    CHECK(made[1].words == std::vector<std::string>{"sat", "sun"});
    CHECK((made[1].question_column == 22 && made[1].operator_column == 30 && made[1].right_column == 33));
    CHECK((made[2].subject == Subject::Time && made[2].value == 8 * 60 + 30));
    CHECK((made[3].op == Condition::Operator::Answered && made[3].question == "x"));
    CHECK(condition->questions() == std::vector<std::string>{"why", "x"});
}

TEST_CASE("condition: a mistake is told with its column", "[surveys]") {
    const auto [text, message] = GENERATE(table<std::string, std::string>({
        {"", "column 1: expected a question's id, found the end"},
        {"satisfaction",
         "column 13: expected <, <=, ==, !=, >=, >, has or answered after 'satisfaction', found the end"},
        {"satisfaction = 3", "column 14: '=' compares nothing: write '=='"},
        {"satisfaction <=", "column 16: expected a whole number, found the end"},
        {"satisfaction <= three", "column 17: expected a whole number, found 'three'"},
        {"satisfaction <= 99999999999", "column 17: expected a whole number, found '99999999999'"},
        {"satisfaction => 3", "column 14: write '>=' instead of '=>'"},
        {"why has", "column 8: expected an option's id after 'has', found the end"},
        {"why has (", "column 9: expected an option's id after 'has', found '('"},
        {"a < 1 b < 2", "column 7: expected 'and' or 'or', found 'b'"},
        {"a < 1 and", "column 10: expected a question's id, found the end"},
        {"a < 1 and or b < 2", "column 11: expected a question's id, found 'or'"},
        {"(a < 1", "column 7: expected ')', found the end"},
        {"a < 1)", "column 6: ')' closes nothing: remove it"},
        {"ä < 1", "column 1: expected a question's id, found 'ä'"},
        {"a < 1 ∧ b < 2", "column 7: expected 'and' or 'or', found '∧'"},
        {"ää", "column 1: expected a question's id, found 'ä'"},
        {"a =< 1", "column 3: write '<=' instead of '=<'"},
        {"a <> 1", "column 3: write '!=' instead of '<>'"},
        {"a < 1 && b < 2", "column 7: write 'and' instead of '&'"},
        {"a < 1 | b < 2", "column 7: write 'or' instead of '|'"},
        {"!a has b", "column 1: write 'not' instead of '!'"},
        {"a in [b]", "column 3: expected <, <=, ==, !=, >=, >, has or answered after 'a', found 'in'"},
        {"answered", "column 1: expected a question's id, found 'answered'"},
        {"in < 1", "column 1: expected a question's id, found 'in'"},
        {"08:00 < time", "column 1: expected a question's id, found '08:00'"},
        {"language < de", "column 10: expected ==, != or in after 'language', found '<'"},
        {"language has de", "column 10: expected ==, != or in after 'language', found 'has'"},
        {"language answered", "column 10: expected ==, != or in after 'language', found 'answered'"},
        {"language = de", "column 10: '=' compares nothing: write '=='"},
        {"language == (de)", "column 13: expected a language such as de or pt-BR, found '('"},
        {"language in de", "column 13: expected '[' after 'in', found 'de'"},
        {"language in []", "column 14: expected a language such as de or pt-BR, found ']'"},
        {"language in [de en]", "column 17: expected ',' or ']', found 'en'"},
        {"language in [de,", "column 17: expected a language such as de or pt-BR, found the end"},
        {"touchpoint ==", "column 14: expected a touchpoint's id, found the end"},
        {"weekday == monday", "column 12: expected mon, tue, wed, thu, fri, sat or sun, found 'monday'"},
        {"weekday in [sat, 7]", "column 18: expected mon, tue, wed, thu, fri, sat or sun, found '7'"},
        {"time == 18:00", "column 6: expected <, <=, >= or > after 'time', found '=='"},
        {"time in [18:00]", "column 6: expected <, <=, >= or > after 'time', found 'in'"},
        {"time < 24:00", "column 8: expected a time from 00:00 to 23:59, found '24:00'"},
        {"time < 18:60", "column 8: expected a time from 00:00 to 23:59, found '18:60'"},
        {"time < 8:00", "column 8: expected a time from 00:00 to 23:59, found '8:00'"},
        {"time < 18", "column 8: expected a time from 00:00 to 23:59, found '18'"},
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
    CHECK_FALSE(Condition::parse(text)->holds(kAnswers, kHere));

    CHECK(Condition::parse(text + " or satisfaction == 3")->holds(kAnswers, kHere));
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
    CHECK(copy.holds(kAnswers, kHere));
    {
        const auto condition = Condition::parse("satisfaction <= 3 and why has queue");
        copy = *condition;
        CHECK(copy == *condition);
    }

    CHECK(copy.holds(kAnswers, kHere));
    CHECK_FALSE(copy.holds({}, kHere));
}
