#include "kiosk/data/staff_settings.h"

#include "platform/files.h"
#include "tests/kiosk/data/device_fixture.h"

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

platform::Stamp at(const std::string& boot, std::int64_t mono_ms) {
    return {.utc = utc("2026-11-21T12:00:00.000Z"), .trust = platform::Trust::Synced, .boot = boot, .mono_ms = mono_ms};
}

}  // namespace

TEST_CASE("staff settings: five tries are free and then waits double up to an hour") {
    CHECK(wait_after(0) == 0s);
    CHECK(wait_after(4) == 0s);
    CHECK(wait_after(5) == 30s);
    CHECK(wait_after(6) == 1min);
    CHECK(wait_after(7) == 2min);
    CHECK(wait_after(11) == 32min);
    CHECK(wait_after(12) == 1h);
    CHECK(wait_after(1'000'000) == 1h);
}

TEST_CASE("staff settings: a wait runs by the boot clock and no wall clock shortens it") {
    const PinTries tries{.failures = 5, .boot = "b", .mono_ms = 100'000};
    CHECK(wait_left(tries, at("b", 100'000)) == 30s);
    CHECK(wait_left(tries, at("b", 120'000)) == 10s);
    CHECK(wait_left(tries, at("b", 130'000)) == 0s);
    platform::Stamp later = at("b", 120'000);
    later.utc += 24h;
    CHECK(wait_left(tries, later) == 10s);
    CHECK(wait_left(tries, at("b", 50'000)) == 30s);
}

TEST_CASE("staff settings: a restart of the machine never shortens a wait") {
    const PinTries tries{.failures = 5, .boot = "b", .mono_ms = 100'000};
    CHECK(wait_left(tries, at("c", 0)) == 30s);
    CHECK(wait_left(tries, at("c", 20'000)) == 10s);
    CHECK(wait_left(tries, at("c", 10'000'000)) == 0s);
}

TEST_CASE("staff settings: tries survive as text and anything else is none") {
    const PinTries tries{.failures = 7, .boot = "b-1", .mono_ms = 42};
    CHECK(parse_pin_tries(to_text(tries)) == tries);
    CHECK(parse_pin_tries("") == PinTries{});
    CHECK(parse_pin_tries(R"({"failures":"7"})") == PinTries{});
}

TEST_CASE("staff settings: a PIN is kept as a hash and found again") {
    const DataDirectory data;
    REQUIRE(set_staff_pin(data.path(), "271828"));
    CHECK(read_staff_settings(data.path()).value().has_pin);
    CHECK(check_staff_pin(data.path(), "271828"));
    CHECK_FALSE(check_staff_pin(data.path(), "271829"));
    const auto database = platform::read_file(device_db_path(data.path())).value() +
                          platform::read_file(device_db_path(data.path()).string() + "-wal").value_or("");
    CHECK(database.find("271828") == std::string::npos);
    CHECK(database.find("$argon2id$") != std::string::npos);
}

TEST_CASE("staff settings: what is no PIN is refused and changes nothing") {
    const DataDirectory data;
    const auto pin = GENERATE(as<std::string>{}, "", "12345", "1234567890123", "12345a", " 123456");
    CHECK(set_staff_pin(data.path(), pin).error().fault == Fault::Invalid);
    CHECK(read_staff_settings(data.path()).error().fault == Fault::NotFound);
}

TEST_CASE("staff settings: a running kiosk keeps its PIN and is named") {
    const DataDirectory data;
    platform::ManualClock clock{utc("2026-11-21T12:00:00.000Z")};
    const auto recorder = open_recorder(data, clock);
    const auto set = set_staff_pin(data.path(), "271828");
    REQUIRE_FALSE(set);
    CHECK(set.error().fault == Fault::Unavailable);
    CHECK(set.error().message.find(std::to_string(::getpid())) != std::string::npos);
}

TEST_CASE("staff settings: what the recorder kept is there at the next start") {
    const DataDirectory data;
    platform::ManualClock clock{utc("2026-11-21T12:00:00.000Z")};
    const auto recorder = open_recorder(data, clock);
    const PinTries tries{.failures = 6, .boot = clock.now().boot, .mono_ms = clock.now().mono_ms};
    recorder->put_setting(std::string{kPinTriesSetting}, to_text(tries));
    recorder->put_setting(std::string{kPausedSetting}, "1");
    recorder->put_setting(std::string{kDiagonalSetting}, "178.3");
    REQUIRE(wait_for(
        [&](Recorder::Done done) { recorder->put_setting(std::string{kTestModeSetting}, "1", std::move(done)); }));

    const StaffSettings settings = read_staff_settings(data.path()).value();
    CHECK(settings.tries == tries);
    CHECK(settings.paused);
    CHECK(settings.testing);
    CHECK(settings.diagonal_mm == 178.3);
    CHECK_FALSE(settings.has_pin);
}

TEST_CASE("staff settings: what staff did stands in the log") {
    const DataDirectory data;
    platform::ManualClock clock{utc("2026-11-21T12:00:00.000Z")};
    {
        const auto recorder = open_recorder(data, clock);
        recorder->note_staff("sign_in");
    }
    CHECK(kinds(data) == std::vector<std::string>{"epoch", "clock", "staff", "shutdown"});
    CHECK(rows(data).at(2).line.find(R"("data":{"act":"sign_in"})") != std::string::npos);
}

TEST_CASE("staff settings: a file that cannot be read is told apart from nothing set") {
    const DataDirectory data;
    CHECK(read_staff_settings(data.path()).error().fault == Fault::NotFound);
    REQUIRE(set_staff_pin(data.path(), "271828"));
    for (const char* part : {"", "-wal", "-shm"}) {
        std::filesystem::remove(device_db_path(data.path()).string() + part);
    }
    REQUIRE(platform::write_file_atomically(device_db_path(data.path()), std::string(8'192, 'x')));
    CHECK(read_staff_settings(data.path()).error().fault == Fault::Corrupt);
}
