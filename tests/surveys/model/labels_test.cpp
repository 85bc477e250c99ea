#include "surveys/model/survey.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace milepost::surveys;

namespace {

using Words = std::vector<std::string_view>;

Words labels(Kind kind, std::string_view language, std::string_view fallback = "en") {
    return labels_of({.kind = kind}, language, fallback);
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

TEST_CASE("labels: every language has words of its own for every scale", "[surveys]") {
    const auto language = GENERATE(as<std::string>{}, "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr",
                                   "ar", "he", "hi", "th", "ja", "ko", "zh-Hans", "zh-Hant");
    const auto kind =
        GENERATE(Kind::Csat, Kind::Nps, Kind::Ces, Kind::Emotion, Kind::Smiley4, Kind::Smiley5, Kind::Stars);
    CAPTURE(language, to_string(kind));
    const Words words = labels(kind, language);

    CHECK(has_built_in_labels(language));
    CHECK(words.size() == label_counts(kind).front());
    CHECK(std::set(words.begin(), words.end()).size() == words.size());
    for (const std::string_view word : words) {
        CHECK_FALSE(word.empty());
        CHECK(code_points(word) <= 30);
    }
    if (language != "en") CHECK(words.front() != labels(kind, "en").front());
}

TEST_CASE("labels: a region has the words of its language", "[surveys]") {
    const auto [region, language] = GENERATE(table<std::string, std::string>({
        {"de-AT", "de"},
        {"pt-BR", "pt"},
        {"zh", "zh-Hans"},
        {"zh-CN", "zh-Hans"},
        {"zh-Hans-HK", "zh-Hans"},
        {"zh-TW", "zh-Hant"},
        {"zh-Hant-TW", "zh-Hant"},
    }));
    CAPTURE(region);
    CHECK(has_built_in_labels(region));
    CHECK(labels(Kind::Csat, region) == labels(Kind::Csat, language));
}

TEST_CASE("labels: a language that we have no words in falls back", "[surveys]") {
    CHECK_FALSE(has_built_in_labels("tlh"));
    CHECK_FALSE(has_built_in_labels(""));
    CHECK_FALSE(has_built_in_labels("des"));
    CHECK(labels(Kind::Ces, "tlh", "de") == Words{"Sehr schwierig", "Sehr einfach"});
    CHECK(labels(Kind::Smiley4, "tlh", "tlh") == Words{"", "", "", ""});
}

TEST_CASE("labels: the lowest value comes first", "[surveys]") {
    CHECK(labels(Kind::Csat, "en") ==
          Words{"Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"});
    CHECK(labels(Kind::Smiley4, "en") == Words{"Very bad", "Bad", "Good", "Very good"});
    CHECK(labels(Kind::Stars, "en") == Words{"Very bad", "Very good"});
}

TEST_CASE("labels: a question's own words come before ours", "[surveys]") {
    const Question question{.kind = Kind::Nps, .labels = {{{{"en", "No"}, {"de", "Nein"}}}, {{{"en", "Yes"}}}}};

    CHECK(labels_of(question, "de", "en") == Words{"Nein", "Yes"});
    CHECK(labels_of(question, "fr", "en") == Words{"No", "Yes"});
}

TEST_CASE("labels: only scales have them", "[surveys]") {
    CHECK(labels(Kind::Choice, "en").empty());
    CHECK(labels(Kind::Info, "en").empty());
    CHECK(labels_of({.kind = Kind::Emotion, .options = {{.id = "calm"}}}, "en", "en").empty());
    CHECK(label_counts(Kind::Multi).empty());
    CHECK(label_counts(Kind::Nps) == std::vector<std::size_t>{2, 11});
    CHECK(label_counts(Kind::Smiley4) == std::vector<std::size_t>{4, 2});
}
