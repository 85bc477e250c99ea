#pragma once

#include "surveys/model/survey.h"

#include <string>
#include <vector>

namespace milepost::surveys {

struct DiffOptions {
    std::string before, after;
    std::string same_meaning;  ///< ids, with commas between them
    bool json = false;
};
/// `milepost survey diff`: 0 when no series breaks, 1 when one does, 2 for a wrong id.
[[nodiscard]] int print_diff(const DiffOptions& options);

struct ExportOptions {
    std::string file;
    std::string to = "other";  ///< "toml", "json", "canonical"; "other": JSON from TOML and back
    std::string out;           ///< empty: standard output
    bool hash = false;         ///< prints the content's hash instead
};
[[nodiscard]] int export_survey(const ExportOptions& options);

struct SamplesOptions {
    std::string name = "all";
    std::string out;  ///< directory; empty: lists all, prints one
};
[[nodiscard]] int give_samples(const SamplesOptions& options);

}  // namespace milepost::surveys
