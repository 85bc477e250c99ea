// What people are told of a device's logs.
#include "tests/store/shelf.h"

#include <nlohmann/json.hpp>

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;
using Kind = Finding::Kind;

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

TEST_CASE("ledger: what reports named is forgotten once it came and one device names only so much") {
    Shelf shelf;
    auto log = log_of(4);
    shelf.report(log, 5);
    shelf.take(log.batch());
    log.begin_epoch();
    shelf.report(log, 7);
    CHECK(shelf.rows("SELECT last_seq || '' FROM named_end") == std::vector<std::string>{"7"});

    for (int i = 0; i < 1'100; ++i) shelf.report(FakeLog{}, 9);
    CHECK(shelf.count("named_end") == 1'000);
    CHECK(shelf.log_of_id(log.id()).epochs.size() == 2);
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
