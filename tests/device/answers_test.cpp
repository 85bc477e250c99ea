#include "sync/device/uploader.h"
#include "sync/protocol/messages.h"
#include "tests/device/road.h"

#include <catch2/catch.hpp>

namespace milepost::device::test {
namespace {

using platform::ServerAnswer;
using Honest = std::function<ServerAnswer()>;

constexpr const char* kRecords = "/device/v1/records";
constexpr const char* kStatusPath = "/device/v1/status";

ServerAnswer unsigned_page(int status) {
    return {.status = status, .headers = {}, .body = "<html>log in</html>"};
}

TEST_CASE("answers: an answer that our store did not sign moves no mark") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(4);
    const auto stranger = platform::SigningKey::generate();
    const std::vector<FakeStore::Trick> tricks{
        [](const Honest&) { return unsigned_page(200); }, [](const Honest&) { return unsigned_page(407); },
        [](const Honest& honest) {
            auto answer = honest();
            answer.headers.clear();
            return answer;
        },
        [&](const Honest& honest) {
            auto answer = honest();
            answer.headers = {{"Milepost-Signature", protocol::sign_answer("n", 200, answer.body, stranger)}};
            return answer;
        },
        [](const Honest& honest) {
            auto answer = honest();
            answer.body += " ";
            return answer;
        }};
    const auto index = GENERATE(0U, 1U, 2U, 3U, 4U);
    road.store.trick(kRecords, tricks[index]);
    const auto round = road.once();
    REQUIRE(round.failure);
    CHECK(round.failure->fault == Fault::Unavailable);
    CHECK(road.unsent() == 5);
    CHECK_FALSE(read_device_status(road.data.path())->last_error.empty());
    // Also where the store had committed: sent again, kept once.
    CHECK_FALSE(road.once().failure);
    CHECK((road.store.lines() == road.log.lines()));
    CHECK(read_device_status(road.data.path())->last_error.empty());
}

TEST_CASE("answers: a mark never moves past the end of the own log") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(4);
    road.store.trick(kRecords, [&](const Honest& honest) {
        static_cast<void>(honest());
        return road.store.answer(
            200, protocol::encode(protocol::RecordsAnswer{road.log.epochs()[0], 1'000, protocol::kChainStart}));
    });
    CHECK_FALSE(road.once().failure);
    CHECK(road.mark(0).next == 6);
    CHECK(road.mark(0).chain == road.log.chain());
}

TEST_CASE("answers: a 200 that says nothing of the batch ends the round") {
    Road road;
    road.log.begin_epoch();
    const std::vector<std::string> bodies{
        "{}", protocol::encode(protocol::RecordsAnswer{platform::make_uuid4(), 2, protocol::kChainStart}),
        protocol::encode(protocol::RecordsAnswer{road.log.epochs()[0], 1, protocol::kChainStart})};
    const auto index = GENERATE(0U, 1U, 2U);
    road.store.trick(kRecords, [&](const Honest&) { return road.store.answer(200, bodies[index]); });
    CHECK(road.once().failure);
    CHECK(road.unsent() == 1);
}

TEST_CASE("answers: a chain that differs is told and the mark moves") {
    Road road;
    road.log.begin_epoch();
    road.store.trick(kRecords, [&](const Honest& honest) {
        static_cast<void>(honest());
        return road.store.answer(
            200, protocol::encode(protocol::RecordsAnswer{road.log.epochs()[0], 2, platform::sha256("other")}));
    });
    CHECK_FALSE(road.once().failure);
    CHECK(road.unsent() == 0);
    const auto report = protocol::decode_status_request(road.store.bodies(kStatusPath).back());
    REQUIRE(report);
    REQUIRE(report->errors.size() == 1);
    CHECK(report->errors.front().starts_with("integrity"));
}

TEST_CASE("answers: beyond its batch the mark moves only as far as the chain proves") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(1'199);
    const auto proved = GENERATE(true, false);
    auto chain = protocol::kChainStart;
    for (std::size_t i = 0; i < 1'100; ++i) chain = protocol::next(chain, road.log.lines()[i]);
    if (!proved) chain = platform::sha256("the other branch");
    road.store.trick(kRecords, [&](const Honest& honest) {
        static_cast<void>(honest());
        return road.store.answer(200, protocol::encode(protocol::RecordsAnswer{road.log.epochs()[0], 1'101, chain}));
    });
    road.store.trick(kRecords, [](const Honest&) { return unsigned_page(502); });
    CHECK(road.once().failure);
    CHECK(road.mark(0).next == (proved ? 1'101 : 1'001));
    CHECK(read_device_status(road.data.path())->unsent == (proved ? 100 : 200));
}

TEST_CASE("answers: a store that asks again for what it was just sent is not obeyed for ever") {
    Road road;
    road.log.begin_epoch();
    road.store.trick(
        kRecords,
        [&](const Honest&) {
            return road.store.answer(409, protocol::encode(protocol::RecordsAnswer{road.log.epochs()[0], 1, {}}));
        },
        50);
    CHECK(road.once().failure);
    CHECK(road.store.bodies(kRecords).size() == 1);
}

TEST_CASE("answers: a batch that is too large is halved at once") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(99);
    road.store.trick(kRecords, [&](const Honest&) { return road.store.problem(413, "too-large"); }, 2);
    const auto round = road.once();
    CHECK_FALSE(round.failure);
    CHECK(road.store.uploads().front().lines.size() == 25);
    CHECK((road.store.lines() == road.log.lines()));
}

TEST_CASE("answers: refusals end the round with the wait of the page") {
    Road road;
    road.log.begin_epoch();
    const auto [status, name, retry_after, least, most] =
        GENERATE(table<int, std::string, std::string, std::int64_t, std::int64_t>(
            {{401, "signature", "", 3'600, 3'600},
             {403, "revoked", "", 3'600, 3'600},
             {403, "unknown-device", "", 3'600, 3'600},
             {429, "busy", "7", 7, 7},
             {503, "busy", "7", 7, 7},
             {503, "busy", "99999999999999999999999", 3'600, 3'600},
             {503, "busy", "Wed, 21 Oct 2026 07:28:00 GMT", 0, 2},
             {503, "busy", "", 0, 2},
             {400, "malformed", "", 0, 2},
             {418, "teapot", "", 0, 2},
             {302, "elsewhere", "", 0, 2}}));
    road.store.trick(kRecords, [&, status = status, name = name, retry_after = retry_after](const Honest&) {
        auto answer = road.store.problem(status, name);
        if (!retry_after.empty()) answer.headers.emplace("Retry-After", retry_after);
        return answer;
    });
    const auto round = road.once();
    REQUIRE(round.failure);
    CHECK(round.failure->message.find(std::to_string(status)) != std::string::npos);
    CHECK(round.wait >= std::chrono::seconds{least});
    CHECK(round.wait <= std::chrono::seconds{most});
    CHECK(road.unsent() == 1);
    CHECK_FALSE(road.once().failure);
    CHECK((road.store.lines() == road.log.lines()));
}

TEST_CASE("answers: a store that asks for quiet in its answer to a report is sent nothing") {
    Road road;
    road.log.begin_epoch();
    const auto [status, wait] = GENERATE(table<int, std::int64_t>({{429, 7}, {503, 7}, {504, 0}}));
    road.store.trick(kStatusPath, [&, status = status](const Honest&) {
        auto answer = road.store.problem(status, "busy");
        answer.headers.emplace("Retry-After", "7");
        return answer;
    });
    const auto round = road.once();
    CHECK(round.told_to_wait == (wait > 0));
    CHECK(round.wait == std::chrono::seconds{wait});
    CHECK(road.store.bodies(kRecords).empty() == (wait > 0));
    CHECK_FALSE(road.once().failure);
    CHECK(road.unsent() == 0);
}

TEST_CASE("answers: a poison record is found by halving and goes to quarantine") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(7);
    const auto poison = road.log.lines()[5];
    road.store.poison(poison);
    auto agent = Agent::open(road.data.path(), road.clock);
    REQUIRE(agent);
    int rounds = 0;
    while (rounds < 100 && (*agent)->once().failure) ++rounds;
    CHECK(rounds < 100);
    const auto lines = road.store.lines();
    REQUIRE(lines.size() == 8);
    const auto quarantined = protocol::read_record(lines[5]);
    REQUIRE(quarantined);
    CHECK(quarantined->seq == 6);
    CHECK(std::get<protocol::QuarantinedRecord>(quarantined->body).raw == poison);
    CHECK(lines[6] == road.log.lines()[6]);
    CHECK(road.mark(0).chain == road.log.chain());
}

TEST_CASE("answers: only three lines an hour go to quarantine") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(4);
    for (std::size_t i = 1; i < 5; ++i) road.store.poison(road.log.lines()[i]);
    auto agent = Agent::open(road.data.path(), road.clock);
    REQUIRE(agent);
    for (int i = 0; i < 100; ++i) static_cast<void>((*agent)->once());
    CHECK(road.store.lines().size() == 4);
    road.clock.advance(std::chrono::hours{1});
    road.store.set_time(road.clock.now().utc);
    for (int i = 0; i < 20; ++i) static_cast<void>((*agent)->once());
    CHECK(road.store.lines().size() == 5);
    CHECK(road.unsent() == 0);
}

TEST_CASE("answers: a poison record is found though the log grows between the tries") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(2);
    road.store.poison(road.log.lines()[1]);
    auto agent = Agent::open(road.data.path(), road.clock);
    REQUIRE(agent);
    for (int i = 0; i < 60; ++i) {
        road.log.add_responses(1);
        static_cast<void>((*agent)->once());
    }
    const auto lines = road.store.lines();
    REQUIRE(lines.size() == 63);
    CHECK(std::holds_alternative<protocol::QuarantinedRecord>(protocol::read_record(lines[1])->body));
    CHECK((*agent)->once().batches == 0);
}

TEST_CASE("answers: a record that is refused alone does not stop the others") {
    const auto [status, name] = GENERATE(table<int, std::string>({{400, "malformed"}, {413, "too-large"}}));
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(7);
    const auto poison = road.log.lines()[5];
    road.store.poison(poison, status, name);
    auto agent = Agent::open(road.data.path(), road.clock);
    REQUIRE(agent);
    for (int i = 0; i < 30; ++i) static_cast<void>((*agent)->once());
    const auto lines = road.store.lines();
    REQUIRE(lines.size() == 8);
    CHECK(std::get<protocol::QuarantinedRecord>(protocol::read_record(lines[5])->body).raw == poison);
    CHECK(road.unsent() == 0);
}

TEST_CASE("answers: a record that fits into no batch is lost by number and chain") {
    Road road;
    road.log.begin_epoch();
    road.log.add_line(std::string(protocol::kMostBatchBytes, 'x'));
    road.log.add_responses(2);
    CHECK_FALSE(road.once().failure);
    const auto lines = road.store.lines();
    REQUIRE(lines.size() == 4);
    CHECK(std::get<protocol::LostRecord>(protocol::read_record(lines[1])->body).until == 2);
    CHECK(lines[2] == road.log.lines()[2]);
    CHECK(road.mark(0).chain == road.log.chain());
    CHECK(read_device_status(road.data.path())->last_error.empty());
}

TEST_CASE("answers: whatever else our store says is tried again later and loses nothing") {
    const auto status = GENERATE(201, 204, 205, 301, 302, 303, 307, 308, 401, 402, 403, 404, 407, 408, 409, 418, 425,
                                 501, 502, 504, 505, 599);
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(4);
    road.store.trick(kRecords, [&, status = status](const Honest& honest) {
        static_cast<void>(honest());  // it may well have happened
        auto answer = status == 204 || status == 205 ? road.store.answer(status, "") : road.store.problem(status, "x");
        answer.headers.emplace("Location", road.store.url() + kRecords);
        answer.headers.emplace("Retry-After", "1000");
        return answer;
    });
    const auto round = road.once();
    REQUIRE(round.failure);
    CHECK(round.wait <= std::chrono::seconds{2});
    CHECK_FALSE(round.told_to_wait);
    CHECK(road.store.bodies(kRecords).size() == 1);
    CHECK(road.unsent() == 5);
    CHECK_FALSE(road.once().failure);
    CHECK((road.store.lines() == road.log.lines()));
}

TEST_CASE("answers: the wait doubles over failures of any kind and begins anew once something was sent") {
    Road road;
    road.log.begin_epoch();
    road.store.trick(kRecords, [&](const Honest&) { return unsigned_page(200); }, 6);
    auto agent = Agent::open(road.data.path(), road.clock);
    REQUIRE(agent);
    std::chrono::milliseconds most{2'000};
    for (int i = 0; i < 6; ++i) {
        CHECK((*agent)->once().wait < most);
        most *= 2;
    }
    CHECK_FALSE((*agent)->once().failure);
    road.log.add_responses(1);
    road.store.trick(kRecords, [&](const Honest&) { return unsigned_page(200); });
    CHECK((*agent)->once().wait < std::chrono::seconds{2});
}

TEST_CASE("answers: an epoch that the file lost is told as lost, by what its successor says of it") {
    Road road;
    road.log.begin_epoch();
    road.log.begin_epoch();
    road.log.add_responses(4);
    const auto chain = road.log.chain();
    road.log.begin_epoch();
    road.log.remove_epoch(1);
    const auto& missing = road.log.epochs()[1];
    road.store.trick(kRecords, [](const Honest& honest) { return honest(); });
    road.store.trick(kRecords, [&](const Honest&) {
        return road.store.answer(409, protocol::encode(protocol::RecordsAnswer{missing, 2, {}}));
    });
    road.store.trick(kRecords, [&](const Honest& honest) {
        static_cast<void>(honest());
        return road.store.answer(200, protocol::encode(protocol::RecordsAnswer{missing, 6, chain}));
    });
    CHECK_FALSE(road.once().failure);
    const auto uploads = road.store.uploads();
    REQUIRE(uploads.size() == 3);
    CHECK(uploads[1].header.epoch == missing);
    CHECK(uploads[1].header.first == 2);
    const auto lost = protocol::read_record(uploads[1].lines.at(0));
    REQUIRE(lost);
    CHECK(std::get<protocol::LostRecord>(lost->body).until == 5);
    CHECK(std::get<protocol::LostRecord>(lost->body).chain == protocol::to_hex(chain));
    CHECK(uploads[2].lines.back() == road.log.lines().back());
    CHECK(road.unsent() == 0);
}

TEST_CASE("answers: records behind an end that is told wrong go once the store asks for them") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(9);
    road.log.begin_epoch();
    road.log.add_responses(3);
    road.log.tell_wrong_end(0, 4);
    road.store.trick(kRecords, [](const Honest& honest) { return honest(); });
    road.store.trick(kRecords, [&](const Honest&) {
        return road.store.answer(409, protocol::encode(protocol::RecordsAnswer{road.log.epochs()[0], 5, {}}));
    });
    CHECK_FALSE(road.once().failure);
    CHECK((road.store.lines() == road.log.lines()));
    CHECK_FALSE(road.once().failure);  // anew, it believes the wrong end again
    CHECK(road.unsent() == 0);
    CHECK(road.store.uploads().size() == 3);
}

TEST_CASE("answers: an epoch that the file lost is told as lost though its successor went to quarantine") {
    Road road;
    road.log.begin_epoch();
    road.log.begin_epoch();
    road.log.add_responses(4);
    road.log.begin_epoch();
    road.log.remove_epoch(1);
    const auto& missing = road.log.epochs()[1];
    road.store.poison(road.log.lines().back());
    // The first epoch, and the third's record five times.
    road.store.trick(kRecords, [](const Honest& honest) { return honest(); }, 6);
    road.store.trick(kRecords, [&](const Honest&) {
        return road.store.answer(409, protocol::encode(protocol::RecordsAnswer{missing, 1, {}}));
    });
    auto agent = Agent::open(road.data.path(), road.clock);
    REQUIRE(agent);
    for (int i = 0; i < 5; ++i) CHECK((*agent)->once().failure);
    CHECK_FALSE((*agent)->once().failure);
    const auto uploads = road.store.uploads();
    REQUIRE(uploads.size() == 3);
    CHECK(uploads[1].header.epoch == missing);
    const auto lost = protocol::read_record(uploads[1].lines.at(0));
    REQUIRE(lost);
    CHECK(std::get<protocol::LostRecord>(lost->body).until == 5);
    const auto last = protocol::read_record(uploads[2].lines.at(0));
    REQUIRE(last);
    CHECK(std::holds_alternative<protocol::QuarantinedRecord>(last->body));
    CHECK(road.unsent() == 0);
}

}  // namespace
}  // namespace milepost::device::test
