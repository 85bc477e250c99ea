#include "surveys/commands/survey.h"

#include "surveys/reading/survey_json.h"

#include <fmt/format.h>

namespace milepost::surveys {

namespace {

constexpr const char* kSurveyExamples = R"(A survey is a TOML file (or JSON) that you write with any editor:
  milepost survey samples clinic-visit > my-survey.toml    start from one that is good
  milepost survey check my-survey.toml                     every error and warning at once
  milepost survey preview my-survey.toml --out preview     pictures of every screen, and a page of them
  milepost survey diff published.toml my-survey.toml       which scores can still be compared

'milepost survey COMMAND --help' tells more about each.)";

constexpr const char* kCheckExamples = R"(Examples:
  milepost survey check store-exit.toml
  milepost survey check surveys/ --json    every *.toml and *.json of a directory, for machines

Prints FILE:LINE:COLUMN: error or warning, what it is and what to do. Errors: what cannot be asked or is not
to be published, such as a missing translation, a question that nobody is ever asked, a text that does not fit
the screen. Warnings: what is worth a look, such as a path of more than three questions. Exit code 1 with an
error, 0 without, whatever the warnings.)";

constexpr const char* kDiffExamples = R"(Examples:
  milepost survey diff published.toml edited.toml
  milepost survey diff published.toml edited.toml --same-meaning satisfaction,reason

For every question: its series of scores continues, begins, ends, or breaks: another kind, another scale, or
another wording under the same id. Exit code 1 when one breaks.)";

constexpr const char* kExportExamples = R"(Examples:
  milepost survey export store-exit.toml                     as JSON, for programs
  milepost survey export store-exit.json --out store-exit.toml
  milepost survey export store-exit.toml --to canonical      the bytes that are hashed
  milepost survey export store-exit.toml --hash              what tells two revisions apart for certain)";

constexpr const char* kSamplesExamples = R"(Examples:
  milepost survey samples                              what there is
  milepost survey samples hotel-checkout > hotel.toml  one of them
  milepost survey samples --out samples                all of them, each in a file)";

}  // namespace

void SurveyCommands::add_check(platform::CommandLine::Command& survey) {
    survey
        .command("check", "Says whether survey files are good, or all that is wrong with them",
                 [this] { return check_surveys(check_); })
        .positionals("FILE", check_.paths, "Survey files (TOML or JSON), or directories of them")
        .flag("json", check_.json,
              "Print JSON: [{\"file\",\"ok\",\"problems\":[{\"severity\",\"line\",\"column\",\"message\"}]}]")
        .flag("no-measure", check_.no_measure, "Do not ask the kiosk whether texts fit and have glyphs")
        .footer(kCheckExamples);
}

void SurveyCommands::add_diff(platform::CommandLine::Command& survey) {
    survey
        .command("diff", "Says which series of scores continue from one revision to the next",
                 [this] { return print_diff(diff_); })
        .positional("OLD", diff_.before, "The revision that is asked now")
        .positional("NEW", diff_.after, "The revision to be asked")
        .option("same-meaning", diff_.same_meaning, "Ids of questions that are reworded but mean the same: ID,ID")
        .flag("json", diff_.json, "Print JSON: {\"breaks\",\"series\":[{\"question\",\"what\",\"why\"}]}")
        .footer(kDiffExamples);
}

void SurveyCommands::add_export(platform::CommandLine::Command& survey) {
    survey
        .command("export", "Writes a survey in its other form: JSON from TOML, TOML from JSON",
                 [this] { return export_survey(export_); })
        .positional("FILE", export_.file, "A survey file, TOML or JSON")
        .choice("to", export_.to, {"other", "toml", "json", "canonical"}, "Its form (default: the other one)")
        .option("out", export_.out, "Write to this file (default: standard output)")
        .flag("hash", export_.hash, "Print the SHA-256 of the canonical JSON instead")
        .footer(kExportExamples);
}

void SurveyCommands::add_samples(platform::CommandLine::Command& survey) {
    survey
        .command("samples", "Lists, prints or writes surveys to start from", [this] { return give_samples(samples_); })
        .positional("NAME", samples_.name, "One of them (default: all)")
        .option("out", samples_.out, "Write NAME.toml into this directory")
        .footer(kSamplesExamples);
}

void SurveyCommands::add_to(platform::CommandLine::Command& root) {
    platform::CommandLine::Command& survey =
        root.command("survey", "Survey files: check, look at, compare, convert, samples");
    survey.footer(kSurveyExamples);
    add_check(survey);
    add_diff(survey);
    add_export(survey);
    survey.command("schema", "Prints the JSON Schema (draft 2020-12) of the JSON form", [] {
        fmt::print("{}", survey_schema());
        return 0;
    });
    add_samples(survey);
    // Listed for --help; the kiosk's program carries it out (main.cpp).
    survey.command("preview", "Draws every screen as the kiosk would, with a page to look through them", [] {
        return platform::report_failure("milepost", "the command comes first: milepost survey preview --options"), 2;
    });
}

}  // namespace milepost::surveys
