#include "kiosk/data/recorder.h"

#include "kiosk/data/device_summary.h"
#include "kiosk/data/log_verifier.h"
#include "tests/kiosk/data/device_fixture.h"

#include <unistd.h>

#include <algorithm>
#include <set>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

const platform::UtcTime kNoon = utc("2026-11-21T12:00:00.000Z");
using Kinds = std::vector<std::string>;

}  // namespace

TEST_CASE("recorder: opening and closing without a response leaves the log empty") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    {
        const auto recorder = open_recorder(data, clock);
    }

    CHECK(rows(data).empty());
}

TEST_CASE("recorder: an epoch and the synced clock come in front of the first response of a run") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    {
        const auto recorder = open_recorder(data, clock);
        REQUIRE(append(*recorder, rated(5)));
        REQUIRE(append(*recorder, rated(4)));
    }

    CHECK(kinds(data) == Kinds{"epoch", "clock", "response", "response", "shutdown"});
    const auto clock_event = std::get<protocol::EventRecord>(records(data)[1].body);
    CHECK(std::get<protocol::ClockData>(clock_event.data) ==
          protocol::ClockData{.boot = clock.now().boot,
                              .utc_minus_mono_ms = kNoon.time_since_epoch().count() - clock.now().mono_ms,
                              .error_ms = 40,
                              .source = "kernel"});
}

TEST_CASE("recorder: seq begins anew in every run while n and the chain go on") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    for (int run = 0; run < 3; ++run) {
        const auto recorder = open_recorder(data, clock);
        for (int i = 0; i <= run; ++i) REQUIRE(append(*recorder, rated(3)));
    }

    protocol::Chain chain = protocol::kChainStart;
    std::int64_t n = 0;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    for (const LogRow& row : rows(data)) {
        seq = row.epoch == epoch ? seq + 1 : 1;
        epoch = row.epoch;
        CHECK(row.n == ++n);
        CHECK(row.seq == seq);
        CHECK(row.chain_before == platform::view(chain));
        chain = protocol::next(chain, row.line);
    }
    CHECK(epoch == 3);
    CHECK(n == 3 * 3 + 1 + 2 + 3);  // epoch, clock and shutdown thrice
    CHECK(verify_log(data.path())->ok());
}

TEST_CASE("recorder: a run names where the one before it ended") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    for (int run = 0; run < 2; ++run) REQUIRE(append(*open_recorder(data, clock), rated(3)));

    const auto all = rows(data);
    REQUIRE(all.size() == 8);
    const auto first = protocol::read_record(all[0].line).value();
    const auto second = protocol::read_record(all[4].line).value();
    const auto& first_data = std::get<protocol::EpochData>(std::get<protocol::EventRecord>(first.body).data);
    const auto& second_data = std::get<protocol::EpochData>(std::get<protocol::EventRecord>(second.body).data);
    CHECK_FALSE(first_data.prev_epoch);
    CHECK(first_data.prev_chain == protocol::to_hex(protocol::kChainStart));
    CHECK(second_data.prev_epoch);
    CHECK(second_data.prev_last_seq == 4);
    CHECK(second_data.prev_chain ==
          protocol::to_hex(protocol::next(*protocol::chain_from_bytes(all[3].chain_before), all[3].line)));
}

TEST_CASE("recorder: a response is dated to the beginning of its visit") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto recorder = open_recorder(data, clock);
    const auto response = rated(5);
    REQUIRE(keep_open(*recorder, response, false));
    clock.advance(7s);
    REQUIRE(keep_open(*recorder, response, true));
    clock.advance(7s);
    REQUIRE(append(*recorder, response));

    CHECK(responses(data).at(0).at.utc == kNoon);
}

TEST_CASE("recorder: a visit that was open is closed by the next run") {
    const auto [complete, answered, ended] = GENERATE(table<bool, bool, std::optional<surveys::Ended>>({
        {true, true, surveys::Ended::Complete},
        {false, true, surveys::Ended::Left},
        {false, false, std::nullopt},
    }));
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    auto response = rated(5);
    response.ended = surveys::Ended::Left;
    if (!answered) response.answers = {{.question = "satisfaction", .skipped = true}};
    REQUIRE(keep_open(*open_recorder(data, clock), response, complete));
    CHECK(rows(data).empty());
    clock.advance(1h);
    {
        const auto recorder = open_recorder(data, clock);
    }
    {
        const auto recorder = open_recorder(data, clock);
    }

    const auto found = responses(data);
    REQUIRE(found.size() == (ended ? 1 : 0));
    if (!ended) return;
    CHECK(found[0].response.id == response.id);
    CHECK(found[0].response.ended == *ended);
    CHECK(found[0].at.utc == kNoon);
}

TEST_CASE("recorder: asked twice for one response it keeps it once") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto recorder = open_recorder(data, clock);
    const auto response = rated(5);
    REQUIRE(keep_open(*recorder, response, true));
    REQUIRE(append(*recorder, response));
    REQUIRE(append(*recorder, response));

    CHECK(responses(data).size() == 1);
    CHECK(summarise_device(data.path(), "2026-11-21", kNoon)->raw == 1);
    CHECK(keep_open(*recorder, response, true).error().fault == Fault::Invalid);
}

TEST_CASE("recorder: a thanked visit survives that another one begins") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto recorder = open_recorder(data, clock);
    const auto first = rated(5);
    REQUIRE(keep_open(*recorder, first, true));
    REQUIRE(keep_open(*recorder, rated(1), false));

    REQUIRE(responses(data).size() == 1);
    CHECK(responses(data)[0].response == first);
}

TEST_CASE("recorder: a discarded visit leaves nothing") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    {
        const auto recorder = open_recorder(data, clock);
        REQUIRE(keep_open(*recorder, rated(5), false));
        REQUIRE(wait_for([&](Recorder::Done done) { recorder->discard_open(std::move(done)); }));
    }
    {
        const auto recorder = open_recorder(data, clock);
    }

    CHECK(rows(data).empty());
}

TEST_CASE("recorder: what was asked before the end is done before the end") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    {
        const auto recorder = open_recorder(data, clock);
        for (int i = 0; i < 50; ++i) recorder->append(rated(4), {});
    }

    CHECK(responses(data).size() == 50);
    CHECK(kinds(data).back() == "shutdown");
}

TEST_CASE("recorder: a second one on the same directory names the first") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto recorder = open_recorder(data, clock);

    const auto second = Recorder::open(recorder_options(data), clock);
    REQUIRE_FALSE(second);
    CHECK(second.error().fault == Fault::Unavailable);
    CHECK(second.error().message.find(std::to_string(::getpid())) != std::string::npos);
}

TEST_CASE("recorder: a log whose end fits no epoch is salvaged") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    {
        REQUIRE(append(*open_recorder(data, clock), rated(5)));
    }
    tamper(data, "UPDATE log SET epoch = 9 WHERE n = $1", {std::int64_t{4}});
    REQUIRE(append(*open_recorder(data, clock), rated(3)));

    CHECK(responses(data).size() == 2);
    CHECK(std::ranges::count(kinds(data), "salvaged") == 1);
}

TEST_CASE("recorder: an open visit that cannot be read goes into the log as it is") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    {
        REQUIRE(keep_open(*open_recorder(data, clock), rated(5), true));
    }
    tamper(data, "UPDATE open_response SET body = $1", {std::string_view{"{half"}});
    {
        REQUIRE(append(*open_recorder(data, clock), rated(4)));
    }

    CHECK(kinds(data) == Kinds{"epoch", "clock", "integrity", "response", "shutdown"});
    CHECK(rows(data)[2].line.find("e2hhbGY=") != std::string::npos);
}

TEST_CASE("recorder: the store's clock is logged and dates what the kernel cannot") {
    const DataDirectory data;
    platform::ManualClock clock{utc("2021-01-01T00:00:00.000Z"), platform::Trust::Unset};
    const auto recorder = open_recorder(data, clock);
    REQUIRE(append(*recorder, rated(5)));
    const std::string boot = clock.now().boot;
    const auto insert = "INSERT INTO status(key, value) VALUES ($1, $2)";
    agent_says(data, insert, {std::string_view{"clock_boot"}, std::string_view{boot}});
    agent_says(data, insert, {std::string_view{"clock_error_ms"}, std::string_view{"60"}});
    const auto offset = std::to_string(kNoon.time_since_epoch().count() - clock.now().mono_ms);
    agent_says(data, insert, {std::string_view{"clock_utc_minus_mono_ms"}, std::string_view{offset}});
    REQUIRE(append(*recorder, rated(5)));
    REQUIRE(append(*recorder, rated(4)));

    CHECK(kinds(data) == Kinds{"epoch", "response", "clock", "response", "response"});
    const auto summary = summarise_device(data.path(), "2026-11-21", kNoon);
    REQUIRE(summary);
    CHECK(summary->raw == 2);
    CHECK(summary->undated == 1);
    CHECK(std::get<protocol::ClockData>(std::get<protocol::EventRecord>(records(data)[2].body).data).source == "store");
}

TEST_CASE("recorder: a clock that was known before a restart still dates its boot") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    {
        REQUIRE(append(*open_recorder(data, clock), rated(5)));
    }
    clock.set_trust(platform::Trust::Holdover);
    clock.set_utc(utc("1970-01-01T00:00:00.000Z"));
    {
        REQUIRE(append(*open_recorder(data, clock), rated(5)));
    }

    const auto summary = summarise_device(data.path(), "2026-11-21", kNoon);
    CHECK(summary->raw == 2);
    CHECK(summary->undated == 0);
}
