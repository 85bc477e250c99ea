#include "platform/compression.h"
#include "platform/database.h"
#include "tests/store/running_store.h"

#include <catch2/catch.hpp>
#include <zlib.h>

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;
using namespace std::chrono_literals;
using platform::HttpAnswer;

namespace {

/// An enrolled kiosk with some records.
struct Road : RunningStore {
    Road() {
        enrol(kiosk);
        for (int i = 0; i < 4; ++i) log.add(visit(5, 10), stamp(kNoon));
    }
    void is_problem(const HttpAnswer& answer, int status, const std::string& name) const {
        CHECK(answer.status == status);
        CHECK(protocol::problem_name(answer.body) == name);
        CHECK(is_signed(answer, kiosk, store_key));
    }
    TestDevice kiosk;
    FakeLog log;
};

std::string gzip(const std::string& bytes) {
    std::string packed(compressBound(bytes.size()) + 64, '\0');
    z_stream stream{};
    REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string input = bytes;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

}  // namespace

TEST_CASE("device api: records go in whichever way they are packed and the answer is signed") {
    Road road;
    const std::string encoding = GENERATE("", "identity", "zstd", "gzip");
    auto body = road.log.batch();
    if (encoding == "zstd") body = platform::compress_zstd(body);
    if (encoding == "gzip") body = gzip(body);

    const auto answer = road.ask(road.kiosk, "/device/v1/records", body, encoding);

    CHECK(answer.status == 200);
    CHECK(is_signed(answer, road.kiosk, road.store_key));
    const auto held = protocol::decode_records_answer(answer.body);
    REQUIRE(held);
    CHECK(held->next == 6);
    CHECK(held->chain == road.log.chain());
}

TEST_CASE("device api: the very same request again changes nothing") {
    Road road;
    const auto request = road.kiosk.request(road.url(), "/device/v1/records", road.log.batch(), road.clock.now().utc);

    const auto first = road.send(request);
    const auto again = road.send(request);

    CHECK(first.status == 200);
    CHECK(again.status == 200);
    CHECK(again.body == first.body);
    auto database = platform::open_for_reading(road.directory.file("store.db"));
    REQUIRE(database);
    auto statement = (*database)->prepare("SELECT COUNT(*) FROM response");
    REQUIRE(statement);
    REQUIRE((*statement)->run({}, [](const platform::Row& row) { CHECK(row.integer(0) == 4); }));
}

TEST_CASE("device api: a gap says which epoch and number is needed") {
    Road road;

    const auto answer = road.ask(road.kiosk, "/device/v1/records", road.log.batch(3));

    road.is_problem(answer, 409, "gap");
    const auto gap = protocol::decode_records_answer(answer.body);
    REQUIRE(gap);
    CHECK(gap->epoch == road.log.epoch());
    CHECK(gap->next == 1);
}

TEST_CASE("device api: framing that is at fault and batches that are too large are refused") {
    Road road;
    const auto send = [&](const std::string& body, const std::string& encoding) {
        return road.ask(road.kiosk, "/device/v1/records", body, encoding);
    };
    road.is_problem(send("hello", ""), 400, "malformed");
    road.is_problem(send(road.log.batch() + "{}\n", ""), 400, "malformed");
    road.is_problem(send(road.log.batch(), "zstd"), 400, "malformed");
    road.is_problem(send(road.log.batch(), "br"), 400, "malformed");
    const std::string bomb(1'000 << 10, ' ');
    std::string large;
    for (int i = 0; i < 64; ++i) large += bomb;
    road.is_problem(send(platform::compress_zstd(large), "zstd"), 413, "too-large");
    road.is_problem(send(gzip(large), "gzip"), 413, "too-large");
}

TEST_CASE("device api: a request must be signed by the device that it names") {
    Road road;
    SECTION("unsigned") {
        const auto answer = road.send(
            {.method = "POST", .url = road.url() + "/device/v1/records", .headers = {}, .body = road.log.batch()});
        CHECK(answer.status == 401);
        CHECK(protocol::problem_name(answer.body) == "signature");
    }
    SECTION("by another key") {
        road.kiosk.key = platform::SigningKey::generate();
        road.is_problem(road.ask(road.kiosk, "/device/v1/records", road.log.batch()), 401, "signature");
    }
    SECTION("altered") {
        auto request = road.kiosk.request(road.url(), "/device/v1/records", road.log.batch(), road.clock.now().utc);
        request.body.back() = ' ';
        const auto answer = road.send(request);
        CHECK(answer.status == 401);
    }
    SECTION("for another path") {
        auto request = road.kiosk.request(road.url(), "/device/v1/status", road.log.batch(), road.clock.now().utc);
        request.url = road.url() + "/device/v1/records";
        CHECK(road.send(request).status == 401);
    }
    SECTION("by nobody known") {
        road.kiosk.id = "dev_0000000000000000";
        road.is_problem(road.ask(road.kiosk, "/device/v1/records", road.log.batch()), 403, "unknown-device");
    }
}

TEST_CASE("device api: a clock that is far off is told so and learns the time") {
    Road road;
    const auto [off, status] =
        GENERATE(table<std::chrono::seconds, int>({{600s, 200}, {-600s, 200}, {601s, 401}, {-601s, 401}}));
    const auto answer =
        road.send(road.kiosk.request(road.url(), "/device/v1/records", road.log.batch(), road.clock.now().utc + off));

    CHECK(answer.status == status);
    CHECK(is_signed(answer, road.kiosk, road.store_key));
    if (status == 401) CHECK(protocol::problem_name(answer.body) == "clock");

    const auto time = road.get("/device/v1/time?nonce=abc", {});
    CHECK(time.status == 200);
    CHECK(protocol::check_time(time.headers.at("milepost-signature"), time.body, road.store_key));
    const auto told = protocol::decode_time_answer(time.body);
    REQUIRE(told);
    CHECK(told->nonce == "abc");
    CHECK(told->time == kNoon);
    CHECK(road.get("/device/v1/time", {}).status == 400);
}

TEST_CASE("device api: a status report is answered with what the store holds") {
    Road road;
    REQUIRE(road.ask(road.kiosk, "/device/v1/records", road.log.batch(1, 3)).status == 200);
    protocol::StatusRequest report{.log = road.log.id(), .version = "1", .epoch = road.log.epoch(), .last_seq = 5};
    report.clock_trust = "synced";

    const auto answer = road.ask(road.kiosk, "/device/v1/status", protocol::encode(report));

    CHECK(answer.status == 200);
    CHECK(is_signed(answer, road.kiosk, road.store_key));
    const auto held = protocol::decode_status_answer(answer.body);
    REQUIRE(held);
    CHECK(held->epoch == road.log.epoch());
    CHECK(held->next == 4);
    CHECK(held->server_time == kNoon);
    road.is_problem(road.ask(road.kiosk, "/device/v1/status", "{"), 400, "malformed");
    road.is_problem(road.ask(road.kiosk, "/device/v1/bundle", ""), 404, "not-found");
}

TEST_CASE("device api: another device's log is neither written nor told of") {
    Road road;
    REQUIRE(road.ask(road.kiosk, "/device/v1/records", road.log.batch(1, 3)).status == 200);
    TestDevice other;
    road.enrol(other);
    protocol::StatusRequest report{.log = road.log.id(), .epoch = road.log.epoch()};

    const auto answer = road.ask(other, "/device/v1/records", road.log.batch(4));
    const auto status = road.ask(other, "/device/v1/status", protocol::encode(report));

    CHECK(answer.status == 403);
    CHECK(protocol::problem_name(answer.body) == "unknown-device");
    CHECK(protocol::decode_status_answer(status.body)->next == 1);
}

TEST_CASE("device api: enrolment is refused without a hint and not tried for ever") {
    RunningStore store;
    TestDevice kiosk;
    const auto enrol = [&](const std::string& code) {
        return store.ask(
            kiosk, "/device/v1/enrol",
            protocol::encode(protocol::EnrolRequest{
                .code = code, .public_key = kiosk.key.public_key, .log = {}, .hardware = "", .version = ""}));
    };
    const auto code = store.new_code();
    CHECK(protocol::problem_name(enrol("wrong").body) == "code");
    for (int i = 0; i < 8; ++i) CHECK(enrol("wrong").status == 403);
    CHECK(enrol(code).status == 201);

    const auto answer = enrol(code);

    CHECK(answer.status == 429);
    CHECK(answer.headers.at("retry-after") == "6");
    store.clock.advance(6s);
    CHECK(enrol(code).status == 201);
}

TEST_CASE("device api: enrolment proves that the sender holds the key") {
    RunningStore store;
    TestDevice kiosk;
    const auto body = protocol::encode(protocol::EnrolRequest{.code = store.new_code(),
                                                              .public_key = platform::SigningKey::generate().public_key,
                                                              .log = {},
                                                              .hardware = "",
                                                              .version = ""});
    const auto answer = store.ask(kiosk, "/device/v1/enrol", body);
    CHECK(answer.status == 401);
    CHECK(protocol::problem_name(answer.body) == "signature");
}
