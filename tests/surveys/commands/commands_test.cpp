#include "surveys/commands/sibling.h"
#include "tests/surveys/commands/front.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <string>

using namespace milepost;
using namespace milepost::surveys;
using Catch::Matchers::Contains;

namespace {

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

}  // namespace

TEST_CASE("milepost: survey check of what is not there", "[surveys]") {
    const Folder folder;
    const Ran missing = run(fmt::format("{} survey check {}/no.toml", MILEPOST_FRONT, folder.path().string()));
    CHECK(missing.code == 1);
    CHECK_THAT(missing.output, Contains("no.toml"));
    const Ran empty = run(fmt::format("{} survey check {}", MILEPOST_FRONT, folder.path().string()));
    CHECK(empty.code == 1);
    CHECK_THAT(empty.output, Contains("no *.toml or *.json file in"));

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
    CHECK(surveys::sibling_for("device", {"status", "--data", kiosk}).value() == "milepost-sync");

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
