#include "platform/command_line.h"
#include "surveys/commands/score.h"
#include "surveys/commands/sibling.h"
#include "surveys/commands/survey.h"

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace milepost;

constexpr const char* kExamples = R"(Examples:
  milepost survey samples                                surveys to start from
  milepost survey check my-survey.toml                   every error at once, with line and column
  milepost survey preview my-survey.toml --out preview   pictures of every screen, and a page of them
  milepost score csat --counts 2,3,5,30,60               a score with its interval
  milepost summary --data /var/lib/milepost --day today  today's satisfaction, on a kiosk or a store
  milepost log verify --data /var/lib/milepost           walks a kiosk's hash chain
  milepost log export --data /mnt/card --out FILE        copies it, also from a dead kiosk's card
  milepost device status --data /var/lib/milepost        what a kiosk has not sent yet, and why
  milepost demo visits --data trial --count 1000 --days 7
                                                         plausible visits for a trial

'milepost COMMAND --help' tells more about each. Exit codes: 0 done, 1 failed, 2 wrong usage.)";

/// Their options are their program's own: what stands behind the command goes there unread.
int pass_on(int argc, const char* const* argv) {
    return surveys::run_sibling(argv[1], std::vector<std::string>(argv + 2, argv + argc));
}

/// `survey preview` is the kiosk's `preview`.
bool is_preview(int argc, const char* const* argv) {
    return argc > 2 && std::string_view{argv[1]} == "survey" && std::string_view{argv[2]} == "preview";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && surveys::belongs_to_sibling(argv[1])) return pass_on(argc, argv);
    if (is_preview(argc, argv)) return pass_on(argc - 1, argv + 1);

    platform::CommandLine line{"milepost", "Customer feedback at physical touchpoints: surveys, summaries, trials."};
    line.root().footer(kExamples);
    surveys::SurveyCommands survey_files;
    survey_files.add_to(line.root());
    surveys::ScoreCommands scores;
    scores.add_to(line.root());

    // Listed for --help, and reached here only behind options of 'milepost' itself, of which none is theirs.
    const auto misplaced = [] {
        return platform::report_failure("milepost", "the command comes first: milepost COMMAND --options"), 2;
    };
    line.root().command("summary", "A day's satisfaction, from a kiosk's or a store's data", misplaced);
    line.root().command("log", "A kiosk's log: verify its hash chain, copy it", misplaced);
    line.root().command("device", "A kiosk's connection to the store: its status", misplaced);
    line.root().command("demo", "Plausible visits for trials and benchmarks", misplaced);
    return line.run(argc, argv);
}
