#pragma once

#include "platform/command_line.h"
#include "surveys/model/kind.h"

#include <string>

namespace milepost::surveys {

/// `milepost score KIND`, `score compare KIND`, `score rank` and `score alarm`: the arithmetic of metrics.md for
/// analysts, JSON on standard output. Holds what the command line sets, so it must outlive it.
class ScoreCommands {
public:
    void add_to(platform::CommandLine::Command& root);

private:
    void add_kinds(platform::CommandLine::Command& score);
    void add_compare(platform::CommandLine::Command& score);
    void add_rank(platform::CommandLine::Command& score);
    void add_alarm(platform::CommandLine::Command& score);

    std::string counts_, before_, after_;
    std::string csv_, ranked_kind_ = "csat", format_ = "json";
    std::string p0_ = "0.10", p1_ = "0.25", h_ = "6", state_;
    long asked_ = 0, n_ = 0, sum_ = 0, sum_squares_ = 0;
};

/// What stands behind each; all print to standard output and return the exit code.
[[nodiscard]] int print_score(Kind kind, const std::string& counts);
[[nodiscard]] int print_option_shares(Kind kind, const std::string& counts, long asked);
[[nodiscard]] int print_number(long n, long sum, long sum_squares);
[[nodiscard]] int print_change(Kind kind, const std::string& before, const std::string& after);
/// `format` is "json" or "table".
[[nodiscard]] int print_ranking(const std::string& csv, Kind kind, const std::string& format);

struct AlarmOptions {
    std::string p0, p1, h;
    std::string state;  ///< of an earlier run, empty: from the start
};
/// Reads answers from standard input as they come.
[[nodiscard]] int watch_alarm(const AlarmOptions& options);

/// "milepost: --counts: …" to standard error; returns 2 for `return`.
int wrong_usage(const std::string& message);

}  // namespace milepost::surveys
