// What becomes of numbers that were lost, that come again otherwise, and of members that are not known.
#include "platform/encoding.h"
#include "platform/ids.h"
#include "tests/store/desk.h"

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;
using Kind = IngestOutcome::Kind;

namespace {

FakeLog log_of(int visits) {
    FakeLog log;
    for (int i = 0; i < visits; ++i) log.add(visit(1 + i % 5, i), stamp(kNoon + std::chrono::minutes{20 * i}));
    return log;
}

std::string hex(const protocol::Chain& chain) {
    return protocol::to_hex(chain);
}

/// All of an epoch as one lost line, with what its record 1 said.
std::string all_lost(const FakeLog& log, int epoch) {
    protocol::Predecessor previous{.epoch = {}, .last_seq = 0, .chain = hex(protocol::kChainStart)};
    if (epoch > 0)
        previous = {.epoch = log.epoch(epoch - 1), .last_seq = log.last(epoch - 1), .chain = hex(log.chain(epoch - 1))};
    return protocol::lost_line(1, {.until = log.last(epoch), .chain = hex(log.chain(epoch)), .previous = previous});
}

FakeLog three_epochs() {
    auto log = log_of(2);
    for (int i = 0; i < 2; ++i) {
        log.begin_epoch();
        log.add(visit(5, 10), stamp(kNoon));
    }
    return log;
}

std::vector<std::string> lost_of(const Desk& desk) {
    return desk.rows("SELECT epoch || ': ' || first_seq || '-' || last_seq FROM lost");
}

}  // namespace

TEST_CASE("ingest: a wholly lost epoch says what came before it and that is asked for") {
    Desk desk;
    const auto log = three_epochs();
    const auto asks_for = [&](const std::string& body, int epoch) {
        const auto outcome = desk.send(body);
        REQUIRE(outcome);
        CHECK(outcome->kind == Kind::Gap);
        CHECK(outcome->answer.epoch == log.epoch(epoch));
        CHECK(outcome->answer.next == 1);
    };
    asks_for(log.batch(1, 0, 2), 1);
    asks_for(log.batch_of(1, {all_lost(log, 1)}, 1), 0);

    desk.accepted(log.batch_of(1, {all_lost(log, 0)}, 0));
    CHECK(desk.accepted(log.batch_of(1, {all_lost(log, 1)}, 1)).chain == log.chain(1));
    CHECK(desk.accepted(log.batch(1, 0, 2)).chain == log.chain(2));

    CHECK(lost_of(desk) == std::vector<std::string>{"1: 1-3", "2: 1-2"});
    CHECK(desk.count("log_break") == 0);
    CHECK(desk.rows("SELECT prev_epoch FROM log_epoch WHERE epoch = 2") == std::vector<std::string>{log.epoch(0)});
}

TEST_CASE("ingest: a lost epoch that does not say what came before is taken all the same") {
    Desk desk;
    const auto log = three_epochs();

    desk.accepted(log.batch_of(1, {protocol::lost_line(1, {.until = 2, .chain = {}})}, 1));

    CHECK(lost_of(desk) == std::vector<std::string>{"1: 1-2"});
}

TEST_CASE("ingest: an epoch whose record 1 was held back raw has its predecessor") {
    Desk desk;
    const auto log = three_epochs();
    desk.accepted(log.batch(1, 0, 0));

    desk.accepted(log.batch_of(1, {protocol::quarantined_line(1, log.line(1, 1), "five 500s"), log.line(2, 1)}, 1));

    CHECK(desk.rows("SELECT prev_epoch FROM log_epoch WHERE epoch = 2") == std::vector<std::string>{log.epoch(0)});
}

TEST_CASE("ingest: lost numbers that come after all go in and are lost no more") {
    Desk desk;
    const auto log = log_of(11);
    desk.accepted(log.batch(1, 3));
    const auto lost = protocol::lost_line(4, {.until = 9, .chain = hex(log.chain_before(10))});
    desk.accepted(log.batch_of(4, {lost, log.line(10)}));
    REQUIRE(desk.count("response") == 3);

    SECTION("all of them with what is held around them") {
        CHECK(desk.accepted(log.batch(1, 12)).next == 13);
        CHECK(desk.count("response") == 11);
        CHECK(desk.count("lost") == 0);
    }
    SECTION("some of them") {
        CHECK(desk.accepted(log.batch(6, 7)).next == 8);
        CHECK(desk.count("response") == 5);
        CHECK(lost_of(desk) == std::vector<std::string>{"1: 4-5", "1: 8-9"});
    }
    SECTION("the first and the last one by one") {
        desk.accepted(log.batch(4, 4));
        desk.accepted(log.batch(9, 9));
        CHECK(lost_of(desk) == std::vector<std::string>{"1: 5-8"});
    }
    CHECK(desk.count("log_break") == 0);
    CHECK(counted(desk).rollups == counted(desk).recounted);
}

TEST_CASE("ingest: a line that comes for a lost number and cannot be read is no longer lost but in quarantine") {
    Desk desk;
    FakeLog log;
    log.add_line("not json");
    log.add(visit(5, 10), stamp(kNoon));
    desk.accepted(
        log.batch_of(1, {log.line(1), protocol::lost_line(2, {.until = 2, .chain = hex(log.chain_before(3))})}));

    desk.accepted(log.batch());

    CHECK(desk.count("lost") == 0);
    CHECK(desk.count("quarantine") == 1);
}

TEST_CASE("ingest: the record 1 that was lost names the epoch before when it comes") {
    Desk desk;
    const auto log = three_epochs();
    desk.accepted(log.batch(1, 0, 0));
    desk.accepted(log.batch_of(1, {protocol::lost_line(1, {.until = 1, .chain = {}}), log.line(2, 1)}, 1));

    desk.accepted(log.batch(1, 0, 1));

    CHECK(desk.count("lost") == 0);
    CHECK(desk.rows("SELECT prev_epoch FROM log_epoch WHERE epoch = 2") == std::vector<std::string>{log.epoch(0)});
}

TEST_CASE("ingest: other records under numbers that are held are a break wherever their batch ends") {
    Desk desk;
    FakeLog log = log_of(3);
    FakeLog twin = log;
    for (int i = 0; i < 6; ++i) log.add(visit(5, 10), stamp(kNoon));
    for (int i = 0; i < 6; ++i) twin.add(visit(1, 0), stamp(kNoon));
    desk.accepted(log.batch());
    const auto [first, last, strange] = GENERATE(table<int, int, int>({{1, 7, 5}, {5, 7, 5}, {6, 6, 6}, {4, 9, 5}}));

    const auto answer = desk.accepted(twin.batch(first, last));

    CHECK(answer.next == last + 1);
    CHECK(answer.chain == twin.chain_before(last + 1));
    CHECK(desk.rows("SELECT CAST(seq AS TEXT) FROM log_break") == std::vector<std::string>{std::to_string(strange)});
    desk.accepted(twin.batch(first, last));
    CHECK(desk.count("log_break") == 1);
    CHECK(desk.count("response") == 9 + last - std::max(first, 5) + 1);
    CHECK(counted(desk).rollups == counted(desk).recounted);
}

TEST_CASE("ingest: two that write one run on both get all of theirs in") {
    Desk desk;
    FakeLog log = log_of(3);
    FakeLog twin = log;
    for (int i = 0; i < 9; ++i) log.add(visit(5, 10), stamp(kNoon));
    for (int i = 0; i < 7; ++i) twin.add(visit(1, 0), stamp(kNoon));
    desk.accepted(log.batch());

    // In pieces, each of them twice as after a lost answer, and on from where the store says.
    for (std::int64_t next = 4; next <= twin.last();) {
        const auto body = twin.batch(next, std::min(twin.last(), next + 1));
        desk.accepted(body);
        next = desk.accepted(body).next;
    }

    CHECK(desk.count("response") == 3 + 9 + 7);
    CHECK(counted(desk).rollups == counted(desk).recounted);
}

TEST_CASE("ingest: what is sent again where the chain is not known is no break") {
    Desk desk;
    const auto log = log_of(9);
    desk.accepted(log.batch(1, 3));
    desk.accepted(log.batch_of(4, {protocol::lost_line(4, {.until = 5, .chain = {}})}));

    desk.accepted(log.batch(1, 3));
    desk.accepted(log.batch(2, 8));

    CHECK(desk.count("log_break") == 0);
    CHECK(desk.count("lost") == 0);
    CHECK(desk.count("response") == 7);
}

TEST_CASE("ingest: members of an event that are not known are kept") {
    Desk desk;
    FakeLog log;
    auto line = protocol::event_line(2, platform::make_uuid7(kNoon), "shutdown", R"({"why":"told"})", stamp(kNoon));
    line.replace(line.find(R"("what")"), 0, R"("door":{"open":true},)");
    line.replace(line.find(R"("mono_ms")"), 0, R"("source":"gps",)");
    log.add_line(line);

    desk.accepted(log.batch());

    CHECK(desk.rows("SELECT extra FROM event WHERE what = 'shutdown'") ==
          std::vector<std::string>{R"({"door":{"open":true},"at":{"source":"gps"}})"});
    CHECK(desk.rows("SELECT data FROM event WHERE what = 'shutdown'") == std::vector<std::string>{R"({"why":"told"})"});
}
