#include "platform/encoding.h"
#include "sync/protocol/batch.h"
#include "sync/protocol/record.h"
#include "sync/protocol/signature.h"
#include "sync/protocol/structured_field.h"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

namespace milepost::protocol {
namespace {

std::string id() {
    return *rc::gen::element<std::string>("a", "satisfaction", "why-2", "ä");
}

surveys::Answer answer() {
    surveys::Answer made{.question = id()};
    made.took = std::chrono::milliseconds{*rc::gen::inRange(0, 600'000)};
    if (*rc::gen::arbitrary<bool>()) made.value = *rc::gen::arbitrary<int>();
    if (*rc::gen::arbitrary<bool>()) made.options = {id(), id()};
    if (*rc::gen::arbitrary<bool>()) made.text = platform::to_valid_utf8(*rc::gen::arbitrary<std::string>());
    made.skipped = !made.value && made.options.empty() && !made.text;
    return made;
}

surveys::Response response() {
    surveys::Response made{.id = "01935b2e-0000-7000-8000-000000000001",
                           .survey = id(),
                           .revision = *rc::gen::inRange(1, 1'000),
                           .touchpoint = id(),
                           .language = "ar",
                           .took = std::chrono::milliseconds{*rc::gen::inRange(0, 600'000)},
                           .ended = *rc::gen::element(surveys::Ended::Complete, surveys::Ended::Left)};
    const int answers = *rc::gen::inRange(0, 6);
    for (int i = 0; i < answers; ++i) made.answers.push_back(answer());
    if (*rc::gen::arbitrary<bool>()) made.flags = {"fast", id()};
    return made;
}

TEST_CASE("protocol: any response is read as it was written") {
    CHECK(rc::check([] {
        const auto seq = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
        const auto made = response();
        const platform::Stamp at{.utc = platform::UtcTime{std::chrono::milliseconds{1'763'749'201'123}}, .boot = "b"};
        const auto read = read_record(response_line(seq, made, at));
        RC_ASSERT(read.has_value());
        RC_ASSERT(read->seq == seq);
        RC_ASSERT(std::get<ResponseRecord>(read->body).response == made);
        RC_ASSERT(std::get<ResponseRecord>(read->body).at == at);
    }));
}

TEST_CASE("protocol: any lines without newlines travel unchanged") {
    CHECK(rc::check([] {
        auto lines = *rc::gen::container<std::vector<std::string>>(rc::gen::arbitrary<std::string>());
        for (auto& line : lines) std::erase(line, '\n');
        RC_PRE(!lines.empty());
        const BatchHeader header{.log = "3f0e7c52-9f07-4a51-8a57-0d7b7c4f6a11",
                                 .epoch = "8c1f5a0e-2b60-4a76-9e0e-1f1f2f3f4f5f",
                                 .first = 7,
                                 .count = static_cast<std::int64_t>(lines.size()),
                                 .prev = platform::sha256("x")};
        const auto body = encode_batch(header, lines);
        const auto read = decode_batch(body);
        RC_ASSERT(read.has_value());
        RC_ASSERT(std::vector<std::string>(read->lines.begin(), read->lines.end()) == lines);
        RC_ASSERT(read->header.prev == header.prev);
    }));
}

TEST_CASE("protocol: any signed request is accepted and a changed byte is not") {
    const auto key = platform::SigningKey::generate();
    CHECK(rc::check([&] {
        auto body = *rc::gen::nonEmpty(rc::gen::arbitrary<std::string>());
        const auto nonce = make_nonce();
        const auto headers = sign_request({.method = "POST",
                                           .path = "/p",
                                           .body = body,
                                           .created = *rc::gen::arbitrary<std::int64_t>(),
                                           .nonce = nonce,
                                           .key_id = "dev_1"},
                                          key);
        const auto claim = read_signature("POST", "/p", body, headers);
        RC_ASSERT(claim.has_value());
        RC_ASSERT(check(*claim, key.public_key));
        body.front() = static_cast<char>(body.front() ^ 1);
        RC_ASSERT(!read_signature("POST", "/p", body, headers).has_value());
    }));
}

TEST_CASE("protocol: readers survive any bytes") {
    CHECK(rc::check([] {
        const auto bytes = *rc::gen::arbitrary<std::string>();
        static_cast<void>(read_record(bytes));
        static_cast<void>(decode_batch(bytes));
        static_cast<void>(parse_dictionary(bytes));
        RC_ASSERT(!read_signature("POST", "/", "x", {.signature_input = bytes, .signature = bytes}).has_value());
    }));
}

}  // namespace
}  // namespace milepost::protocol
