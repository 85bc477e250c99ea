#include "surveys/reading/survey_json.h"

#include "platform/process.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <map>
#include <string>

using namespace milepost;
using namespace milepost::surveys;
using Json = nlohmann::json;

namespace {

/// Every kind, every key.
constexpr std::string_view kWhole = R"(id = "hotel"
revision = 7
title = "Hotel \"Bellevue\""
languages = ["de", "en"]
max_questions = 4
long = true
thanks.de = "Danke, {nights.value} Nächte!"
thanks.en = "Thank you!"

[[question]]
id = "recommend"
kind = "nps"
text = { de = "Empfehlen Sie uns?", en = "Would you recommend us?" }
labels = [ { de = "Nein", en = "No" }, { de = "Ja", en = "Yes" } ]
end_if = "recommend == 10"

[[question]]
id = "mood"
kind = "emotion"
shuffle = true
ask_if = "recommend <= 8 and language == de"
text = { de = "Wie fühlen Sie sich?", en = "How do you feel?" }
options = [
    { id = "bad", valence = -2, text = { de = "Schlecht", en = "Bad" } },
    { id = "so-so", valence = 0, text = { de = "Geht so", en = "So-so" } },
]

[[question]]
id = "why"
kind = "multi"
optional = true
min_picks = 2
max_picks = 3
text = { de = "Warum?", en = "Why?" }
options = [
    { id = "noise", friction = "environment", urgent = true, text = { de = "Lärm", en = "Noise" } },
    { id = "price", show_if = "recommend < 9", text = { de = "Preis", en = "Price" } },
    { id = "other", fixed = true, text = { de = "Anderes", en = "Other" } },
    { id = "none", none = true, text = { de = "Nichts", en = "None of these" } },
]

[[question]]
id = "nights"
kind = "number"
min = 1
max = 60
random_share = 0.25
unit = { de = "Nächte", en = "nights" }
text = { de = "Wie viele\nNächte?", en = "How many\nnights?" }

[[question]]
id = "comment"
kind = "text"
max_chars = 500
optional = true
text = { de = "Sonst \\ noch etwas?", en = "Anything else?" }

[[question]]
id = "reply"
kind = "contact"
optional = true
accepts = ["phone", "email"]
consent.version = 3
consent.text = { de = "30 Tage.", en = "30 days." }
text = { de = "Antwort?", en = "A reply?" }

[[question]]
id = "bye"
kind = "info"
text = { de = "Gute {{Reise}}!", en = "Safe travels!" }

[[outcome]]
when = "recommend <= 6"
thanks = { de = "Das tut uns leid.", en = "We are sorry." }
)";

Survey read(std::string_view text) {
    auto survey = read_survey(text);
    INFO((survey ? "" : describe("survey", survey.error())));
    REQUIRE(survey);
    return *std::move(survey);
}

}  // namespace

TEST_CASE("survey json: a survey is the same after TOML and JSON and back", "[surveys]") {
    const Survey survey = read(kWhole);

    CHECK(read(to_json(survey)) == survey);
    CHECK(read(to_readable_json(survey)) == survey);
    CHECK(read(to_toml(survey)) == survey);
    CHECK(to_json(read(to_toml(read(to_readable_json(survey))))) == to_json(survey));
}

TEST_CASE("survey json: the canonical form is sorted and dense and leaves defaults out", "[surveys]") {
    const Survey survey = read(R"(title = "T – \"1\""
id = "s"
revision = 1
languages = ["en"]
long = false
[[question]]
text.en = "How many?"
kind = "number"
optional = false
id = "n"
min = 0
max = 100
)");

    CHECK(to_json(survey) ==
          R"({"id":"s","languages":["en"],"question":[{"id":"n","kind":"number","text":{"en":"How many?"}}],)"
          R"("title":"T – \"1\""})");
}

TEST_CASE("survey json: the hash is that of the meaning", "[surveys]") {
    const std::string hash = content_hash(read(kWhole));
    Json json = Json::parse(to_json(read(kWhole)));

    CHECK(hash.size() == 64);
    CHECK(content_hash(read(json.dump(4))) == hash);
    CHECK(content_hash(read(nlohmann::ordered_json(json).dump())) == hash);
    json["question"][4]["max_chars"] = 501;
    CHECK(content_hash(read(json.dump())) != hash);
    json["question"][4]["max_chars"] = 500;
    std::swap(json["languages"][0], json["languages"][1]);
    CHECK(content_hash(read(json.dump())) != hash);
}

TEST_CASE("survey json: every sample goes through JSON and TOML unharmed", "[surveys]") {
    for (const Sample& sample : samples()) {
        CAPTURE(sample.id);
        const Survey survey = read(sample.toml);
        CHECK(read(to_json(survey)) == survey);
        CHECK(read(to_toml(survey)) == survey);
    }
}

TEST_CASE("survey json: a validator accepts every sample by the schema and refuses broken ones", "[surveys]") {
    const Json whole = Json::parse(to_json(read(kWhole)));
    Json good{{"whole", whole}};
    for (const Sample& sample : samples()) good[std::string{sample.id}] = Json::parse(to_json(read(sample.toml)));
    // Question 0 is an nps, 1 a named emotion, 2 a multi, 3 a number, 4 a text, 5 a contact, 6 an info page.
    const std::map<std::string, Json> patches{
        {"no id", {{{"op", "remove"}, {"path", "/id"}}}},
        {"id with a space", {{{"op", "replace"}, {"path", "/id"}, {"value", "a b"}}}},
        {"unknown key", {{{"op", "add"}, {"path", "/titel"}, {"value", "x"}}}},
        {"unknown key of a question", {{{"op", "add"}, {"path", "/question/0/askif"}, {"value", "x"}}}},
        {"language twice", {{{"op", "replace"}, {"path", "/languages"}, {"value", {"en", "en"}}}}},
        {"no question", {{{"op", "replace"}, {"path", "/question"}, {"value", Json::array()}}}},
        {"unknown kind", {{{"op", "replace"}, {"path", "/question/0/kind"}, {"value", "poetry"}}}},
        {"reserved id", {{{"op", "replace"}, {"path", "/question/0/id"}, {"value", "time"}}}},
        {"options of an nps", {{{"op", "copy"}, {"from", "/question/2/options"}, {"path", "/question/0/options"}}}},
        {"three labels", {{{"op", "copy"}, {"from", "/question/0/labels/0"}, {"path", "/question/0/labels/1"}}}},
        {"no valence", {{{"op", "remove"}, {"path", "/question/1/options/0/valence"}}}},
        {"valence of 3", {{{"op", "replace"}, {"path", "/question/1/options/0/valence"}, {"value", 3}}}},
        {"valence in a multi", {{{"op", "add"}, {"path", "/question/2/options/0/valence"}, {"value", 1}}}},
        {"a multi without options", {{{"op", "remove"}, {"path", "/question/2/options"}}}},
        {"a share of 1", {{{"op", "replace"}, {"path", "/question/3/random_share"}, {"value", 1}}}},
        {"a bound in words", {{{"op", "replace"}, {"path", "/question/3/max"}, {"value", "sixty"}}}},
        {"a text of no length", {{{"op", "replace"}, {"path", "/question/4/max_chars"}, {"value", 0}}}},
        {"an empty text", {{{"op", "replace"}, {"path", "/question/4/text/en"}, {"value", " "}}}},
        {"a contact that must be given", {{{"op", "remove"}, {"path", "/question/5/optional"}}}},
        {"a contact without consent", {{{"op", "remove"}, {"path", "/question/5/consent"}}}},
        {"a fax", {{{"op", "replace"}, {"path", "/question/5/accepts/0"}, {"value", "fax"}}}},
        {"an optional page", {{{"op", "add"}, {"path", "/question/6/optional"}, {"value", true}}}},
        {"a first question with a condition", {{{"op", "add"}, {"path", "/question/0/ask_if"}, {"value", "x > 1"}}}},
        {"a first question that is shuffled",
         {{{"op", "move"}, {"from", "/question/2"}, {"path", "/question/0"}},
          {{"op", "add"}, {"path", "/question/0/shuffle"}, {"value", true}}}},
        {"a first question that is a page", {{{"op", "move"}, {"from", "/question/6"}, {"path", "/question/0"}}}},
        {"an outcome without words", {{{"op", "remove"}, {"path", "/outcome/0/thanks"}}}},
    };
    Json bad = Json::object();
    for (const auto& [name, patch] : patches) {
        bad[name] = whole.patch(patch);
        CAPTURE(name);
        CHECK_FALSE(read_draft(bad[name].dump()).can_be_asked());
    }

    const Json given{{"schema", Json::parse(survey_schema())}, {"good", good}, {"bad", bad}};
    const auto ran =
        platform::run_with_input("/usr/bin/python3", {MILEPOST_VALIDATE}, given.dump(), std::chrono::minutes{2});
    REQUIRE(ran);
    CHECK(ran->exit_code == 0);
    CHECK(ran->output.empty());
}
