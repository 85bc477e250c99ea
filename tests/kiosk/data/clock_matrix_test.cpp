/// The kiosk's side of faults.md, "Time": whatever the wall clock says, nothing is lost, and what was recorded can be
/// dated from the log alone.

#include "kiosk/data/device_summary.h"
#include "kiosk/data/log_verifier.h"
#include "tests/kiosk/data/device_fixture.h"

#include <cstdlib>
#include <map>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;
using platform::Trust;

namespace {

const platform::UtcTime kTrue = utc("2026-11-21T12:00:00.000Z");  ///< what a right clock shows at the start

/// A machine whose wall clock has little to do with the time.
struct Machine {
    platform::ManualClock clock;
    const std::int64_t began_mono = clock.now().mono_ms;

    [[nodiscard]] platform::UtcTime true_time(std::int64_t mono_ms) const {
        return kTrue + std::chrono::milliseconds{mono_ms - began_mono};
    }
    [[nodiscard]] platform::UtcTime true_time() { return true_time(clock.now().mono_ms); }
    void learn_from_network() {
        clock.set_utc(true_time());
        clock.set_trust(Trust::Synced);
    }
};

/// What the store does with a record that has no trusted time (protocol.md): the nearest `clock` event of its boot.
std::optional<platform::UtcTime> dated(const protocol::ResponseRecord& response,
                                       const std::vector<protocol::Record>& log) {
    if (response.at.trust == Trust::Synced) return response.at.utc;
    std::optional<platform::UtcTime> nearest;
    std::int64_t distance = 0;
    for (const protocol::Record& record : log) {
        const auto* event = std::get_if<protocol::EventRecord>(&record.body);
        const auto* clock = event != nullptr ? std::get_if<protocol::ClockData>(&event->data) : nullptr;
        if (clock == nullptr || clock->boot != response.at.boot) continue;
        const std::int64_t apart = std::abs(event->at.mono_ms - response.at.mono_ms);
        if (nearest && apart >= distance) continue;
        distance = apart;
        nearest = platform::UtcTime{std::chrono::milliseconds{clock->utc_minus_mono_ms + response.at.mono_ms}};
    }
    return nearest;
}

void check_all_dated(const DataDirectory& data, const Machine& machine, std::size_t visits) {
    const auto report = verify_log(data.path()).value();
    INFO(to_text(report));
    CHECK(report.ok());
    const auto log = records(data);
    const auto found = responses(data);
    REQUIRE(found.size() == visits);
    std::int64_t before = -1;
    for (const auto& response : found) {
        CHECK(response.at.mono_ms > before);  // in the order in which they happened
        before = response.at.mono_ms;
        CHECK(response.response.took >= 0ms);
        const auto time = dated(response, log);
        REQUIRE(time);
        CHECK(std::chrono::abs(*time - machine.true_time(response.at.mono_ms)) <= 2s);
    }
}

/// The agent learnt the time from a signed answer.
void agent_knows_the_time(const DataDirectory& data, Machine& machine) {
    const auto say = [&](std::string_view key, const std::string& value) {
        agent_says(data, "INSERT INTO status(key, value) VALUES ($1, $2)", {key, std::string_view{value}});
    };
    const auto now = machine.clock.now();
    say("clock_boot", now.boot);
    say("clock_error_ms", "60");
    say("clock_utc_minus_mono_ms", std::to_string(machine.true_time().time_since_epoch().count() - now.mono_ms));
}

const char* wrong_start() {
    return GENERATE("1970-01-01T00:00:00.000Z",   // no clock at all
                    "2023-02-13T09:00:00.000Z",   // systemd's build date
                    "2026-11-18T07:00:00.000Z",   // the last shutdown
                    "2026-11-21T11:59:57.000Z",   // nearly right
                    "2038-01-19T03:14:08.000Z");  // the future
}

}  // namespace

TEST_CASE("clock matrix: a wrong clock that is set right later loses nothing and dates everything") {
    const char* start = wrong_start();
    const auto jump = GENERATE(0h, 24h * 365 * 9, -24h * 365 * 9);
    CAPTURE(start, jump.count());
    const DataDirectory data;
    Machine machine{platform::ManualClock{utc(start), Trust::Unset}};
    {
        const auto recorder = open_recorder(data, machine.clock);
        REQUIRE(append(*recorder, rated(1)));
        machine.clock.advance(10min);
        REQUIRE(append(*recorder, rated(2)));
        machine.clock.set_utc(machine.clock.now().utc + jump);
        machine.clock.advance(1min);
        REQUIRE(append(*recorder, rated(3)));
    }
    machine.clock.advance(1h);
    {
        const auto recorder = open_recorder(data, machine.clock);
        REQUIRE(append(*recorder, rated(4)));
        machine.learn_from_network();
        machine.clock.advance(1min);
        REQUIRE(append(*recorder, rated(5)));
    }
    check_all_dated(data, machine, 5);
    CHECK(responses(data)[0].at.trust == Trust::Unset);
    CHECK(responses(data)[4].at.trust == Trust::Synced);
}

TEST_CASE("clock matrix: without a time server the store's signed answers date everything") {
    const char* start = wrong_start();
    CAPTURE(start);
    const DataDirectory data;
    Machine machine{platform::ManualClock{utc(start), Trust::Unset}};
    {
        const auto recorder = open_recorder(data, machine.clock);
        REQUIRE(append(*recorder, rated(1)));
        machine.clock.advance(3h);
        agent_knows_the_time(data, machine);
        REQUIRE(append(*recorder, rated(2)));
        machine.clock.set_utc(utc("1999-12-31T23:59:59.000Z"));
        machine.clock.advance(3h);
        REQUIRE(append(*recorder, rated(3)));
    }
    check_all_dated(data, machine, 3);
    for (const auto& response : responses(data)) CHECK(response.at.trust == Trust::Unset);
}

TEST_CASE("clock matrix: a clock that was right and jumps is noticed at the next record") {
    const auto jump = GENERATE(2h, -2h);
    const DataDirectory data;
    Machine machine{platform::ManualClock{kTrue}};
    {
        const auto recorder = open_recorder(data, machine.clock);
        REQUIRE(append(*recorder, rated(1)));
        machine.clock.advance(1min);
        machine.clock.set_utc(machine.clock.now().utc + jump);  // by hand, and the kernel knows it
        machine.clock.set_trust(Trust::Holdover);
        REQUIRE(append(*recorder, rated(2)));
        machine.clock.advance(1min);
        machine.learn_from_network();
        REQUIRE(append(*recorder, rated(3)));
    }
    check_all_dated(data, machine, 3);
}

TEST_CASE("clock matrix: a visit that a crash left open keeps the time of its beginning through a jump") {
    const DataDirectory data;
    Machine machine{platform::ManualClock{utc("1970-01-01T00:00:00.000Z"), Trust::Unset}};
    const auto visit = rated(4);
    {
        REQUIRE(keep_open(*open_recorder(data, machine.clock), visit, true));
    }
    machine.clock.advance(5min);
    machine.learn_from_network();
    {
        const auto recorder = open_recorder(data, machine.clock);
    }
    check_all_dated(data, machine, 1);
    CHECK(responses(data)[0].response.id == visit.id);
    CHECK(responses(data)[0].at.mono_ms == machine.began_mono);
}

TEST_CASE("clock matrix: the days on which clocks are moved have 23 and 25 hours") {
    const auto [first, day, hours] = GENERATE(table<const char*, const char*, std::size_t>(
        {{"2026-03-28T23:00:00.000Z", "2026-03-29", 23}, {"2026-10-24T22:00:00.000Z", "2026-10-25", 25}}));
    const DataDirectory data;
    platform::ManualClock clock{utc(first)};
    const auto recorder = open_recorder(data, clock);
    clock.advance(-30min);
    for (std::size_t i = 0; i < hours + 2; ++i) {  // one before the day, one in each of its hours, one behind it
        REQUIRE(append(*recorder, rated(5)));
        clock.advance(1h);
    }
    const auto summary = summarise_device(data.path(), day, clock.now().utc).value();
    CHECK(summary.raw == static_cast<std::int64_t>(hours));
    REQUIRE(summary.hours.size() == hours);
    for (const auto& hour : summary.hours) CHECK(hour.responses == 1);
}

TEST_CASE("clock matrix: another zone's rules move nothing that was counted before") {
    const DataDirectory data;
    platform::ManualClock clock{utc("2026-06-30T22:30:00.000Z")};  // in Berlin half past midnight in July
    REQUIRE(append(*open_recorder(data, clock), rated(5)));
    auto options = recorder_options(data);
    options.time_zone = platform::TimeZone::named("Europe/London").value();  // as if Berlin gave up its summer time
    clock.advance(1min);
    REQUIRE(append(*Recorder::open(options, clock).value(), rated(4)));

    CHECK(summarise_device(data.path(), "2026-07-01", clock.now().utc)->raw == 1);
    CHECK(summarise_device(data.path(), "2026-06-30", clock.now().utc)->raw == 1);
}
