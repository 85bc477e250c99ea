#include "surveys/flow/quoting.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace milepost::surveys;

namespace {

LocalText text(const char* english, const char* german) {
    return {{{"en", english}, {"de", german}}};
}

const Survey kSurvey{
    .languages = {"en", "de", "ar", "ja"},
    .questions = {
        {.id = "satisfaction",
         .kind = Kind::Csat,
         .labels = {text("1", "eins"), text("2", "zwei"), text("3", "drei"), text("4", "vier"), text("5", "fünf")}},
        {.id = "recommend", .kind = Kind::Nps, .labels = {text("Never", "Nie"), text("Surely", "Sicher")}},
        {.id = "why",
         .kind = Kind::Multi,
         .options = {{.id = "queue", .text = text("Waiting", "Warten")},
                     {.id = "price", .text = text("Prices", "Preise")}}},
        {.id = "mood", .kind = Kind::Emotion, .options = {{.id = "calm", .text = text("Calm", "Ruhig"), .valence = 1}}},
        {.id = "nights", .kind = Kind::Number, .unit = text("nights", "Nächte")},
        {.id = "comment", .kind = Kind::Text},
        {.id = "skipped", .kind = Kind::Csat},
    }};

const std::vector<Answer> kAnswers{
    {.question = "satisfaction", .value = 2},
    {.question = "recommend", .value = 10},
    {.question = "why", .options = {"queue", "price"}},
    {.question = "mood", .value = 1, .options = {"calm"}},
    {.question = "nights", .value = 3},
    {.question = "comment", .text = "secret {satisfaction.label}"},
    {.question = "skipped", .skipped = true},
};

}  // namespace

TEST_CASE("quoting: answers are filled in in the language", "[surveys]") {
    const auto [written, language, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"You said {satisfaction.label}.", "en", "You said 2."},
        {"Sie sagten {satisfaction.label}.", "de", "Sie sagten zwei."},
        {"{satisfaction.value}", "de", "2"},
        {"{recommend.label}", "de", "Sicher"},
        {"{why.label}!", "en", "Waiting, Prices!"},
        {"{why.value}", "de", "Warten, Preise"},
        {"{why.label}", "ar", "Waiting، Prices"},
        {"{why.label}", "ja", "Waiting、Prices"},
        {"{mood.label} {mood.value}", "de", "Ruhig 1"},
        {"{nights.label}, {nights.value}", "de", "3 Nächte, 3"},
        // nothing to quote
        {"{skipped.label} {nowhere.label} {satisfaction.mood} {satisfaction} {}", "en", "… … … … …"},
        {"{comment.value}", "en", "…"},
        // braces
        {"{{satisfaction.label}}", "en", "{satisfaction.label}"},
        {"{{{satisfaction.value}}}", "en", "{2}"},
        {"close } and open {satisfaction.value", "en", "close } and open {satisfaction.value"},
        {"{a {satisfaction.value}", "en", "{a 2"},
        {"", "en", ""},
    }));
    CAPTURE(written, language);

    CHECK(fill_in(written, kSurvey, kAnswers, language) == expected);
}

TEST_CASE("quoting: a value between two ends has no words but its number", "[surveys]") {
    const std::vector<Answer> answers{{.question = "recommend", .value = 7}};

    CHECK(fill_in("{recommend.label}", kSurvey, answers, "en") == "7");
}

TEST_CASE("quoting: quotes are found with their columns", "[surveys]") {
    const auto quotes = quotes_in("ä {{x}} {satisfaction.label} {why} { {b.value");

    REQUIRE(quotes.size() == 4);
    CHECK(quotes[0].question == "satisfaction");
    CHECK(quotes[0].part == "label");
    CHECK(quotes[0].column == 9);
    CHECK(quotes[0].closed);
    CHECK(quotes[1].question == "why");
    CHECK(quotes[1].part.empty());
    CHECK(quotes[1].column == 30);
    CHECK(quotes[2].column == 36);
    CHECK_FALSE(quotes[2].closed);
    CHECK(quotes[3].column == 38);
    CHECK_FALSE(quotes[3].closed);
    CHECK(quotes_in("no {{braces}}").empty());
}
