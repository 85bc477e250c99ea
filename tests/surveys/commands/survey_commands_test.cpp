#include "surveys/reading/survey_reader.h"
#include "tests/surveys/commands/front.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

using namespace milepost::surveys;
using Catch::Matchers::Contains;

namespace {

constexpr std::string_view kGood = R"(id = "x"
title = "X"
languages = ["en"]
[[question]]
id = "q"
kind = "nps"
text.en = "How likely are you to come again?"
)";

std::string content_of(const fs::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

/// `milepost survey …`.
Ran survey(const std::string& arguments) {
    return run(fmt::format("{} survey {}", MILEPOST_FRONT, arguments));
}

/// Lines of a TOML file that have a mark, and the words behind it.
std::map<int, std::string> marked(const fs::path& file, std::string_view mark) {
    std::map<int, std::string> planted;
    std::ifstream lines{file};
    int number = 1;
    for (std::string line; std::getline(lines, line); ++number) {
        if (const auto at = line.find(mark); at != std::string::npos) planted[number] = line.substr(at + mark.size());
    }
    return planted;
}

/// Every fault planted in a file with this mark is among its problems (what is planted as a warning is one), and
/// no error stands on another line.
void check_file(const nlohmann::json& checked, const char* severity, std::string_view mark) {
    const std::string file = checked["file"];
    const auto planted = marked(file, mark);
    for (const auto& problem : checked["problems"]) {
        if (problem["severity"] != severity) continue;
        const int line = problem["line"];
        CAPTURE(file, line, problem["message"].get<std::string>());
        if (severity == std::string_view{"error"}) CHECK(planted.contains(line));
    }
    for (const auto& [line, words] : planted) {
        CAPTURE(file, line, words);
        CHECK(std::ranges::any_of(checked["problems"], [&](const auto& problem) {
            return problem["line"] == line &&
                   (severity == std::string_view{"error"} || problem["severity"] == severity) &&
                   problem["message"].template get<std::string>().find(words) != std::string::npos;
        }));
    }
}

/// In TOML files; those of the JSON form have their expectations beside them (reading/broken_test.cpp).
void check_folder(const std::string& output) {
    for (const auto& checked : nlohmann::json::parse(output)) {
        if (!checked["file"].get<std::string>().ends_with(".toml")) continue;
        check_file(checked, "error", "#! ");
        check_file(checked, "warning", "#? ");
    }
}

}  // namespace

TEST_CASE("milepost: survey check finds every planted fault at its line", "[surveys]") {
    const Ran ran = survey(fmt::format("check --no-measure --json {}", MILEPOST_BROKEN));
    CHECK(ran.code == 1);
    check_folder(ran.output);
}

TEST_CASE("milepost: survey check asks the kiosk for sizes and glyphs", "[surveys]") {
    const Ran ran = survey(fmt::format("check --json {}/screen", MILEPOST_BROKEN));
    CHECK(ran.code == 1);
    check_folder(ran.output);
}

TEST_CASE("milepost: survey check of a good and a bad file", "[surveys]") {
    const Folder folder;
    const fs::path good = folder.write("good.toml", kGood);
    const fs::path bad = folder.write("bad.toml", "id = \"X\"\ntitle = 5\nlanguages = [\"en\"]\n");
    const Ran fine = survey("check --no-measure " + good.string());
    CHECK(fine.code == 0);
    CHECK(fine.output == fmt::format("{}: good: x revision 1, 1 question in English\n0 errors, 0 warnings in 1 file\n",
                                     good.string()));

    const Ran both = survey("check --no-measure " + folder.path().string());
    CHECK(both.code == 1);
    CHECK_THAT(both.output, Contains(bad.string() + ":1:6: error: "));
    CHECK_THAT(both.output, Contains(bad.string() + ":2:9: error: "));
    CHECK_THAT(both.output, Contains(good.string() + ": good"));
    CHECK_THAT(both.output, Contains("0 warnings in 2 files\n"));
    CHECK_THAT(both.output, !Contains("\033"));
}

TEST_CASE("milepost: survey check passes a file with warnings", "[surveys]") {
    const Folder folder;
    const Ran ran = survey("check --no-measure --json " +
                           folder
                               .write("w.toml", std::string{kGood} + "[[question]]\nid = \"r\"\nkind = \"csat\"\n"
                                                                     "text.en = \"How great was it?\"\n")
                               .string());
    const auto json = nlohmann::json::parse(ran.output);
    CHECK(ran.code == 0);
    CHECK(json[0]["ok"] == true);
    REQUIRE(json[0]["problems"].size() == 1);
    CHECK(json[0]["problems"][0]["severity"] == "warning");
    CHECK(json[0]["problems"][0]["line"] == 11);
}

TEST_CASE("milepost: survey check says where there is no kiosk to measure", "[surveys]") {
    const Folder folder;
    fs::create_directories(folder.path() / "bin");
    fs::copy_file(MILEPOST_FRONT, folder.path() / "bin" / "milepost");
    const std::string line = fmt::format("{}/bin/milepost survey check {}", folder.path().string(),
                                         folder.write("good.toml", kGood).string());
    const Ran alone = run(line);
    CHECK(alone.code == 0);
    CHECK_THAT(alone.output, Contains("not checked: milepost-kiosk is not installed beside this program"));

    const fs::path broken = folder.write("bin/milepost-kiosk", "#!/bin/sh\nexit 3\n");
    fs::permissions(broken, fs::perms::owner_all);
    CHECK_THAT(run(line).output, Contains("'milepost-kiosk measure' failed (exit code 3"));
}

TEST_CASE("milepost: survey diff refuses a break under the same id", "[surveys]") {
    const Folder folder;
    const auto before = folder.write("a.toml", kGood).string();
    std::string text{kGood};
    text.replace(text.find("come again"), 10, "return");
    const auto after = folder.write("b.toml", text).string();

    CHECK(survey(fmt::format("diff {} {}", before, before)).code == 0);
    const Ran ran = survey(fmt::format("diff {} {}", before, after));
    CHECK(ran.code == 1);
    CHECK_THAT(ran.output, Contains("breaks     q\n") && Contains("give the question a new id"));
    CHECK(survey(fmt::format("diff {} {} --same-meaning q", before, after)).code == 0);
    CHECK(survey(fmt::format("diff {} {} --same-meaning w", before, after)).code == 2);
    const auto json = nlohmann::json::parse(survey(fmt::format("diff --json {} {}", before, after)).output);
    CHECK(json["breaks"] == 1);
    CHECK(json["series"][0]["what"] == "breaks");
}

TEST_CASE("milepost: survey export goes to JSON and back with the same hash", "[surveys]") {
    const Folder folder;
    const auto toml = folder.write("a.toml", kGood).string();
    const auto json = (folder.path() / "a.json").string();
    const auto back = (folder.path() / "back.toml").string();
    CHECK(survey(fmt::format("export {} --out {}", toml, json)).code == 0);
    CHECK(survey(fmt::format("export {} --out {}", json, back)).code == 0);
    const Ran hash = survey("export --hash " + toml);
    CHECK(hash.output.size() == 65);
    CHECK(survey("export --hash " + json).output == hash.output);
    CHECK(survey("export --hash " + back).output == hash.output);
    CHECK(nlohmann::json::parse(survey("export --to canonical " + toml).output)["id"] == "x");
    CHECK(survey("export " + (folder.path() / "no.toml").string()).code == 1);
    CHECK(nlohmann::json::parse(survey("schema").output)["$schema"] == "https://json-schema.org/draft/2020-12/schema");
}

TEST_CASE("milepost: survey samples are listed and printed and written", "[surveys]") {
    const Folder folder;
    CHECK_THAT(survey("samples").output, Contains("store-exit") && Contains("hotel-checkout"));
    CHECK(read_draft(survey("samples clinic-visit").output).can_be_asked());
    CHECK(survey("samples nothing-like-it").code == 2);
    const std::string out = (folder.path() / "new").string();
    CHECK(survey("samples --out " + out).code == 0);
    CHECK(read_draft(content_of(fs::path{out} / "bank-branch.toml")).can_be_asked());
    CHECK(survey("samples --out " + out).code == 1);  // never over what is there
}

TEST_CASE("milepost-kiosk: measure refuses what it does not understand", "[surveys]") {
    const std::string kiosk = (fs::path{MILEPOST_FRONT}.parent_path() / "milepost-kiosk").string();
    const auto measure = [&](const std::string& line, const std::string& options = "") {
        return run(fmt::format("echo '{}' | {} measure {}", line, kiosk, options));
    };
    const Ran bad = measure("{]");
    CHECK(bad.code == 1);
    CHECK_THAT(bad.output, Contains("line 1: expected {"));
    CHECK_THAT(measure(R"({"language":"en","text":"x","role":"title"})").output, Contains("no role 'title'"));
    CHECK(measure("", "--size huge").code == 2);

    const std::string word = R"({"language":"de","text":"Außerordentlich unzufrieden","role":"answer","beside":5})";
    CHECK(nlohmann::json::parse(measure(word).output)["fits"] == true);
    CHECK(nlohmann::json::parse(measure(word, "--size 480x320 --diagonal-mm 90").output)["fits"] == false);
}
