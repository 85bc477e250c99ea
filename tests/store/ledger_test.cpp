// What people are told of a device's logs, and what replaying and handing over does to it.
#include "sync/store/reading/ledger.h"

#include "platform/ids.h"
#include "surveys/samples/samples.h"
#include "sync/store/ingest/replay.h"
#include "sync/store/ingest/report.h"
#include "tests/store/desk.h"

#include <nlohmann/json.hpp>

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;
using Kind = Finding::Kind;

namespace {

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
    std::vector<Kind> kinds() {
        std::vector<Kind> all;
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

FakeLog log_of(int visits) {
    FakeLog log;
    for (int i = 0; i < visits; ++i) log.add(visit(5, 10), stamp(kNoon));
    return log;
}

}  // namespace

TEST_CASE("ledger: a log that came whole has nothing to tell") {
    Shelf shelf;
    auto log = log_of(4);
    shelf.take(log.batch());
    log.begin_epoch();
    log.add(visit(1, 0), stamp(kNoon));
    shelf.take(log.batch());
    shelf.report(log, 2);

    const auto told = shelf.log();

    CHECK(told.findings.empty());
    REQUIRE(told.epochs.size() == 2);
    CHECK(told.epochs[0].received == 5);
    CHECK(told.epochs[1].received == 2);
    CHECK_THAT(to_text(shelf.ledger()), Catch::Contains("Nothing is missing"));
}

TEST_CASE("ledger: two runs that continue the same one are a fork") {
    Shelf shelf;
    auto log = log_of(4);
    auto twin = log;
    shelf.take(log.batch());
    log.begin_epoch();
    twin.begin_epoch();
    shelf.take(log.batch());
    shelf.take(twin.batch());

    CHECK(shelf.kinds() == std::vector{Kind::Fork});
    CHECK_THAT(to_text(shelf.ledger()), Catch::Contains(log.epoch().substr(0, 8)) &&
                                            Catch::Contains(twin.epoch().substr(0, 8)) && Catch::Contains("image"));
    CHECK(shelf.count("log_epoch") == 3);
}

TEST_CASE("ledger: a run that goes on behind the end that its successor named is a fork") {
    Shelf shelf;
    auto log = log_of(4);
    auto image = log;
    shelf.take(log.batch());
    image.begin_epoch();
    shelf.take(image.batch());
    log.add(visit(1, 0), stamp(kNoon));
    shelf.take(log.batch());

    CHECK(shelf.kinds() == std::vector{Kind::Fork});
}

TEST_CASE("ledger: a lone run that began before the end of what was sent is a rollback") {
    Shelf shelf;
    auto log = log_of(4);
    auto image = log;
    for (int i = 0; i < 3; ++i) log.add(visit(1, 0), stamp(kNoon));
    shelf.take(log.batch());
    image.begin_epoch();
    image.add(visit(3, 3), stamp(kNoon));
    shelf.take(image.batch());

    CHECK(shelf.kinds() == std::vector{Kind::Rollback});
    CHECK_THAT(to_text(shelf.ledger()),
               Catch::Contains("number 5") && Catch::Contains("up to 8") && Catch::Contains("replace the card"));
    CHECK(shelf.count("response") == 8);

    log.begin_epoch();
    shelf.take(log.batch());
    CHECK(shelf.kinds() == std::vector{Kind::Fork});
}

TEST_CASE("ledger: other records under the same numbers are a break") {
    Shelf shelf;
    auto log = log_of(2);
    auto twin = log;
    log.add(visit(5, 10), stamp(kNoon));
    twin.add(visit(1, 0), stamp(kNoon));
    shelf.take(log.batch());
    shelf.take(twin.batch());

    CHECK(shelf.kinds() == std::vector{Kind::Break});
}

TEST_CASE("ledger: lost numbers are missing until they come") {
    Shelf shelf;
    const auto log = log_of(9);
    const auto lost = protocol::lost_line(4, {.until = 7, .chain = protocol::to_hex(log.chain_before(8))});
    shelf.take(log.batch(1, 3));
    shelf.take(log.batch_of(4, {lost, log.line(8)}));

    const auto told = shelf.log();
    REQUIRE(told.epochs.size() == 1);
    CHECK(told.epochs[0].received == 4);
    CHECK(told.epochs[0].last == 8);
    CHECK(told.epochs[0].missing == std::vector<Numbers>{{.first = 4, .last = 7}});
    CHECK(shelf.kinds() == std::vector{Kind::Missing});

    shelf.take(log.batch());
    CHECK(shelf.kinds().empty());
}

TEST_CASE("ledger: what a report named and never came is awaited for ever") {
    Shelf shelf;
    auto log = log_of(4);
    SECTION("the rest of a run") {
        shelf.take(log.batch(1, 3));
        shelf.report(log, 5);
        shelf.report(log, 4);
        REQUIRE(shelf.log().epochs.size() == 1);
        CHECK(shelf.log().epochs[0].awaited == std::vector<Numbers>{{.first = 4, .last = 5}});
    }
    SECTION("a whole run") {
        shelf.take(log.batch());
        log.begin_epoch();
        shelf.report(log, 1);
        REQUIRE(shelf.log().epochs.size() == 2);
        CHECK(shelf.log().epochs[1].awaited == std::vector<Numbers>{{.first = 1, .last = 1}});
        CHECK(shelf.log().epochs[1].received == 0);
    }
    SECTION("a whole log") {
        shelf.report(log, 5);
        REQUIRE(shelf.log().epochs.size() == 1);
        CHECK(shelf.log().epochs[0].awaited == std::vector<Numbers>{{.first = 1, .last = 5}});
    }
    CHECK(shelf.kinds() == std::vector{Kind::Awaited});
    CHECK_THAT(to_text(shelf.ledger()), Catch::Contains("milepost-store import"));

    for (int epoch = 0; epoch < 2; ++epoch) {
        if (epoch == 0 || log.epoch() != log.id()) shelf.take(log.batch(1, 0, epoch));
    }
    CHECK(shelf.kinds().empty());
}

TEST_CASE("ledger: another device's report says nothing of a log") {
    Shelf shelf;
    const auto log = log_of(4);
    shelf.take(log.batch());
    const protocol::StatusRequest status{.log = log.id(), .epoch = log.epoch(), .last_seq = 900};

    REQUIRE(keep_report(*shelf.writing, "dev_other", status, "{}"));

    CHECK(shelf.kinds().empty());
}

TEST_CASE("ledger: the same for programs") {
    Shelf shelf;
    auto log = log_of(2);
    log.add_line("not json");
    shelf.take(log.batch());

    const auto json = nlohmann::json::parse(to_json(shelf.ledger(shelf.device)));

    CHECK(json.at("device") == shelf.device);
    const auto& epoch = json.at("logs").at(0).at("epochs").at(0);
    CHECK(epoch.at("epoch") == log.epoch());
    CHECK(epoch.at("received") == 4);
    CHECK(epoch.at("quarantined") == 1);
    CHECK(epoch.at("missing").empty());
    CHECK(json.at("logs").at(0).at("findings").at(0).at("kind") == "quarantined");
    const auto nobody = device_ledger(*shelf.reading, "nobody");
    REQUIRE_FALSE(nobody);
    CHECK(nobody.error().fault == Fault::NotFound);
}

TEST_CASE("replay: lines go in once the fault that kept them out is mended") {
    Shelf shelf;
    FakeLog log;
    const auto good = visit(5, 10);
    log.add(good, stamp(kNoon));
    log.add_line("not json");
    // As a release that was wrong about it would have left it.
    shelf.take(log.batch(1, 1));
    shelf.take(log.batch_of(2, {protocol::quarantined_line(2, log.line(2), "five 500s"), log.line(3)}));
    REQUIRE(shelf.count("response") == 0);
    REQUIRE(shelf.log().epochs[0].quarantined == 2);

    const auto replayed = replay_quarantine(*shelf.writing, "", {});

    REQUIRE(replayed);
    CHECK(replayed->tried == 2);
    CHECK(replayed->went_in == 1);
    CHECK_FALSE(replayed->next);
    CHECK(shelf.rows("SELECT id || ' ' || seq FROM response") == std::vector<std::string>{good.id + " 2"});
    CHECK(shelf.log().epochs[0].quarantined == 1);
    CHECK(counted(shelf).rollups == counted(shelf).recounted);
    const auto again = replay_quarantine(*shelf.writing, "", {});
    REQUIRE(again);
    CHECK(again->tried == 1);
    CHECK(again->went_in == 0);
    shelf.take(log.batch());
    CHECK(shelf.count("response") == 1);
    CHECK(shelf.count("log_break") == 0);
}

TEST_CASE("replay: more lines than fit one page all get their turn") {
    Shelf shelf;
    FakeLog log;
    std::vector<std::string> lines{log.line(1)};
    for (int i = 0; i < 450; ++i) {
        const auto seq = log.add(visit(1 + i % 5, 3), stamp(kNoon));
        lines.push_back(protocol::quarantined_line(seq, log.line(seq), "wrongly"));
    }
    shelf.take(log.batch_of(1, lines));
    QuarantineKey after;
    std::int64_t went_in = 0;
    int pages = 0;
    for (bool more = true; more; ++pages) {
        const auto replayed = replay_quarantine(*shelf.writing, shelf.device, after);
        REQUIRE(replayed);
        went_in += replayed->went_in;
        more = replayed->next.has_value();
        if (more) after = *replayed->next;
    }

    CHECK(pages == 3);
    CHECK(went_in == 450);
    CHECK(shelf.count("response") == 450);
    CHECK(counted(shelf).rollups == counted(shelf).recounted);
}

TEST_CASE("replay: a clock event that was held back dates what came before it") {
    Shelf shelf;
    FakeLog log;
    const auto response = visit(5, 10);
    log.add(response, stamp(kNoon - std::chrono::hours{24 * 400}, platform::Trust::Unset, 60'000));
    const auto seq = log.add_clock(
        {.boot = kBoot, .utc_minus_mono_ms = kNoon.time_since_epoch().count(), .error_ms = 40, .source = "kernel"},
        stamp(kNoon, platform::Trust::Synced, 120'000));
    shelf.take(log.batch_of(1, {log.line(1), log.line(2), protocol::quarantined_line(seq, log.line(seq), "wrongly")}));
    REQUIRE(shelf.rows("SELECT day FROM response") == std::vector<std::string>{"undated"});

    REQUIRE(replay_quarantine(*shelf.writing, "", {}));

    CHECK(shelf.rows("SELECT day FROM response") == std::vector<std::string>{"2026-11-21"});
    CHECK(counted(shelf).rollups == counted(shelf).recounted);
}
