#include "kiosk/data/device_summary.h"

#include "tests/kiosk/data/device_fixture.h"

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

const platform::UtcTime kNoon = utc("2026-11-21T12:00:00.000Z");

surveys::DaySummary summary(const DataDirectory& data, std::string_view day, platform::UtcTime now = kNoon) {
    return summarise_device(data.path(), day, now).value();
}

}  // namespace

TEST_CASE("summary: a response counts in the local day and hour of its beginning") {
    const DataDirectory data;
    platform::ManualClock clock{utc("2026-11-21T22:59:59.999Z")};
    const auto recorder = open_recorder(data, clock);
    REQUIRE(remember_sample(*recorder));
    REQUIRE(append(*recorder, rated(5)));
    clock.advance(1ms);
    REQUIRE(append(*recorder, rated(1)));

    const auto before = summary(data, "2026-11-21");
    const auto after = summary(data, "2026-11-22");
    REQUIRE(before.questions.size() == 1);
    CHECK(before.questions[0].histogram == surveys::Histogram{.count = {0, 0, 0, 0, 1}});
    CHECK(before.questions[0].kind == surveys::Kind::Csat);
    CHECK(before.hours.at(0).hour == 23);
    REQUIRE(after.questions.size() == 1);
    CHECK(after.questions[0].histogram == surveys::Histogram{.count = {1}});
    CHECK(after.hours.at(0).hour == 0);
    CHECK(after.scope == "checkout");
    CHECK(after.time_zone == "Europe/Berlin");
}

TEST_CASE("summary: the repeated hour of an autumn night is two hours") {
    const DataDirectory data;
    platform::ManualClock clock{utc("2026-10-25T00:30:00.000Z")};
    const auto recorder = open_recorder(data, clock);
    for (int i = 0; i < 3; ++i) {
        REQUIRE(append(*recorder, rated(5)));
        if (i == 0) clock.advance(1h);
    }

    const auto hours = summary(data, "2026-10-25").hours;
    REQUIRE(hours.size() == 2);
    CHECK((hours[0].hour == 2 && hours[0].offset_minutes == 120 && hours[0].responses == 1));
    CHECK((hours[1].hour == 2 && hours[1].offset_minutes == 60 && hours[1].responses == 2));
}

TEST_CASE("summary: flagged responses are excluded from scores and counted by reason") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto recorder = open_recorder(data, clock);
    REQUIRE(remember_sample(*recorder));
    REQUIRE(append(*recorder, rated(5)));
    auto flagged = rated(1);
    flagged.flags = {"repeat", "burst"};
    REQUIRE(append(*recorder, flagged));
    flagged = rated(1);
    flagged.flags = {"burst"};
    REQUIRE(append(*recorder, flagged));

    const auto found = summary(data, "today");
    CHECK(found.raw == 3);
    CHECK(found.excluded == 2);
    CHECK(found.responses == 1);
    CHECK(found.excluded_why == std::map<std::string, std::int64_t>{{"burst", 2}, {"repeat", 1}});
    CHECK(found.questions.at(0).histogram.total() == 1);
    CHECK(found.hours.at(0).responses == 1);
}

TEST_CASE("summary: reasons carry the survey's texts and come most frequent first") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    const auto recorder = open_recorder(data, clock);
    REQUIRE(remember_sample(*recorder));
    const surveys::Survey survey = sample();
    const surveys::Question* why = nullptr;
    for (const auto& question : survey.questions) {
        if (question.kind == surveys::Kind::Multi) why = &question;
    }
    REQUIRE(why != nullptr);
    const std::string first = why->options.at(0).id;
    const std::string second = why->options.at(1).id;
    for (const auto& options : {std::vector{second}, std::vector{first, second}, std::vector<std::string>{"gone"}}) {
        auto response = rated(2);
        response.answers.push_back({.question = why->id, .options = options});
        REQUIRE(append(*recorder, response));
    }

    const auto today = summary(data, "today");
    REQUIRE(today.find(why->id) != nullptr);
    CHECK(today.find(why->id)->text == why->text.in("en", "en"));
    CHECK(today.find(why->id)->picked == 3);
    const auto& reasons = today.find(why->id)->options;
    REQUIRE(reasons.size() == 3);
    CHECK(reasons[0].id == second);
    CHECK(reasons[0].label == why->options[1].text.in("en", "en"));
    CHECK(reasons[0].count == 2);
    CHECK(std::ranges::count(reasons, "gone", &surveys::DaySummary::Option::label) == 1);
}

TEST_CASE("summary: yesterday and today are days of the zone that the kiosk counted by") {
    const DataDirectory data;
    platform::ManualClock clock{kNoon};
    REQUIRE(append(*open_recorder(data, clock), rated(5)));

    CHECK(summary(data, "today", utc("2026-11-21T22:59:00.000Z")).raw == 1);
    CHECK(summary(data, "today", utc("2026-11-21T23:01:00.000Z")).raw == 0);
    CHECK(summary(data, "yesterday", utc("2026-11-21T23:01:00.000Z")).raw == 1);
}

TEST_CASE("summary: a wrong day and a wrong directory are told apart") {
    const DataDirectory data;
    CHECK(summarise_device(data.path(), "today", kNoon).error().fault == Fault::NotFound);
    platform::ManualClock clock{kNoon};
    {
        const auto recorder = open_recorder(data, clock);
    }
    CHECK(summarise_device(data.path(), "tomorow", kNoon).error().fault == Fault::Invalid);
    CHECK(summary(data, "today").raw == 0);
}
