#include "surveys/checks/check_survey.h"
#include "surveys/reading/survey_reader.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

using namespace milepost::surveys;

namespace {

/// A problem on this line whose message has these words.
struct Planted {
    int line;
    std::string words;
};

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

/// TOML: "#! words" behind the fault, "#? words" behind what earns a warning; JSON: lines "LINE: words" in a file
/// beside it.
std::vector<Planted> planted_in(const std::filesystem::path& file) {
    const bool is_json = file.extension() == ".json";
    std::istringstream lines{content_of(is_json ? file.string() + ".expect" : file.string())};
    std::vector<Planted> planted;
    int number = 1;
    for (std::string line; std::getline(lines, line); ++number) {
        const std::string mark = is_json ? ": " : line.find("#? ") == std::string::npos ? "#! " : "#? ";
        const std::size_t at = line.find(mark);
        if (at == std::string::npos) continue;
        planted.push_back({is_json ? std::stoi(line) : number, line.substr(at + mark.size())});
    }
    return planted;
}

std::vector<Problem> problems_of(const std::filesystem::path& file) {
    Draft draft = read_draft(content_of(file));
    std::vector<Problem> problems = check_survey(draft);
    std::ranges::move(draft.problems, std::back_inserter(problems));
    return problems;
}

std::vector<std::filesystem::path> broken_files() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{MILEPOST_BROKEN}) {
        const auto extension = entry.path().extension();
        if (extension == ".toml" || extension == ".json") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

}  // namespace

TEST_CASE("broken surveys: every planted fault is found at its line and no other line is accused", "[surveys]") {
    const auto files = broken_files();
    REQUIRE(files.size() >= 50);
    for (const auto& file : files) {
        const std::vector<Planted> planted = planted_in(file);
        const std::vector<Problem> problems = problems_of(file);
        INFO(describe(file.filename().string(), problems));
        CHECK_FALSE(planted.empty());
        for (const Planted& fault : planted) {
            CAPTURE(file.filename(), fault.line, fault.words);
            CHECK(std::ranges::any_of(problems, [&](const Problem& problem) {
                return problem.line == fault.line && problem.message.find(fault.words) != std::string::npos;
            }));
        }
        for (const Problem& problem : problems) {
            if (problem.severity == Severity::Warning) continue;
            CAPTURE(file.filename(), problem.line, problem.message);
            CHECK(std::ranges::find(planted, problem.line, &Planted::line) != planted.end());
        }
    }
}
