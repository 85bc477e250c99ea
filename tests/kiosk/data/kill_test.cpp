#include "kiosk/data/log_verifier.h"
#include "tests/kiosk/data/device_fixture.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

/// Runs the loop until it has printed `lines` ids, kills it wherever it is then, and returns all that it printed.
std::vector<std::string> run_and_kill(const DataDirectory& data, int lines) {
    std::array<int, 2> out{};
    REQUIRE(::pipe(out.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(out[1], STDOUT_FILENO);
        ::execl(RECORD_LOOP, RECORD_LOOP, data.path().c_str(), nullptr);
        ::_exit(127);
    }
    ::close(out[1]);
    std::string text;
    std::array<char, 37> piece{};  // an id and its newline
    bool killed = false;
    for (ssize_t got = 0; (got = ::read(out[0], piece.data(), piece.size())) > 0;) {
        text.append(piece.data(), static_cast<std::size_t>(got));
        if (!killed && std::ranges::count(text, '\n') >= lines) killed = ::kill(child, SIGKILL) == 0;
    }
    ::close(out[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
    std::vector<std::string> ids;
    for (std::size_t at = 0; at + 37 <= text.size(); at += 37) ids.push_back(text.substr(at, 36));
    return ids;
}

}  // namespace

TEST_CASE("recorder: killed thirty times it has every thanked visit once and a whole chain") {
    const DataDirectory data;
    std::mt19937 random{7};
    std::uniform_int_distribution lines{0, 25};
    std::vector<std::string> thanked;
    for (int round = 0; round < 30; ++round) {
        const auto ids = run_and_kill(data, std::max(1, lines(random)));
        thanked.insert(thanked.end(), ids.begin(), ids.end());
    }
    platform::SystemClock clock;
    {
        const auto recorder = open_recorder(data, clock);
    }

    const LogReport report = verify_log(data.path()).value();
    INFO(to_text(report));
    CHECK(report.ok());
    std::map<std::string, int> found;
    for (const auto& record : responses(data)) ++found[record.response.id];
    CHECK(thanked.size() >= 30);
    for (const std::string& id : thanked) CHECK(found[id] == 1);
    CHECK(std::ranges::all_of(found, [](const auto& entry) { return entry.second <= 1; }));
}
