#pragma once

#include "sync/store/administration.h"
#include "sync/store/enrolment.h"
#include "sync/store/ingest/ingest.h"
#include "tests/platform/temporary_directory.h"
#include "tests/store/fake_log.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace milepost::store::test {

/// A store's writing side on a real file, with the touchpoint "exit" in Berlin.
struct Desk {
    explicit Desk(bool with_touchpoint = true) {
        auto opened = Writing::open(directory.path(), clock);
        REQUIRE(opened);
        writing = std::move(*opened);
        if (with_touchpoint) REQUIRE(add_device(*writing, kiosk()));
    }
    static NewDevice kiosk() {
        return {.name = "kiosk", .site = "berlin", .touchpoint = "exit", .time_zone = "Europe/Berlin"};
    }

    Result<IngestOutcome> send(std::string body, std::string_view device = "dev_1") {
        auto batch = read_batch(std::move(body), reader);
        REQUIRE(batch);
        return ingest(*writing, device, **batch);
    }
    /// A batch that must be taken; what the store says it holds.
    protocol::RecordsAnswer accepted(std::string body) {
        const auto outcome = send(std::move(body));
        REQUIRE(outcome);
        REQUIRE(outcome->kind == IngestOutcome::Kind::Applied);
        return outcome->answer;
    }
    /// Every row as text, columns with `|` between, sorted.
    std::vector<std::string> rows(const std::string& sql) const {
        auto database = platform::open_for_reading(directory.file("store.db"));
        REQUIRE(database);
        auto statement = (*database)->prepare(sql);
        REQUIRE(statement);
        std::vector<std::string> all;
        REQUIRE((*statement)->run({}, [&](const platform::Row& row) { all.push_back(row.text(0)); }));
        std::ranges::sort(all);
        return all;
    }
    std::int64_t count(const std::string& table) const {
        return std::stoll(rows("SELECT CAST(COUNT(*) AS TEXT) FROM " + table).front());
    }

    platform::TemporaryDirectory directory;
    platform::ManualClock clock{kNoon};
    std::unique_ptr<Writing> writing;
    RecordReader reader;
};

/// Rollups, and the same recounted from the rows of response, answer and answer_option.
struct Counted {
    std::vector<std::string> rollups;
    std::vector<std::string> recounted;
};
[[nodiscard]] Counted counted(const Desk& desk);

}  // namespace milepost::store::test
