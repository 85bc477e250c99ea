#include "surveys/commands/check.h"

#include "platform/files.h"
#include "surveys/checks/check_survey.h"
#include "surveys/commands/kiosk_measure.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

namespace milepost::surveys {

namespace {

struct Checked {
    std::string file;
    Draft draft;                    ///< its problems are moved on
    std::vector<Problem> problems;  ///< line 0: with the file, not in it

    [[nodiscard]] std::ptrdiff_t warnings() const {
        return std::ranges::count(problems, Severity::Warning, &Problem::severity);
    }
    [[nodiscard]] std::ptrdiff_t errors() const { return std::ssize(problems) - warnings(); }
};

Checked unread(const std::string& file, std::string message) {
    return {.file = file, .draft = {}, .problems = {{.message = std::move(message)}}};
}

Checked check(const std::string& file, const Measure& measure) {
    const Result<std::string> text = platform::read_file(file);
    if (!text) return unread(file, text.error().message);
    Checked checked{.file = file, .draft = read_draft(*text), .problems = {}};
    checked.problems = checked.draft.problems;
    std::ranges::move(check_survey(checked.draft, measure), std::back_inserter(checked.problems));
    std::ranges::stable_sort(checked.problems, {},
                             [](const Problem& problem) { return std::pair{problem.line, problem.column}; });
    return checked;
}

std::vector<Checked> check_directory(const std::string& directory, const Measure& measure) {
    std::error_code error;
    std::vector<std::string> files;
    for (std::filesystem::directory_iterator entry{directory, error}, end; !error && entry != end;
         entry.increment(error)) {
        const std::filesystem::path extension = entry->path().extension();
        if (extension == ".toml" || extension == ".json") files.push_back(entry->path().string());
    }
    if (error) return {unread(directory, fmt::format("cannot list {}: {}", directory, error.message()))};
    if (files.empty()) {
        return {unread(directory, fmt::format("no *.toml or *.json file in {}: name a survey file", directory))};
    }
    std::ranges::sort(files);
    std::vector<Checked> checked;
    for (const std::string& file : files) checked.push_back(check(file, measure));
    return checked;
}

std::string counted(std::ptrdiff_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

/// "FILE:LINE:COLUMN: error: …", on a terminal with the severity in colour.
void print_problem(const std::string& file, const Problem& problem, bool colours) {
    std::string line = problem.line > 0 ? describe(file, {problem}) : problem.message;
    const bool warning = problem.severity == Severity::Warning;
    const std::string_view word = warning ? "warning:" : "error:";
    if (const std::size_t at = line.find(word, file.size()); colours && at != std::string::npos) {
        line.replace(at, word.size(), fmt::format("\033[1;{}m{}\033[0m", warning ? 33 : 31, word));
    }
    fmt::print("{}\n", line);
}

void print_good(const Checked& checked) {
    const Survey& survey = checked.draft.survey;
    std::string languages;
    for (const std::string& language : survey.languages) {
        languages += fmt::format("{}{}", languages.empty() ? "" : ", ", endonym(language));
    }
    fmt::print("{}: good: {} revision {}, {} in {}\n", checked.file, survey.id, survey.revision,
               counted(std::ssize(survey.questions), "question"), languages);
}

void print_text(const std::vector<Checked>& all) {
    const bool colours = ::isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr;
    std::ptrdiff_t errors = 0;
    std::ptrdiff_t warnings = 0;
    for (const Checked& checked : all) {
        for (const Problem& problem : checked.problems) print_problem(checked.file, problem, colours);
        if (checked.problems.empty()) print_good(checked);
        errors += checked.errors();
        warnings += checked.warnings();
    }
    fmt::print("{}, {} in {}\n", counted(errors, "error"), counted(warnings, "warning"),
               counted(std::ssize(all), "file"));
}

nlohmann::ordered_json to_json(const Checked& checked) {
    nlohmann::ordered_json problems = nlohmann::ordered_json::array();
    for (const Problem& problem : checked.problems) {
        problems.push_back({{"severity", problem.severity == Severity::Warning ? "warning" : "error"},
                            {"line", problem.line},
                            {"column", problem.column},
                            {"message", problem.message}});
    }
    return {{"file", checked.file}, {"ok", checked.errors() == 0}, {"problems", std::move(problems)}};
}

}  // namespace

int check_surveys(const CheckOptions& options) {
    KioskMeasure kiosk;
    const Measure measure =
        options.no_measure ? Measure{} : [&](std::span<const Setting> settings) { return kiosk.measure(settings); };
    std::vector<Checked> all;
    for (const std::string& path : options.paths) {
        std::error_code ignored;
        std::vector<Checked> checked = std::filesystem::is_directory(path, ignored)
                                           ? check_directory(path, measure)
                                           : std::vector<Checked>{check(path, measure)};
        std::ranges::move(checked, std::back_inserter(all));
    }
    if (options.json) {
        nlohmann::ordered_json json = nlohmann::ordered_json::array();
        for (const Checked& checked : all) json.push_back(to_json(checked));
        fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    } else {
        print_text(all);
    }
    if (!kiosk.trouble().empty()) {
        std::fflush(stdout);
        fmt::print(stderr, "milepost: sizes and characters of texts were not checked: {}\n", kiosk.trouble());
    }
    return std::ranges::all_of(all, [](const Checked& checked) { return checked.errors() == 0; }) ? 0 : 1;
}

}  // namespace milepost::surveys
