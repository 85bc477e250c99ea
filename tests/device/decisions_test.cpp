#include "sync/device/outgoing.h"
#include "sync/device/retry.h"
#include "sync/device/schedule.h"
#include "sync/device/status_report.h"
#include "sync/protocol/batch.h"

#include <catch2/catch.hpp>

namespace milepost::device {
namespace {

using namespace std::chrono_literals;

const platform::SteadyTime kStart{1'000h};

TEST_CASE("retry: waits double from two seconds to a quarter of an hour with full jitter") {
    CHECK(backoff(1, 0.0) == 0ms);
    CHECK(backoff(1, 0.5) == 1s);
    CHECK(backoff(2, 0.5) == 2s);
    CHECK(backoff(9, 0.5) == 256s);
    CHECK(backoff(10, 0.5) == 450s);
    CHECK(backoff(1'000'000, 0.5) == 450s);
}

TEST_CASE("retry: Retry-After is a number of seconds between one and an hour") {
    CHECK(parse_retry_after("120") == 120s);
    CHECK(parse_retry_after("0") == 1s);
    CHECK(parse_retry_after("3601") == 3'600s);
    CHECK(parse_retry_after("999999999999999999999999") == 3'600s);
    for (const char* text : {"", "-5", "soon", "1.5", " 7"}) CHECK_FALSE(parse_retry_after(text));
}

TEST_CASE("retry: each answer has its act") {
    const auto [status, problem, act] = GENERATE(table<int, std::string, Act>({{200, "", Act::Move},
                                                                               {409, "gap", Act::FillGap},
                                                                               {409, "", Act::Later},
                                                                               {413, "too-large", Act::TooLarge},
                                                                               {400, "malformed", Act::Malformed},
                                                                               {401, "signature", Act::AskHourly},
                                                                               {401, "clock", Act::Later},
                                                                               {401, "", Act::Later},
                                                                               {403, "revoked", Act::AskHourly},
                                                                               {403, "unknown-device", Act::AskHourly},
                                                                               {403, "", Act::Later},
                                                                               {500, "internal", Act::ServerError},
                                                                               {503, "busy", Act::Later},
                                                                               {302, "", Act::Later},
                                                                               {201, "", Act::Later}}));
    CHECK(judge(status, problem) == act);
}

TEST_CASE("schedule: a batch leaves five seconds after the first unsent record or at 200") {
    Schedule schedule{kStart};
    schedule.status_was_sent(kStart);
    schedule.saw_unsent(1, kStart);
    CHECK_FALSE(schedule.round_is_due(kStart + 4'999ms));
    for (int i = 0; i < 50; ++i) schedule.log_was_quiet();
    CHECK(schedule.idle(kStart) == 5s);
    schedule.saw_unsent(2, kStart + 3s);
    CHECK(schedule.round_is_due(kStart + 5s));
    schedule.round_ended({}, kStart + 5s);
    schedule.saw_unsent(0, kStart + 5s);
    CHECK_FALSE(schedule.round_is_due(kStart + 1h));
    schedule.saw_unsent(200, kStart + 1h);
    CHECK(schedule.round_is_due(kStart + 1h));
}

TEST_CASE("schedule: what waits at the start leaves at once and what comes later does not") {
    Schedule schedule{kStart};
    schedule.hurry();
    CHECK(schedule.status_is_due(kStart));
    schedule.saw_unsent(1, kStart);
    CHECK(schedule.round_is_due(kStart));
    schedule.round_ended({}, kStart);
    schedule.saw_unsent(1, kStart + 1s);
    CHECK_FALSE(schedule.round_is_due(kStart + 1s));
}

TEST_CASE("schedule: a failed round waits and a store that asks for quiet gets it") {
    Schedule schedule{kStart};
    schedule.status_was_sent(kStart);
    schedule.saw_unsent(500, kStart);
    Round round{.failure = Error{}, .wait = 30s};
    schedule.round_ended(round, kStart);
    CHECK_FALSE(schedule.round_is_due(kStart + 29s));
    CHECK(schedule.round_is_due(kStart + 30s));
    CHECK(schedule.status_is_due(kStart + 5min));
    round.told_to_wait = true;
    round.wait = 1h;
    schedule.round_ended(round, kStart);
    CHECK_FALSE(schedule.status_is_due(kStart + 59min));
    CHECK_FALSE(schedule.round_is_due(kStart + 59min));
    CHECK(schedule.status_is_due(kStart + 1h));
    CHECK(schedule.round_is_due(kStart + 1h));
}

TEST_CASE("schedule: a store that asks for quiet in its answer to a report gets it") {
    Schedule schedule{kStart};
    schedule.hurry();
    schedule.status_was_sent(kStart);
    schedule.saw_unsent(500, kStart);
    schedule.told_to_wait(10min, kStart);
    CHECK_FALSE(schedule.round_is_due(kStart + 9min));
    CHECK_FALSE(schedule.status_is_due(kStart + 9min));
    CHECK(schedule.round_is_due(kStart + 10min));
    CHECK(schedule.status_is_due(kStart + 10min));
}

TEST_CASE("schedule: after a write it looks again soon and then less often") {
    Schedule schedule{kStart};
    schedule.status_was_sent(kStart);
    for (int i = 0; i < 5; ++i) schedule.log_was_quiet();
    schedule.log_was_written();
    CHECK(schedule.idle(kStart) == 50ms);
    schedule.log_was_quiet();
    schedule.log_was_quiet();
    CHECK(schedule.idle(kStart) == 200ms);
}

TEST_CASE("schedule: it never sleeps longer than a minute") {
    Schedule schedule{kStart};
    schedule.status_was_sent(kStart);
    for (int i = 0; i < 50; ++i) schedule.log_was_quiet();
    CHECK(schedule.idle(kStart) == 60s);
}

Epoch ended_epoch() {
    return {.number = 1, .id = "e", .last_seq = 10, .chain = platform::sha256("end")};
}

std::vector<LogRow> rows(std::initializer_list<std::int64_t> numbers) {
    std::vector<LogRow> all;
    for (const auto number : numbers) all.push_back({.seq = number, .line = "line " + std::to_string(number)});
    return all;
}

TEST_CASE("outgoing: numbers that are missing at the front and in the middle and at the end are lost lines") {
    const auto batch = compose(ended_epoch(), {.epoch = "e", .next = 3}, rows({5, 6, 8}), 100, {});
    CHECK(batch.first == 3);
    CHECK(batch.end == 11);
    CHECK(batch.chain == ended_epoch().chain);
    REQUIRE(batch.lines.size() == 6);
    CHECK(batch.lines[0].starts_with(R"({"seq":3,"kind":"lost","until":4,)"));
    CHECK(batch.lines[1] == "line 5");
    CHECK(batch.lines[3].starts_with(R"({"seq":7,"kind":"lost","until":7,)"));
    CHECK(batch.lines[5].starts_with(R"({"seq":9,"kind":"lost","until":10,)"));
}

TEST_CASE("outgoing: the end of an open epoch and of a full batch is not lost") {
    auto open = ended_epoch();
    open.chain.reset();
    CHECK(compose(open, {.epoch = "e", .next = 5}, rows({5, 6}), 100, {}).end == 7);
    CHECK(compose(ended_epoch(), {.epoch = "e", .next = 5}, rows({5, 6}), 2, {}).end == 7);
}

TEST_CASE("outgoing: a batch stays under a mebibyte with its first line") {
    std::vector<LogRow> big(30);
    for (std::size_t i = 0; i < big.size(); ++i) {
        big[i] = {.seq = static_cast<std::int64_t>(i) + 1, .line = std::string(100'000, 'x')};
    }
    const auto batch = compose({.id = "e", .last_seq = 30}, {.epoch = "e"}, big, 1'000, {});
    CHECK(batch.lines.size() == 10);
    CHECK(encode(batch, "log").size() <= protocol::kMostBatchBytes);
}

LogState state(std::int64_t first_next, std::int64_t second_next) {
    return {.epochs = {{.number = 1, .id = "a", .last_seq = 10, .chain = platform::sha256("a")},
                       {.number = 2, .id = "b", .last_seq = 5, .chain = {}}},
            .marks = {{.epoch = "a", .next = first_next}, {.epoch = "b", .next = second_next}}};
}

TEST_CASE("status: what the store has corrects the marks only where it must") {
    const auto said = [](std::optional<std::string> epoch, std::int64_t next) {
        return protocol::StatusAnswer{.epoch = std::move(epoch), .next = next, .server_time = {}};
    };
    CHECK_FALSE(correction(state(11, 3), said("b", 3)));
    CHECK_FALSE(correction(state(11, 1), said("a", 11)));
    CHECK_FALSE(correction(state(1, 1), said({}, 1)));
    CHECK_FALSE(correction(state(11, 3), said("unknown", 3)));
    CHECK_FALSE(correction({}, said("b", 3)));
    // A store that names an epoch that it has nothing of does not say that it has what came before.
    CHECK_FALSE(correction(state(4, 1), said("b", 1)));
    CHECK(correction(state(11, 3), said("a", 4)) == Place{.epoch = 0, .next = 4});
    CHECK(correction(state(11, 3), said({}, 1)) == Place{.epoch = 0, .next = 1});
    // Beyond a mark that was kept another branch of the epoch may have gone on; without any the store is believed.
    CHECK_FALSE(correction(state(1, 1), said("b", 3)));
    CHECK_FALSE(correction(state(11, 3), said("b", 999)));
    auto unmarked = state(1, 1);
    unmarked.no_marks = true;
    CHECK(correction(unmarked, said("b", 3)) == Place{.epoch = 1, .next = 3});
    CHECK(correction(unmarked, said("b", 999)) == Place{.epoch = 1, .next = 6});
}

TEST_CASE("clock: an estimate is good to half the round trip") {
    const platform::Stamp sent{.boot = "b", .mono_ms = 1'000};
    const platform::Stamp received{.boot = "b", .mono_ms = 1'080};
    const auto estimate = estimate_clock(platform::UtcTime{500'000ms}, sent, received);
    CHECK(estimate.utc_minus_mono_ms == 500'000 - 1'040);
    CHECK(estimate.error_ms == 41);
    auto later = estimate;
    CHECK_FALSE(is_better(later, estimate));
    later.mono_ms += 1'000'000;  // 100 ppm of that are the 100 ms that an update is worth
    CHECK(is_better(later, estimate));
    auto other_boot = estimate;
    other_boot.boot = "c";
    CHECK(is_better(other_boot, estimate));
}

}  // namespace
}  // namespace milepost::device
