#include "kiosk/data/keeper.h"
#include "kiosk/data/log_verifier.h"
#include "tests/kiosk/data/device_fixture.h"
#include "tests/rights.h"

#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <functional>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

constexpr uid_t kKiosk = 60'001;
constexpr uid_t kAgent = 60'002;
constexpr gid_t kGroup = 60'000;

/// In a process of that user, whose exit code says whether `work` was content.
bool as_user(uid_t user, const std::function<bool()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::umask(027);
        const bool changed = ::setgroups(0, nullptr) == 0 && ::setresgid(kGroup, kGroup, kGroup) == 0 &&
                             ::setresuid(user, user, user) == 0;
        ::_exit(changed && work() ? 0 : 1);
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// As the image makes it: each program's folder is its user's, and the group may look in.
void make_folders(const DataDirectory& data) {
    REQUIRE(::chmod(data.path().c_str(), 0755) == 0);
    for (const auto& [name, user] : {std::pair{"kiosk", kKiosk}, std::pair{"sync", kAgent}}) {
        const auto folder = data.path() / name;
        std::filesystem::create_directory(folder);
        REQUIRE(::chown(folder.c_str(), user, kGroup) == 0);
        REQUIRE(::chmod(folder.c_str(), 02750) == 0);
    }
}

bool record_one(const DataDirectory& data) {
    platform::SystemClock clock;
    auto keeper = Keeper::open(recorder_options(data), clock.now());
    return keeper && (*keeper)->append(rated(5), clock.now()) && (*keeper)->shut_down(clock.now());
}

bool reads(const DataDirectory& data, std::int64_t responses) {
    const auto report = verify_log(data.path());
    return report && report->ok() && report->responses == responses;
}

}  // namespace

TEST_CASE("two users: the agent reads the kiosk's closed log without locking the kiosk out of it") {
    ONLY_ROOT("can be two others");
    const DataDirectory data;
    make_folders(data);
    for (std::int64_t time = 1; time <= 3; ++time) {
        CHECK(as_user(kKiosk, [&] { return record_one(data); }));
        CHECK(as_user(kAgent, [&] { return reads(data, time); }));
    }
}

TEST_CASE("two users: the agent reads while the kiosk writes and can change nothing") {
    ONLY_ROOT("can be two others");
    const DataDirectory data;
    make_folders(data);
    std::array<int, 2> written{};
    std::array<int, 2> looked{};
    REQUIRE((::pipe(written.data()) == 0 && ::pipe(looked.data()) == 0));
    const pid_t agent = ::fork();
    if (agent == 0) {
        char sign = 0;
        const bool fine = ::read(written[0], &sign, 1) == 1 && as_user(kAgent, [&] { return reads(data, 1); });
        ::_exit(::write(looked[1], &sign, 1) == 1 && fine ? 0 : 1);
    }
    CHECK(as_user(kKiosk, [&] {
        platform::SystemClock clock;
        auto keeper = Keeper::open(recorder_options(data), clock.now());
        char sign = 1;
        return keeper && (*keeper)->append(rated(5), clock.now()) && ::write(written[1], &sign, 1) == 1 &&
               ::read(looked[0], &sign, 1) == 1 && (*keeper)->append(rated(4), clock.now());
    }));
    int status = -1;
    CHECK((::waitpid(agent, &status, 0) == agent && status == 0));
    for (const int end : {written[0], written[1], looked[0], looked[1]}) ::close(end);

    CHECK(as_user(kAgent, [&] { return reads(data, 2); }));
    CHECK(as_user(kAgent, [&] {
        const auto path = device_db_path(data.path());
        return ::access(path.c_str(), W_OK) != 0 && ::access(path.parent_path().c_str(), W_OK) != 0;
    }));
}
