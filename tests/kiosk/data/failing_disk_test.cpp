#include "kiosk/data/log_verifier.h"
#include "platform/files.h"
#include "tests/kiosk/data/device_fixture.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <sstream>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

struct Run {
    int code = -1;
    std::vector<std::string> thanked;
};

/// The sanitizer wants to be the first library; the disk has to be.
std::string sanitizer_options() {
    const char* given = std::getenv("ASAN_OPTIONS");
    return (given != nullptr ? given + std::string{":"} : "") + "verify_asan_link_order=0";
}

/// record_some on a disk that fails as `plan` says; "": it only counts, into DIR/counts. `bad`: failing_disk.c's
/// MILEPOST_BAD_SECTOR.
Run record_on(const DataDirectory& data, const std::string& plan, const std::string& bad = {}) {
    const std::string below = (data.path() / "kiosk").string();
    std::filesystem::create_directory(below);
    std::array<int, 2> out{};
    REQUIRE(::pipe(out.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(out[1], STDOUT_FILENO);
        ::setenv("LD_PRELOAD", FAILING_DISK, 1);
        ::setenv("MILEPOST_FAIL_BELOW", below.c_str(), 1);
        ::setenv("MILEPOST_FAIL_COUNTS", (data.path() / "counts").c_str(), 1);
        ::setenv("ASAN_OPTIONS", sanitizer_options().c_str(), 1);
        if (!bad.empty()) ::setenv("MILEPOST_BAD_SECTOR", bad.c_str(), 1);
        if (!plan.empty()) ::setenv("MILEPOST_FAIL", plan.c_str(), 1);
        ::execl(RECORD_SOME, RECORD_SOME, data.path().c_str(), nullptr);
        ::_exit(127);
    }
    ::close(out[1]);
    std::string text;
    std::array<char, 4096> piece{};
    for (ssize_t got = 0; (got = ::read(out[0], piece.data(), piece.size())) > 0;) {
        text.append(piece.data(), static_cast<std::size_t>(got));
    }
    ::close(out[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    Run run{.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1};
    std::istringstream lines{text};
    for (std::string id; std::getline(lines, id);) run.thanked.push_back(id);
    return run;
}

std::map<std::string, long> calls_of_a_good_run() {
    const DataDirectory data;
    const Run run = record_on(data, "");
    REQUIRE(run.code == 0);
    REQUIRE(run.thanked.size() == 12);
    std::istringstream counts{platform::read_file(data.path() / "counts").value()};
    std::map<std::string, long> calls;
    std::string kind;
    for (long count = 0; counts >> kind >> count;) calls[kind] = count;
    return calls;
}

/// How far it is from one call that fails to the next: MILEPOST_EVERY_CALL=1 fails each in turn.
long stride(long calls) {
    return std::getenv("MILEPOST_EVERY_CALL") != nullptr ? 1 : std::max(1L, calls / 30);
}

/// Nobody thanked is lost and nobody is doubled.
void check_each_failing(const std::string& kind, const std::string& how) {
    const long calls = calls_of_a_good_run()[kind];
    if (kind != "rename") REQUIRE(calls > 0);  // only a salvage renames
    std::size_t thanked = 0;
    for (long number = 1; number <= calls; number += stride(calls)) {
        const std::string plan = kind + ":" + std::to_string(number) + ":" + how;
        INFO(plan);
        const DataDirectory data;
        const Run run = record_on(data, plan);
        CHECK((run.code == 0 || run.code == 1));
        thanked += run.thanked.size();
        platform::SystemClock clock;
        {
            const auto recorder = open_recorder(data, clock);
        }
        std::map<std::string, int> found;
        if (std::filesystem::exists(device_db_path(data.path()))) {
            for (const auto& record : responses(data)) ++found[record.response.id];
        }
        for (const std::string& id : run.thanked) CHECK(found[id] == 1);
        CHECK(std::ranges::all_of(found, [](const auto& entry) { return entry.second <= 1; }));
        const auto report = verify_log(data.path()).value();
        INFO(to_text(report));
        CHECK(report.ok());
    }
    if (calls > 0 && how == "once") CHECK(thanked > 0);
}

void fill(const DataDirectory& data, int visits) {
    platform::SystemClock clock;
    const auto recorder = open_recorder(data, clock);
    for (int i = 0; i < visits; ++i) REQUIRE(append(*recorder, rated(1 + i % 5)));
}

std::size_t lost(const std::vector<LogRow>& before, const DataDirectory& data) {
    std::map<std::string, int> found;
    for (const LogRow& row : rows(data)) ++found[row.line];
    return static_cast<std::size_t>(
        std::ranges::count_if(before, [&](const LogRow& row) { return found[row.line] == 0; }));
}

}  // namespace

TEST_CASE("recorder: whichever write of the disk fails once nobody thanked is lost or doubled") {
    check_each_failing("write", "once");
}

TEST_CASE("recorder: whichever write of the disk fails for ever nobody thanked is lost or doubled") {
    check_each_failing("write", "ever");
}

TEST_CASE("recorder: whichever flush of the disk fails once nobody thanked is lost or doubled") {
    check_each_failing("fsync", "once");
}

TEST_CASE("recorder: whichever flush of the disk fails for ever nobody thanked is lost or doubled") {
    check_each_failing("fsync", "ever");
}

TEST_CASE("recorder: whichever opening of the disk fails once nobody thanked is lost or doubled") {
    check_each_failing("open", "once");
}

TEST_CASE("recorder: whichever opening of the disk fails for ever nobody thanked is lost or doubled") {
    check_each_failing("open", "ever");
}

TEST_CASE("recorder: whichever renaming of the disk fails once nobody thanked is lost or doubled") {
    check_each_failing("rename", "once");
}

TEST_CASE("recorder: whichever renaming of the disk fails for ever nobody thanked is lost or doubled") {
    check_each_failing("rename", "ever");
}

TEST_CASE("recorder: whichever truncation of the disk fails once nobody thanked is lost or doubled") {
    check_each_failing("truncate", "once");
}

TEST_CASE("recorder: whichever truncation of the disk fails for ever nobody thanked is lost or doubled") {
    check_each_failing("truncate", "ever");
}

TEST_CASE("recorder: whichever read of the disk fails once nobody thanked is lost or doubled") {
    check_each_failing("read", "once");
}

TEST_CASE("recorder: reads of the disk that fail for a while cost no record") {
    const DataDirectory whole;
    fill(whole, 40);
    const auto before = rows(whole);
    std::string bytes = platform::read_file(device_db_path(whole.path())).value();
    bytes.replace(0, 16, 16, 'x');  // so that a salvage reads all of it
    for (long first = 1; first <= 100; first += 9) {
        for (const long count : {6, 20, 300}) {
            const std::string plan = "read:" + std::to_string(first) + ":" + std::to_string(count);
            INFO(plan);
            const DataDirectory data;
            std::filesystem::create_directory(data.path() / "kiosk");
            REQUIRE(platform::write_file_atomically(device_db_path(data.path()), bytes));
            const Run run = record_on(data, plan);
            CHECK((run.code == 0 || run.code == 1));
            fill(data, 1);
            CHECK(lost(before, data) == 0);
            std::map<std::string, int> found;
            for (const auto& record : responses(data)) ++found[record.response.id];
            for (const std::string& id : run.thanked) CHECK(found[id] == 1);
        }
    }
}

TEST_CASE("recorder: whichever read of the disk fails for ever nobody thanked is lost or doubled") {
    check_each_failing("read", "ever");
}

TEST_CASE("recorder: a page that the disk does not give back costs its own records and no others") {
    const DataDirectory whole;
    fill(whole, 40);
    const auto before = rows(whole);
    const auto bytes = std::filesystem::file_size(device_db_path(whole.path()));
    int salvaged = 0;
    for (std::uintmax_t at = 0; at < bytes; at += at == 0 ? 512 : (bytes / 512 / 12 + 1) * 512) {
        const DataDirectory data;
        std::filesystem::create_directory(data.path() / "kiosk");
        std::filesystem::copy_file(device_db_path(whole.path()), device_db_path(data.path()));
        struct stat file{};
        REQUIRE(::stat(device_db_path(data.path()).c_str(), &file) == 0);
        const Run run = record_on(data, "", std::to_string(file.st_ino) + ":" + std::to_string(at));
        INFO("at byte " << at);
        CHECK(run.code == 0);
        CHECK(run.thanked.size() >= 11);  // one may be refused while the damage is found
        const bool aside = std::filesystem::exists(device_db_path(data.path()).concat(".damaged-1"));
        salvaged += aside ? 1 : 0;
        if (at == 0) CHECK(aside);
        CHECK(lost(before, data) <= 8);
        std::map<std::string, int> found;
        for (const auto& record : responses(data)) ++found[record.response.id];
        for (const std::string& id : run.thanked) CHECK(found[id] == 1);
    }
    CHECK(salvaged >= 3);
}

TEST_CASE("salvage: a disk that gives less than it was asked for is asked again") {
    const DataDirectory data;
    fill(data, 40);
    const auto before = rows(data);
    const auto path = device_db_path(data.path());
    std::string bytes = platform::read_file(path).value();
    bytes.replace(0, 16, 16, 'x');
    REQUIRE(platform::write_file_atomically(path, bytes));
    const Run run = record_on(data, "read:1:short");

    CHECK(run.code == 0);
    CHECK(run.thanked.size() == 12);
    CHECK(lost(before, data) == 0);
}
