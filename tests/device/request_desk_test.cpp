#include "sync/device/request_desk.h"

#include "platform/database.h"
#include "platform/files.h"
#include "sync/device/runner.h"
#include "sync/protocol/device_files.h"
#include "sync/protocol/unlock.h"
#include "tests/device/road.h"

#include <catch2/catch.hpp>

#include <thread>

namespace milepost::device::test {
namespace {

using protocol::EnrolOutcome;
using protocol::EnrolReply;

/// The kiosk's end: a device.db with a request in it.
class Screen {
public:
    explicit Screen(std::filesystem::path data) : data_(std::move(data)) {
        REQUIRE(platform::make_data_directory(data_ / "kiosk"));
        auto database = platform::open_for_writing((data_ / "kiosk" / "device.db").string());
        REQUIRE(database);
        database_ = std::move(*database);
        REQUIRE(platform::migrate(*database_, protocol::kDeviceSchema));
    }
    void ask(const std::string& id, const protocol::Wish& wish) {
        auto put = database_->prepare("INSERT INTO request(id, what, data) VALUES ($1, $2, $3)");
        REQUIRE(put);
        REQUIRE(database_->run_script("DELETE FROM request"));
        const std::string what = protocol::what_of(wish);
        const std::string data = protocol::data_of(wish);
        REQUIRE((*put)->run({std::string_view{id}, std::string_view{what}, std::string_view{data}}));
    }
    std::optional<protocol::Reply> reply(const std::string& id) const {
        std::optional<protocol::Reply> reply;
        auto database = platform::open_for_reading((data_ / "sync" / "sync.db").string());
        if (!database) return reply;
        auto answers = (*database)->prepare("SELECT answer FROM reply WHERE request_id = $1");
        if (!answers) return reply;
        REQUIRE((*answers)->run({std::string_view{id}}, [&](const platform::Row& row) {
            const auto read = protocol::read_reply(row.text(0));
            REQUIRE(read);
            reply = *read;
        }));
        return reply;
    }

private:
    std::filesystem::path data_;
    std::unique_ptr<platform::Database> database_;
};

/// A device that nobody enrolled, with a desk for its screen.
struct Fresh {
    RequestDesk::Outcome answer() {
        auto sync = SyncDatabase::open(data.path());
        REQUIRE(sync);
        const auto keys = read_key_file(data.path());
        REQUIRE(keys);
        return desk.answer(*sync, keys->identity ? &*keys->identity : nullptr);
    }
    EnrolReply enrolled(const std::string& id) {
        const auto reply = screen.reply(id);
        REQUIRE(reply);
        return std::get<EnrolReply>(*reply);
    }

    TempDirectory data;
    Screen screen{data.path()};
    FakeStore store;
    platform::ManualClock clock{kNow};
    RequestDesk desk{data.path(), {}, clock};
};

using Outcome = RequestDesk::Outcome;

TEST_CASE("request desk: what the screen asks is carried out once") {
    Fresh device;
    CHECK(device.answer() == Outcome::Nothing);
    device.screen.ask("r1", protocol::EnrolWish{device.store.url(), FakeStore::kCode});
    CHECK(device.answer() == Outcome::Enrolled);
    const EnrolReply reply = device.enrolled("r1");
    CHECK(reply.outcome == EnrolOutcome::Enrolled);
    CHECK(reply.device == "dev_1");
    CHECK(reply.touchpoint == "exit");
    CHECK(reply.fingerprint == read_sync_state(device.data.path())->status.at(std::string{kFingerprint}));
    CHECK(device.answer() == Outcome::Nothing);
    CHECK(device.store.bodies("/device/v1/enrol").size() == 1);
}

TEST_CASE("request desk: a code that the store does not take is told as such") {
    Fresh device;
    device.store.trick("/device/v1/enrol", [&](const auto&) { return device.store.problem(403, "code"); });
    device.screen.ask("r1", protocol::EnrolWish{device.store.url(), "00000-00000-00000"});
    CHECK(device.answer() == Outcome::Answered);
    CHECK(device.enrolled("r1").outcome == EnrolOutcome::Code);
    device.store.trick("/device/v1/enrol", [&](const auto&) { return device.store.problem(429, "busy"); });
    device.screen.ask("r2", protocol::EnrolWish{device.store.url(), "00000-00000-00000"});
    device.answer();
    CHECK(device.enrolled("r2").outcome == EnrolOutcome::Busy);
    CHECK_FALSE(device.screen.reply("r1"));
}

TEST_CASE("request desk: why an enrolment failed is told for each address") {
    using Case = std::pair<std::string, EnrolOutcome>;
    const auto [typed, outcome] =
        GENERATE(as<Case>{}, Case{"", EnrolOutcome::Address}, Case{"http://store.example", EnrolOutcome::Address},
                 Case{"store.example/page", EnrolOutcome::Address}, Case{"store.invalid", EnrolOutcome::Name},
                 Case{"http://127.0.0.1:1", EnrolOutcome::Unreachable});
    Fresh device;
    device.screen.ask("r1", protocol::EnrolWish{typed, FakeStore::kCode});
    CHECK(device.answer() == Outcome::Answered);
    INFO(typed << ": " << device.enrolled("r1").message);
    CHECK(device.enrolled("r1").outcome == outcome);
}

TEST_CASE("request desk: the store's answer to a lost PIN's challenge is known without a network") {
    Fresh device;
    device.screen.ask("r0", protocol::UnlockWish{"12345678", "00000000"});
    device.answer();
    CHECK_FALSE(std::get<protocol::UnlockReply>(*device.screen.reply("r0")).enrolled);
    device.screen.ask("r1", protocol::EnrolWish{device.store.url(), FakeStore::kCode});
    REQUIRE(device.answer() == Outcome::Enrolled);
    const auto keys = read_key_file(device.data.path());
    const auto answer =
        protocol::unlock_answer(device.store.key(), keys->identity->key.public_key, "dev_1", "12345678");
    REQUIRE(answer);
    device.screen.ask("r2", protocol::UnlockWish{"12345678", *answer});
    device.answer();
    CHECK(std::get<protocol::UnlockReply>(*device.screen.reply("r2")).right);
    device.screen.ask("r3", protocol::UnlockWish{"12345679", *answer});
    device.answer();
    CHECK_FALSE(std::get<protocol::UnlockReply>(*device.screen.reply("r3")).right);
}

TEST_CASE("request desk: a store that begins to use its announced key is known by screen and telephone") {
    Fresh device;
    device.screen.ask("r1", protocol::EnrolWish{device.store.url(), FakeStore::kCode});
    REQUIRE(device.answer() == Outcome::Enrolled);
    const auto next = platform::SigningKey::generate();
    auto keys = *read_key_file(device.data.path());
    keys.identity->next_store_key = next.public_key;
    REQUIRE(write_key_file(device.data.path(), keys));
    device.store.change_store_key(next);
    device.screen.ask("r2", protocol::NetworkTestWish{});
    device.answer();
    CHECK(std::get<protocol::NetworkReply>(*device.screen.reply("r2")).time.state == protocol::NetworkStep::State::Ok);
    const auto answer = protocol::unlock_answer(next, keys.identity->key.public_key, "dev_1", "12345678");
    REQUIRE(answer);
    device.screen.ask("r3", protocol::UnlockWish{"12345678", *answer});
    device.answer();
    CHECK(std::get<protocol::UnlockReply>(*device.screen.reply("r3")).right);
}

TEST_CASE("request desk: a request of another version is answered all the same") {
    Fresh device;
    auto database = platform::open_for_writing((device.data.path() / "kiosk" / "device.db").string());
    REQUIRE(database);
    REQUIRE((*database)->run_script("INSERT INTO request(id, what, data) VALUES ('r1', 'dance', '{}')"));
    CHECK(device.answer() == Outcome::Answered);
    CHECK(std::holds_alternative<protocol::Misunderstood>(*device.screen.reply("r1")));
}

TEST_CASE("request desk: what is longer than any request is not read") {
    Fresh device;
    device.screen.ask("r1", protocol::EnrolWish{std::string(5'000, 'x'), FakeStore::kCode});
    CHECK(device.answer() == Outcome::Nothing);
}

TEST_CASE("runner: waits until the screen enrols it and then sends the log") {
    TempDirectory data;
    FakeStore store;
    LogWriter log{data.path()};
    log.begin_epoch();
    platform::SystemClock clock;
    store.set_time(clock.now().utc);
    Runner runner{data.path(), {}, clock};
    Result<void> ran;
    std::jthread thread{[&] { ran = runner.run(std::chrono::minutes{1}); }};
    Screen screen{data.path()};
    screen.ask("r1", protocol::EnrolWish{store.url(), FakeStore::kCode});
    CHECK(store.wait_for_lines(1));
    CHECK(screen.reply("r1"));
    runner.stop();
    thread.join();
    CHECK(ran.has_value());
}

TEST_CASE("runner: a stop ends the wait for an enrolment") {
    TempDirectory data;
    platform::SystemClock clock;
    Runner runner{data.path(), {}, clock};
    Result<void> ran;
    std::jthread thread{[&] { ran = runner.run(std::chrono::milliseconds{0}); }};
    runner.stop();
    thread.join();
    CHECK(ran.has_value());
}

}  // namespace
}  // namespace milepost::device::test
