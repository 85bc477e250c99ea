#include "surveys/commands/score.h"

#include <array>
#include <limits>
#include <utility>

namespace milepost::surveys {

namespace {

constexpr const char* kScoreExamples =
    R"(Counts go from the lowest value of the scale to the highest: how many people gave a 1, a 2, a 3, …

Examples:
  milepost score csat --counts 2,3,5,30,60          share of 4 and 5, 0..100, Wilson interval
  milepost score nps --counts 0,0,1,0,0,1,0,1,2,3,2 -100..100, adjusted Wald interval
  milepost score ces --counts 1,2,3,10,20,30,34     share of 5, 6, 7; its mean beside it
  milepost score emotion --counts 3,7,12,20,9       mean of -2..2, t interval
  milepost score smiley4 --counts 17,16,60,126      Happy index, 0..100, t interval
  milepost score multi --counts 9,4,1 --asked 12    share of each option
  milepost score number --n 11 --sum 58 --sum-squares 442
  milepost score compare csat --before 5,5,10,40,40 --after 2,3,7,40,48
  milepost score rank --csv sites.csv
  milepost score alarm --p0 0.1 --p1 0.25 --h 6 < answers

Prints {"kind","score","low","high","n","shown","reason"}: 95 % intervals; below 10 answers the score is given all
the same, with "shown": false and the reason; without answers it is null.)";

constexpr const char* kCompareExamples = R"(Examples:
  milepost score compare csat --before 5,5,10,40,40 --after 2,3,7,40,48
  milepost score compare nps --before 30,0,0,0,0,0,0,30,0,40,0 --after 20,0,0,0,0,0,0,25,0,55,0

Prints {"kind","before","after","difference","low","high","z","p","verdict","unit"}. For csat and ces "difference",
"low" and "high" are shares ("unit": "share", 0.08 is 8 percentage points; N-1 z test, Newcombe's interval); for nps
points of the adjusted scores (adjusted Wald); for all others the score's own unit, "z" being Welch's t with "df"
degrees of freedom. The verdict is improved or worse where p < 0.05, no clear change, or not enough data below 10
answers on a side.)";

constexpr const char* kRankExamples =
    R"(The file has a header. Its columns are site, k (how many of them were satisfied) and n, or site and one column for each
value of the scale:
  site,k,n            site,1,2,3,4,5
  Berlin,90,100       Berlin,2,3,5,30,60

Examples:
  milepost score rank --csv sites.csv
  milepost score rank --csv efforts.csv --kind ces --format table

Empirical Bayes: "shrunk" = (k + M*mean)/(n + M). Sites of one band cannot be told apart. From 30 answers on a site
is ranked, from 100 on its position may be said.)";

constexpr const char* kAlarmExamples =
    R"(Reads answers, 1 for a negative one and 0 for any other; spaces, commas and line ends between them do not matter.

Examples:
  milepost score alarm < answers                       p0 0.10, p1 0.25, h 6
  milepost score alarm --p0 0.05 --p1 0.15 --h 5 < answers
  milepost score alarm --state "cusum1 2.5 120 0 closed" < more-answers

Prints a line of JSON when the alert opens and when it closes, as soon as it does, and one at the end with the
"state" from which a later run goes on.)";

constexpr std::array kScored{Kind::Csat,    Kind::Nps,     Kind::Ces,  Kind::Emotion,
                             Kind::Smiley4, Kind::Smiley5, Kind::Stars};

std::string named(Kind kind) {
    return std::string{to_string(kind)};
}

constexpr const char* kCountsHelp = "One count a value, from the lowest to the highest";

}  // namespace

int wrong_usage(const std::string& message) {
    platform::report_failure("milepost", message);
    return 2;
}

void ScoreCommands::add_to(platform::CommandLine::Command& root) {
    platform::CommandLine::Command& score = root.command("score", "Scores, changes, rankings and alarms, for analysts");
    score.footer(kScoreExamples);
    add_kinds(score);
    add_compare(score);
    add_rank(score);
    add_alarm(score);
}

void ScoreCommands::add_kinds(platform::CommandLine::Command& score) {
    for (const Kind kind : kScored) {
        score
            .command(named(kind), "Score of " + named(kind) + " answers",
                     [this, kind] { return print_score(kind, counts_); })
            .required_option("counts", counts_, kCountsHelp)
            .footer(kScoreExamples);
    }
    constexpr long kMost = std::numeric_limits<long>::max();
    for (const Kind kind : {Kind::Choice, Kind::Multi}) {
        score
            .command(named(kind), "Share of each option of a " + named(kind),
                     [this, kind] { return print_option_shares(kind, counts_, asked_); })
            .required_option("counts", counts_, "One count an option")
            .required_option("asked", asked_, "How many people were asked", 0, kMost)
            .footer(kScoreExamples);
    }
    score.command("number", "Mean of numbers", [this] { return print_number(n_, sum_, sum_squares_); })
        .required_option("n", n_, "How many answered", 0, kMost)
        .required_option("sum", sum_, "Sum of their numbers", std::numeric_limits<long>::min(), kMost)
        .required_option("sum-squares", sum_squares_, "Sum of the squares of their numbers", 0, kMost)
        .footer(kScoreExamples);
}

void ScoreCommands::add_compare(platform::CommandLine::Command& score) {
    platform::CommandLine::Command& compare = score.command("compare", "Whether a score changed");
    compare.footer(kCompareExamples);
    for (const Kind kind : kScored) {
        compare
            .command(named(kind), "Change of " + named(kind),
                     [this, kind] { return print_change(kind, before_, after_); })
            .required_option("before", before_, kCountsHelp)
            .required_option("after", after_, kCountsHelp)
            .footer(kCompareExamples);
    }
}

void ScoreCommands::add_rank(platform::CommandLine::Command& score) {
    score
        .command("rank", "Sites in order of their satisfied share",
                 [this] { return print_ranking(csv_, *parse_kind(ranked_kind_), format_); })
        .required_option("csv", csv_, "File of comma separated values")
        .choice("kind", ranked_kind_, {"csat", "ces"}, "What the columns of a scale's values count")
        .choice("format", format_, {"json", "table"}, "How it is printed")
        .footer(kRankExamples);
}

void ScoreCommands::add_alarm(platform::CommandLine::Command& score) {
    score
        .command("alarm", "Bernoulli CUSUM over a stream of answers",
                 [this] { return watch_alarm({.p0 = p0_, .p1 = p1_, .h = h_, .state = state_}); })
        .option("p0", p0_, "Usual share of negative answers")
        .option("p1", p1_, "Share that is to be noticed")
        .option("h", h_, "Alarm when the statistic reaches this")
        .option("state", state_, "Where an earlier run ended")
        .footer(kAlarmExamples);
}

}  // namespace milepost::surveys
