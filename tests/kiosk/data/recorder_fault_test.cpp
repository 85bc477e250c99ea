#include "kiosk/data/log_verifier.h"
#include "tests/kiosk/data/device_fixture.h"

#include <signal.h>
#include <sys/resource.h>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

const platform::UtcTime kNoon = utc("2026-11-21T12:00:00.000Z");

/// Files cannot grow beyond `bytes` while it lives: a write there fails with EFBIG, which SQLite takes for a
/// failing disk.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes) {
        former_handler_ = ::signal(SIGXFSZ, SIG_IGN);
        REQUIRE(::getrlimit(RLIMIT_FSIZE, &former_) == 0);
        const rlimit small{.rlim_cur = bytes, .rlim_max = former_.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        ::setrlimit(RLIMIT_FSIZE, &former_);
        ::signal(SIGXFSZ, former_handler_);
    }

private:
    rlimit former_{};
    void (*former_handler_)(int) = nullptr;
};

rlim_t wal_size(const DataDirectory& data) {
    return std::filesystem::file_size(device_db_path(data.path()).concat("-wal"));
}

}  // namespace

TEST_CASE("recorder: a failing disk gets a no and nothing more until it is opened again") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    {
        const auto recorder = open_recorder(data, clock);
        REQUIRE(append(*recorder, rated(5)));
        {
            const SmallDisk disk{wal_size(data)};
            CHECK(append(*recorder, rated(4)).error().fault == Fault::Io);
        }
        const auto refused = append(*recorder, rated(3));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().message.find("Nothing more is recorded") != std::string::npos);
        CHECK_FALSE(keep_open(*recorder, rated(3), true));
    }
    REQUIRE(append(*open_recorder(data, clock), rated(2)));

    CHECK(verify_log(data.path())->ok());
    CHECK(responses(data).front().response.answers == rated(5).answers);
    CHECK(responses(data).back().response.answers == rated(2).answers);
}
