// Lines in quarantine that are tried again.
#include "sync/store/ingest/replay.h"

#include "tests/store/shelf.h"

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;

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

TEST_CASE("replay: a line that comes again and goes in then is no other log's") {
    Shelf shelf;
    FakeLog log;
    const auto good = visit(5, 10);
    log.add(good, stamp(kNoon));
    log.add(visit(4, 10), stamp(kNoon));
    shelf.take(log.batch(1, 1));
    shelf.take(log.batch_of(2, {protocol::quarantined_line(2, log.line(2), "five 500s"), log.line(3)}));
    REQUIRE(shelf.log().epochs[0].quarantined == 1);
    shelf.take(log.batch(2, 2));

    CHECK(shelf.count("response") == 2);
    CHECK(shelf.log().epochs[0].quarantined == 0);
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
