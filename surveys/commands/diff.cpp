#include "surveys/checks/diff.h"

#include "platform/command_line.h"
#include "platform/files.h"
#include "surveys/commands/survey_files.h"
#include "surveys/reading/survey_reader.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <sstream>

namespace milepost::surveys {

namespace {

constexpr const char* kProgram = "milepost survey diff";

std::optional<Survey> read(const std::string& file) {
    const auto text = platform::read_file(file);
    if (!text) {
        platform::report_failure(kProgram, text.error().message);
        return std::nullopt;
    }
    auto survey = read_survey(*text);
    if (survey) return *std::move(survey);
    fmt::print(stderr, "{}\n", describe(file, survey.error()));
    return std::nullopt;
}

std::vector<std::string> ids_of(const std::string& list) {
    std::vector<std::string> ids;
    std::istringstream words{list};
    for (std::string id; std::getline(words, id, ',');) {
        if (!id.empty()) ids.push_back(id);
    }
    return ids;
}

void print_text(const std::vector<SeriesChange>& changes, std::ptrdiff_t breaks) {
    for (const SeriesChange& change : changes) {
        fmt::print("{:<10} {}\n", to_string(change.what), change.question);
        for (const std::string& why : change.why) fmt::print("{:<10}   {}\n", "", why);
    }
    if (breaks == 0) return;
    fmt::print(
        "{} under the same id: give the question a new id, so that no one compares what was asked\n"
        "differently. Where only the wording is better and the meaning the same: --same-meaning ID\n",
        breaks == 1 ? "A series breaks" : fmt::format("{} series break", breaks));
}

void print_json(const std::vector<SeriesChange>& changes, std::ptrdiff_t breaks) {
    nlohmann::ordered_json series = nlohmann::ordered_json::array();
    for (const SeriesChange& change : changes) {
        series.push_back({{"question", change.question}, {"what", to_string(change.what)}, {"why", change.why}});
    }
    const nlohmann::ordered_json json{{"breaks", breaks}, {"series", std::move(series)}};
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace

int print_diff(const DiffOptions& options) {
    const std::optional<Survey> before = read(options.before);
    const std::optional<Survey> after = read(options.after);
    if (!before || !after) return 1;
    if (before->id != after->id) {
        return platform::report_failure(kProgram, fmt::format("'{}' and '{}' are two surveys: compare two revisions of "
                                                              "one",
                                                              before->id, after->id));
    }
    const std::vector<std::string> same_meaning = ids_of(options.same_meaning);
    for (const std::string& id : same_meaning) {
        if (after->find(id) != nullptr) continue;
        platform::report_failure(kProgram, fmt::format("--same-meaning: {} has no question '{}'", options.after, id));
        return 2;
    }
    const std::vector<SeriesChange> changes = diff(*before, *after, same_meaning);
    const std::ptrdiff_t breaks = std::ranges::count(changes, SeriesChange::What::Breaks, &SeriesChange::what);
    options.json ? print_json(changes, breaks) : print_text(changes, breaks);
    return breaks == 0 ? 0 : 1;
}

}  // namespace milepost::surveys
