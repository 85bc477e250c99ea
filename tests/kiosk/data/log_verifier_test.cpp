#include "kiosk/data/log_verifier.h"

#include "kiosk/data/keeper.h"
#include "tests/kiosk/data/device_fixture.h"

#include <nlohmann/json.hpp>

#include <thread>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

const platform::UtcTime kNoon = utc("2026-11-21T12:00:00.000Z");

/// Two runs: rows 1–6 (epoch, clock, three responses, shutdown) and 7–12.
void fill(const DataDirectory& data) {
    platform::ManualClock clock{kNoon};
    for (int run = 0; run < 2; ++run) {
        const auto recorder = open_recorder(data, clock);
        for (int i = 1; i <= 3; ++i) REQUIRE(append(*recorder, rated(i)));
    }
}

LogReport report(const DataDirectory& data) {
    return verify_log(data.path()).value();
}

/// The number of the row that is to blame.
std::int64_t fault(const DataDirectory& data) {
    const auto found = report(data).first_fault;
    INFO((found ? found->what : "no fault"));
    REQUIRE(found);
    return found->n;
}

}  // namespace

TEST_CASE("log verify: an untouched log is whole") {
    const DataDirectory data;
    fill(data);

    const LogReport found = report(data);
    CHECK(found.ok());
    CHECK(found.records == 12);
    CHECK(found.responses == 6);
    CHECK(found.epochs == 2);
    CHECK(found.unsent == 12);
    CHECK(nlohmann::json::parse(to_json(found)) == nlohmann::json{{"ok", true},
                                                                  {"records", 12},
                                                                  {"epochs", 2},
                                                                  {"responses", 6},
                                                                  {"unsent", 12},
                                                                  {"unsent_responses", 6},
                                                                  {"first_fault", nullptr}});
}

TEST_CASE("log verify: an answer changed in any line is blamed on that line") {
    const std::int64_t n = GENERATE(3, 4, 5, 9, 10, 11);
    const DataDirectory data;
    fill(data);
    auto line = rows(data).at(n - 1).line;
    const auto value = line.find("\"v\":");
    REQUIRE(value != std::string::npos);
    line[value + 4] = '4';
    tamper(data, "UPDATE log SET line = $1 WHERE n = $2", {platform::Blob{line}, n});

    CHECK(fault(data) == n);
}

TEST_CASE("log verify: a flipped byte that breaks the last line is found") {
    const DataDirectory data;
    fill(data);
    auto line = rows(data).back().line;
    line[0] = 'x';
    tamper(data, "UPDATE log SET line = $1 WHERE n = 12", {platform::Blob{line}});

    CHECK(fault(data) == 12);
}

TEST_CASE("log verify: a missing row is found at the row behind it") {
    const std::int64_t n = GENERATE(2, 4, 6, 7, 11);
    const DataDirectory data;
    fill(data);
    tamper(data, "DELETE FROM log WHERE n = $1", {n});

    CHECK(fault(data) == n + 1);
}

TEST_CASE("log verify: a wrong chain is blamed on the row that holds it") {
    const std::int64_t n = GENERATE(1, 3, 6, 7, 9);
    const DataDirectory data;
    fill(data);
    const std::string wrong(32, '\x11');
    tamper(data, "UPDATE log SET chain_before = $1 WHERE n = $2", {platform::Blob{wrong}, n});

    CHECK(fault(data) == n);
}

TEST_CASE("log verify: a wrong predecessor or epoch end is found") {
    const auto [sql, n] = GENERATE(table<std::string, std::int64_t>({
        {"UPDATE epoch SET prev_id = id WHERE number = 2", 7},
        {"UPDATE epoch SET last_seq = 5 WHERE number = 1", 6},
        {"UPDATE epoch SET chain = zeroblob(32) WHERE number = 1", 6},
        {"UPDATE epoch SET number = 3 WHERE number = 2", 7},
    }));
    const DataDirectory data;
    fill(data);
    tamper(data, sql);

    CHECK(fault(data) == n);
}

TEST_CASE("log verify: rows pruned from the old side are no fault") {
    const DataDirectory data;
    fill(data);
    for (std::int64_t n = 1; n <= 8; ++n) tamper(data, "DELETE FROM log WHERE n = $1", {n});

    CHECK(report(data).ok());
    CHECK(report(data).records == 4);
}

TEST_CASE("log verify: rows that are pruned while it walks are no fault") {
    const DataDirectory whole;
    platform::ManualClock clock{kNoon};
    {
        auto keeper = Keeper::open(recorder_options(whole), clock.now()).value();
        REQUIRE(keeper->together([&]() -> Result<void> {
            for (int i = 0; i < 6'000; ++i) {
                if (auto kept = keeper->append(rated(1 + i % 5), clock.now()); !kept) return kept;
            }
            return {};
        }));
    }
    for (int round = 0; round < 6; ++round) {
        const DataDirectory data;
        std::filesystem::create_directory(data.path() / "kiosk");
        std::filesystem::copy_file(device_db_path(whole.path()), device_db_path(data.path()));
        bool pruned = true;
        {
            const std::jthread pruner{[&] {
                auto database = platform::open_for_writing(device_db_path(data.path()).string()).value();
                auto table = LogTable::open(*database).value();
                for (std::int64_t n = 1'500; n < 6'000; n += 500) pruned = pruned && table.prune(n).has_value();
            }};
            const LogReport found = report(data);
            INFO(to_text(found));
            CHECK(found.ok());
        }
        CHECK(pruned);
    }
}

TEST_CASE("log verify: the full check looks at no page once it was asked to end") {
    const DataDirectory data;
    fill(data);
    const auto path = device_db_path(data.path());
    std::string bytes = platform::read_file(path).value();
    bytes.replace(bytes.size() - 512, 512, 512, '\xA5');
    REQUIRE(platform::write_file_atomically(path, bytes));
    REQUIRE_FALSE(check_everything(data.path(), {}));
    std::stop_source ended;
    ended.request_stop();
    const auto report = check_everything(data.path(), ended.get_token());

    REQUIRE(report);
    CHECK(report->records == 0);
}

TEST_CASE("log verify: what the agent's marks cover is sent") {
    const DataDirectory data;
    fill(data);
    auto database = open_device_db(data.path());
    std::vector<std::string> epochs;
    REQUIRE((*(*database)->prepare("SELECT id FROM epoch ORDER BY number"))->run({}, [&](const platform::Row& row) {
        epochs.push_back(row.text(0));
    }));
    const std::string chain(32, '\0');
    const auto insert = "INSERT INTO mark(epoch, next, chain) VALUES ($1, $2, $3)";
    agent_says(data, insert, {std::string_view{epochs.at(0)}, std::int64_t{7}, platform::Blob{chain}});
    CHECK(report(data).unsent == 6);
    CHECK(report(data).unsent_responses == 3);
    agent_says(data, insert, {std::string_view{epochs.at(1)}, std::int64_t{5}, platform::Blob{chain}});
    CHECK(report(data).unsent == 2);
    CHECK(report(data).unsent_responses == 1);

    SECTION("a mark beyond the log's end means that the disk lost writes") {
        agent_says(data, "UPDATE mark SET next = 8 WHERE epoch = $1", {std::string_view{epochs.at(1)}});
        CHECK(fault(data) == 12);
    }
}

TEST_CASE("log verify: reads a log that is being written") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto recorder = open_recorder(data, clock);
    CHECK(report(data).records == 0);
    REQUIRE(append(*recorder, rated(5)));

    CHECK(report(data).ok());
    CHECK(report(data).responses == 1);
}
