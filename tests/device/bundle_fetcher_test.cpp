#include "sync/device/bundle_fetcher.h"

#include "platform/archive.h"
#include "platform/compression.h"
#include "platform/encoding.h"
#include "platform/files.h"
#include "sync/protocol/bundle_parcel.h"
#include "sync/protocol/messages.h"
#include "tests/device/publishing.h"

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include <future>
#include <limits>
#include <thread>
#include <utility>

namespace milepost::device::test {
namespace {

TEST_CASE("bundle fetcher: what the store wants shown is verified and laid ready for the kiosk's user") {
    Publishing road;
    road.report();
    CHECK(road.fetched() == 0);
    road.publish(7, "\"7-a\"");
    road.report();
    CHECK(road.staged() == std::vector<std::int64_t>{7});
    const auto parcel = protocol::read_parcel(*platform::read_file(road.folder() / "7.bundle"));
    REQUIRE(parcel);
    CHECK(parcel->etag == "\"7-a\"");
    CHECK(protocol::open_bundle(parcel->packed, parcel->signature,
                                {.store_keys = {road.store.key().public_key}, .device = "dev_1", .above = 0}));
    struct stat about{};
    REQUIRE(::stat((road.folder() / "7.bundle").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0640);
    const auto status = read_sync_state(road.data.path())->status;
    CHECK(status.at(std::string{kBundleStaged}) == "7");
    CHECK_FALSE(status.at(std::string{kStoreKey}).empty());
}

TEST_CASE("bundle fetcher: it is fetched once, also by the agent of the next start and where sync.db was lost") {
    Publishing road;
    road.publish(7, "\"7-a\"");
    road.report();
    road.report();
    CHECK(road.fetched() == 1);
    for (const char* part : {"sync.db", "sync.db-wal", "sync.db-shm"}) {
        std::filesystem::remove(road.data.path() / "sync" / part);
    }
    road.report();
    CHECK(road.fetched() == 1);
    CHECK(road.told(kBundleStaged) == "7");
    road.publish(8, "\"8-b\"");
    road.report();
    CHECK(road.fetched() == 2);
    CHECK(road.staged() == std::vector<std::int64_t>{8});
}

TEST_CASE("bundle fetcher: what the kiosk shows is told to the store, and not fetched again") {
    Publishing road;
    road.log.begin_epoch();
    road.kiosk_shows("7 \"7-a\"");
    road.publish(7, "\"7-a\"");
    road.report();
    CHECK(road.fetched() == 0);
    const auto told = protocol::decode_status_request(road.store.bodies("/device/v1/status").back());
    REQUIRE(told);
    CHECK(told->bundle == "\"7-a\"");
    CHECK(read_device_status(road.data.path())->bundle == "\"7-a\"");
}

TEST_CASE("bundle fetcher: a bundle that is refused is told with every reason and not asked for again") {
    Publishing road;
    road.publish(7, "\"7-a\"");
    road.report();
    road.publish(6, "\"6-b\"", "dev_2");
    road.report();
    const auto told = protocol::decode_status_request(road.store.bodies("/device/v1/status").back());
    road.report();
    CHECK(road.fetched() == 2);
    CHECK(road.told(kBundleStaged) == "7");
    CHECK(std::filesystem::exists(road.folder() / "7.bundle"));
    const auto reasons = road.refused();
    REQUIRE(reasons.size() == 2);
    CHECK(reasons[0].find("another device") != std::string::npos);
    CHECK(reasons[1].find("version 6 is not above 7") != std::string::npos);
    REQUIRE(told);
    REQUIRE_FALSE(told->errors.empty());
    CHECK(told->errors.back().find("another device") != std::string::npos);
    const auto aside = platform::read_file(road.folder() / "6.rejected");
    REQUIRE(aside);
    CHECK(protocol::read_parcel(*aside)->etag == "\"6-b\"");
    CHECK(to_text(*read_device_status(road.data.path())).find("refused       the newest bundle: ") !=
          std::string::npos);
    road.publish(9, "\"9-c\"");
    road.report();
    CHECK(std::filesystem::exists(road.folder() / "9.bundle"));
    CHECK_FALSE(std::filesystem::exists(road.folder() / "7.bundle"));
    CHECK(road.refused().empty());
}

TEST_CASE("bundle fetcher: what an older release refused is asked for again") {
    Publishing road;
    road.publish(7, "\"7-a\"", "dev_2");
    road.report();
    road.report();
    CHECK(road.fetched() == 1);
    road.run("sync/sync.db",
             "UPDATE status SET value = replace(value, '" MILEPOST_VERSION "', '0.0.1') WHERE key = 'bundle_refused'");
    REQUIRE(road.refused().size() == 1);
    road.report();
    CHECK(road.fetched() == 2);
    road.report();
    CHECK(road.fetched() == 2);
}

TEST_CASE("bundle fetcher: no version goes back behind what the kiosk shows, or without a signature") {
    Publishing road;
    road.kiosk_shows("9 \"9-c\"");
    road.publish(8, "\"8-b\"");
    road.report();
    CHECK(road.told(kBundleStaged).empty());
    CHECK(road.refused().size() == 1);
    const auto packed = protocol::pack_bundle(sample_bundle(12), road.store.key());
    const auto other = protocol::pack_bundle(sample_bundle(13), road.store.key());
    road.store.publish("\"12-d\"", packed->bytes, other->signature);
    road.report();
    CHECK(road.told(kBundleStaged).empty());
    CHECK_FALSE(std::filesystem::exists(road.folder() / "12.bundle"));
    CHECK(road.error_told() == "fetching a bundle: it is not signed by this device's store");
    CHECK(road.refused().size() == 1);
}

TEST_CASE("bundle fetcher: cut on its way or too large it is no answer, and is fetched again") {
    Publishing road;
    road.publish(7, "\"7-a\"");
    road.store.trick(kBundlePath, [&](const auto& honest) {
        auto answer = honest();
        answer.body.resize(answer.body.size() / 2);
        return answer;
    });
    road.store.trick(kBundlePath, [&](const auto&) {
        return road.store.answer(200, std::string(protocol::kMostBundleBytes + 1, 'x'));
    });
    road.report();
    CHECK(road.fetched() == 1);
    road.report();
    CHECK(road.fetched() == 2);
    CHECK(road.staged().empty());
    CHECK(road.refused().empty());
    road.report();
    CHECK(road.staged() == std::vector<std::int64_t>{7});
}

TEST_CASE("bundle fetcher: bytes that were staged damaged are fetched anew") {
    Publishing road;
    road.publish(7, "\"7-a\"");
    road.report();
    const auto whole = *platform::read_file(road.folder() / "7.bundle");
    const auto with_another = [&](std::size_t at) {
        auto altered = whole;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        return altered;
    };
    const auto in_signature = whole.find("\"signature\":\"") + 20;
    std::size_t fetched = 1;
    for (const auto& damaged : {whole.substr(0, 40), whole.substr(0, whole.size() - 1), with_another(whole.size() - 1),
                                with_another(in_signature)}) {
        REQUIRE(platform::write_file_atomically(road.folder() / "7.bundle", damaged));
        road.report();
        CHECK(road.fetched() == ++fetched);
        CHECK((platform::read_file(road.folder() / "7.bundle") == whole));
    }
}

TEST_CASE(
    "bundle fetcher: what was staged and not told, as by a power cut, is told at the next start without a network") {
    Publishing road;
    road.publish(7, "\"7-a\"");
    road.report();
    road.run("sync/sync.db", "DELETE FROM status WHERE key = 'bundle_staged'");
    REQUIRE(Agent::open(road.data.path(), road.clock));
    CHECK(road.told(kBundleStaged) == "7");
    road.run("sync/sync.db", "UPDATE status SET value = '5' WHERE key = 'bundle_staged'");
    REQUIRE(Agent::open(road.data.path(), road.clock));
    CHECK(road.told(kBundleStaged) == "7");
    CHECK(road.fetched() == 1);
}

TEST_CASE("bundle fetcher: what goes wrong on its way is tried again after minutes, then hours, another at once") {
    Fetching road;
    road.start();
    road.publish(7, "\"7-a\"");
    road.store.trick(
        kBundlePath, [&](const auto&) { return platform::ServerAnswer{.status = 200, .headers = {}, .body = "page"}; },
        8);
    const auto fails_after = [&](std::chrono::milliseconds wait) {
        const auto before = road.fetched();
        road.clock.advance(wait - std::chrono::seconds{1});
        CHECK(road.see_to("\"7-a\""));
        CHECK(road.fetched() == before);
        road.clock.advance(std::chrono::seconds{1});
        CHECK_FALSE(road.see_to("\"7-a\""));
        CHECK(road.fetched() == before + 1);
    };
    CHECK_FALSE(road.see_to("\"7-a\""));
    fails_after(std::chrono::seconds{450});
    fails_after(std::chrono::minutes{15});
    for (int minutes : {30, 60, 120, 240}) fails_after(std::chrono::minutes{minutes});
    fails_after(std::chrono::minutes{270});
    road.publish(8, "\"8-b\"");
    CHECK(road.see_to("\"8-b\""));
    CHECK(road.staged() == std::vector<std::int64_t>{8});
}

TEST_CASE("bundle fetcher: without room for it nothing is asked for") {
    Fetching road;
    road.publish(7, "\"7-a\"");
    road.start(std::numeric_limits<std::int64_t>::max());
    const auto seen = road.see_to("\"7-a\"");
    REQUIRE_FALSE(seen);
    CHECK(seen.error().fault == Fault::Full);
    CHECK(road.fetched() == 0);
    road.start();
    CHECK(road.see_to("\"7-a\""));
    CHECK(road.fetched() == 1);
}

TEST_CASE("bundle fetcher: who cannot wait ends a fetch on its way, and the next one needs no wait") {
    Fetching road;
    road.start();
    road.publish(7, "\"7-a\"");
    std::promise<void> gave_up;
    road.store.trick(kBundlePath, [&](const auto& honest) {
        gave_up.get_future().wait();
        return honest();
    });
    const auto seen = road.see_to("\"7-a\"", [&, once = false]() mutable {
        if (!std::exchange(once, true)) gave_up.set_value();
        return true;
    });
    CHECK(seen);
    CHECK(road.staged().empty());
    CHECK(road.see_to("\"7-a\""));
    CHECK(road.staged() == std::vector<std::int64_t>{7});
}

TEST_CASE("agent: people at the screen are answered while a bundle is on its way") {
    Publishing road;
    road.publish(7, "\"7-a\"");
    platform::SystemClock clock;
    road.store.set_time(clock.now().utc);
    std::promise<void> asked;
    std::promise<void> answered;
    road.store.trick(kBundlePath, [&](const auto& honest) {
        asked.set_value();
        answered.get_future().wait();
        return honest();
    });
    auto agent = Agent::open(road.data.path(), clock);
    REQUIRE(agent);
    RequestDesk desk{road.data.path(), {}, road.clock};
    std::jthread thread{[&] { (*agent)->run(std::chrono::milliseconds{0}, desk); }};
    asked.get_future().wait();
    const protocol::Wish wish = protocol::UnlockWish{"12345678", "00000000"};
    road.run("kiosk/device.db", "INSERT INTO request(id, what, data) VALUES ('r1', '" + protocol::what_of(wish) +
                                    "', '" + protocol::data_of(wish) + "')");
    const auto is_answered = [&] {
        auto database = platform::open_for_reading((road.data.path() / "sync" / "sync.db").string());
        auto replies = database ? (*database)->prepare("SELECT answer FROM reply WHERE request_id = 'r1'")
                                : std::unexpected{database.error()};
        bool found = false;
        return replies && (*replies)->run({}, [&](const platform::Row&) { found = true; }) && found;
    };
    const auto until = std::chrono::steady_clock::now() + std::chrono::minutes{1};
    while (!is_answered() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    CHECK(is_answered());
    answered.set_value();
    (*agent)->stop();
    thread.join();
}

}  // namespace
}  // namespace milepost::device::test
