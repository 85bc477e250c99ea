#include "kiosk/glyphs.h"

#include "surveys/reading/survey_reader.h"
#include "tests/kiosk/every_kind_everywhere.h"

#include <catch2/catch.hpp>

using namespace milepost;
using namespace milepost::kiosk;

namespace {

/// With a hieroglyph in an option and in a thank-you.
surveys::Survey lacking_survey() {
    const auto read = surveys::read_survey(R"toml(
id = "signs"
title = "Signs"
languages = ["en", "de"]
thanks = { en = "Thanks", de = "Danke 𓀀𓀀𓀁" }
[[question]]
id = "why"
kind = "choice"
text = { en = "Why?", de = "Warum?" }
options = [
    { id = "a", text = { en = "Because", de = "Darum" } },
    { id = "b", text = { en = "Because of 𓀀", de = "Deshalb" } },
]
)toml");
    REQUIRE(read);
    return *read;
}

Ruler& ruler() {
    static Ruler shared{platform::Typesetter::make().value()};
    return shared;
}

}  // namespace

TEST_CASE("glyphs: what no font has is told with its place and language and each character once") {
    const auto found = lacking_glyphs(lacking_survey(), ruler());
    REQUIRE(found.size() == 2);
    CHECK(found[0] == Lacking{"question.0.options.1.text.en", "en", "'𓀀' (U+13000)"});
    CHECK(found[1] == Lacking{"thanks.de", "de", "'𓀀' (U+13000), '𓀁' (U+13001)"});
}

TEST_CASE("glyphs: nine languages lack nothing") {
    CHECK(lacking_glyphs(test::every_kind_everywhere(), ruler()).empty());
}

TEST_CASE("glyphs: who is asked to stop tells nothing more") {
    std::stop_source source;
    source.request_stop();
    CHECK(lacking_glyphs(lacking_survey(), ruler(), source.get_token()).empty());
}

TEST_CASE("glyphs: the watch looks once and names survey and place") {
    std::vector<std::string> told;
    GlyphWatch watch{[&](const std::string& line) { told.push_back(line); }};
    const surveys::Survey survey = lacking_survey();
    watch.look_once(survey);
    watch.finish();
    watch.look_once(survey);
    watch.finish();
    REQUIRE(told.size() == 2);
    CHECK(told[0].find("\"signs\"") != std::string::npos);
    CHECK(told[0].find("question.0.options.1.text.en") != std::string::npos);
    CHECK(told[0].find("U+13000") != std::string::npos);
}
