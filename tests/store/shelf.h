#pragma once

#include "sync/store/ingest/report.h"
#include "sync/store/reading/ledger.h"
#include "tests/store/desk.h"

namespace milepost::store::test {

/// A store's writing side, one device in it, and what people are told of its logs.
struct Shelf : Desk {
    Shelf() : device(add_device(*writing, kiosk())->device) {
        auto opened = Reading::open(directory.path(), clock);
        REQUIRE(opened);
        reading = std::move(*opened);
    }
    void take(const std::string& body) {
        const auto outcome = send(body, device);
        REQUIRE(outcome);
        REQUIRE(outcome->kind == IngestOutcome::Kind::Applied);
    }
    void report(const FakeLog& log, std::int64_t last, int epoch = -1) {
        const protocol::StatusRequest status{.log = log.id(), .epoch = log.epoch(epoch), .last_seq = last};
        REQUIRE(keep_report(*writing, device, status, "{}"));
    }
    DeviceLedger ledger(const std::string& name = "kiosk") {
        auto found = device_ledger(*reading, name);
        REQUIRE(found);
        return std::move(*found);
    }
    LogLedger log() {
        auto found = ledger();
        REQUIRE(found.logs.size() == 1);
        return std::move(found.logs.front());
    }
    LogLedger log_of_id(const std::string& id) {
        auto found = ledger();
        const auto log = std::ranges::find(found.logs, id, &LogLedger::id);
        REQUIRE(log != found.logs.end());
        return std::move(*log);
    }
    std::vector<Finding::Kind> kinds() {
        std::vector<Finding::Kind> all;
        for (const auto& finding : log().findings) {
            all.push_back(finding.kind);
            CHECK_FALSE(finding.what.empty());
            CHECK_FALSE(finding.way_out.empty());
        }
        return all;
    }
    std::string device;
    std::unique_ptr<Reading> reading;
};

inline FakeLog log_of(int visits) {
    FakeLog log;
    for (int i = 0; i < visits; ++i) log.add(visit(5, 10), stamp(kNoon));
    return log;
}

}  // namespace milepost::store::test
