#include "kiosk/data/agent_call.h"

#include "kiosk/data/backlight.h"
#include "kiosk/data/staff_settings.h"
#include "platform/files.h"
#include "tests/kiosk/data/device_fixture.h"

#include <thread>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

struct Request {
    std::string id, what, data;
};

std::optional<Request> open_request(const DataDirectory& data) {
    std::optional<Request> found;
    const auto database = open_device_db(data.path());
    REQUIRE(database);
    const auto statement = (*database)->prepare("SELECT id, what, data FROM request");
    REQUIRE(statement);
    REQUIRE((*statement)->run({}, [&](const platform::Row& row) {
        found = Request{row.text(0), row.text(1), row.text(2)};
    }));
    return found;
}

/// The agent's end of the two files.
class Agent {
public:
    explicit Agent(const DataDirectory& data) : data_(data) {
        const auto path = sync_db_path(data.path());
        REQUIRE(platform::make_data_directory(path.parent_path()));
        auto database = platform::open_for_writing(path.string());
        REQUIRE(database);
        database_ = std::move(*database);
        REQUIRE(platform::migrate(*database_, protocol::kSyncSchema));
    }
    /// Waits for a request, says that it has begun, and answers it.
    Request answer(const protocol::Reply& reply) {
        std::optional<Request> request;
        while (!request) {
            request = open_request(data_);
            std::this_thread::yield();
        }
        auto put = database_->prepare(
            "INSERT INTO reply(request_id, answer) VALUES ($1, $2) "
            "ON CONFLICT (request_id) DO UPDATE SET answer = excluded.answer");
        REQUIRE(put);
        for (const protocol::Reply& told : {protocol::Reply{protocol::Working{}}, reply}) {
            const std::string answer = protocol::encode(told);
            REQUIRE((*put)->run({std::string_view{request->id}, std::string_view{answer}}));
        }
        return *request;
    }

private:
    const DataDirectory& data_;
    std::unique_ptr<platform::Database> database_;
};

std::string bytes_of(const DataDirectory& data) {
    return platform::read_file(device_db_path(data.path())).value();
}

}  // namespace

TEST_CASE("agent call: a request is answered and leaves nothing in device.db") {
    const DataDirectory data;
    platform::ManualClock clock{utc("2026-11-21T12:00:00.000Z")};
    auto recorder = open_recorder(data, clock);
    std::promise<Result<protocol::Reply>> promise;
    {
        AgentCall call{data.path(), *recorder};
        Agent agent{data};
        call.ask(protocol::EnrolWish{"https://store.example", "7K3PQ-9QXMT-4VWAD"}, 60s,
                 [&](Result<protocol::Reply> reply) { promise.set_value(std::move(reply)); });
        const Request request = agent.answer(protocol::EnrolReply{.outcome = protocol::EnrolOutcome::Code});
        CHECK(request.what == "enrol");
        CHECK(request.data.find("7K3PQ-9QXMT-4VWAD") != std::string::npos);
        const auto reply = promise.get_future().get();
        REQUIRE(reply);
        CHECK(std::get<protocol::EnrolReply>(*reply).outcome == protocol::EnrolOutcome::Code);
    }
    REQUIRE(wait_for([&](Recorder::Done done) { recorder->forget_request(std::move(done)); }));
    CHECK_FALSE(open_request(data));
    recorder.reset();
    CHECK(bytes_of(data).find("7K3PQ-9QXMT-4VWAD") == std::string::npos);
}

TEST_CASE("agent call: an agent that does not answer is given up and its request taken back") {
    const DataDirectory data;
    platform::ManualClock clock{utc("2026-11-21T12:00:00.000Z")};
    auto recorder = open_recorder(data, clock);
    std::promise<Result<protocol::Reply>> promise;
    {
        AgentCall call{data.path(), *recorder};
        call.ask(protocol::NetworkTestWish{}, 200ms,
                 [&](Result<protocol::Reply> reply) { promise.set_value(std::move(reply)); });
        const auto reply = promise.get_future().get();
        REQUIRE_FALSE(reply);
        CHECK(reply.error().fault == Fault::Unavailable);
    }
    REQUIRE(wait_for([&](Recorder::Done done) { recorder->forget_request(std::move(done)); }));
    CHECK_FALSE(open_request(data));
}

TEST_CASE("agent call: a request that a crash left is gone at the next start") {
    const DataDirectory data;
    platform::ManualClock clock{utc("2026-11-21T12:00:00.000Z")};
    auto recorder = open_recorder(data, clock);
    REQUIRE(wait_for([&](Recorder::Done done) {
        recorder->ask_agent("r1", protocol::EnrolWish{"s", "7K3PQ-9QXMT-4VWAD"}, std::move(done));
    }));
    CHECK(open_request(data));
    recorder.reset();
    recorder = open_recorder(data, clock);
    CHECK_FALSE(open_request(data));
}

TEST_CASE("set-up: a new directory needs it and one that ever asked or is enrolled does not") {
    const DataDirectory data;
    platform::ManualClock clock{utc("2026-11-21T12:00:00.000Z")};
    CHECK(needs_set_up(data.path()));
    auto recorder = open_recorder(data, clock);
    CHECK(needs_set_up(data.path()));
    REQUIRE(remember_sample(*recorder));
    CHECK_FALSE(needs_set_up(data.path()));
    const auto put = [&](std::string_view value) {
        return wait_for([&](Recorder::Done done) {
            recorder->put_setting(std::string{kSetUpSetting}, std::string{value}, std::move(done));
        });
    };
    REQUIRE(put(kSetUpBegun));
    CHECK(needs_set_up(data.path()));
    REQUIRE(put(kSetUpDone));
    CHECK_FALSE(needs_set_up(data.path()));
}

TEST_CASE("set-up: a PIN that was set beforehand is no survey") {
    const DataDirectory data;
    REQUIRE(set_staff_pin(data.path(), "271828"));
    CHECK(needs_set_up(data.path()));
}

TEST_CASE("set-up: an enrolled device is not asked and a file that cannot be read neither") {
    const DataDirectory enrolled;
    {
        const auto path = sync_db_path(enrolled.path());
        REQUIRE(platform::make_data_directory(path.parent_path()));
        auto database = platform::open_for_writing(path.string());
        REQUIRE(database);
        REQUIRE(platform::migrate(**database, protocol::kSyncSchema));
        REQUIRE((*database)->run_script("INSERT INTO status(key, value) VALUES ('device', 'dev_1')"));
    }
    CHECK_FALSE(needs_set_up(enrolled.path()));
    const DataDirectory broken;
    REQUIRE(platform::make_data_directory(device_db_path(broken.path()).parent_path()));
    REQUIRE(platform::write_file_atomically(device_db_path(broken.path()), "not a database"));
    CHECK_FALSE(needs_set_up(broken.path()));
}

TEST_CASE("backlight: every light is set to its share of its most") {
    const DataDirectory lights;
    for (const auto& [name, most] : {std::pair{"a", "255\n"}, std::pair{"b", "10\n"}}) {
        REQUIRE(platform::make_data_directory(lights.path() / name));
        REQUIRE(platform::write_file_atomically(lights.path() / name / "max_brightness", most));
        REQUIRE(platform::write_file_atomically(lights.path() / name / "brightness", "1"));
    }
    REQUIRE(set_backlight(lights.path(), 40));
    CHECK(platform::read_file(lights.path() / "a" / "brightness").value() == "102");
    CHECK(platform::read_file(lights.path() / "b" / "brightness").value() == "4");
}

TEST_CASE("backlight: where there is none that is said") {
    const DataDirectory none;
    CHECK(set_backlight(none.path(), 40).error().fault == Fault::NotFound);
    CHECK(set_backlight(none.path() / "nowhere", 40).error().fault == Fault::NotFound);
}
