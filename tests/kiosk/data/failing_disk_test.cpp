#include "kiosk/data/log_verifier.h"
#include "platform/files.h"
#include "tests/kiosk/data/device_fixture.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
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

/// record_some on a disk that fails as `plan` says; "": it only counts, into DIR/counts.
Run record_on(const DataDirectory& data, const std::string& plan) {
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

}  // namespace

TEST_CASE("recorder: whichever call of the disk fails nobody thanked is lost and nobody is doubled") {
    const std::string how = GENERATE("once", "ever");
    const std::string kind = GENERATE("write", "fsync", "open", "rename", "truncate");
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
