#include "tests/fuzz/round_trip.h"

#include "surveys/reading/survey_json.h"
#include "surveys/reading/survey_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace milepost::surveys {

namespace {

void must(bool holds, std::string_view what, std::string_view shown) {
    if (holds) return;
    fmt::print(stderr, "{}:\n{}\n", what, shown);
    std::abort();
}

void check_same(const Survey& survey, const std::string& written) {
    const auto read = read_survey(written);
    if (!read) must(false, describe("written", read.error()), written);
    must(*read == survey, "read back as another survey", written);
    must(to_json(*read) == to_json(survey), "equal surveys, different canonical JSON", written);
}

}  // namespace

void check_round_trip(std::string_view file) {
    const Draft draft = read_draft(file);
    const auto lines = 1 + std::ranges::count(file, '\n');
    for (const Problem& problem : draft.problems) {
        must(problem.line >= 1 && problem.line <= lines && problem.column >= 1, "a place outside the file",
             describe("file", draft.problems));
    }
    if (!draft.can_be_asked()) return;
    must(!draft.survey.questions.empty() && !draft.survey.languages.empty(), "a survey that asks nothing", file);
    check_same(draft.survey, to_json(draft.survey));
    check_same(draft.survey, to_readable_json(draft.survey));
    check_same(draft.survey, to_toml(draft.survey));
}

}  // namespace milepost::surveys
