#pragma once

#include "platform/command_line.h"
#include "surveys/commands/check.h"
#include "surveys/commands/survey_files.h"

namespace milepost::surveys {

/// `milepost survey check`, `diff`, `export`, `schema` and `samples`. Holds what the command line sets, so it
/// must outlive it.
class SurveyCommands {
public:
    void add_to(platform::CommandLine::Command& root);

private:
    void add_check(platform::CommandLine::Command& survey);
    void add_diff(platform::CommandLine::Command& survey);
    void add_export(platform::CommandLine::Command& survey);
    void add_samples(platform::CommandLine::Command& survey);

    CheckOptions check_;
    DiffOptions diff_;
    ExportOptions export_;
    SamplesOptions samples_;
};

}  // namespace milepost::surveys
