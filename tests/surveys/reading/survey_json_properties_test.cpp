#include "surveys/reading/survey_json.h"
#include "surveys/reading/survey_reader.h"
#include "tests/surveys/random_survey.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <rapidcheck/catch.h>

#include <string>

using namespace milepost::surveys;

namespace {

Survey read(const std::string& text) {
    auto survey = read_survey(text);
    if (!survey) RC_LOG() << describe("survey", survey.error()) << "\n" << text;
    RC_ASSERT(survey.has_value());
    return *std::move(survey);
}

}  // namespace

TEST_CASE("survey json: TOML and JSON of any survey give it back", "[surveys]") {
    rc::prop("to_json and to_toml lose nothing", [] {
        const Survey survey = *any_survey();
        RC_ASSERT(read(to_json(survey)) == survey);
        RC_ASSERT(read(to_toml(survey)) == survey);
        RC_ASSERT(to_json(read(to_toml(read(to_readable_json(survey))))) == to_json(survey));
        RC_ASSERT(content_hash(read(to_readable_json(survey))) == content_hash(survey));
    });
}

TEST_CASE("survey json: a file with characters changed at random is read or refused", "[surveys]") {
    rc::prop("a draft that can be asked is a survey that is the same after JSON", [] {
        const Survey survey = *any_survey();
        std::string text = *rc::gen::arbitrary<bool>() ? to_toml(survey) : to_readable_json(survey);
        const auto changes = *rc::gen::container<std::vector<std::pair<std::size_t, char>>>(
            rc::gen::pair(rc::gen::inRange<std::size_t>(0, text.size()), rc::gen::arbitrary<char>()));
        for (const auto& [at, byte] : changes) text[at] = byte;
        const Draft draft = read_draft(text);
        for (const Problem& problem : draft.problems) RC_ASSERT(problem.line >= 1 && problem.column >= 1);
        if (draft.can_be_asked()) RC_ASSERT(read(to_json(draft.survey)) == draft.survey);
    });
}
