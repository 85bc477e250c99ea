#include "kiosk/preview/album.h"
#include "kiosk/preview/guest.h"
#include "kiosk/preview/scenes.h"
#include "kiosk/preview/studio.h"
#include "kiosk/screens/views.h"
#include "platform/files.h"
#include "platform/process.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"
#include "tests/kiosk/every_kind_everywhere.h"
#include "tests/platform/temporary_directory.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace milepost;
using namespace milepost::kiosk;

namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_of(const std::vector<Scene>& scenes) {
    std::vector<std::string> names;
    for (const Scene& scene : scenes) names.push_back(scene.name);
    return names;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

surveys::Survey survey_of(const std::string& toml) {
    const auto read = surveys::read_survey(toml);
    if (!read) FAIL(surveys::describe("survey", read.error()));
    return asked_of_all(*read);
}

constexpr const char* kBranches = R"toml(
id = "branches"
title = "Branches"
languages = ["en"]
thanks = { en = "Thanks" }

[[outcome]]
when = "satisfaction <= 2"
thanks = { en = "We are sorry" }

[[outcome]]
when = "touchpoint == bar"
thanks = { en = "Cheers" }

[[question]]
id = "satisfaction"
kind = "csat"
text = { en = "How was it?" }

[[question]]
id = "why"
kind = "multi"
ask_if = "satisfaction <= 3"
text = { en = "Why only {satisfaction.label}?" }
options = [ { id = "queue", text = { en = "Queue" } }, { id = "staff", text = { en = "Staff" } } ]

[[question]]
id = "long"
kind = "number"
ask_if = "why has staff"
min = 0
max = 90
text = { en = "For how many minutes?" }

[[question]]
id = "night"
kind = "info"
ask_if = "time >= 23:00"
text = { en = "Good night" }

[[question]]
id = "comment"
kind = "text"
random_share = 0.01
optional = true
text = { en = "Anything else?" }
)toml";

struct Ran {
    int exit_code;
    std::string output;
};
/// The real program, its errors in its output.
Ran preview(const std::string& arguments) {
    const auto ran = platform::run_with_input(
        "/bin/sh", {"-c", MILEPOST_FRONT " survey preview " + arguments + " 2>&1"}, "", std::chrono::minutes{2});
    REQUIRE(ran);
    return {ran->exit_code, ran->output};
}

void write_file(const fs::path& path, const std::string& text) {
    std::ofstream{path} << text;
}

}  // namespace

TEST_CASE("preview: a guest finds the way to every question and thank-you") {
    const surveys::Survey survey = survey_of(kBranches);
    const Roads roads = roads_through(survey, "en");
    for (const surveys::Question& question : survey.questions) {
        INFO(question.id);
        REQUIRE(roads.questions.contains(question.id));
        CHECK(roads.questions.at(question.id).question().id == question.id);
    }
    std::vector<std::string> thanks;
    for (const Guest& guest : roads.thanks) thanks.push_back(view_thanks(guest.state()).text);
    CHECK(thanks.size() == 3);
    CHECK(has(thanks, "We are sorry"));
    CHECK(has(thanks, "Cheers"));
    CHECK(has(thanks, "Thanks"));
}

TEST_CASE("preview: a quoted answer stands in the question") {
    const surveys::Survey survey = survey_of(kBranches);
    const Roads roads = roads_through(survey, "en");
    const std::string text = view_question(roads.questions.at("why").state()).text;
    CHECK(text.find('{') == std::string::npos);
    CHECK(text.starts_with("Why only "));
    CHECK(text.size() > std::string{"Why only ?"}.size());
}

TEST_CASE("preview: every question of every sample is shown in every language") {
    for (const surveys::Sample& sample : surveys::samples()) {
        const surveys::Survey survey = survey_of(std::string{sample.toml});
        for (const std::string& language : survey.languages) {
            const auto names = names_of(scenes_of(survey, language));
            for (const surveys::Question& question : survey.questions) {
                INFO(sample.id << " " << language << " " << question.id);
                CHECK(std::ranges::any_of(
                    names, [&](const std::string& name) { return name.size() > 3 && name.substr(3) == question.id; }));
            }
            CHECK(std::ranges::any_of(names, [](const std::string& n) { return n.find("thanks") != n.npos; }));
        }
    }
}

TEST_CASE("preview: every kind is shown before and after an answer and with its keyboards") {
    static const surveys::Survey survey = asked_of_all(test::every_kind_everywhere());
    const std::vector<Scene> scenes = scenes_of(survey, "de");
    const auto names = names_of(scenes);
    for (const char* name : {"01-satisfied",
                             "01-satisfied-pressed",
                             "01-satisfied-answered",
                             "08-room-answered",
                             "09-why-answered",
                             "10-used-answered",
                             "11-nights-answered",
                             "12-comment",
                             "12-comment-written",
                             "12-comment-symbols",
                             "12-comment-capitals",
                             "12-comment-held-de",
                             "12-comment-keys-ar",
                             "13-reply",
                             "13-reply-email",
                             "13-reply-email-fault",
                             "13-reply-email-written",
                             "13-reply-phone-fault",
                             "13-reply-consent",
                             "14-goodbye",
                             "15-thanks",
                             "16-still-there",
                             "16-language",
                             "16-accessibility",
                             "16-privacy",
                             "16-closed",
                             "16-out-of-service",
                             "16-saving"}) {
        INFO(name);
        CHECK(has(names, name));
    }
    auto sorted = names;
    std::ranges::sort(sorted);
    CHECK(std::ranges::adjacent_find(sorted) == sorted.end());
    const auto fault = std::ranges::find(scenes, "13-reply-email-fault", &Scene::name);
    CHECK(view_question(fault->state).writing.note_is_fault);
    const auto thanks = std::ranges::find(scenes, "15-thanks", &Scene::name);
    CHECK(screen_of(thanks->state) == Screen::Thanks);
}

TEST_CASE("preview: a page shows whatever a survey says as text") {
    const std::string evil = "</script><img src=x onerror=alert(1)>&\u2028";
    const std::string page = album_page({.title = evil, .about = evil, .problems = {evil}}, {{.file = "a.png",
                                                                                              .scene = evil,
                                                                                              .title = evil,
                                                                                              .language = "en",
                                                                                              .theme = "light",
                                                                                              .size = "1x1",
                                                                                              .flaws = {evil}}});
    CHECK(page.find("onerror=alert(1)>") == std::string::npos);
    CHECK(page.find("\\u003cimg src=x onerror=alert(1)\\u003e\\u0026\\u2028") != std::string::npos);
    CHECK(page.find("innerHTML") == std::string::npos);
}

TEST_CASE("preview: a directory with files of others is left alone and an earlier preview replaced") {
    const platform::TemporaryDirectory directory;
    const fs::path out = directory.path() / "out";
    fs::create_directories(out);
    write_file(out / "precious.txt", "precious");
    const auto refused = Album::open(out);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fault == Fault::Refused);
    CHECK(platform::read_file(out / "precious.txt").value() == "precious");

    const fs::path fresh = directory.path() / "fresh";
    auto album = Album::open(fresh);
    REQUIRE(album);
    CHECK(fs::exists(fresh / "UNFINISHED"));
    platform::Picture picture{4, 4};
    REQUIRE(album->add("screens/old/1.png", picture));
    REQUIRE(album->finish({.title = "t"}, {}));
    CHECK(fs::exists(fresh / "index.html"));
    CHECK_FALSE(fs::exists(fresh / "UNFINISHED"));

    REQUIRE(Album::open(fresh));
    CHECK_FALSE(fs::exists(fresh / "index.html"));
    CHECK_FALSE(fs::exists(fresh / "screens"));
    CHECK(fs::exists(fresh / "UNFINISHED"));
    CHECK(Album::open(fresh));  // one that broke off is replaced too
}

TEST_CASE("preview: the program draws every screen with a sheet and a page") {
    const platform::TemporaryDirectory directory;
    write_file(directory.path() / "survey.toml", kBranches);
    const std::string out = (directory.path() / "out").string();
    const Ran ran = preview((directory.path() / "survey.toml").string() + " --out " + out +
                            " --theme dark,large --size 800x480,1280x800");
    INFO(ran.output);
    CHECK(ran.exit_code == 0);
    for (const char* set : {"en-dark-800x480", "en-dark-1280x800", "en-large-800x480", "en-large-1280x800"}) {
        INFO(set);
        CHECK(fs::exists(fs::path{out} / "screens" / set / "01-satisfaction.png"));
        CHECK(fs::exists(fs::path{out} / "screens" / set / "02-why-answered.png"));
        CHECK(fs::exists(fs::path{out} / "screens" / (std::string{set} + ".png")));
    }
    CHECK_FALSE(fs::exists(fs::path{out} / "screens" / "en-light-1280x800"));
    CHECK(fs::exists(fs::path{out} / "index.html"));
    CHECK(ran.output.find("index.html") != std::string::npos);
}

TEST_CASE("preview: the program tells what is wrong with a survey at its place") {
    const platform::TemporaryDirectory directory;
    const fs::path file = directory.path() / "bad.toml";
    const std::string out = (directory.path() / "out").string();
    write_file(file,
               "id = \"bad\"\ntitle = \"Bad\"\nlanguages = [\"en\"]\n[[question]]\nid = \"q\"\nkind = \"csta\"\n");
    const Ran bad = preview(file.string() + " --out " + out);
    INFO(bad.output);
    CHECK(bad.exit_code == 1);
    CHECK(bad.output.find("bad.toml:6:8: error: ") != std::string::npos);
    CHECK_FALSE(fs::exists(out));

    std::string lacking = kBranches;
    lacking.replace(lacking.find("How was it?"), 11, "How was 𓀀?");
    write_file(file, lacking);
    const Ran signs = preview(file.string() + " --out " + out);
    INFO(signs.output);
    CHECK(signs.exit_code == 1);
    CHECK(signs.output.find("bad.toml:18:15: error: the kiosk's fonts have no sign for '𓀀' (U+13000)") !=
          std::string::npos);
    CHECK(fs::exists(fs::path{out} / "index.html"));
}

TEST_CASE("preview: wrong usage says what to do") {
    const platform::TemporaryDirectory directory;
    const fs::path file = directory.path() / "survey.toml";
    write_file(file, kBranches);
    const std::string begin = file.string() + " --out " + (directory.path() / "out").string();
    const auto check = [&](const std::string& arguments, const std::string& says) {
        const Ran ran = preview(arguments);
        INFO(ran.output);
        CHECK(ran.exit_code == 2);
        CHECK(ran.output.find(says) != std::string::npos);
    };
    check(begin + " --lang fr", "there is no \"fr\": known are all, en");
    check(begin + " --theme sepia", "known are all, light, dark, high-contrast, large");
    check(begin + " --size 12x9", "is no window size");
    check(file.string(), "--out");
    CHECK_FALSE(fs::exists(directory.path() / "out"));
    const Ran help = preview("--help");
    CHECK(help.exit_code == 0);
    CHECK(help.output.find("milepost survey preview my-survey.toml --out preview") != std::string::npos);
}

TEST_CASE("preview: a text that does not fit is a warning and with --strict a failure") {
    const platform::TemporaryDirectory directory;
    const fs::path file = directory.path() / "long.toml";
    std::string text = kBranches;
    text.replace(text.find("How was it?"), 11, std::string(120, 'W'));
    write_file(file, text);
    const std::string arguments = file.string() + " --out " + (directory.path() / "out").string();
    const Ran ran = preview(arguments);
    INFO(ran.output);
    CHECK(ran.exit_code == 0);
    CHECK(ran.output.find("warning: en 1280x800 01-satisfaction: 'WWW") != std::string::npos);
    CHECK(ran.output.find("broken within a word") != std::string::npos);
    CHECK(preview(arguments + " --strict").exit_code == 1);
}
