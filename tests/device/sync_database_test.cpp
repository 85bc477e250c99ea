#include "sync/device/sync_database.h"

#include "platform/files.h"
#include "sync/device/runner.h"
#include "tests/device/road.h"
#include "tests/rights.h"

#include <catch2/catch.hpp>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

namespace milepost::device::test {
namespace {

using Damage = std::function<void(const std::filesystem::path& folder)>;

void overwrite(const std::filesystem::path& path, std::streamoff at, const std::string& bytes) {
    std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
    file.seekp(at);
    file << bytes;
}

void remove_log_of_writes(const std::filesystem::path& folder) {
    std::filesystem::remove(folder / "sync.db-wal");
    std::filesystem::remove(folder / "sync.db-shm");
}

/// What a card does to a file, and a person.
const std::vector<Damage>& damages() {
    static const std::vector<Damage> all{
        [](const auto& folder) {
            remove_log_of_writes(folder);
            overwrite(folder / "sync.db", 0, std::string(100, 'x'));
        },
        [](const auto& folder) {
            remove_log_of_writes(folder);
            overwrite(folder / "sync.db", 1'024, std::string(2'048, '\xff'));
        },
        [](const auto& folder) {
            remove_log_of_writes(folder);
            std::filesystem::resize_file(folder / "sync.db", 1'500);
        },
        [](const auto& folder) {
            remove_log_of_writes(folder);
            std::filesystem::resize_file(folder / "sync.db", 0);
        },
        [](const auto& folder) { overwrite(folder / "sync.db-wal", 0, std::string(4'096, 'x')); },
        [](const auto& folder) { overwrite(folder / "sync.db-wal", 2'000, std::string(4'096, '\0')); },
        [](const auto& folder) { std::filesystem::remove(folder / "sync.db"); },
    };
    return all;
}

TEST_CASE("sync.db: damaged while the agent was off it is made anew and nothing is lost or doubled") {
    const auto damage = GENERATE(range(std::size_t{0}, std::size_t{7}));
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(9);
    REQUIRE_FALSE(road.once().failure);
    road.log.add_responses(5);
    const auto folder = road.data.path() / "sync";
    damages()[damage](folder);
    CHECK_FALSE(road.once().failure);
    CHECK((road.store.lines() == road.log.lines()));
    CHECK(road.unsent() == 0);
    const auto status = read_device_status(road.data.path());
    REQUIRE(status);
    CHECK(status->device == "dev_1");
    CHECK(status->store_url == road.store.url());
}

TEST_CASE("sync.db: the damaged file is kept aside, the newest one") {
    Road road;
    for (const std::string bytes : {"first", "second"}) {
        std::filesystem::remove(road.data.path() / "sync/sync.db");
        remove_log_of_writes(road.data.path() / "sync");
        REQUIRE(platform::write_file_atomically(road.data.path() / "sync/sync.db", bytes + std::string(2'000, 'x')));
        REQUIRE(SyncDatabase::open(road.data.path()));
        const auto aside = platform::read_file(road.data.path() / "sync/sync.db.damaged");
        REQUIRE(aside);
        CHECK(aside->starts_with(bytes));
    }
}

TEST_CASE("sync.db: damaged under a running agent it never ends it") {
    const auto damage = GENERATE(range(std::size_t{0}, std::size_t{7}));
    Road road;
    road.log.begin_epoch();
    auto agent = Agent::open(road.data.path(), road.clock);
    REQUIRE(agent);
    REQUIRE_FALSE((*agent)->once().failure);
    damages()[damage](road.data.path() / "sync");
    for (int i = 0; i < 30; ++i) {
        road.log.add_responses(1);
        static_cast<void>((*agent)->once());
    }
    CHECK((road.store.lines() == road.log.lines()));
    agent->reset();
    CHECK_FALSE(road.once().failure);
    CHECK((road.store.lines() == road.log.lines()));
    CHECK(road.unsent() == 0);
}

std::vector<Mark> many_marks(std::int64_t next) {
    std::vector<Mark> marks(1'000);
    for (std::size_t i = 0; i < marks.size(); ++i) {
        marks[i] = {.epoch = "epoch-" + std::to_string(i), .next = next, .chain = platform::sha256("x")};
    }
    return marks;
}

/// In a process of its own, since it mounts; 0: right, else what was wrong.
int on_a_small_disk(const std::filesystem::path& data) {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("none", data.c_str(), "tmpfs", 0, "size=2m") != 0) {
        return 1;
    }
    auto sync = SyncDatabase::open(data);
    if (!sync || !std::filesystem::exists(data / "sync/reserve")) return 2;
    {
        std::ofstream filler{data / "filler"};
        while (filler << std::string(1'024, 'x') << std::flush) {
        }
    }
    if (!sync->move(many_marks(2), SyncDatabase::Others::Kept, {})) return 3;
    if (std::filesystem::exists(data / "sync/reserve")) return 4;
    std::filesystem::remove(data / "filler");
    if (!sync->move(many_marks(3), SyncDatabase::Others::Kept, {})) return 5;
    if (!std::filesystem::exists(data / "sync/reserve")) return 6;
    const auto state = read_sync_state(data);
    return state && state->marks.size() == 1'000 && state->marks.at("epoch-7").next == 3 ? 0 : 7;
}

TEST_CASE("sync.db: on a full disk the reserve lets the marks be kept and it comes back with room") {
    ONLY_ROOT("mounts a small disk");
    const TempDirectory data;
    const pid_t child = ::fork();
    if (child == 0) ::_exit(on_a_small_disk(data.path()));
    int ended = 0;
    REQUIRE(::waitpid(child, &ended, 0) == child);
    REQUIRE(WIFEXITED(ended));
    CHECK(WEXITSTATUS(ended) == 0);
}

TEST_CASE("device.key: a damaged one is read from its copy") {
    Road road;
    road.log.begin_epoch();
    const auto path = road.data.path() / "sync/device.key";
    const auto text = platform::read_file(path);
    REQUIRE(text);
    // Somewhere in a key, where it is still JSON and still base64.
    const auto at = text->find("store_key") + 20;
    overwrite(path, static_cast<std::streamoff>(at), (*text)[at] == 'A' ? "B" : "A");
    CHECK_FALSE(road.once().failure);
    CHECK((road.store.lines() == road.log.lines()));
    const auto copy = path.string() + ".copy";
    overwrite(copy, 5, "\x01\x02");
    const auto keys = read_key_file(road.data.path());
    REQUIRE_FALSE(keys);
    CHECK(keys.error().fault == Fault::Corrupt);
}

TEST_CASE("device.key: one that is missing or cannot be read is read from its copy") {
    Road road;
    road.log.begin_epoch();
    const auto path = road.data.path() / "sync/device.key";
    const auto copy = path.string() + ".copy";
    std::filesystem::remove(path);
    SECTION("missing") {}
    SECTION("unreadable") {
        std::filesystem::create_directory(path);  // reading it fails as on a bad sector
    }
    CHECK_FALSE(road.once().failure);
    CHECK((road.store.lines() == road.log.lines()));
    overwrite(copy, 5, "\x01\x02");
    const auto keys = read_key_file(road.data.path());
    REQUIRE_FALSE(keys);
    CHECK((keys.error().fault == Fault::Corrupt) == !std::filesystem::exists(path));
    std::filesystem::remove(path);
    std::filesystem::remove(copy);
    const auto none = read_key_file(road.data.path());
    REQUIRE(none);
    CHECK_FALSE(none->identity);
}

TEST_CASE("device.key: with both copies damaged the agent waits to be enrolled and loses no answer") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(3);
    const auto path = road.data.path() / "sync/device.key";
    for (const char* name : {"", ".copy"}) {
        REQUIRE(platform::write_file_atomically(path.string() + name, "{\"identity\": 7"));
    }
    platform::SystemClock clock;
    Runner runner{road.data.path(), {}, clock};
    Result<void> ran;
    std::jthread thread{[&] { ran = runner.run({}); }};
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (!std::filesystem::exists(path.string() + ".copy.damaged") && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
    }
    road.store.forget_device();
    road.store.set_time(clock.now().utc);
    auto http = platform::HttpClient::make({});
    REQUIRE(http);
    Result<Enrolled> enrolled = fail(Fault::Unavailable, "");
    while (!enrolled && std::chrono::steady_clock::now() < deadline) {
        enrolled = enrol(road.enrolment(), *http, clock);  // the waiting agent holds the folder for a moment
    }
    REQUIRE(enrolled);
    CHECK(road.store.wait_for_lines(4));
    runner.stop();
    thread.join();
    CHECK(ran);
    CHECK((road.store.lines() == road.log.lines()));
    CHECK(std::filesystem::exists(path.string() + ".damaged"));
}

}  // namespace
}  // namespace milepost::device::test
