#include "kiosk/data/demo_visits.h"

#include "kiosk/data/device_summary.h"
#include "kiosk/data/log_verifier.h"
#include "tests/kiosk/data/device_fixture.h"

#include <algorithm>
#include <set>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

const platform::UtcTime kNow = utc("2026-10-26T15:00:00.000Z");

DemoOptions demo(const DataDirectory& data, std::int64_t count, std::int64_t days) {
    return {.data = data.path(),
            .survey = sample(),
            .survey_toml = std::string{surveys::sample_survey_toml()},
            .touchpoint = "exit",
            .count = count,
            .days = days,
            .seed = 42,
            .now = kNow,
            .time_zone = berlin()};
}

/// One day's numbers out of the log's lines alone.
struct Recount {
    std::int64_t raw = 0;
    std::int64_t excluded = 0;
    surveys::Histogram csat;
    surveys::Histogram nps;
    std::map<std::string, std::int64_t> reasons;
    std::int64_t asked = 0;
    std::map<std::pair<int, int>, std::int64_t> hours;
};

std::map<std::string, Recount> recount(const DataDirectory& data) {
    std::map<std::string, Recount> days;
    for (const auto& [response, at] : responses(data)) {
        const auto when = berlin().local_hour(at.utc);
        Recount& day = days[when.day];
        ++day.raw;
        if (!response.flags.empty()) {
            ++day.excluded;
            continue;
        }
        ++day.hours[{when.hour, when.offset_minutes}];
        for (const auto& answer : response.answers) {
            if (answer.question == "satisfaction" && answer.value) ++day.csat.count.at(*answer.value - 1);
            if (answer.question == "recommend" && answer.value) ++day.nps.count.at(*answer.value);
            if (!answer.options.empty()) ++day.asked;
            for (const auto& option : answer.options) ++day.reasons[option];
        }
    }
    return days;
}

surveys::Histogram histogram_of(const surveys::DaySummary& summary, std::string_view question) {
    const auto* found = summary.find(question);
    return found == nullptr ? surveys::Histogram{} : found->histogram;
}

std::vector<surveys::Response> without_ids(std::vector<protocol::ResponseRecord> records) {
    std::vector<surveys::Response> all;
    for (auto& record : records) {
        record.response.id.clear();
        all.push_back(std::move(record.response));
    }
    return all;
}

}  // namespace

TEST_CASE("demo: every day's summary equals a recount of the log's lines") {
    const DataDirectory data;
    auto options = demo(data, 1'000, 3);
    options.together = 300;
    REQUIRE(make_demo_visits(options));

    const auto days = recount(data);
    CHECK(days.size() >= 3);
    std::int64_t total = 0;
    std::int64_t excluded = 0;
    for (const auto& [day, expected] : days) {
        const auto summary = summarise_device(data.path(), day, kNow).value();
        CHECK(summary.raw == expected.raw);
        CHECK(summary.excluded == expected.excluded);
        CHECK(histogram_of(summary, "satisfaction") == expected.csat);
        CHECK(histogram_of(summary, "recommend") == expected.nps);
        std::map<std::string, std::int64_t> reasons;
        std::int64_t asked = 0;
        for (const auto& question : summary.questions) {
            asked += question.picked;
            for (const auto& option : question.options) reasons[option.id] += option.count;
        }
        CHECK(asked == expected.asked);
        CHECK(reasons == expected.reasons);
        std::map<std::pair<int, int>, std::int64_t> hours;
        for (const auto& hour : summary.hours) hours[{hour.hour, hour.offset_minutes}] = hour.responses;
        CHECK(hours == expected.hours);
        total += summary.raw;
        excluded += summary.excluded;
    }
    CHECK(total == 1'000);
    CHECK(excluded > 0);
}

TEST_CASE("demo: visits lie one after the other in the past and in opening hours") {
    const std::int64_t days = GENERATE(0, 5);
    const DataDirectory data;
    REQUIRE(make_demo_visits(demo(data, 60, days)));

    platform::UtcTime free = kNow - (days == 0 ? std::chrono::milliseconds{1h} : std::chrono::hours{24 * days});
    std::set<std::string> ids;
    for (const auto& [response, at] : responses(data)) {
        CHECK(at.utc >= free);
        // `at` is the first tap; the visit's time began with the look before it.
        free = at.utc + response.took - response.answers.at(0).took;
        ids.insert(response.id);
        const int hour = berlin().local_hour(at.utc).hour;
        if (days > 0) CHECK((hour >= 9 && hour < 20));
    }
    CHECK(free <= kNow);
    CHECK(ids.size() == 60);
    CHECK(verify_log(data.path())->ok());
}

TEST_CASE("demo: one seed makes the same people again and another makes others") {
    const DataDirectory one;
    const DataDirectory same;
    const DataDirectory other;
    auto options = demo(other, 40, 2);
    options.seed = 43;
    REQUIRE(make_demo_visits(demo(one, 40, 2)));
    REQUIRE(make_demo_visits(demo(same, 40, 2)));
    REQUIRE(make_demo_visits(options));

    CHECK(without_ids(responses(one)) == without_ids(responses(same)));
    CHECK(without_ids(responses(one)) != without_ids(responses(other)));
}

TEST_CASE("demo: visits that share commits are the same visits") {
    const DataDirectory one;
    const DataDirectory same;
    auto options = demo(same, 40, 2);
    options.together = 7;
    REQUIRE(make_demo_visits(demo(one, 40, 2)));
    REQUIRE(make_demo_visits(options));

    CHECK(kinds(one) == kinds(same));
    CHECK(without_ids(responses(one)) == without_ids(responses(same)));
    CHECK(verify_log(same.path())->ok());
}

TEST_CASE("demo: a directory that a kiosk records to is left alone") {
    const DataDirectory data;
    platform::ManualClock clock{kNow};
    const auto recorder = open_recorder(data, clock);

    CHECK(make_demo_visits(demo(data, 3, 0)).error().fault == Fault::Unavailable);
    CHECK(rows(data).empty());
}
