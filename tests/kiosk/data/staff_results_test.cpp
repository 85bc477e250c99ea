#include "kiosk/data/staff_results.h"

#include "kiosk/data/device_info.h"
#include "tests/kiosk/data/device_fixture.h"

#include <fmt/format.h>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

const platform::UtcTime kNoon = utc("2026-11-21T12:00:00.000Z");  // a Saturday

StaffResults results(const DataDirectory& data, Period period, const std::string& language = "en") {
    return read_staff_results(data.path(), period, language, kNoon).value();
}

/// A device whose responses are made at the times that the test says.
struct Device {
    DataDirectory data{};
    platform::ManualClock clock{utc("2026-08-01T00:00:00.000Z")};
    std::unique_ptr<Recorder> recorder = open_recorder(data, clock);

    Device() { REQUIRE(remember_sample(*recorder)); }
    void respond(std::string_view time, const surveys::Response& response) {
        clock.advance(utc(time) - clock.now().utc);
        REQUIRE(append(*recorder, response));
    }
};

surveys::Response written(int value, const std::string& text) {
    surveys::Response response = rated(value);
    response.answers.push_back({.question = "comment", .text = text});
    return response;
}

surveys::Response flagged(const std::string& flag) {
    surveys::Response response = rated(1);
    response.flags = {flag};
    return response;
}

}  // namespace

TEST_CASE("staff results: a day stands beside its last eight weekdays pooled") {
    Device device;
    device.respond("2026-09-19T10:00:00.000Z", rated(1));  // nine Saturdays ago
    device.respond("2026-09-26T10:00:00.000Z", rated(2));  // eight
    device.respond("2026-11-13T10:00:00.000Z", rated(3));  // a Friday
    device.respond("2026-11-14T10:00:00.000Z", rated(4));
    device.respond("2026-11-20T10:00:00.000Z", rated(1));
    device.respond("2026-11-21T10:00:00.000Z", rated(5));

    const StaffResults today = results(device.data, Period::Today);
    REQUIRE(today.questions.size() == 1);
    const auto& question = today.questions.front();
    CHECK(question.histogram.count == surveys::Histogram{{0, 0, 0, 0, 1}}.count);
    CHECK(question.before.count == surveys::Histogram{{0, 1, 0, 1, 0}}.count);
    CHECK(question.week.count == surveys::Histogram{{1, 0, 0, 0, 1}}.count);
    CHECK(today.weekday == 6);
    CHECK(today.responses == 1);
    CHECK(today.hours[11] == 1);
    CHECK(question.text == sample().find("satisfaction")->text.in("en", "en"));

    const StaffResults yesterday = results(device.data, Period::Yesterday);
    CHECK(yesterday.questions.front().histogram.count[0] == 1);
    CHECK(yesterday.questions.front().before.count == surveys::Histogram{{0, 0, 1, 0, 0}}.count);
    CHECK(yesterday.weekday == 5);

    const StaffResults week = results(device.data, Period::Week);
    CHECK(week.questions.front().histogram.count == surveys::Histogram{{1, 0, 0, 0, 1}}.count);
    CHECK(week.questions.front().before.count == surveys::Histogram{{0, 1, 1, 1, 0}}.count);
    CHECK(week.first == "2026-11-15");
}

TEST_CASE("staff results: flagged responses are told by reason and count in nothing else") {
    Device device;
    device.respond("2026-11-21T10:00:00.000Z", rated(5));
    device.respond("2026-11-21T10:01:00.000Z", flagged("wipe"));
    device.respond("2026-11-21T10:02:00.000Z", flagged("test"));
    const StaffResults today = results(device.data, Period::Today);
    CHECK(today.responses == 1);
    CHECK(today.excluded == 2);
    CHECK(today.excluded_why == std::map<std::string, std::int64_t>{{"test", 1}, {"wipe", 1}});
    CHECK(today.hours[11] == 1);
    CHECK(today.questions.front().histogram.total() == 1);
}

TEST_CASE("staff results: reasons are in the staff's language and the most frequent come first") {
    Device device;
    const auto picked = [](std::vector<std::string> options) {
        surveys::Response response = rated(2);
        response.answers.push_back({.question = "reason", .options = std::move(options)});
        return response;
    };
    const auto options = sample().find("reason")->options;
    device.respond("2026-11-21T10:00:00.000Z", picked({options[0].id, options[1].id}));
    device.respond("2026-11-21T10:01:00.000Z", picked({options[1].id}));
    const StaffResults today = results(device.data, Period::Today, "de");
    const auto reason = std::ranges::find(today.questions, "reason", &StaffResults::Question::id);
    REQUIRE(reason != today.questions.end());
    CHECK(reason->picked == 2);
    REQUIRE(reason->options.size() == 2);
    CHECK(reason->options[0].label == options[1].text.in("de", "en"));
    CHECK(reason->options[0].count == 2);
    CHECK(reason->text_language == "de");
}

TEST_CASE("staff results: the newest comments of the period come first and at most twenty") {
    Device device;
    device.respond("2026-11-20T10:00:00.000Z", written(3, "yesterday"));
    surveys::Response hidden = written(1, "cloth");
    hidden.flags = {"wipe"};
    device.respond("2026-11-21T08:00:00.000Z", hidden);
    for (int i = 0; i < 25; ++i) {
        device.respond(fmt::format("2026-11-21T09:{:02}:00.000Z", i), written(3, "text " + std::to_string(i)));
    }
    const StaffResults today = results(device.data, Period::Today);
    REQUIRE(today.comments.size() == 20);
    CHECK(today.comments.front().text == "text 24");
    CHECK(today.comments.front().when == "2026-11-21 10:24");
    CHECK(today.comments.back().text == "text 5");
    const StaffResults yesterday = results(device.data, Period::Yesterday);
    REQUIRE(yesterday.comments.size() == 1);
    CHECK(yesterday.comments.front().text == "yesterday");
}

TEST_CASE("device info: what the store has not is counted with its oldest") {
    Device device;
    device.respond("2026-11-21T10:00:00.000Z", rated(5));
    device.respond("2026-11-21T11:00:00.000Z", rated(4));
    DeviceInfo info = read_device_info(device.data.path(), device.clock.now());
    CHECK(info.device.empty());
    CHECK(info.unsent == 4);  // epoch, clock, two responses
    CHECK(info.oldest_unsent == utc("2026-11-21T10:00:00.000Z"));

    const protocol::Record first = records(device.data).front();
    const auto& epoch = std::get<protocol::EventRecord>(first.body);
    REQUIRE(epoch.what == "epoch");
    auto database = open_device_db(device.data.path());
    std::string id;
    REQUIRE(
        (*(*database)->prepare("SELECT id FROM epoch"))->run({}, [&](const platform::Row& row) { id = row.text(0); }));
    agent_says(device.data, "INSERT INTO mark(epoch, next, chain) VALUES ($1, $2, $3)",
               {std::string_view{id}, std::int64_t{4}, platform::Blob{"x"}});
    agent_says(device.data, "INSERT INTO status(key, value) VALUES ($1, $2)",
               {std::string_view{"device"}, std::string_view{"dev_1"}});
    info = read_device_info(device.data.path(), device.clock.now());
    CHECK(info.unsent == 1);
    CHECK(info.oldest_unsent == utc("2026-11-21T11:00:00.000Z"));
    CHECK(info.device == "dev_1");
    CHECK(info.free_mib > 0);
}
