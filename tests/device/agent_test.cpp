#include "sync/device/agent.h"

#include "sync/protocol/messages.h"
#include "tests/device/road.h"
#include "tests/platform/damaged_page.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <span>
#include <thread>

namespace milepost::device::test {
namespace {

using platform::ServerAnswer;
using Honest = std::function<ServerAnswer()>;

constexpr const char* kRecords = "/device/v1/records";
constexpr const char* kStatusPath = "/device/v1/status";

ServerAnswer unsigned_page(int status) {
    return {.status = status, .headers = {}, .body = "<html>log in</html>"};
}

TEST_CASE("agent: every record of every epoch arrives once and in order") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(1'500);
    road.log.begin_epoch();
    road.log.add_responses(3);

    const auto round = road.once();
    CHECK_FALSE(round.failure);
    CHECK(round.records == 1'505);
    CHECK(round.responses == 1'503);
    CHECK(round.batches == 3);
    CHECK((road.store.lines() == road.log.lines()));
    CHECK(road.unsent() == 0);
    CHECK(road.mark(0).next == 1'502);
    CHECK(road.mark(1).chain == road.log.chain());
    const auto uploads = road.store.uploads();
    CHECK(uploads[0].header.log == road.log.epochs()[0]);
    CHECK(uploads[0].header.prev == protocol::kChainStart);
    CHECK(uploads[2].header.prev == road.mark(0).chain);

    CHECK(road.once().batches == 0);
    road.log.add_responses(2);
    CHECK(road.once().records == 2);
    CHECK((road.store.lines() == road.log.lines()));
}

TEST_CASE("agent: a device without a log has nothing to send") {
    Road road;
    CHECK_FALSE(road.once().failure);
    CHECK(road.store.uploads().empty());
}

TEST_CASE("agent: a restored store gets again what it lacks") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(9);
    road.log.begin_epoch();
    road.log.add_responses(9);
    REQUIRE_FALSE(road.once().failure);

    SECTION("which a gap tells") {
        road.store.forget_from(road.log.epochs()[0], 4);
        road.log.add_responses(1);
        // The record behind the lost ones is a gap in the predecessor.
        road.store.trick(kRecords, [&](const Honest&) {
            return road.store.answer(409, protocol::encode(protocol::RecordsAnswer{road.log.epochs()[0], 4, {}}));
        });
        const auto round = road.once();
        CHECK_FALSE(round.failure);
        CHECK(round.records == 7 + 11);
    }
    SECTION("which the status report tells") {
        road.store.forget_from(road.log.epochs()[0], 4);
    }
    CHECK_FALSE(road.once().failure);
    CHECK((road.store.lines() == road.log.lines()));
    CHECK(road.unsent() == 0);
}

TEST_CASE("agent: marks are lowered before anything is sent again") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(9);
    REQUIRE_FALSE(road.once().failure);
    road.log.add_responses(1);
    road.store.trick(kRecords, [&](const Honest&) {
        return road.store.answer(409, protocol::encode(protocol::RecordsAnswer{road.log.epochs()[0], 4, {}}));
    });
    road.store.trick(kRecords, [&](const Honest&) { return unsigned_page(502); });
    CHECK(road.once().failure);
    CHECK(road.mark(0).next == 4);
    CHECK(road.store.uploads().size() == 1);
}

TEST_CASE("agent: numbers that are no longer held go as one lost line") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(9);
    road.log.begin_epoch();
    REQUIRE_FALSE(road.once().failure);
    road.log.remove(0, 4, 7);
    road.store.forget_from(road.log.epochs()[0], 4);
    CHECK_FALSE(road.once().failure);
    const auto lines = road.store.lines();
    REQUIRE(lines.size() == 8);
    const auto lost = protocol::read_record(lines[3]);
    REQUIRE(lost);
    CHECK(lost->seq == 4);
    CHECK(std::get<protocol::LostRecord>(lost->body).until == 7);
    auto chain = protocol::kChainStart;
    for (std::size_t i = 0; i < 7; ++i) chain = protocol::next(chain, road.log.lines()[i]);
    CHECK(std::get<protocol::LostRecord>(lost->body).chain == protocol::to_hex(chain));
    CHECK(lines[4] == road.log.lines()[7]);
    CHECK(read_device_status(road.data.path())->last_error.empty());
}

TEST_CASE("agent: an epoch whose rows are all gone is lost by number") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(4);
    road.log.begin_epoch();
    road.log.remove(0, 1, 5);
    CHECK_FALSE(road.once().failure);
    const auto lines = road.store.lines();
    REQUIRE(lines.size() == 2);
    CHECK(std::get<protocol::LostRecord>(protocol::read_record(lines[0])->body).until == 5);
    CHECK(lines[1] == road.log.lines().back());
}

TEST_CASE("agent: an epoch that lost its rows and its chain is lost by number and holds nothing up") {
    Road road;
    road.log.begin_epoch();
    road.log.begin_epoch();
    road.log.add_responses(4);
    road.log.begin_epoch();
    road.log.remove(1, 1, 5);
    road.log.forget_chain(1);
    CHECK_FALSE(road.once().failure);
    const auto lines = road.store.lines();
    REQUIRE(lines.size() == 3);
    const auto lost = protocol::read_record(lines[1]);
    REQUIRE(lost);
    CHECK(std::get<protocol::LostRecord>(lost->body).until == 5);
    CHECK_FALSE(std::get<protocol::LostRecord>(lost->body).chain);
    CHECK(lines[2] == road.log.lines().back());
    CHECK(road.unsent() == 0);
}

TEST_CASE("agent: what stands before a page that cannot be read is sent, and the store hears of the page") {
    const std::size_t hit = GENERATE(0, 400);
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(600);
    platform::destroy_page_with(road.data.path() / protocol::kKioskFolder / protocol::kDeviceDb, road.log.lines()[hit]);

    const auto round = road.once();
    REQUIRE(round.failure);
    CHECK(round.failure->fault == Fault::Corrupt);
    const auto sent = road.store.lines();
    CHECK(sent.size() <= hit);
    CHECK(sent.size() + 20 > hit);
    CHECK(std::ranges::equal(sent, std::span{road.log.lines()}.first(sent.size())));
    const auto reports = road.store.bodies(kStatusPath);
    REQUIRE(reports.size() == 1);
    CHECK((reports[0].find("malformed") != std::string::npos) == (hit == 0));
}

TEST_CASE("agent: a lost sync.db costs nothing that was sent") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(9);
    REQUIRE_FALSE(road.once().failure);
    for (const char* name : {"sync.db", "sync.db-wal", "sync.db-shm"}) {
        std::filesystem::remove(road.data.path() / "sync" / name);
    }
    CHECK(road.unsent() == 10);
    CHECK_FALSE(road.once().failure);
    CHECK(road.unsent() == 0);
    CHECK((road.store.lines() == road.log.lines()));
}

TEST_CASE("agent: a clock that is far off is helped by the store's signed time") {
    Road road;
    road.log.begin_epoch();
    road.clock.set_utc(platform::UtcTime{std::chrono::hours{1}});
    CHECK_FALSE(road.once().failure);
    CHECK((road.store.lines() == road.log.lines()));
    const auto status = read_sync_state(road.data.path())->status;
    const auto now = road.clock.now();
    CHECK(status.at("clock_boot") == now.boot);
    CHECK(status.at("clock_utc_minus_mono_ms") == std::to_string(kNow.time_since_epoch().count() - now.mono_ms));
    CHECK(status.at("clock_error_ms") == "1");
}

TEST_CASE("agent: a time that our store did not sign is not believed") {
    Road road;
    road.log.begin_epoch();
    road.clock.set_utc(platform::UtcTime{std::chrono::hours{1}});
    road.store.trick(
        "/device/v1/time",
        [](const Honest& honest) {
            auto answer = honest();
            answer.body += " ";
            return answer;
        },
        2);
    CHECK(road.once().failure);
    CHECK(road.store.uploads().empty());
}

TEST_CASE("agent: clocks that never agree end the round after one more try") {
    Road road;
    road.log.begin_epoch();
    road.store.trick(kRecords, [&](const Honest&) { return road.store.problem(401, "clock"); }, 2);
    CHECK(road.once().failure);
    CHECK(road.store.bodies(kRecords).size() == 2);
}

TEST_CASE("agent: a store that is not there is told in words") {
    TempDirectory data;
    platform::ManualClock clock{kNow};
    LogWriter log{data.path()};
    {
        FakeStore store;
        auto http = platform::HttpClient::make({});
        REQUIRE(enrol({.data = data.path(), .store = {.url = store.url()}, .code = FakeStore::kCode}, *http, clock));
    }
    log.begin_epoch();
    auto agent = Agent::open(data.path(), clock);
    REQUIRE(agent);
    const auto round = (*agent)->once();
    REQUIRE(round.failure);
    CHECK(round.failure->fault == Fault::Unavailable);
    CHECK(read_device_status(data.path())->last_error == round.failure->message);
}

TEST_CASE("agent: a second one on the same data is told who holds it") {
    Road road;
    const auto first = Agent::open(road.data.path(), road.clock);
    REQUIRE(first);
    const auto second = Agent::open(road.data.path(), road.clock);
    REQUIRE_FALSE(second);
    CHECK(second.error().fault == Fault::Unavailable);
}

TEST_CASE("agent: without an enrolment it says what to do") {
    TempDirectory data;
    platform::ManualClock clock{kNow};
    const auto agent = Agent::open(data.path(), clock);
    REQUIRE_FALSE(agent);
    CHECK(agent.error().message.find("milepost-sync enrol") != std::string::npos);
    CHECK(std::filesystem::is_empty(data.path()));
}

TEST_CASE("agent: while it runs a full batch leaves when the log grows") {
    Road road;
    road.log.begin_epoch();
    platform::SystemClock clock;
    road.store.set_time(clock.now().utc);
    auto agent = Agent::open(road.data.path(), clock);
    REQUIRE(agent);
    RequestDesk desk{road.data.path(), {}, road.clock};
    std::jthread thread{[&] { (*agent)->run(std::chrono::milliseconds{0}, desk); }};
    CHECK(road.store.wait_for_lines(1));
    road.log.add_responses(200);
    CHECK(road.store.wait_for_lines(201));
    (*agent)->stop();
    thread.join();
    CHECK((road.store.lines() == road.log.lines()));
}

}  // namespace
}  // namespace milepost::device::test
