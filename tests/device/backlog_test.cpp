#include "sync/device/agent.h"
#include "sync/protocol/messages.h"
#include "tests/device/road.h"

#include <catch2/catch.hpp>

#include <thread>

namespace milepost::device::test {
namespace {

using Honest = std::function<platform::ServerAnswer()>;
constexpr const char* kRecords = "/device/v1/records";
constexpr const char* kStatusPath = "/device/v1/status";

/// A clock that other threads move.
class SharedClock final : public platform::Clock {
public:
    platform::Stamp now() override {
        return {.utc = kNow + passed(), .trust = platform::Trust::Synced, .boot = "b", .mono_ms = passed().count()};
    }
    platform::SteadyTime steady() override { return platform::SteadyTime{} + std::chrono::hours{1} + passed(); }
    void advance(std::chrono::milliseconds by) { passed_ += by.count(); }

private:
    [[nodiscard]] std::chrono::milliseconds passed() const { return std::chrono::milliseconds{passed_.load()}; }
    std::atomic<std::int64_t> passed_ = 0;
};

/// Twelve batches, each of which takes the store so long.
struct Backlog : Road {
    explicit Backlog(std::chrono::milliseconds each) {
        log.begin_epoch();
        log.add_responses(11'999);
        store.trick(
            kRecords,
            [this, each](const Honest& honest) {
                shared_clock.advance(each);
                if (meanwhile) meanwhile();
                return honest();
            },
            12);
        auto opened = Agent::open(data.path(), shared_clock);
        REQUIRE(opened);
        agent = std::move(*opened);
    }
    void drain() {
        std::jthread thread{[&] { agent->run(std::chrono::milliseconds{0}, desk); }};
        CHECK(store.wait_for_lines(12'000));
        agent->stop();
    }

    SharedClock shared_clock;
    std::function<void()> meanwhile;
    std::unique_ptr<Agent> agent;
    RequestDesk desk{data.path(), {}, shared_clock};
};

TEST_CASE("backlog: the store hears how the device is while it drains") {
    Backlog backlog{std::chrono::minutes{1}};
    backlog.drain();
    std::vector<std::int64_t> unsent;
    for (const auto& body : backlog.store.bodies(kStatusPath)) {
        unsent.push_back(protocol::decode_status_request(body)->unsent);
    }
    REQUIRE(unsent.size() >= 3);
    CHECK(unsent[0] == 12'000);
    CHECK(unsent[1] == 7'000);  // after five minutes
    CHECK(unsent[2] == 2'000);
    CHECK((backlog.store.lines() == backlog.log.lines()));
}

TEST_CASE("backlog: who asks at the screen is answered while it drains") {
    Backlog backlog{std::chrono::seconds{1}};
    int batches = 0;
    bool replied = false;
    backlog.meanwhile = [&] {
        const auto path = backlog.data.path() / protocol::kKioskFolder / protocol::kDeviceDb;
        if (++batches == 2) {
            const auto database = platform::open_for_writing(path.string());
            REQUIRE(database);
            REQUIRE((*database)->run_script("INSERT INTO request(id, what, data) VALUES ('r1', 'unknown', '{}')"));
        }
        const auto sync = platform::open_for_reading((backlog.data.path() / "sync" / "sync.db").string());
        const auto replies = (*sync)->prepare("SELECT request_id FROM reply");
        REQUIRE(replies);
        REQUIRE((*replies)->run({}, [&](const platform::Row& row) { replied = row.text(0) == "r1"; }));
    };
    backlog.drain();
    CHECK(batches == 12);
    CHECK(replied);
}

}  // namespace
}  // namespace milepost::device::test
