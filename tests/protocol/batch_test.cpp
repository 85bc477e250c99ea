#include "sync/protocol/batch.h"

#include "platform/encoding.h"

#include <catch2/catch.hpp>

namespace milepost::protocol {
namespace {

constexpr const char* kLog = "3f0e7c52-9f07-4a51-8a57-0d7b7c4f6a11";
constexpr const char* kEpoch = "8c1f5a0e-2b60-4a76-9e0e-1f1f2f3f4f5f";

BatchHeader header(std::int64_t count) {
    return {.log = kLog, .epoch = kEpoch, .first = 101, .count = count};
}

std::string first_line(std::string_view members) {
    return "{" + std::string{members} + "}\n";
}

TEST_CASE("batch: the body is exactly as the page shows it") {
    CHECK(encode_batch(header(2), {"{}", "[]"}) ==
          R"({"v":1,"log":"3f0e7c52-9f07-4a51-8a57-0d7b7c4f6a11","epoch":"8c1f5a0e-2b60-4a76-9e0e-1f1f2f3f4f5f",)"
          R"("first":101,"count":2,"prev":"0000000000000000000000000000000000000000000000000000000000000000"})"
          "\n{}\n[]\n");
}

TEST_CASE("batch: what is encoded is decoded again and lines are not looked into") {
    const std::string body = encode_batch(header(2), {"not JSON", ""});
    const auto batch = decode_batch(body);
    REQUIRE(batch);
    CHECK(batch->header.log == kLog);
    CHECK(batch->header.epoch == kEpoch);
    CHECK(batch->header.first == 101);
    CHECK(batch->header.prev == kChainStart);
    CHECK(batch->lines == std::vector<std::string_view>{"not JSON", ""});
}

TEST_CASE("batch: malformed framing is refused") {
    const std::string right = encode_batch(header(1), {"{}"});
    const std::string ids =
        R"("log":"3f0e7c52-9f07-4a51-8a57-0d7b7c4f6a11","epoch":"8c1f5a0e-2b60-4a76-9e0e-1f1f2f3f4f5f")";
    const std::string prev = R"("prev":")" + std::string(64, '0') + "\"";
    const auto body = GENERATE_COPY(
        std::string{}, std::string{"\n"}, std::string{"{}\n"}, right.substr(0, right.size() - 1), right + "{}\n",
        right + "\n", encode_batch(header(2), {"{}"}), encode_batch(header(0), {}), encode_batch(header(-1), {}),
        first_line(R"("v":2,)" + ids + R"(,"first":1,"count":1,)" + prev) + "{}\n",
        first_line(R"("v":1,)" + ids + R"(,"first":0,"count":1,)" + prev) + "{}\n",
        first_line(R"("v":1,)" + ids + R"(,"first":1,"count":1,"prev":"00")") + "{}\n",
        first_line(R"("v":1,)" + ids + R"(,"first":1.0,"count":1,)" + prev) + "{}\n",
        first_line(R"("v":1,"log":"x","epoch":"y","first":1,"count":1,)" + prev) + "{}\n", "[" + right);
    const auto batch = decode_batch(body);
    REQUIRE_FALSE(batch);
    CHECK(batch.error().fault == Fault::Invalid);
}

TEST_CASE("batch: the limits hold and what just keeps them passes") {
    const std::vector<std::string> most(kMostBatchLines, "{}");
    CHECK(decode_batch(encode_batch(header(kMostBatchLines), most)));
    const std::vector<std::string> more(kMostBatchLines + 1, "{}");
    CHECK(decode_batch(encode_batch(header(kMostBatchLines + 1), more)).error().fault == Fault::Full);

    const auto overhead = encode_batch(header(1), {""}).size();
    const std::string fits(kMostBatchBytes - overhead, 'x');
    CHECK(decode_batch(encode_batch(header(1), {fits})));
    CHECK(decode_batch(encode_batch(header(1), {fits + "x"})).error().fault == Fault::Full);
}

TEST_CASE("batch: answers are read again") {
    const auto ok = decode_records_answer(encode(RecordsAnswer{.epoch = kEpoch, .next = 301, .chain = kChainStart}));
    REQUIRE(ok);
    CHECK(ok->epoch == kEpoch);
    CHECK(ok->next == 301);
    CHECK(ok->chain == kChainStart);
    const auto gap = decode_records_answer(encode(RecordsAnswer{.epoch = kEpoch, .next = 95}));
    REQUIRE(gap);
    CHECK_FALSE(gap->chain);
    CHECK_FALSE(decode_records_answer(R"({"epoch":"8c1f5a0e-2b60-4a76-9e0e-1f1f2f3f4f5f","next":0})"));
    CHECK_FALSE(decode_records_answer("<html>"));
}

TEST_CASE("chain: links as another program computes them") {
    const auto first = next(kChainStart, R"({"seq":1})");
    CHECK(to_hex(first) == "ff44e121014845ba9f060b9dd529b57e3706d9dcbf47ce18d6a7e50bea6c7e46");
    CHECK(to_hex(next(first, R"({"seq":2})")) == "d989977286f310a93de4be7eb9aa920e4411c5e002607031b10f147c8039c3b1");
    CHECK(chain_from_hex(to_hex(first)) == first);
    CHECK(chain_from_bytes(platform::view(first)) == first);
    CHECK_FALSE(chain_from_hex("ff44"));
    CHECK_FALSE(chain_from_bytes("short"));
}

}  // namespace
}  // namespace milepost::protocol
