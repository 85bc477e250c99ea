#include "surveys/model/survey.h"

#include "surveys/model/response.h"

#include <catch2/catch.hpp>

#include <string>

using namespace milepost::surveys;

TEST_CASE("survey: words for kinds and ends and languages go both ways", "[surveys]") {
    for (const auto& [kind, name] : kKinds) {
        CHECK(to_string(kind) == name);
        CHECK(parse_kind(name) == kind);
    }
    for (const Ended ended : {Ended::Complete, Ended::Timeout, Ended::Left}) {
        CHECK(parse_ended(to_string(ended)) == ended);
    }
    for (const LanguageSource source : {LanguageSource::Default, LanguageSource::Attract, LanguageSource::Picked}) {
        CHECK(parse_language_source(to_string(source)) == source);
    }
    CHECK(to_string(Ended::Left) == "left");
    CHECK(to_string(Kind::Csat) == "csat");
    CHECK_FALSE(parse_kind("CSAT"));
    CHECK_FALSE(parse_kind(""));
    CHECK_FALSE(parse_ended("done"));
    CHECK_FALSE(parse_language_source(""));
}

TEST_CASE("survey: a text falls back to the default language and then to any", "[surveys]") {
    const LocalText text{{{"de", "Hallo"}, {"en", "Hello"}}};

    CHECK(text.in("de", "en") == "Hallo");
    CHECK(text.in("ar", "en") == "Hello");
    CHECK(text.in("ar", "fr") == "Hallo");
    CHECK(LocalText{}.in("en", "en").empty());
}

TEST_CASE("survey: right-to-left languages with their regions", "[surveys]") {
    const auto [language, expected] = GENERATE(table<std::string, bool>({
        {"ar", true},
        {"ar-EG", true},
        {"he", true},
        {"fa", true},
        {"ur", true},
        {"ur-PK", true},
        {"en", false},
        {"de", false},
        {"arn", false},
        {"", false},
    }));
    CAPTURE(language);
    CHECK(is_right_to_left(language) == expected);
}

TEST_CASE("survey: languages by their own names", "[surveys]") {
    CHECK(endonym("de") == "Deutsch");
    CHECK(endonym("ar") == "العربية");
    CHECK(endonym("pt-BR") == "Português");
    CHECK(endonym("zh-Hant-TW") == "繁體中文");
    CHECK(endonym("tlh") == "tlh");
}

TEST_CASE("survey: every scale has its feelings", "[surveys]") {
    const auto [kind, feelings] = GENERATE(table<Kind, std::string>({
        {Kind::Csat, "--0++"},
        {Kind::Nps, "-------00++"},
        {Kind::Ces, "---0+++"},
        {Kind::Emotion, "--0++"},
        {Kind::Smiley4, "--++"},
        {Kind::Smiley5, "--0++"},
        {Kind::Stars, "--0++"},
        {Kind::Choice, ""},
        {Kind::Multi, ""},
        {Kind::Number, ""},
        {Kind::Text, ""},
        {Kind::Contact, ""},
        {Kind::Info, ""},
    }));
    CAPTURE(to_string(kind));
    std::string found;
    for (int value = -5; value <= 12; ++value) {
        const auto sentiment = sentiment_of(kind, value);
        if (!sentiment) continue;
        found += *sentiment == Sentiment::Negative ? '-' : *sentiment == Sentiment::Neutral ? '0' : '+';
        CHECK(scale_of(kind)->has(value));
    }

    CHECK(found == feelings);
    CHECK((scale_of(kind) ? scale_of(kind)->size() : 0) == std::ssize(feelings));
}

TEST_CASE("survey: questions and options are found by id", "[surveys]") {
    const Survey survey{.questions = {{.id = "a"}, {.id = "b", .kind = Kind::Emotion, .options = {{.id = "calm"}}}}};

    REQUIRE(survey.find("b") == &survey.questions[1]);
    CHECK(survey.find("b")->find("calm") == &survey.questions[1].options[0]);
    CHECK(survey.find("b")->find("angry") == nullptr);
    CHECK(survey.find("c") == nullptr);
    CHECK(survey.questions[1].is_named_set());
    CHECK_FALSE(survey.questions[0].is_named_set());
}
