#include "sync/protocol/messages.h"

#include <catch2/catch.hpp>

namespace milepost::protocol {
namespace {

const platform::UtcTime kTime = *platform::parse_rfc3339("2026-11-21T18:20:01.123Z");
constexpr const char* kLog = "3f0e7c52-9f07-4a51-8a57-0d7b7c4f6a11";

TEST_CASE("messages: enrolment is as the page shows it and is read again") {
    const EnrolRequest request{
        .code = "7K3PQ-9QXMT-4VWAD", .public_key = std::string(32, 'A'), .log = {}, .hardware = "Pi 4", .version = "1"};
    CHECK(encode(request) ==
          R"({"code":"7K3PQ-9QXMT-4VWAD","public_key":"QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=",)"
          R"("log":null,"hardware":{"model":"Pi 4"},"version":"1"})");
    const auto read = decode_enrol_request(encode(request));
    REQUIRE(read);
    CHECK(read->code == request.code);
    CHECK(read->public_key == request.public_key);
    CHECK_FALSE(read->log);
    CHECK(read->hardware == "Pi 4");

    const EnrolAnswer answer{.device = "dev_1",
                             .touchpoint = "exit",
                             .store_key = std::string(32, 'S'),
                             .contact_key_id = "k1",
                             .contact_key = std::string(32, 'C'),
                             .server_time = kTime};
    const auto again = decode_enrol_answer(encode(answer));
    REQUIRE(again);
    CHECK(again->device == "dev_1");
    CHECK(again->store_key == answer.store_key);
    CHECK(again->contact_key_id == "k1");
    CHECK(again->contact_key == answer.contact_key);
    CHECK(again->server_time == kTime);
}

TEST_CASE("messages: a key of the wrong length is refused") {
    CHECK_FALSE(decode_enrol_request(R"({"code":"x","public_key":"QUFB","log":null})"));
    CHECK_FALSE(decode_enrol_request(R"({"code":"x","public_key":"***","log":null})"));
    CHECK_FALSE(decode_enrol_request("[]"));
}

TEST_CASE("messages: a status report is read again and its members may be missing") {
    const StatusRequest request{.log = kLog,
                                .version = "1",
                                .uptime_s = 5,
                                .epoch = kLog,
                                .last_seq = 9,
                                .unsent = 2,
                                .oldest_unsent = kTime,
                                .storage_free_mib = 100,
                                .storage_durable = false,
                                .bundle = "b7",
                                .clock_trust = "synced",
                                .clock_offset_ms = -3,
                                .temperature_c = 41.5,
                                .errors = {"a\xff"}};
    const auto read = decode_status_request(encode(request));
    REQUIRE(read);
    CHECK(read->log == kLog);
    CHECK(read->last_seq == 9);
    CHECK(read->oldest_unsent == kTime);
    CHECK_FALSE(read->storage_durable);
    CHECK(read->clock_offset_ms == -3);
    CHECK(read->bundle == "b7");
    CHECK(read->temperature_c == 41.5);
    CHECK(read->errors == std::vector<std::string>{"a\uFFFD"});
    const auto bare = decode_status_request("{}");
    REQUIRE(bare);
    CHECK_FALSE(bare->log);
    CHECK_FALSE(bare->bundle);
    CHECK_FALSE(bare->temperature_c);
    CHECK_FALSE(decode_status_request(R"({"temperature_c":"warm"})"));
    CHECK(bare->storage_durable);
}

TEST_CASE("messages: a status answer says what the store has or that it has nothing") {
    CHECK(encode(StatusAnswer{.epoch = kLog, .next = 301, .server_time = kTime}) ==
          R"({"have":{"epoch":"3f0e7c52-9f07-4a51-8a57-0d7b7c4f6a11","next":301},"bundle":null,)"
          R"("server_time":"2026-11-21T18:20:01.123Z","rotate_key":false})");
    const auto some = decode_status_answer(encode(StatusAnswer{.epoch = kLog, .next = 301, .server_time = kTime}));
    REQUIRE(some);
    CHECK(some->epoch == kLog);
    CHECK(some->next == 301);
    CHECK_FALSE(some->rotate_key);
    const auto more = decode_status_answer(
        encode(StatusAnswer{.epoch = {}, .bundle = "b7", .server_time = kTime, .rotate_key = true}));
    REQUIRE(more);
    CHECK(more->bundle == "b7");
    CHECK(more->rotate_key);
    const auto none = decode_status_answer(encode(StatusAnswer{.epoch = {}, .server_time = kTime}));
    REQUIRE(none);
    CHECK_FALSE(none->epoch);
    CHECK_FALSE(decode_status_answer(R"({"have":{"epoch":"x"},"server_time":"2026-11-21T18:20:01.123Z"})"));
}

TEST_CASE("messages: a key request is read again and wants whole keys") {
    const KeyRequest request{.public_key = std::string(32, 'k'), .proof = std::string(64, 'p')};
    const auto read = decode_key_request(encode(request));
    REQUIRE(read);
    CHECK(read->public_key == request.public_key);
    CHECK(read->proof == request.proof);
    CHECK_FALSE(decode_key_request(encode(KeyRequest{.public_key = "short", .proof = request.proof})));
    CHECK_FALSE(decode_key_request(encode(KeyRequest{.public_key = request.public_key, .proof = ""})));
    CHECK_FALSE(decode_key_request("[]"));
}

TEST_CASE("messages: the time is read again") {
    const auto read = decode_time_answer(encode(TimeAnswer{.time = kTime, .nonce = "n"}));
    REQUIRE(read);
    CHECK(read->time == kTime);
    CHECK(read->nonce == "n");
    CHECK_FALSE(decode_time_answer(R"({"time":"yesterday","nonce":"n"})"));
}

TEST_CASE("messages: a problem is told by its name") {
    CHECK(encode_problem("clock", 401, "600 s off") ==
          R"({"type":"urn:milepost:problem:clock","title":"clock","status":401,"detail":"600 s off"})");
    CHECK(problem_name(encode_problem("clock", 401, "")) == "clock");
    CHECK(problem_name(R"({"type":"about:blank"})").empty());
    CHECK(problem_name(R"({"type":7})").empty());
    CHECK(problem_name("<html>").empty());
}

}  // namespace
}  // namespace milepost::protocol
