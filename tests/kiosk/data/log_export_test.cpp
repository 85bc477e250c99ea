#include "kiosk/data/log_export.h"

#include "kiosk/data/keeper.h"
#include "platform/crypto.h"
#include "platform/encoding.h"
#include "platform/files.h"
#include "sync/protocol/batch.h"
#include "tests/kiosk/data/device_fixture.h"
#include "tests/kiosk/data/mounts.h"
#include "tests/rights.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

namespace fs = std::filesystem;

/// Two runs of the recorder.
void fill(const DataDirectory& data, int visits) {
    platform::ManualClock clock{utc("2026-11-21T10:00:00.000Z")};
    for (int run = 0; run < 2; ++run) {
        auto keeper = Keeper::open(recorder_options(data), clock.now()).value();
        REQUIRE(keeper->together([&]() -> Result<void> {
            for (int i = 0; i < visits; ++i) {
                if (auto kept = keeper->append(rated(1 + i % 5), clock.now()); !kept) return kept;
            }
            return {};
        }));
    }
}

struct Batch {
    nlohmann::json first_line;
    std::vector<std::string> lines;
};

std::vector<Batch> batches_of(const fs::path& file) {
    std::istringstream text{platform::read_file(file).value()};
    std::vector<Batch> all;
    for (std::string line; std::getline(text, line);) {
        if (all.empty() || all.back().lines.size() == all.back().first_line["count"]) {
            all.push_back({.first_line = nlohmann::json::parse(line), .lines = {}});
        } else {
            all.back().lines.push_back(line);
        }
    }
    return all;
}

std::vector<std::string> lines_of(const std::vector<Batch>& batches) {
    std::vector<std::string> all;
    for (const Batch& batch : batches) all.insert(all.end(), batch.lines.begin(), batch.lines.end());
    return all;
}

std::vector<std::string> lines_of(const DataDirectory& data) {
    std::vector<std::string> all;
    for (const LogRow& row : rows(data)) all.push_back(row.line);
    return all;
}

void destroy_header(const DataDirectory& data) {
    std::fstream file{device_db_path(data.path()), std::ios::in | std::ios::out | std::ios::binary};
    file << "no header";
    REQUIRE(file.flush());
}

}  // namespace

TEST_CASE("log export: the file holds every record in batches whose chain runs through") {
    const DataDirectory data;
    const DataDirectory stick;
    fill(data, 700);
    const auto out = stick.path() / "log.ndjson";
    const auto exported = export_log_file(data.path(), out);
    REQUIRE(exported);
    CHECK(exported->report.ok());
    CHECK(exported->report.responses == 1'400);
    CHECK(exported->damage.empty());
    const std::string bytes = platform::read_file(out).value();
    CHECK(exported->sha256_hex == platform::to_hex(platform::view(platform::sha256(bytes))));

    const auto batches = batches_of(out);
    CHECK(lines_of(batches) == lines_of(data));
    protocol::Chain chain = protocol::kChainStart;
    for (const Batch& batch : batches) {
        CHECK(batch.first_line["log"] == exported->log_id.value());
        CHECK(batch.first_line["prev"] == protocol::to_hex(chain));
        CHECK(batch.first_line["first"] == nlohmann::json::parse(batch.lines.front())["seq"]);
        for (const std::string& line : batch.lines) chain = protocol::next(chain, line);
    }
}

TEST_CASE("log export: a file that is there is not overwritten") {
    const DataDirectory data;
    const DataDirectory stick;
    fill(data, 1);
    const auto out = stick.path() / "log.ndjson";
    std::ofstream{out} << "precious";
    CHECK(export_log_file(data.path(), out).error().fault == Fault::Refused);
    CHECK(platform::read_file(out) == "precious");
}

TEST_CASE("log export: where nothing was recorded nothing is left behind") {
    const DataDirectory data;
    const DataDirectory stick;
    const auto out = stick.path() / "log.ndjson";
    CHECK(export_log_file(data.path(), out).error().fault == Fault::NotFound);
    CHECK_FALSE(fs::exists(out));
}

TEST_CASE("log export: of a damaged card it takes what can be read and changes nothing there") {
    const DataDirectory data;
    const DataDirectory stick;
    fill(data, 50);
    const auto before = lines_of(data);
    destroy_header(data);
    const std::string card = platform::read_file(device_db_path(data.path())).value();
    const auto out = stick.path() / "log.ndjson";
    const auto exported = export_log_file(data.path(), out);
    REQUIRE(exported);
    CHECK_FALSE(exported->damage.empty());
    CHECK(lines_of(batches_of(out)) == before);
    CHECK(platform::read_file(device_db_path(data.path())) == card);
    CHECK(export_log_file(data.path(), stick.path() / "again.ndjson")->log_id == exported->log_id);
}

TEST_CASE("log export: pages are not gathered from a file that a kiosk writes") {
    const DataDirectory data;
    const DataDirectory stick;
    fill(data, 20);
    destroy_header(data);
    {
        const auto lock = platform::FileLock::acquire(device_db_lock_path(data.path()));
        REQUIRE(lock);
        const auto exported = export_log_file(data.path(), stick.path() / "log.ndjson");
        REQUIRE_FALSE(exported);
        CHECK(exported.error().fault == Fault::Corrupt);
        CHECK_FALSE(fs::exists(stick.path() / "log.ndjson"));
    }
    CHECK(export_log_file(data.path(), stick.path() / "log.ndjson"));
}

TEST_CASE("log export: behind numbers that are missing a new batch begins and the fault is told") {
    const DataDirectory data;
    const DataDirectory stick;
    fill(data, 5);
    tamper(data, "DELETE FROM log WHERE n = $1", {std::int64_t{4}});
    const auto exported = export_log_file(data.path(), stick.path() / "log.ndjson");
    REQUIRE(exported);
    CHECK_FALSE(exported->report.ok());
    const auto batches = batches_of(stick.path() / "log.ndjson");
    REQUIRE(batches.size() == 3);
    CHECK(batches[0].lines.size() == 3);
    CHECK(batches[1].first_line["first"] == 5);
    CHECK(batches[2].first_line["first"] == 1);
}

TEST_CASE("log export: a card that is mounted read-only is read") {
    ONLY_ROOT("mounts a stick");
    const bool running = GENERATE(true, false);
    const DataDirectory data;
    const DataDirectory stick;
    fill(data, 20);
    platform::ManualClock clock{utc("2026-11-21T12:00:00.000Z")};
    const auto recorder = open_recorder(data, clock);
    REQUIRE(append(*recorder, rated(2)));  // in the WAL alone
    const DataDirectory card;
    fs::copy(data.path(), card.path(), fs::copy_options::recursive);
    if (!running) fs::remove(fs::path{device_db_path(card.path())}.concat("-shm"));
    CHECK(where_read_only(card.path(), [&] {
        const auto exported = export_log_file(card.path(), stick.path() / "log.ndjson");
        return exported && exported->report.ok();
    }));
    CHECK(lines_of(batches_of(stick.path() / "log.ndjson")) == lines_of(data));
}
