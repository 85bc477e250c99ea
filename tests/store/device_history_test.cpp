// What becomes of devices over time: new keys, revocation, replacement, copies of cards, a restored store.
#include "tests/store/road.h"

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;

TEST_CASE("device api: both keys are good until the new one is first used") {
    Road road;
    const auto next = platform::SigningKey::generate();
    REQUIRE(road.change_key(next, next).status == 200);

    CHECK(road.records(road.kiosk, road.log.batch(1, 2)).status == 200);
    // The answer was lost: asked again, also with another key, the last one counts.
    CHECK(road.change_key(platform::SigningKey::generate(), next).status == 400);
    REQUIRE(road.change_key(next, next).status == 200);
    auto old = road.kiosk;
    road.kiosk.key = next;
    CHECK(road.records(road.kiosk, road.log.batch(3)).status == 200);
    road.is_problem(road.ask(old, "/device/v1/records", road.log.batch()), old, 401, "signature");
    CHECK(road.status(road.kiosk).status == 200);
}

TEST_CASE("device api: a new key needs its own proof and the old key's signature") {
    Road road;
    const auto next = platform::SigningKey::generate();
    road.is_problem(road.change_key(next, platform::SigningKey::generate()), 400, "malformed");
    road.is_problem(road.ask(road.kiosk, "/device/v1/key", "{}"), 400, "malformed");
    road.kiosk.key = next;
    road.is_problem(road.change_key(next, next), 401, "signature");
}

TEST_CASE("device api: a device that is to change its key is told so until it did") {
    Road road;
    CHECK_FALSE(protocol::decode_status_answer(road.status(road.kiosk).body)->rotate_key);
    REQUIRE(road.told({{"do", "device rotate-key"}, {"device", road.kiosk.id}}).contains("ok"));
    CHECK(protocol::decode_status_answer(road.status(road.kiosk).body)->rotate_key);
    const auto next = platform::SigningKey::generate();
    REQUIRE(road.change_key(next, next).status == 200);
    road.kiosk.key = next;
    // Already with the first request by the new key: else it would make another at once.
    CHECK_FALSE(protocol::decode_status_answer(road.status(road.kiosk).body)->rotate_key);
}

TEST_CASE("device api: a revoked device keeps its data and goes on with a code made for its log") {
    Road road;
    REQUIRE(road.records(road.kiosk, road.log.batch(1, 3)).status == 200);
    REQUIRE(road.told({{"do", "device revoke"}, {"device", road.kiosk.id}}).contains("ok"));
    road.is_problem(road.records(road.kiosk, road.log.batch(4)), 403, "revoked");
    TestDevice again;
    const auto refused = road.enrol_with(again, road.new_code(), road.log.id());
    CHECK(refused.status == 403);
    CHECK(protocol::problem_name(refused.body) == "code");

    const auto code = road.told({{"do", "device replace"}, {"old", road.kiosk.id}, {"new", "kiosk"}});
    const auto answer = road.enrol_with(again, code.at("ok").at("code"), road.log.id());
    REQUIRE(answer.status == 201);
    again.id = protocol::decode_enrol_answer(answer.body)->device;

    CHECK(again.id != road.kiosk.id);
    CHECK(protocol::decode_enrol_answer(answer.body)->touchpoint == "exit");
    CHECK(road.records(again, road.log.batch(4)).status == 200);
    CHECK(road.number("SELECT COUNT(*) FROM response") == "4");
    CHECK(road.records(again, road.log.batch()).status == 200);
    CHECK(road.number("SELECT COUNT(*) FROM response") == "4");
    road.is_problem(road.records(road.kiosk, road.log.batch(4)), 403, "revoked");
}

TEST_CASE("device api: a lost answer to a replacement's enrolment is had again") {
    Road road;
    REQUIRE(road.records(road.kiosk, road.log.batch(1, 3)).status == 200);
    const std::string code =
        road.told({{"do", "device replace"}, {"old", road.kiosk.id}, {"new", "b"}}).at("ok").at("code");
    TestDevice fresh;
    const auto first = road.enrol_with(fresh, code, road.log.id());
    const auto again = road.enrol_with(fresh, code, road.log.id());

    CHECK(first.status == 201);
    CHECK(again.status == 201);
    CHECK(protocol::decode_enrol_answer(first.body)->device == protocol::decode_enrol_answer(again.body)->device);
    TestDevice thief;
    CHECK(road.enrol_with(thief, code, road.log.id()).status == 403);
}

TEST_CASE("device api: a replacement with an empty card leaves the old log where it is") {
    Road road;
    REQUIRE(road.records(road.kiosk, road.log.batch(1, 3)).status == 200);
    const std::string code =
        road.told({{"do", "device replace"}, {"old", road.kiosk.id}, {"new", "b"}}).at("ok").at("code");
    TestDevice fresh;
    const auto answer = road.enrol_with(fresh, code, {});
    REQUIRE(answer.status == 201);
    fresh.id = protocol::decode_enrol_answer(answer.body)->device;
    FakeLog its_own;
    its_own.add(visit(1, 0), stamp(kNoon));

    CHECK(road.records(fresh, its_own.batch()).status == 200);
    CHECK(road.records(fresh, road.log.batch(4)).status == 403);
    CHECK(road.number("SELECT device FROM log WHERE log_id = '" + road.log.id() + "'") == road.kiosk.id);
}

TEST_CASE("device api: copies of a card both send and nothing is lost or doubled") {
    Road road;
    auto twin = road.log;
    REQUIRE(road.records(road.kiosk, road.log.batch()).status == 200);
    road.log.begin_epoch();
    twin.begin_epoch();
    for (int i = 0; i < 3; ++i) {
        road.log.add(visit(4, 8), stamp(kNoon));
        twin.add(visit(2, 3), stamp(kNoon));
        REQUIRE(road.records(road.kiosk, road.log.batch()).status == 200);
        REQUIRE(road.records(road.kiosk, twin.batch()).status == 200);
    }
    CHECK(road.number("SELECT COUNT(*) FROM response") == "10");
    CHECK(road.number("SELECT COUNT(DISTINCT id) FROM response") == "10");
    CHECK(road.number("SELECT SUM(n) FROM rollup_response WHERE flag = ''") == "10");
}

TEST_CASE("device api: a store that was restored gets back what it lacks from the start of the gap") {
    Road road;
    auto& log = road.log;
    REQUIRE(road.records(road.kiosk, log.batch(1, 3)).status == 200);
    // Its backup ends here; meanwhile the kiosk went on by several epochs.
    for (int epoch = 1; epoch < 4; ++epoch) {
        log.begin_epoch();
        for (int i = 0; i < epoch; ++i) log.add(visit(epoch, i), stamp(kNoon));
    }
    struct Place {
        int epoch;
        std::int64_t next;
    };
    Place send{.epoch = 3, .next = 3};
    std::vector<std::pair<int, std::int64_t>> asked;
    for (int rounds = 0; rounds < 20 && send.epoch < 4; ++rounds) {
        const auto answer = road.records(road.kiosk, log.batch(send.next, 0, send.epoch));
        const auto held = protocol::decode_records_answer(answer.body);
        REQUIRE(held);
        if (answer.status == 200) {
            ++send.epoch;
            send.next = 1;
            continue;
        }
        road.is_problem(answer, 409, "gap");
        for (int epoch = 0; epoch < 4; ++epoch) {
            if (log.epoch(epoch) == held->epoch) send = {.epoch = epoch, .next = held->next};
        }
        asked.emplace_back(send.epoch, send.next);
    }

    CHECK(asked == std::vector<std::pair<int, std::int64_t>>{{3, 1}, {2, 1}, {1, 1}, {0, 4}});
    CHECK(road.number("SELECT COUNT(*) FROM response") == "10");
    CHECK(road.number("SELECT COUNT(*) FROM log_break") == "0");
    CHECK(road.number("SELECT COUNT(*) FROM lost") == "0");
}
