#include "kiosk/data/pruning.h"

#include "kiosk/data/availability.h"
#include "kiosk/data/device_summary.h"
#include "kiosk/data/keeper.h"
#include "kiosk/data/log_verifier.h"
#include "tests/kiosk/data/device_fixture.h"
#include "tests/platform/damaged_page.h"

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;
using platform::Trust;
using Service = Recorder::Service;

namespace {

const platform::UtcTime kNoon = utc("2026-11-21T12:00:00.000Z");

/// A row whose response began `days` before noon.
LogRow row(std::int64_t n, int days, Trust trust = Trust::Synced) {
    const platform::Stamp at{.utc = kNoon - std::chrono::days{days}, .trust = trust, .boot = "this", .mono_ms = n};
    return {.n = n, .epoch = 1, .seq = n, .chain_before = {}, .line = protocol::response_line(n, rated(3), at)};
}

PruneRule rule(std::int64_t acknowledged, std::int64_t newest, bool by_age = true) {
    PruneRule made{
        .epochs = {{1, "epoch-1"}}, .marks = {{"epoch-1", acknowledged + 1}}, .newest = newest, .older_than = {}};
    if (by_age) made.older_than = kNoon - kRetention;
    return made;
}

std::string newest_epoch(const DataDirectory& data) {
    auto database = open_device_db(data.path());
    REQUIRE(database);
    return EpochTable::open(**database)->newest().value()->id;
}

void acknowledge(const DataDirectory& data, const std::string& epoch, std::int64_t through) {
    const std::string chain(32, '\0');
    agent_says(data, "INSERT INTO mark(epoch, next, chain) VALUES ($1, $2, $3)",
               {std::string_view{epoch}, through + 1, platform::Blob{chain}});
}

std::unique_ptr<Keeper> open_keeper(const DataDirectory& data, platform::Clock& clock) {
    auto keeper = Keeper::open(recorder_options(data), clock.now());
    REQUIRE(keeper);
    return std::move(*keeper);
}

}  // namespace

TEST_CASE("pruning: only what the store acknowledged goes") {
    const std::vector<LogRow> rows{row(1, 90), row(2, 90), row(3, 90), row(4, 90)};
    CHECK(prunable(rows, rule(2, 99)) == PruneReach{.until = 2, .further = false});
    CHECK(prunable(rows, rule(0, 99)) == PruneReach{});
    CHECK(prunable(rows, rule(2, 99, false)) == PruneReach{.until = 2, .further = false});
    PruneRule of_another_epoch = rule(4, 99);
    of_another_epoch.marks = {{"epoch-2", 100}};
    CHECK(prunable(rows, of_another_epoch) == PruneReach{});
}

TEST_CASE("pruning: the newest row stays whatever its age") {
    const std::vector<LogRow> rows{row(1, 90), row(2, 90)};
    CHECK(prunable(rows, rule(2, 2)) == PruneReach{.until = 1, .further = false});
    CHECK(prunable(rows, rule(2, 2, false)) == PruneReach{.until = 1, .further = false});
}

TEST_CASE("pruning: a row goes after thirty days, known by its own time or a younger row's") {
    CHECK(prunable({row(1, 31), row(2, 29), row(3, 31)}, rule(9, 99)) == PruneReach{.until = 1, .further = false});
    CHECK(prunable({row(1, 20'000, Trust::Unset), row(2, 31)}, rule(9, 99)) == PruneReach{.until = 2, .further = true});
    CHECK(prunable({row(1, 20'000, Trust::Unset)}, rule(9, 99)) == PruneReach{.until = {}, .further = true});
    CHECK(prunable({row(1, 20'000, Trust::Unset), row(2, 1)}, rule(9, 99)) == PruneReach{});
}

TEST_CASE("pruning: after a month acknowledged rows are gone, counts and chain are whole") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto keeper = open_keeper(data, clock);
    REQUIRE(keeper->remember(sample(), std::string{surveys::sample_survey_toml()}));
    for (int i = 0; i < 4; ++i) REQUIRE(keeper->append(rated(5), clock.now()));  // rows 3 to 6
    acknowledge(data, newest_epoch(data), 5);
    clock.advance(24h * 29);
    REQUIRE(keeper->care(clock.now(), Service::Able));
    CHECK(numbers(data).starts_with("1-"));
    clock.advance(24h * 2);
    REQUIRE(keeper->care(clock.now(), Service::Able));

    CHECK(numbers(data).starts_with("6-"));
    CHECK(responses(data).size() == 1);
    const auto report = verify_log(data.path()).value();
    INFO(to_text(report));
    CHECK(report.ok());
    CHECK(summarise_device(data.path(), "2026-11-21", kNoon)->raw == 4);
}

TEST_CASE("pruning: nothing goes by age while the clock is not trusted") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto keeper = open_keeper(data, clock);
    for (int i = 0; i < 4; ++i) REQUIRE(keeper->append(rated(5), clock.now()));
    acknowledge(data, newest_epoch(data), 6);
    clock.advance(24h * 90);
    clock.set_trust(Trust::Unset);
    REQUIRE(keeper->care(clock.now(), Service::Able));

    CHECK(numbers(data).starts_with("1-"));
}

TEST_CASE("pruning: what is pruned stays pruned and the log goes on after a restart") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    {
        const auto keeper = open_keeper(data, clock);
        for (int i = 0; i < 3; ++i) REQUIRE(keeper->append(rated(5), clock.now()));
        acknowledge(data, newest_epoch(data), 5);
        clock.advance(24h * 40);
        REQUIRE(keeper->care(clock.now(), Service::Able));
    }
    REQUIRE(append(*open_recorder(data, clock), rated(4)));

    CHECK(rows(data).front().n > 1);
    CHECK(verify_log(data.path())->ok());
    CHECK(responses(data).back().response.answers == rated(4).answers);
}

TEST_CASE("pruning: a page that cannot be read is salvaged, and the next pruning goes on") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto hit = rated(5);
    {
        const auto keeper = open_keeper(data, clock);
        for (int i = 0; i < 200; ++i) REQUIRE(keeper->append(i == 90 ? hit : rated(4), clock.now()));
        acknowledge(data, newest_epoch(data), 150);
    }
    const auto keeper = open_keeper(data, clock);  // which holds no page of it in memory
    platform::destroy_page_with(device_db_path(data.path()), hit.id);
    clock.advance(24h * 40);
    int failed = 0;
    while (failed < 10 && !keeper->care(clock.now(), Service::Able)) {
        ++failed;
        clock.advance(1min);
    }

    REQUIRE(keeper->append(rated(5), clock.now()));

    CHECK(failed == 2);
    CHECK(numbers(data).starts_with("151-"));
    CHECK(std::ranges::count(kinds(data), "salvaged") == 1);
}

TEST_CASE("availability: minutes count from the first call and only while people could answer") {
    Availability availability;
    availability.pass(100min, Service::Able);
    CHECK(availability.over(0min) == Availability::Minutes{.open = 0, .able = 0});
    availability.pass(130min, Service::Able);
    availability.pass(150min, Service::Unable);
    CHECK_FALSE(availability.over(51min));
    CHECK(availability.over(50min) == Availability::Minutes{.open = 50, .able = 30});
    availability.pass(150min + 90s, Service::Able);
    availability.told({.open = 50, .able = 30});
    CHECK(availability.over(0min) == Availability::Minutes{.open = 1, .able = 1});
    availability.pass(152min, Service::Able);  // the half minute was not forgotten
    CHECK(availability.over(2min) == Availability::Minutes{.open = 2, .able = 2});
}

TEST_CASE("availability: while the site is shut nothing counts, and the way there is no gap") {
    Availability availability;
    availability.pass(0min, Service::Able);
    availability.pass(10min, Service::Able);
    availability.pass(600min, Service::Shut);
    availability.pass(605min, Service::Unable);
    CHECK(availability.over(0min) == Availability::Minutes{.open = 15, .able = 10});
}

TEST_CASE("availability: told every hour and at the end") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    {
        const auto keeper = open_keeper(data, clock);
        for (int minute = 0; minute <= 70; ++minute) {
            REQUIRE(keeper->care(clock.now(), minute < 61 ? Service::Able : Service::Unable));
            clock.advance(1min);
        }
        REQUIRE(keeper->shut_down(clock.now()));
    }

    CHECK(kinds(data) == std::vector<std::string>{"epoch", "clock", "availability", "availability", "shutdown"});
    CHECK(rows(data)[2].line.find(R"("data":{"able_min":60,"open_min":60})") != std::string::npos);
    CHECK(rows(data)[3].line.find(R"("data":{"able_min":0,"open_min":10})") != std::string::npos);
}
