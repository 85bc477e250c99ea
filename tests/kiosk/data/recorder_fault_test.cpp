#include "kiosk/data/keeper.h"
#include "kiosk/data/log_verifier.h"
#include "tests/kiosk/data/device_fixture.h"
#include "tests/kiosk/data/mounts.h"
#include "tests/kiosk/data/small_disk.h"
#include "tests/rights.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

const platform::UtcTime kNoon = utc("2026-11-21T12:00:00.000Z");

std::vector<std::string> ids(const DataDirectory& data) {
    std::vector<std::string> all;
    for (const auto& record : responses(data)) all.push_back(record.response.id);
    return all;
}

}  // namespace

TEST_CASE("recorder: on a failing disk nobody is told yes, and it goes on by itself when the disk does") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto first = rated(5);
    const auto failed = rated(4);
    const auto thanked = rated(3);
    {
        const auto recorder = open_recorder(data, clock);
        REQUIRE(append(*recorder, first));
        {
            const SmallDisk disk{64};
            CHECK(append(*recorder, failed).error().fault == Fault::Io);
            CHECK_FALSE(append(*recorder, failed));
            CHECK_FALSE(keep_open(*recorder, rated(1), true));
        }
        REQUIRE(append(*recorder, failed));
        REQUIRE(append(*recorder, failed));
        REQUIRE(keep_open(*recorder, thanked, true));
        REQUIRE(append(*recorder, thanked));
    }

    const auto report = verify_log(data.path()).value();
    INFO(to_text(report));
    CHECK(report.ok());
    CHECK(ids(data) == std::vector{first.id, failed.id, thanked.id});
    const auto all = kinds(data);
    CHECK(std::ranges::count(all, "epoch") == 2);  // the file was opened for writing twice
}

TEST_CASE("recorder: a reader that hangs keeps nobody's answer out, and after a restart only until it is ended") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto first = rated(5);
    const auto beside = rated(4);
    const auto after = rated(3);
    auto recorder = open_recorder(data, clock);
    REQUIRE(append(*recorder, first));
    auto reader = open_device_db(data.path());
    REQUIRE(reader);
    REQUIRE((*reader)->run_script("BEGIN; SELECT COUNT(*) FROM log"));
    REQUIRE(append(*recorder, beside));
    recorder = nullptr;

    recorder = open_recorder(data, clock);
    CHECK(append(*recorder, after).error().fault == Fault::Unavailable);
    REQUIRE((*reader)->run_script("COMMIT"));
    REQUIRE(append(*recorder, after));

    CHECK(ids(data) == std::vector{first.id, beside.id, after.id});
    CHECK(verify_log(data.path()).value().ok());
}

TEST_CASE("recorder: a visit that was kept before the disk failed is still the open one afterwards") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto visit = rated(5);
    {
        const auto recorder = open_recorder(data, clock);
        REQUIRE(keep_open(*recorder, visit, true));
        clock.advance(5min);
        {
            const SmallDisk disk{64};
            CHECK_FALSE(append(*recorder, visit));
        }
        REQUIRE(append(*recorder, visit));
    }

    CHECK(ids(data) == std::vector{visit.id});
    CHECK(responses(data)[0].at.utc == kNoon);  // when it began, not when it could be written
}

TEST_CASE("recorder: asked again after a restart it knows what it logged last") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto visit = rated(5);
    REQUIRE(append(*open_recorder(data, clock), visit));
    REQUIRE(append(*open_recorder(data, clock), visit));

    CHECK(ids(data) == std::vector{visit.id});
}

TEST_CASE("recorder: a disk that is read-only at the start is the disk's fault, and another user's is not") {
    ONLY_ROOT("mounts");
    const bool is_new = GENERATE(true, false);
    const DataDirectory data;
    platform::SystemClock clock;
    if (!is_new) REQUIRE(append(*open_recorder(data, clock), rated(5)));
    CHECK(where_read_only(data.path(), [&] {
        const auto keeper = Keeper::open(recorder_options(data), clock.now());
        return !keeper && keeper.error().fault == Fault::Io;
    }));
    REQUIRE(Keeper::open(recorder_options(data), clock.now()));

    REQUIRE(::chmod(data.path().c_str(), 0755) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        constexpr uid_t kNobody = 65'534;
        const bool changed = ::setresuid(kNobody, kNobody, kNobody) == 0;
        const auto keeper = Keeper::open(recorder_options(data), clock.now());
        ::_exit(changed && !keeper && keeper.error().fault == Fault::Refused ? 0 : 1);
    }
    int status = -1;
    CHECK((::waitpid(child, &status, 0) == child && status == 0));
}
