#include "platform/network/listen.h"
#include "sync/device/agent.h"
#include "sync/protocol/messages.h"
#include "tests/device/road.h"
#include "tests/hostile/wire.h"

#include <catch2/catch.hpp>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

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

/// Cuts the first connections off when they have brought a request, and leads the others to the store.
class CuttingFront {
public:
    CuttingFront(int behind, int cuts) : listening_(platform::listen_on("127.0.0.1:0").value()) {
        thread_ = std::jthread{[this, behind, cuts] {
            for (int left = cuts;; --left) {
                pollfd ready{listening_, POLLIN, 0};
                ::poll(&ready, 1, -1);
                const int accepted = ::accept(listening_, nullptr, nullptr);
                if (accepted < 0) return;
                hostile::Socket client{accepted};
                while (const auto request = hostile::read_request(client)) {
                    if (left > 0) break;
                    auto store = hostile::Socket::connected_to(behind);
                    store.write(request->bytes());
                    if (const auto answer = hostile::read_answer(store)) client.write(answer->bytes());
                }
            }
        }};
    }
    CuttingFront(const CuttingFront&) = delete;
    CuttingFront& operator=(const CuttingFront&) = delete;
    ~CuttingFront() {
        ::shutdown(listening_, SHUT_RDWR);
        thread_.join();
        ::close(listening_);
    }
    [[nodiscard]] int port() const { return platform::port_of(listening_); }

private:
    int listening_;
    std::jthread thread_;
};

TEST_CASE("backlog: a batch that the network cut off is halved and grows again") {
    Road road;
    road.log.begin_epoch();
    road.log.add_responses(99);
    auto keys = read_key_file(road.data.path());
    REQUIRE(keys);
    const auto url = road.store.url();
    CuttingFront front{std::stoi(url.substr(url.rfind(':') + 1)), 3};
    keys->identity->store.url = "http://127.0.0.1:" + std::to_string(front.port());
    REQUIRE(write_key_file(road.data.path(), *keys));
    const StatusChange known[] = {{kStoreUrl, keys->identity->store.url}};
    {
        auto sync = SyncDatabase::open(road.data.path());
        REQUIRE(sync);
        // With a mark no report goes first.
        const Mark mark{.epoch = road.log.epochs()[0]};
        REQUIRE(sync->move({&mark, 1}, SyncDatabase::Others::Kept, known));
    }
    auto agent = Agent::open(road.data.path(), road.clock);
    REQUIRE(agent);
    for (int i = 0; i < 3; ++i) CHECK((*agent)->once().failure);
    CHECK_FALSE((*agent)->once().failure);
    std::vector<std::size_t> sizes;
    for (const auto& upload : road.store.uploads()) sizes.push_back(upload.lines.size());
    CHECK(sizes == std::vector<std::size_t>{12, 24, 48, 16});
    CHECK((road.store.lines() == road.log.lines()));
}

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
    bool could_look = true;
    backlog.meanwhile = [&] {  // on the server's thread, where no assertion may be made
        const auto path = backlog.data.path() / protocol::kKioskFolder / protocol::kDeviceDb;
        if (++batches == 2) {
            const auto database = platform::open_for_writing(path.string());
            could_look = database &&
                         (*database)->run_script("INSERT INTO request(id, what, data) VALUES ('r1', 'unknown', '{}')");
        }
        const auto sync = platform::open_for_reading((backlog.data.path() / "sync" / "sync.db").string());
        const auto look = [&](platform::Database& open) {
            const auto replies = open.prepare("SELECT request_id FROM reply");
            return replies && (*replies)->run({}, [&](const platform::Row& row) { replied = row.text(0) == "r1"; });
        };
        could_look = could_look && sync && look(**sync);
    };
    backlog.drain();
    CHECK(batches == 12);
    CHECK(could_look);
    CHECK(replied);
}

}  // namespace
}  // namespace milepost::device::test
