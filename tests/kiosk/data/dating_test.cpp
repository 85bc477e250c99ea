#include "kiosk/data/dating.h"

#include "tests/kiosk/data/device_fixture.h"

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;
using platform::LocalHour;
using platform::Trust;

namespace {

const platform::UtcTime kNoon = utc("2026-11-21T12:00:00.000Z");
constexpr std::int64_t kMono = 1'000'000;
const std::int64_t kOffset = kNoon.time_since_epoch().count() - kMono;

platform::Stamp stamp(Trust trust, std::int64_t mono_ms = kMono) {
    return {.utc = kNoon, .trust = trust, .boot = "this", .mono_ms = mono_ms};
}

protocol::ClockData clock_data(std::string source, std::int64_t offset = kOffset, std::string boot = "this") {
    return {.boot = std::move(boot), .utc_minus_mono_ms = offset, .error_ms = 40, .source = std::move(source)};
}

}  // namespace

TEST_CASE("clock event: due when a source says something new") {
    using Maybe = std::optional<protocol::ClockData>;
    const auto [trust, from_store, logged, due] = GENERATE(table<Trust, Maybe, Maybe, Maybe>({
        {Trust::Unset, std::nullopt, std::nullopt, std::nullopt},
        {Trust::Synced, std::nullopt, std::nullopt, clock_data("kernel")},
        {Trust::Synced, std::nullopt, clock_data("kernel"), std::nullopt},
        {Trust::Synced, std::nullopt, clock_data("kernel", kOffset - 500), std::nullopt},
        {Trust::Synced, std::nullopt, clock_data("kernel", kOffset - 501), clock_data("kernel")},
        {Trust::Synced, std::nullopt, clock_data("store"), clock_data("kernel")},
        {Trust::Unset, clock_data("store"), std::nullopt, clock_data("store")},
        {Trust::Holdover, clock_data("store"), clock_data("kernel"), std::nullopt},
        {Trust::Holdover, clock_data("store", kOffset + 900), clock_data("kernel"), clock_data("store", kOffset + 900)},
        {Trust::Unset, clock_data("store", kOffset, "another"), std::nullopt, std::nullopt},
    }));

    std::optional<KnownClock> before;
    if (logged) before = {.data = *logged, .mono_ms = kMono};
    CHECK(clock_due(stamp(trust), 40, from_store, before) == due);
}

TEST_CASE("clock event: what was learnt anew is logged again before drift makes two seconds") {
    const KnownClock kernel{.data = clock_data("kernel"), .mono_ms = kMono};
    constexpr std::int64_t kFourHours = 4 * 3'600'000;
    auto later = stamp(Trust::Synced, kMono + kFourHours - 1);
    later.utc += std::chrono::milliseconds{kFourHours - 1};
    CHECK_FALSE(clock_due(later, 40, std::nullopt, kernel));
    later.utc += std::chrono::milliseconds{1};
    later.mono_ms += 1;
    CHECK(clock_due(later, 40, std::nullopt, kernel) == clock_data("kernel"));

    const KnownClock store{.data = clock_data("store"), .mono_ms = kMono};
    const auto unset = stamp(Trust::Unset, kMono + kFourHours);
    CHECK_FALSE(clock_due(unset, 40, clock_data("store"), store));  // the same answer is no news
    CHECK(clock_due(unset, 40, clock_data("store", kOffset + 1), store) == clock_data("store", kOffset + 1));
}

TEST_CASE("trust: a clock that the kernel disciplined earlier in this boot is held over") {
    const auto [trust, source, boot, judgement] = GENERATE(table<Trust, const char*, const char*, Trust>({
        {Trust::Unset, "kernel", "this", Trust::Holdover},
        {Trust::Unset, "store", "this", Trust::Unset},
        {Trust::Unset, "kernel", "another", Trust::Unset},
        {Trust::Synced, "kernel", "this", Trust::Synced},
        {Trust::Holdover, "store", "this", Trust::Holdover},
    }));
    const KnownClocks known{{boot, {.data = clock_data(source, kOffset, boot), .mono_ms = kMono}}};

    CHECK(judged(stamp(trust), known).trust == judgement);
}

TEST_CASE("local hour: a disciplined reading is taken at its word") {
    CHECK(local_hour(stamp(Trust::Synced), {}, berlin()) ==
          LocalHour{.day = "2026-11-21", .hour = 13, .offset_minutes = 60});
}

TEST_CASE("local hour: an untrusted reading needs the clock of its own boot") {
    const KnownClocks another{{"another", {.data = clock_data("kernel", kOffset, "another"), .mono_ms = kMono}}};
    const KnownClocks own{{"this", {.data = clock_data("kernel", kOffset + 3'600'000), .mono_ms = kMono}}};

    CHECK_FALSE(local_hour(stamp(Trust::Unset), {}, berlin()));
    CHECK_FALSE(local_hour(stamp(Trust::Holdover), another, berlin()));
    CHECK(local_hour(stamp(Trust::Holdover), own, berlin()) ==
          LocalHour{.day = "2026-11-21", .hour = 14, .offset_minutes = 60});
}

TEST_CASE("local hour: a reading whose error reaches over midnight is undated") {
    const std::int64_t midnight_mono = kMono + 11 * 3'600'000;  // 23:00 UTC is midnight in Berlin
    const KnownClocks clocks{{"this", {.data = clock_data("kernel"), .mono_ms = kMono}}};
    const std::int64_t error = 40 + 3'960;  // its own and 100 ppm of eleven hours

    CHECK_FALSE(local_hour(stamp(Trust::Holdover, midnight_mono - error + 100), clocks, berlin()));
    CHECK_FALSE(local_hour(stamp(Trust::Holdover, midnight_mono + error - 100), clocks, berlin()));
    CHECK(local_hour(stamp(Trust::Holdover, midnight_mono - error - 100), clocks, berlin())->day == "2026-11-21");
    CHECK(local_hour(stamp(Trust::Holdover, midnight_mono + error + 100), clocks, berlin())->day == "2026-11-22");
}
