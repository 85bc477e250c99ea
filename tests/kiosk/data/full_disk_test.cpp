/// The recorder on a file system that is really full. Only root can mount one.

#include "kiosk/data/epoch_table.h"
#include "kiosk/data/keeper.h"
#include "kiosk/data/log_verifier.h"
#include "tests/kiosk/data/device_fixture.h"
#include "tests/kiosk/data/mounts.h"
#include "tests/rights.h"

#include <algorithm>
#include <fstream>
#include <iostream>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

constexpr int kDiskKib = 8 << 10;
constexpr std::int64_t kSent = 400;

/// In the small disk's process no REQUIRE may throw: what is not so is said, and ends the work.
#define NEED(condition)                                            \
    do {                                                           \
        if (!(condition)) {                                        \
            std::cerr << "on the small disk: " #condition << '\n'; \
            return false;                                          \
        }                                                          \
    } while (false)

Recorder::Options options_for(const DataDirectory& data) {
    auto options = recorder_options(data);
    options.reserve_bytes = 256 << 10;
    return options;
}

/// Takes what is left of the disk.
void fill_up(const DataDirectory& data) {
    std::ofstream file{data.path() / "filler", std::ios::binary};
    const std::string piece(4'096, 'x');
    while (file.write(piece.data(), static_cast<std::streamsize>(piece.size())).flush()) {
    }
}

/// Until one is refused, and how many went through.
std::int64_t append_until_refused(Keeper& keeper, platform::Clock& clock, Result<void>& refusal) {
    for (std::int64_t kept = 0;; ++kept) {
        refusal = keeper.append(rated(3), clock.now());
        if (!refusal || kept == 20'000) return kept;
    }
}

bool is_whole(const DataDirectory& data, std::int64_t responses) {
    const auto report = verify_log(data.path());
    NEED(report);
    if (report->ok() && report->responses == responses) return true;
    std::cerr << to_text(*report) << "expected " << responses << " responses\n";
    return false;
}

}  // namespace

TEST_CASE("full disk: unsent records stay, new ones are refused, and it goes on when there is space again") {
    ONLY_ROOT("mounts a small disk");
    const DataDirectory data;
    const bool held = on_small_disk(data.path(), kDiskKib, [&] {
        platform::ManualClock clock{utc("2026-11-21T12:00:00.000Z")};
        auto opened = Keeper::open(options_for(data), clock.now());
        NEED(opened);
        Keeper& keeper = **opened;
        NEED(keeper.append(rated(5), clock.now()));
        fill_up(data);
        Result<void> refusal;
        const std::int64_t kept = 1 + append_until_refused(keeper, clock, refusal);
        NEED(!refusal && refusal.error().fault == Fault::Full);
        NEED(!keeper.append(rated(2), clock.now()));
        NEED(is_whole(data, kept));
        std::filesystem::remove(data.path() / "filler");
        NEED(keeper.append(rated(1), clock.now()));
        return is_whole(data, kept + 1);
    });
    CHECK(held);
}

TEST_CASE("full disk: what the store has goes first and its space takes the next answers") {
    ONLY_ROOT("mounts a small disk");
    const DataDirectory data;
    const bool held = on_small_disk(data.path(), kDiskKib, [&] {
        platform::ManualClock clock{utc("2026-11-21T12:00:00.000Z")};
        auto opened = Keeper::open(options_for(data), clock.now());
        NEED(opened);
        Keeper& keeper = **opened;
        for (std::int64_t i = 0; i < kSent; ++i) NEED(keeper.append(rated(5), clock.now()));
        const std::string epoch = [&] {
            auto database = open_device_db(data.path());
            return EpochTable::open(**database)->newest().value()->id;
        }();
        const std::string chain(32, '\0');
        agent_says(data, "INSERT INTO mark(epoch, next, chain) VALUES ($1, $2, $3)",
                   {std::string_view{epoch}, kSent + 1, platform::Blob{chain}});
        fill_up(data);
        for (int i = 0; i < 200; ++i) NEED(keeper.append(rated(4), clock.now()));
        const auto left = rows(data);
        NEED(left.front().n > 100);         // many went
        NEED(left.front().n <= kSent + 1);  // of the acknowledged ones
        NEED(keeper.care(clock.now(), Recorder::Service::Able));
        const auto all = kinds(data);
        NEED(std::ranges::count(all, "storage_low") == 1);
        return verify_log(data.path())->ok();
    });
    CHECK(held);
}

TEST_CASE("full disk: a damaged file that was kept goes before an answer is refused") {
    ONLY_ROOT("mounts a small disk");
    const DataDirectory data;
    const bool held = on_small_disk(data.path(), kDiskKib, [&] {
        platform::ManualClock clock{utc("2026-11-21T12:00:00.000Z")};
        auto opened = Keeper::open(options_for(data), clock.now());
        NEED(opened);
        Keeper& keeper = **opened;
        NEED(keeper.append(rated(5), clock.now()));
        const auto copy = device_db_path(data.path()).concat(".damaged-1");
        std::filesystem::create_directory(copy);
        std::ofstream{copy / "device.db"} << std::string(1 << 20, 'x');
        fill_up(data);
        std::int64_t kept = 1;
        for (; std::filesystem::exists(copy); ++kept) NEED(keeper.append(rated(4), clock.now()));
        for (int i = 0; i < 100; ++i, ++kept) NEED(keeper.append(rated(3), clock.now()));
        return is_whole(data, kept);
    });
    CHECK(held);
}

TEST_CASE("full disk: a kiosk that starts on one closes its open visit once there is space") {
    ONLY_ROOT("mounts a small disk");
    const DataDirectory data;
    const bool held = on_small_disk(data.path(), kDiskKib, [&] {
        platform::ManualClock clock{utc("2026-11-21T12:00:00.000Z")};
        const auto visit = rated(4);
        {
            auto keeper = Keeper::open(options_for(data), clock.now());
            NEED(keeper && (*keeper)->keep_open(visit, true, clock.now()));
        }
        std::filesystem::remove(device_db_path(data.path()).concat(".reserve"));
        fill_up(data);
        auto keeper = Keeper::open(options_for(data), clock.now());
        std::filesystem::remove(data.path() / "filler");
        if (!keeper) {
            NEED(keeper.error().fault == Fault::Full || keeper.error().fault == Fault::Io);
            keeper = Keeper::open(options_for(data), clock.now());
        }
        NEED(keeper);
        NEED((*keeper)->append(rated(1), clock.now()));
        keeper->reset();
        const auto found = responses(data);
        NEED(found.size() == 2);
        NEED(found[0].response.id == visit.id);
        return verify_log(data.path())->ok();
    });
    CHECK(held);
}
