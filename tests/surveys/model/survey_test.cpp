#include "surveys/model/survey.h"

#include "surveys/model/response.h"

#include <catch2/catch.hpp>

#include <string>

using namespace milepost::surveys;

TEST_CASE("survey: words for kinds and ends and languages go both ways", "[surveys]") {
    for (const Kind kind : {Kind::Csat, Kind::Nps, Kind::Multi, Kind::Text}) CHECK(parse_kind(to_string(kind)) == kind);
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
