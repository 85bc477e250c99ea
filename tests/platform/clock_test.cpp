#include "platform/clock.h"

#include "platform/ids.h"

#include <catch2/catch.hpp>

namespace milepost::platform {

namespace {

using namespace std::chrono_literals;

constexpr UtcTime at(std::int64_t milliseconds) {
    return UtcTime{std::chrono::milliseconds{milliseconds}};
}

}  // namespace

TEST_CASE("clock: RFC 3339 goes both ways", "[clock]") {
    const auto [text, milliseconds] = GENERATE(table<std::string, std::int64_t>({
        {"1970-01-01T00:00:00.000Z", 0},
        {"2026-11-21T18:20:01.123Z", 1'795'285'201'123},
        {"2000-02-29T23:59:59.999Z", 951'868'799'999},
        {"1969-12-31T23:59:59.999Z", -1},
        {"9999-12-31T23:59:59.000Z", 253'402'300'799'000},
    }));
    CHECK(format_rfc3339(at(milliseconds)) == text);
    CHECK(parse_rfc3339(text) == at(milliseconds));
}

TEST_CASE("clock: a time may come without its fraction", "[clock]") {
    CHECK(parse_rfc3339("2026-11-21T18:20:01Z") == at(1'795'285'201'000));
}

TEST_CASE("clock: what is no UTC time is refused", "[clock]") {
    const std::string text = GENERATE(
        "", "2026-11-21", "2026-11-21T18:20:01", "2026-11-21 18:20:01Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T18:60:00Z", "2026-11-21T18:20:60Z",
        "2026-11-21T18:20:01.12Z", "2026-11-21T18:20:01.1234Z", "2026-11-21T18:20:01+01:00", "2026-11-21T18:20:01.abcZ",
        "-026-11-21T18:20:01Z", "2026-11-21T18:20:01ZZ");
    CAPTURE(text);
    const auto parsed = parse_rfc3339(text);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().fault == Fault::Invalid);
}

TEST_CASE("clock: trust has one word each", "[clock]") {
    const Trust trust = GENERATE(Trust::Synced, Trust::Holdover, Trust::Unset);
    CHECK(parse_trust(to_string(trust)) == trust);
    CHECK_FALSE(parse_trust("certain").has_value());
}

TEST_CASE("clock: the machine's boot id is a UUID and its clocks go forward", "[clock]") {
    SystemClock clock;
    const Stamp first = clock.now();
    const Stamp second = clock.now();
    CHECK(is_uuid(first.boot));
    CHECK(first.boot == SystemClock{}.now().boot);
    CHECK(second.mono_ms >= first.mono_ms);
    const SteadyTime steady = clock.steady();
    CHECK(clock.steady() >= steady);
}

TEST_CASE("clock: setting the wall clock leaves the monotonic ones alone", "[clock]") {
    ManualClock clock{at(1'000'000)};
    const Stamp before = clock.now();
    const SteadyTime steady = clock.steady();

    clock.advance(1500ms);
    clock.set_utc(at(5));
    clock.set_trust(Trust::Unset);

    CHECK(clock.now() == Stamp{at(5), Trust::Unset, before.boot, before.mono_ms + 1500});
    CHECK(clock.steady() - steady == 1500ms);
}

}  // namespace milepost::platform
