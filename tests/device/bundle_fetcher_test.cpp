#include "sync/device/bundle_fetcher.h"

#include "platform/archive.h"
#include "platform/compression.h"
#include "platform/files.h"
#include "sync/protocol/bundle_parcel.h"
#include "sync/protocol/messages.h"
#include "tests/device/road.h"
#include "tests/protocol/sample_bundle.h"

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include <algorithm>

namespace milepost::device::test {
namespace {

using protocol::test::sample_bundle;
constexpr const char* kBundlePath = "/device/v1/bundle";

/// An enrolled device without records, whose store publishes.
struct Publishing : Road {
    void publish(std::int64_t version, const std::string& etag, const std::string& device = "dev_1") {
        publish(sample_bundle(version, device), etag, store.key());
    }
    void publish(const protocol::Bundle& bundle, const std::string& etag, const platform::SigningKey& key) {
        const auto packed = protocol::pack_bundle(bundle, key);
        REQUIRE(packed);
        store.publish(etag, packed->bytes, packed->signature);
    }
    /// A fresh agent's round, and what it says of the bundle.
    void report() { static_cast<void>(once()); }
    std::vector<std::int64_t> staged() const {
        std::vector<std::int64_t> versions;
        std::error_code ignored;
        for (const auto& file : std::filesystem::directory_iterator{folder(), ignored}) {
            versions.push_back(protocol::parcel_version(file.path().filename().string()).value_or(-1));
        }
        std::ranges::sort(versions);
        return versions;
    }
    std::filesystem::path folder() const { return data.path() / "sync" / "bundles"; }
    std::vector<std::string> refused() const { return read_device_status(data.path())->bundle_refused; }
    std::size_t fetched() { return store.bodies(kBundlePath).size(); }
    void kiosk_shows(const std::string& text) const {
        auto database = platform::open_for_writing((data.path() / "kiosk" / "device.db").string());
        REQUIRE(database);
        REQUIRE((*database)->run_script(
            "DELETE FROM setting; INSERT INTO setting(key, value) VALUES ('bundle_shown', '" + text + "')"));
    }
};

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
    road.report();
    CHECK(road.fetched() == 2);
    CHECK(road.staged() == std::vector<std::int64_t>{7});
    const auto reasons = road.refused();
    REQUIRE(reasons.size() == 2);
    CHECK(reasons[0].find("another device") != std::string::npos);
    CHECK(reasons[1].find("version 6 is not above 7") != std::string::npos);
    const auto told = protocol::decode_status_request(road.store.bodies("/device/v1/status").back());
    CHECK(std::filesystem::exists(road.folder() / "7.bundle"));
    CHECK(to_text(*read_device_status(road.data.path())).find("refused       the newest bundle: ") !=
          std::string::npos);
    road.publish(9, "\"9-c\"");
    road.report();
    CHECK(road.staged() == std::vector<std::int64_t>{9});
    CHECK(road.refused().empty());
}

TEST_CASE("bundle fetcher: no version goes back behind what the kiosk shows, or without a signature") {
    Publishing road;
    road.kiosk_shows("9 \"9-c\"");
    road.publish(8, "\"8-b\"");
    road.report();
    CHECK(road.staged().empty());
    CHECK(road.refused().size() == 1);
    const auto packed = protocol::pack_bundle(sample_bundle(12), road.store.key());
    const auto other = protocol::pack_bundle(sample_bundle(13), road.store.key());
    road.store.publish("\"12-d\"", packed->bytes, other->signature);
    road.report();
    CHECK(road.staged().empty());
    CHECK(road.refused() == std::vector<std::string>{"it is not signed by this device's store"});
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
    road.report();  // which asks at its beginning and at its end
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
    REQUIRE(platform::write_file_atomically(road.folder() / "7.bundle", "milepost-bundle-parcel-v1\n{\"et"));
    road.report();
    CHECK(road.fetched() == 2);
    CHECK(protocol::read_parcel(*platform::read_file(road.folder() / "7.bundle")));
}

TEST_CASE("bundle fetcher: a key that a bundle announced is the store's once it is used, and then alone") {
    Publishing road;
    const auto before = road.store.key();
    const auto next = platform::SigningKey::generate();
    auto bundle = sample_bundle(7);
    bundle.next_store_key = next.public_key;
    road.publish(bundle, "\"7-a\"", before);
    road.report();
    road.store.change_store_key(next);
    bundle.version = 8;
    bundle.next_store_key.clear();
    road.publish(bundle, "\"8-b\"", next);
    road.report();
    CHECK(road.staged() == std::vector<std::int64_t>{8});
    CHECK(read_key_file(road.data.path())->identity->store_key == next.public_key);
    road.store.change_store_key(before);
    road.publish(9, "\"9-c\"");
    road.report();
    CHECK(road.staged() == std::vector<std::int64_t>{8});
}

}  // namespace
}  // namespace milepost::device::test
