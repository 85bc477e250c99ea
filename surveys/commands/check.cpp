#include "surveys/commands/check.h"

#include "platform/error.h"
#include "platform/files.h"
#include "surveys/reading/survey_reader.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace milepost::surveys {

namespace {

struct Checked {
    std::string file;
    std::optional<Survey> survey;   ///< when it is good
    std::vector<Problem> problems;  ///< line 0: with the file, not in it
};

Checked check(const std::string& file) {
    const Result<std::string> text = platform::read_file(file);
    if (!text) return {.file = file, .problems = {{.message = text.error().message}}};
    auto survey = read_survey(*text);
    if (!survey) return {.file = file, .problems = std::move(survey).error()};
    return {.file = file, .survey = *std::move(survey)};
}

std::vector<Checked> check_directory(const std::string& directory) {
    std::error_code error;
    std::vector<std::string> files;
    for (std::filesystem::directory_iterator entry{directory, error}, end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().extension() == ".toml") files.push_back(entry->path().string());
    }
    if (error) {
        return {{.file = directory,
                 .problems = {{.message = fmt::format("cannot list {}: {}", directory, error.message())}}}};
    }
    if (files.empty()) {
        return {{.file = directory,
                 .problems = {{.message = fmt::format("no *.toml file in {}: name a survey file", directory)}}}};
    }
    std::ranges::sort(files);
    std::vector<Checked> checked;
    for (const std::string& file : files) checked.push_back(check(file));
    return checked;
}

void print_text(const Checked& checked) {
    if (checked.survey) {
        std::string languages;
        for (const std::string& language : checked.survey->languages) {
            languages += fmt::format("{}{}", languages.empty() ? "" : ", ", endonym(language));
        }
        fmt::print("{}: good: {} revision {}, {} question{} in {}\n", checked.file, checked.survey->id,
                   checked.survey->revision, checked.survey->questions.size(),
                   checked.survey->questions.size() == 1 ? "" : "s", languages);
    } else if (checked.problems.front().line == 0) {
        fmt::print("{}\n", checked.problems.front().message);
    } else {
        fmt::print("{}\n", describe(checked.file, checked.problems));
    }
}

nlohmann::ordered_json to_json(const Checked& checked) {
    nlohmann::ordered_json problems = nlohmann::ordered_json::array();
    for (const Problem& problem : checked.problems) {
        problems.push_back({{"line", problem.line}, {"column", problem.column}, {"message", problem.message}});
    }
    return {{"file", checked.file}, {"ok", checked.problems.empty()}, {"problems", std::move(problems)}};
}

}  // namespace

int check_surveys(const std::vector<std::string>& paths, CheckOutput output) {
    std::vector<Checked> all;
    for (const std::string& path : paths) {
        std::error_code ignored;
        std::vector<Checked> checked =
            std::filesystem::is_directory(path, ignored) ? check_directory(path) : std::vector<Checked>{check(path)};
        std::ranges::move(checked, std::back_inserter(all));
    }
    if (output == CheckOutput::Json) {
        nlohmann::ordered_json json = nlohmann::ordered_json::array();
        for (const Checked& checked : all) json.push_back(to_json(checked));
        fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    } else {
        for (const Checked& checked : all) print_text(checked);
    }
    return std::ranges::all_of(all, [](const Checked& checked) { return checked.survey.has_value(); }) ? 0 : 1;
}

}  // namespace milepost::surveys
