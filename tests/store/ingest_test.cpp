#include "platform/encoding.h"
#include "platform/ids.h"
#include "surveys/samples/samples.h"
#include "tests/store/desk.h"

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;
using Kind = IngestOutcome::Kind;

namespace {

FakeLog log_of_ten() {
    FakeLog log;
    for (int i = 0; i < 9; ++i) log.add(visit(1 + i % 5, i), stamp(kNoon + std::chrono::minutes{20 * i}));
    return log;
}

std::string today_of(const Desk& desk, const std::string& id) {
    return desk.rows("SELECT day || ' ' || hour FROM response WHERE id = '" + id + "'").front();
}

}  // namespace

TEST_CASE("ingest: a batch is stored with its answers and counted") {
    Desk desk;
    const auto log = log_of_ten();

    const auto answer = desk.accepted(log.batch());

    CHECK(answer.epoch == log.epoch());
    CHECK(answer.next == 11);
    CHECK(answer.chain == log.chain());
    CHECK(desk.count("response") == 9);
    CHECK(desk.count("answer") == 36);
    CHECK(desk.count("quarantine") == 0);
    const auto both = counted(desk);
    CHECK_FALSE(both.rollups.empty());
    CHECK(both.rollups == both.recounted);
}

TEST_CASE("ingest: what is sent again changes nothing however it is cut") {
    Desk desk;
    const auto log = log_of_ten();
    desk.accepted(log.batch(1, 6));
    const auto before = counted(desk);
    const auto [first, last] = GENERATE(table<int, int>({{1, 6}, {1, 3}, {2, 5}, {6, 6}}));

    const auto answer = desk.accepted(log.batch(first, last));

    // Of what it did not bring, nothing shows that its sender has the same.
    CHECK(answer.next == last + 1);
    CHECK(answer.chain == log.chain_before(last + 1));
    CHECK(desk.count("response") == 5);
    CHECK(desk.count("log_break") == 0);
    CHECK(counted(desk).rollups == before.rollups);
}

TEST_CASE("ingest: a batch that overlaps adds only what is new") {
    Desk desk;
    const auto log = log_of_ten();
    desk.accepted(log.batch(1, 6));

    const auto answer = desk.accepted(log.batch(4, 10));

    CHECK(answer.next == 11);
    CHECK(answer.chain == log.chain());
    CHECK(desk.count("response") == 9);
    CHECK(desk.count("log_break") == 0);
    CHECK(counted(desk).rollups == counted(desk).recounted);
}

TEST_CASE("ingest: numbers that are missing are asked for and nothing is stored") {
    Desk desk;
    FakeLog log = log_of_ten();
    log.begin_epoch();
    log.add(visit(5, 10), stamp(kNoon));
    struct Case {
        std::int64_t held;  // of epoch 0
        int epoch;
        std::int64_t first;
        int wanted_epoch;
        std::int64_t wanted;
    };
    const auto c = GENERATE(values<Case>({
        {.held = 0, .epoch = 0, .first = 2, .wanted_epoch = 0, .wanted = 1},   // unknown epoch not from its start
        {.held = 4, .epoch = 0, .first = 6, .wanted_epoch = 0, .wanted = 5},   // a hole
        {.held = 0, .epoch = 1, .first = 1, .wanted_epoch = 0, .wanted = 1},   // no predecessor at all
        {.held = 7, .epoch = 1, .first = 1, .wanted_epoch = 0, .wanted = 8},   // half a predecessor
        {.held = 10, .epoch = 1, .first = 2, .wanted_epoch = 1, .wanted = 1},  // predecessor there and this not begun
    }));
    if (c.held > 0) desk.accepted(log.batch(1, c.held, 0));
    const auto responses = desk.count("response");
    const auto epochs = desk.count("log_epoch");

    const auto outcome = desk.send(log.batch(c.first, 0, c.epoch));

    REQUIRE(outcome);
    CHECK(outcome->kind == Kind::Gap);
    CHECK(outcome->answer.epoch == log.epoch(c.wanted_epoch));
    CHECK(outcome->answer.next == c.wanted);
    CHECK(desk.count("response") == responses);
    CHECK(desk.count("log_epoch") == epochs);
}

TEST_CASE("ingest: epochs follow each other with one chain") {
    Desk desk;
    FakeLog log = log_of_ten();
    log.begin_epoch();
    log.add(visit(5, 10), stamp(kNoon));
    desk.accepted(log.batch(1, 0, 0));

    CHECK(desk.accepted(log.batch()).chain == log.chain());
    CHECK(desk.count("log_break") == 0);
}

TEST_CASE("ingest: a line that cannot be applied is put aside and the others go in") {
    Desk desk;
    FakeLog log;
    log.add(visit(5, 10), stamp(kNoon));
    auto wrong = visit(4, 9);
    const std::string poison = GENERATE_REF(values<std::string>({
        "not json",
        "[]",
        R"({"seq":SEQ,"kind":"response"})",
        R"({"seq":99,"kind":"event","id":"0193e4a6-0000-7000-8000-000000000001","what":"x","at":{"utc":"2026-11-21T12:00:00.000Z","trust":"synced","boot":"b","mono_ms":1}})",
        R"({"seq":SEQ,"kind":"riddle"})",
        R"({"seq":SEQ,"kind":"lost","until":1})",
    }));
    log.add_line(poison);
    log.add(visit(3, 2), stamp(kNoon));

    const auto answer = desk.accepted(log.batch());

    CHECK(answer.next == 5);
    CHECK(answer.chain == log.chain());
    CHECK(desk.count("response") == 2);
    CHECK(desk.count("quarantine") == 1);
    CHECK_FALSE(desk.rows("SELECT reason FROM quarantine").front().empty());
    CHECK(desk.rows("SELECT CAST(line AS TEXT) FROM quarantine").front() == log.line(3));
}

TEST_CASE("ingest: an answer that its survey's question cannot have is put aside") {
    Desk desk;
    FakeLog log;
    auto response = visit(4, 9);
    SECTION("a value off the scale") {
        response.answers[0].value = 6;
    }
    SECTION("a value below the scale") {
        response.answers[0].value = 0;
    }
    SECTION("a scale without a value") {
        response.answers[2].value.reset();
    }
    SECTION("an option that is not there") {
        response.answers[1].options = {"weather"};
    }
    SECTION("a question that is not there") {
        response.answers[3].question = "mood";
    }
    SECTION("text on a scale") {
        response.answers[0].text = "fine";
    }
    SECTION("a question twice") {
        response.answers[3] = response.answers[0];
    }
    log.add(response, stamp(kNoon));
    log.add(visit(5, 10), stamp(kNoon));

    desk.accepted(log.batch());
    desk.accepted(log.batch());

    CHECK(desk.count("response") == 1);
    CHECK(desk.count("quarantine") == 1);
    CHECK(counted(desk).rollups == counted(desk).recounted);
}

TEST_CASE("ingest: a list longer than any survey's is put aside") {
    Desk desk;
    FakeLog log;
    for (const int count : {1'000, 1'001}) {
        auto response = visit(4, 9);
        response.survey = "not-known-yet";
        auto& options = response.answers[1].options;
        options.clear();
        for (int i = 0; i < count; ++i) options.push_back("option-" + std::to_string(i));
        log.add(response, stamp(kNoon));
    }

    desk.accepted(log.batch());

    CHECK(desk.count("response") == 1);
    const auto reasons = desk.rows("SELECT reason FROM quarantine");
    REQUIRE(reasons.size() == 1);
    CHECK(reasons.front().find("more than 1,000") != std::string::npos);
}

TEST_CASE("ingest: lost numbers stand for themselves and the log goes on behind them") {
    Desk desk;
    const auto log = log_of_ten();
    desk.accepted(log.batch(1, 3));
    const auto lost = R"({"seq":4,"kind":"lost","until":7,"chain":")" + protocol::to_hex(log.chain_before(8)) + "\"}";

    const auto answer = desk.accepted(log.batch_of(4, {lost, log.line(8), log.line(9)}));

    CHECK(answer.next == 10);
    CHECK(answer.chain == log.chain_before(10));
    CHECK(desk.rows("SELECT first_seq || '-' || last_seq FROM lost") == std::vector<std::string>{"4-7"});
    CHECK(desk.accepted(log.batch(10, 10)).chain == log.chain());
    CHECK(desk.count("log_break") == 0);
    CHECK(desk.count("response") == 5);
}

TEST_CASE("ingest: lost numbers without a chain leave it open until it is known again") {
    Desk desk;
    const auto log = log_of_ten();
    desk.accepted(log.batch(1, 3));
    const std::string lost = R"({"seq":4,"kind":"lost","until":7,"chain":null})";

    CHECK_FALSE(desk.accepted(log.batch_of(4, {lost})).chain);
    CHECK(desk.accepted(log.batch(8, 10)).chain == log.chain());
    CHECK(desk.count("log_break") == 0);
}

TEST_CASE("ingest: a device that no longer knows the chain goes on from behind its lost numbers") {
    Desk desk;
    const auto log = log_of_ten();
    desk.accepted(log.batch(1, 3));
    const auto lost = protocol::lost_line(4, {.until = 7, .chain = protocol::to_hex(log.chain_before(8))});
    const protocol::BatchHeader header{
        .log = log.id(), .epoch = log.epoch(), .first = 4, .count = 2, .prev = protocol::kChainStart};

    const auto answer = desk.accepted(protocol::encode_batch(header, {lost, log.line(8)}));

    CHECK(answer.next == 9);
    CHECK(answer.chain == log.chain_before(9));
    CHECK(desk.rows("SELECT first_seq || '-' || last_seq FROM lost") == std::vector<std::string>{"4-7"});
    CHECK(desk.accepted(log.batch(9, 10)).chain == log.chain());
    CHECK(desk.count("log_break") == 0);
}

TEST_CASE("ingest: lost numbers behind another chain are a break") {
    Desk desk;
    const auto log = log_of_ten();
    desk.accepted(log.batch(1, 3));
    const auto lost = protocol::lost_line(4, {.until = 7, .chain = {}});
    const protocol::BatchHeader header{
        .log = log.id(), .epoch = log.epoch(), .first = 4, .count = 1, .prev = log.chain_before(3)};

    desk.accepted(protocol::encode_batch(header, {lost}));

    CHECK(desk.count("log_break") == 1);
}

TEST_CASE("ingest: the newest epoch is the one that arrived last whatever the clock says") {
    Desk desk;
    const auto log = log_of_ten();
    desk.accepted(log.batch());
    std::string newest;
    for (int times = 0; times < 8; ++times) {
        // Epochs without a known predecessor, as of a cloned card, all within one millisecond.
        newest = platform::make_uuid4();
        const auto line = protocol::epoch_line(platform::make_uuid7(kNoon),
                                               {.prev_epoch = {},
                                                .prev_last_seq = 0,
                                                .prev_chain = protocol::to_hex(protocol::kChainStart),
                                                .hardware = "test",
                                                .version = "1"},
                                               stamp(kNoon));
        const protocol::BatchHeader header{
            .log = log.id(), .epoch = newest, .first = 1, .count = 1, .prev = protocol::kChainStart};
        desk.accepted(protocol::encode_batch(header, {line}));
    }

    const auto known = desk.writing->tables->logs.find(log.id());
    REQUIRE((known && *known));
    const auto epoch = desk.writing->tables->logs.newest_epoch((*known)->log);

    REQUIRE((epoch && *epoch));
    CHECK((*epoch)->id == newest);
}

TEST_CASE("ingest: a line that the device held back is kept raw and the chain goes over it") {
    Desk desk;
    const auto log = log_of_ten();
    const auto held_back = R"({"seq":2,"kind":"quarantined","id":"x","reason":"five 500s","raw":")" +
                           platform::to_base64(log.line(2)) + "\"}";

    const auto answer = desk.accepted(log.batch_of(1, {log.line(1), held_back, log.line(3)}));

    CHECK(answer.chain == log.chain_before(4));
    CHECK(desk.rows("SELECT CAST(line AS TEXT) FROM quarantine").front() == log.line(2));
    CHECK(desk.count("response") == 1);
}

TEST_CASE("ingest: another chain is recorded as a break and its records go in by their ids") {
    Desk desk;
    FakeLog log = log_of_ten();
    FakeLog twin = log;
    for (int i = 0; i < 3; ++i) log.add(visit(5, 10), stamp(kNoon));
    for (int i = 0; i < 4; ++i) twin.add(visit(1, 0), stamp(kNoon));
    desk.accepted(log.batch());

    const auto answer = desk.accepted(twin.batch());

    CHECK(answer.next == 15);
    CHECK(answer.chain == twin.chain());
    CHECK(desk.count("log_break") == 1);
    CHECK(desk.count("response") == 9 + 3 + 4);
    CHECK(counted(desk).rollups == counted(desk).recounted);
}

TEST_CASE("ingest: of two branches of one epoch both send all that the other does not have") {
    Desk desk;
    FakeLog log = log_of_ten();
    FakeLog twin = log;
    for (int i = 0; i < 6; ++i) log.add(visit(5, 10), stamp(kNoon));
    for (int i = 0; i < 4; ++i) twin.add(visit(1, 0), stamp(kNoon));
    desk.accepted(log.batch());

    desk.accepted(log.batch());

    // A machine's image that runs twice: the epoch is the same, and the mark is of before.
    std::int64_t next = 5;
    while (next <= twin.last())
        next = desk.accepted(twin.batch(next, std::min<std::int64_t>(next + 2, twin.last()))).next;

    CHECK(desk.count("response") == 9 + 6 + 4);
    CHECK(desk.count("log_break") > 0);
}

TEST_CASE("ingest: a response that came under another number is not stored twice") {
    Desk desk;
    FakeLog log;
    const auto response = visit(5, 10);
    log.add(response, stamp(kNoon));
    log.add(response, stamp(kNoon));

    CHECK(desk.accepted(log.batch()).next == 4);
    CHECK(desk.count("response") == 1);
    CHECK(counted(desk).rollups == counted(desk).recounted);
}

TEST_CASE("ingest: a log that another device writes to is refused") {
    Desk desk;
    const auto log = log_of_ten();
    desk.accepted(log.batch(1, 5));

    const auto outcome = desk.send(log.batch(6, 10), "dev_2");

    REQUIRE(outcome);
    CHECK(outcome->kind == Kind::ForeignLog);
    CHECK(desk.count("response") == 4);
}

TEST_CASE("ingest: flagged responses are counted apart and by their reasons") {
    Desk desk;
    FakeLog log;
    auto response = visit(1, 0);
    response.flags = {"burst", "repeat"};
    log.add(response, stamp(kNoon));
    log.add(visit(5, 10), stamp(kNoon));

    desk.accepted(log.batch());

    CHECK(desk.rows("SELECT flag || ' ' || n FROM rollup_response") ==
          std::vector<std::string>{" 2", "* 1", "burst 1", "repeat 1"});
    CHECK(counted(desk).rollups == counted(desk).recounted);
}

TEST_CASE("ingest: a clock event dates the responses of its boot that came before it") {
    Desk desk;
    FakeLog log;
    const auto response = visit(5, 10);
    const auto build_date = kNoon - std::chrono::hours{24 * 400};
    log.add(response, stamp(build_date, platform::Trust::Unset, 60'000));
    desk.accepted(log.batch());
    REQUIRE(today_of(desk, response.id) == "undated -1");
    REQUIRE(counted(desk).rollups == counted(desk).recounted);

    const auto mono_start = kNoon.time_since_epoch().count();
    log.add_clock({.boot = kBoot, .utc_minus_mono_ms = mono_start, .error_ms = 40, .source = "kernel"},
                  stamp(kNoon, platform::Trust::Synced, 120'000));
    desk.accepted(log.batch(3));

    CHECK(today_of(desk, response.id) == "2026-11-21 13");
    CHECK(desk.rows("SELECT (at_ms - 60000 - " + std::to_string(mono_start) + ") || ' ' || error_ms FROM response") ==
          std::vector<std::string>{"0 46"});
    CHECK(desk.rows("SELECT CAST(utc_ms AS TEXT) FROM response").front() ==
          std::to_string(build_date.time_since_epoch().count()));
    CHECK(desk.rows("SELECT flag FROM rollup_response WHERE day = 'undated' AND n <> 0").empty());
    CHECK(counted(desk).rollups == counted(desk).recounted);
}

TEST_CASE("ingest: the nearest clock event dates a response in whatever order they come") {
    const auto response = visit(5, 10);
    const auto at = [](std::int64_t mono_ms) { return stamp(kNoon, platform::Trust::Holdover, mono_ms); };
    const protocol::ClockData early{.boot = kBoot, .utc_minus_mono_ms = 1'000'000, .error_ms = 10, .source = "kernel"};
    const protocol::ClockData late{.boot = kBoot, .utc_minus_mono_ms = 1'002'000, .error_ms = 10, .source = "kernel"};
    const int order = GENERATE(range(0, 3));
    Desk desk;
    FakeLog log;
    if (order == 0) log.add(response, at(90'000));
    log.add_clock(early, at(10'000));
    desk.accepted(log.batch());
    const auto sent = log.last();
    if (order == 1) log.add(response, at(90'000));
    log.add_clock(late, at(100'000));
    if (order == 2) log.add(response, at(90'000));

    desk.accepted(log.batch(sent + 1));

    CHECK(desk.rows("SELECT at_ms || ' ' || error_ms FROM response") == std::vector<std::string>{"1092000 11"});
    CHECK(counted(desk).rollups == counted(desk).recounted);
}

TEST_CASE("ingest: responses to an unknown survey are scored once it is known") {
    Desk desk;
    FakeLog log;
    auto good = visit(5, 10);
    good.revision = 2;
    auto bad = visit(4, 9);
    bad.revision = 2;
    bad.answers[0].value = 9;
    log.add(good, stamp(kNoon));
    log.add(bad, stamp(kNoon));
    desk.accepted(log.batch());
    REQUIRE(desk.count("response") == 2);
    REQUIRE(desk.count("rollup_day") == 0);

    std::string toml{surveys::sample_survey_toml()};
    toml.replace(toml.find("revision = 1"), 12, "revision = 2");
    const auto added = add_survey(*desk.writing, {toml, "store-exit.toml"});

    REQUIRE(added);
    CHECK(*added);
    CHECK(desk.rows("SELECT CAST(scored AS TEXT) FROM response") == std::vector<std::string>{"1", "2"});
    CHECK(desk.count("quarantine") == 1);
    CHECK(desk.count("rollup_day") > 0);
    CHECK(counted(desk).rollups == counted(desk).recounted);
    CHECK_FALSE(*add_survey(*desk.writing, {toml, "store-exit.toml"}));
    // An early batch that comes again brings nothing new.
    log.add(visit(5, 10), stamp(kNoon));
    desk.accepted(log.batch());
    desk.accepted(log.batch(1, 3));
    CHECK(desk.count("quarantine") == 1);
    CHECK(desk.count("log_break") == 0);
}

TEST_CASE("ingest: a known revision of a survey does not change") {
    Desk desk;
    std::string toml{surveys::sample_survey_toml()};
    toml.replace(toml.find("Leaving the store"), 7, "Entering");

    const auto added = add_survey(*desk.writing, {toml, "mine.toml"});

    REQUIRE_FALSE(added);
    CHECK(added.error().fault == Fault::Invalid);
    CHECK_THAT(added.error().message, Catch::Contains("mine.toml") && Catch::Contains("higher"));
}

TEST_CASE("ingest: a revision that would mix scores of different meanings is refused") {
    Desk desk;
    std::string toml{surveys::sample_survey_toml()};
    toml.replace(toml.find("revision = 1"), 12, "revision = 2");
    const std::string wording = "How satisfied were you with your visit today?";
    toml.replace(toml.find(wording), wording.size(), "How satisfied were you with our prices?");

    const auto refused = add_survey(*desk.writing, {toml, "mine.toml"});

    REQUIRE_FALSE(refused);
    CHECK(refused.error().fault == Fault::Invalid);
    CHECK_THAT(refused.error().message, Catch::Contains("mine.toml") && Catch::Contains("satisfaction"));
    CHECK(add_survey(*desk.writing, {toml, "mine.toml", {"satisfaction"}}));
}

TEST_CASE("ingest: responses of an unknown touchpoint get their day once it is known") {
    Desk desk{false};
    FakeLog log;
    const auto response = visit(5, 10);
    log.add(response, stamp(kNoon));
    desk.accepted(log.batch());
    REQUIRE(today_of(desk, response.id) == "undated -1");

    REQUIRE(add_device(*desk.writing, Desk::kiosk()));

    CHECK(today_of(desk, response.id) == "2026-11-21 13");
    CHECK(counted(desk).rollups == counted(desk).recounted);
}
