#include "surveys/samples/samples.h"
#include "tests/store/desk.h"

#include <rapidcheck/catch.h>

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;

namespace {

/// A log of visits and clock events over some days and boots, cut into batches and partly sent again.
struct Story {
    FakeLog log;
    std::vector<std::pair<std::int64_t, std::int64_t>> batches;
};

surveys::Response some_visit() {
    auto response = visit(*rc::gen::inRange(1, 6), *rc::gen::inRange(0, 11));
    if (*rc::gen::inRange(0, 5) == 0) response.answers[0] = {.question = "satisfaction", .skipped = true};
    if (*rc::gen::inRange(0, 5) == 0) {
        response.answers.pop_back();
    } else if (*rc::gen::inRange(0, 3) == 0) {
        response.answers.back() = {.question = "comment", .text = "Good."};
    }
    if (*rc::gen::inRange(0, 4) == 0) response.flags.emplace_back("repeat");
    if (*rc::gen::inRange(0, 6) == 0) response.flags.emplace_back("burst");
    if (*rc::gen::inRange(0, 8) == 0) response.touchpoint = "nowhere";
    if (*rc::gen::inRange(0, 8) == 0) response.revision = 7;
    return response;
}

Story some_story() {
    Story story;
    const std::string boots[]{kBoot, "9f000000-0000-4000-8000-000000000002"};
    const int count = *rc::gen::inRange(1, 30);
    for (int i = 0; i < count; ++i) {
        const auto mono = *rc::gen::inRange<std::int64_t>(0, 200'000'000);
        const auto& boot = boots[*rc::gen::inRange(0, 2)];
        const auto trust =
            *rc::gen::element(platform::Trust::Synced, platform::Trust::Holdover, platform::Trust::Unset);
        const auto at = stamp(kNoon + std::chrono::milliseconds{mono}, trust, mono, boot);
        if (*rc::gen::inRange(0, 5) == 0) {
            story.log.add_clock({.boot = boot,
                                 .utc_minus_mono_ms = kNoon.time_since_epoch().count() + *rc::gen::inRange(-500, 500),
                                 .error_ms = *rc::gen::inRange(0, 5'000),
                                 .source = "kernel"},
                                at);
        } else {
            story.log.add(some_visit(), at);
        }
    }
    std::int64_t next = 1;
    while (next <= story.log.last()) {
        const auto last = *rc::gen::inRange(next, story.log.last() + 1);
        story.batches.emplace_back(next, last);
        if (*rc::gen::inRange(0, 3) == 0)
            story.batches.emplace_back(*rc::gen::inRange<std::int64_t>(1, next + 1), last);
        next = last + 1;
    }
    return story;
}

}  // namespace

TEST_CASE("rollups: equal a recount of the rows whatever came in whatever order") {
    rc::prop("equal a recount", [] {
        Desk desk;
        const auto story = some_story();
        for (const auto& [first, last] : story.batches) desk.accepted(story.log.batch(first, last));
        auto both = counted(desk);
        RC_ASSERT(both.rollups == both.recounted);

        std::string toml{surveys::sample_survey_toml()};
        toml.replace(toml.find("revision = 1"), 12, "revision = 7");
        RC_ASSERT(add_survey(*desk.writing, {toml, "seven"}).has_value());
        RC_ASSERT(add_device(*desk.writing, {.name = "k", .site = "berlin", .touchpoint = "nowhere"}).has_value());
        both = counted(desk);
        RC_ASSERT(both.rollups == both.recounted);
        RC_ASSERT(desk.count("log_break") == 0);
    });
}
