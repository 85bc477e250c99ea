#include "surveys/commands/sibling.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using namespace milepost;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "milepost-front-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] fs::path write(const fs::path& name, std::string_view text) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream{path_ / name} << text;
        return path_ / name;
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

struct Ran {
    int code = -1;
    std::string output;  ///< both streams
};

/// Runs a command line of the shell.
Ran run(const std::string& line) {
    Ran ran;
    FILE* pipe = ::popen((line + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> buffer{};
    while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        ran.output.append(buffer.data(), size);
    }
    const int status = ::pclose(pipe);
    if (WIFEXITED(status)) ran.code = WEXITSTATUS(status);
    return ran;
}

/// The front alone in a folder, with scripts for siblings that say how they were called.
std::string front_with_siblings(const Folder& folder) {
    const fs::path front = folder.path() / "bin" / "milepost";
    for (const char* name : {"milepost-kiosk", "milepost-store"}) {
        const fs::path script =
            folder.write(fs::path{"bin"} / name, fmt::format("#!/bin/sh\necho \"{} $#: $*\"\nexit 7\n", name));
        fs::permissions(script, fs::perms::owner_all);
    }
    fs::copy_file(MILEPOST_FRONT, front);
    return front.string();
}

constexpr std::string_view kGood = R"(id = "x"
title = "X"
languages = ["en"]
[[question]]
id = "q"
kind = "nps"
text.en = "?"
labels = [{ en = "No" }, { en = "Yes" }]
)";

}  // namespace

TEST_CASE("milepost: survey check of a good and a bad file", "[surveys]") {
    const Folder folder;
    const fs::path good = folder.write("good.toml", kGood);
    const fs::path bad = folder.write("bad.toml", "id = \"X\"\ntitle = 5\nlanguages = [\"en\"]\n");
    const Ran fine = run(fmt::format("{} survey check {}", MILEPOST_FRONT, good.string()));
    CHECK(fine.code == 0);
    CHECK(fine.output == fmt::format("{}: good: x revision 1, 1 question in English\n", good.string()));

    const Ran both = run(fmt::format("{} survey check {}", MILEPOST_FRONT, folder.path().string()));
    CHECK(both.code == 1);
    CHECK_THAT(both.output, Contains(bad.string() + ":1:6: 'X' cannot be the id"));
    CHECK_THAT(both.output, Contains(bad.string() + ":2:9: "));
    CHECK_THAT(both.output, Contains(good.string() + ": good"));
}

TEST_CASE("milepost: survey check prints JSON", "[surveys]") {
    const Folder folder;
    const fs::path bad = folder.write("bad.toml", "title = 5\n" + std::string{kGood.substr(0, 9)});
    const Ran ran = run(fmt::format("{} survey check --json {} {}", MILEPOST_FRONT, bad.string(),
                                    folder.write("good.toml", kGood).string()));
    const auto json = nlohmann::json::parse(ran.output);

    CHECK(ran.code == 1);
    REQUIRE(json.size() == 2);
    CHECK(json[0]["file"] == bad.string());
    CHECK(json[0]["ok"] == false);
    CHECK(json[0]["problems"][0]["line"] == 1);
    CHECK(json[0]["problems"][0]["column"].is_number());
    CHECK(json[1]["ok"] == true);
    CHECK(json[1]["problems"].empty());
}

TEST_CASE("milepost: survey check of what is not there", "[surveys]") {
    const Folder folder;
    const Ran missing = run(fmt::format("{} survey check {}/no.toml", MILEPOST_FRONT, folder.path().string()));
    CHECK(missing.code == 1);
    CHECK_THAT(missing.output, Contains("no.toml"));
    const Ran empty = run(fmt::format("{} survey check {}", MILEPOST_FRONT, folder.path().string()));
    CHECK(empty.code == 1);
    CHECK_THAT(empty.output, Contains("no *.toml file in"));

    CHECK(run(fmt::format("{} survey check", MILEPOST_FRONT)).code == 2);
    CHECK(run(fmt::format("{} survey check --jsno x", MILEPOST_FRONT)).code == 2);
    CHECK(run(fmt::format("{} surveys", MILEPOST_FRONT)).code == 2);
    CHECK(run(MILEPOST_FRONT).code == 2);
}

TEST_CASE("milepost: help and version", "[surveys]") {
    const Ran help = run(fmt::format("{} --help", MILEPOST_FRONT));
    CHECK(help.code == 0);
    for (const char* command : {"survey", "summary", "log", "demo", "Examples:"}) {
        CHECK_THAT(help.output, Contains(command));
    }
    const Ran version = run(fmt::format("{} --version", MILEPOST_FRONT));
    CHECK(version.code == 0);
    CHECK_THAT(version.output, Contains(MILEPOST_VERSION));
}

TEST_CASE("milepost: the program whose data it is tells the summary", "[surveys]") {
    const Folder folder;
    const auto kiosk = folder.write("a/kiosk/device.db", "").parent_path().parent_path().string();
    const auto device = folder.write("b/device.db", "").parent_path().string();
    const auto store = folder.write("c/store.db", "").parent_path().string();
    CHECK(surveys::sibling_for("summary", {"--data", kiosk}).value() == "milepost-kiosk");
    CHECK(surveys::sibling_for("summary", {"--day", "today", "--data=" + device}).value() == "milepost-kiosk");
    CHECK(surveys::sibling_for("summary", {"--data", store, "--format", "json"}).value() == "milepost-store");
    CHECK(surveys::sibling_for("summary", {"--help"}).value() == "milepost-kiosk");
    CHECK(surveys::sibling_for("summary", {"--data"}).value() == "milepost-kiosk");
    CHECK(surveys::sibling_for("log", {"verify", "--data", store}).value() == "milepost-kiosk");
    CHECK(surveys::sibling_for("demo", {"visits"}).value() == "milepost-kiosk");

    const auto neither = surveys::sibling_for("summary", {"--data", folder.path().string()});
    REQUIRE_FALSE(neither);
    CHECK(neither.error().fault == Fault::NotFound);
    CHECK_THAT(neither.error().message, Contains("holds neither"));
}

TEST_CASE("milepost: arguments pass through unchanged and the exit code comes back", "[surveys]") {
    const Folder folder;
    const std::string front = front_with_siblings(folder);
    const auto store = folder.write("c/store.db", "").parent_path().string();
    const Ran log = run(fmt::format("{} log verify --data 'a b' --json", front));
    CHECK(log.output == "milepost-kiosk 5: log verify --data a b --json\n");
    CHECK(log.code == 7);

    CHECK(run(fmt::format("{} summary --data {}", front, store)).output ==
          fmt::format("milepost-store 3: summary --data {}\n", store));
    CHECK(run(fmt::format("{} summary --help", front)).output == "milepost-kiosk 2: summary --help\n");
    CHECK(run(fmt::format("{} summary --data {}", front, folder.path().string())).code == 1);
}

TEST_CASE("milepost: a sibling that is not installed is named", "[surveys]") {
    const Folder folder;
    const std::string front = front_with_siblings(folder);
    fs::remove(folder.path() / "bin" / "milepost-kiosk");
    const Ran ran = run(fmt::format("{} demo visits", front));

    CHECK(ran.code == 1);
    CHECK_THAT(ran.output, Contains("milepost-kiosk"));
}
