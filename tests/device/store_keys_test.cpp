#include "platform/encoding.h"
#include "tests/device/publishing.h"

#include <catch2/catch.hpp>

/// The store changes its key: nobody is locked out, at neither end of the device.

namespace milepost::device::test {
namespace {

using Key = platform::SigningKey;

/// A device with records whose store is about to change its key.
struct Changing : Publishing {
    Changing() {
        log.begin_epoch();
        log.add_responses(2);
    }
    static protocol::Bundle announcing(std::int64_t version, const Key& next) {
        auto bundle = sample_bundle(version);
        bundle.next_store_key = next.public_key;
        return bundle;
    }
    static protocol::Bundle plain(std::int64_t version) {
        auto bundle = sample_bundle(version);
        bundle.next_store_key.clear();
        return bundle;
    }
    /// It shows bundle 6 and takes what the store's first key signs.
    void kiosk_knows(const std::vector<Key>& keys) const {
        kiosk_shows("6 \"6-z\"");
        std::string text;
        for (const auto& key : keys) text += (text.empty() ? "" : " ") + platform::to_base64(key.public_key);
        kiosk_says("bundle_keys", text);
    }
    Key before = store.key();
    Key next = Key::generate();
};

TEST_CASE("store keys: a key that a bundle announced is the store's once it is used, and then alone") {
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

TEST_CASE("store keys: a bundle that announces a key stays for the kiosk until it knows that key") {
    Publishing road;
    const auto before = road.store.key();
    const auto next = platform::SigningKey::generate();
    road.kiosk_shows("6 \"6-z\"");
    road.kiosk_says("bundle_keys", platform::to_base64(before.public_key));
    auto bundle = sample_bundle(7);
    bundle.next_store_key = next.public_key;
    road.publish(bundle, "\"7-a\"", before);
    road.report();
    bundle = sample_bundle(8);
    bundle.next_store_key.clear();
    road.publish(bundle, "\"8-b\"", next);
    const bool switches_slowly = GENERATE(true, false);
    if (switches_slowly) {
        road.report();  // whose answers the old key signs still
        CHECK(road.identity().next_store_key == next.public_key);
    }
    road.store.change_store_key(next);
    road.report();
    CHECK(road.told(kLastError).empty());
    CHECK(road.identity().store_key == next.public_key);
    CHECK(road.staged() == std::vector<std::int64_t>{7});
    CHECK(road.told(kBundleStaged) == "7");
    // The kiosk is switched on again.
    const auto both = platform::to_base64(before.public_key) + " " + platform::to_base64(next.public_key);
    const auto key = GENERATE(as<std::string>{}, "bundle_shown", "bundle_keys", "bundle_rejected");
    const auto value = key == "bundle_shown" ? "7 \"7-a\"" : key == "bundle_keys" ? both : "7 ab12";
    road.kiosk_says(key, value);
    road.report();
    CHECK(road.staged() == std::vector<std::int64_t>{8});
    CHECK(road.told(kBundleStaged) == "8");
}

TEST_CASE("store keys: a device whose clock is wrong follows its store to the key that was announced") {
    Changing road;
    road.publish(Changing::announcing(7, road.next), "\"7-a\"", road.before);
    road.report();
    road.store.change_store_key(road.next);
    // Restarted without a battery or a time server.
    road.clock.set_utc(platform::UtcTime{});
    road.clock.set_trust(platform::Trust::Unset);
    road.log.add_responses(1);
    CHECK_FALSE(road.once().failure);
    CHECK((road.store.lines() == road.log.lines()));
    CHECK(road.identity().store_key == road.next.public_key);
    CHECK(road.identity().next_store_key.empty());
    // And to nobody else.
    road.store.change_store_key(Key::generate());
    road.log.add_responses(1);
    CHECK(road.once().failure);
    CHECK(road.unsent() == 1);
}

TEST_CASE("store keys: a bundle that is refused announces a key all the same, to this end and to the kiosk") {
    Changing road;
    road.kiosk_knows({road.before});
    auto json = protocol::bundle_json(Changing::announcing(7, road.next));
    json.replace(json.find("\"csat\""), 6, "\"mood\"");  // a kind of question of a later release
    const auto packed = road.packed_json(json);
    road.store.publish("\"7-a\"", packed.bytes, packed.signature);
    road.report();
    CHECK(road.error_told().find("refused") != std::string::npos);
    CHECK(road.identity().next_store_key == road.next.public_key);
    CHECK(road.told(kBundleStaged) == "7");
    CHECK(road.staged() == std::vector<std::int64_t>{7});
    road.report();
    CHECK(road.fetched() == 1);

    road.store.change_store_key(road.next);
    road.publish(Changing::plain(8), "\"8-b\"", road.next);
    road.log.add_responses(1);
    CHECK_FALSE(road.once().failure);
    CHECK((road.store.lines() == road.log.lines()));
    CHECK(road.identity().store_key == road.next.public_key);
    CHECK(road.staged() == std::vector<std::int64_t>{7});
    road.kiosk_knows({road.before, road.next});
    road.report();
    CHECK(road.staged() == std::vector<std::int64_t>{8});
}

TEST_CASE("store keys: a refused bundle whose key the kiosk knows is kept aside and not handed over") {
    Changing road;
    road.kiosk_knows({road.before, road.next});
    auto json = protocol::bundle_json(Changing::announcing(7, road.next));
    json.replace(json.find("\"csat\""), 6, "\"mood\"");
    const auto packed = road.packed_json(json);
    road.store.publish("\"7-a\"", packed.bytes, packed.signature);
    road.report();
    CHECK(road.identity().next_store_key == road.next.public_key);
    CHECK(road.told(kBundleStaged).empty());
    CHECK_FALSE(road.refused().empty());
    CHECK(std::filesystem::exists(road.folder() / "7.rejected"));
}

TEST_CASE("store keys: what another device's bundle announces is not believed") {
    Changing road;
    auto bundle = Changing::announcing(7, road.next);
    bundle.device = "dev_2";
    road.publish(bundle, "\"7-a\"", road.before);
    road.report();
    CHECK_FALSE(road.refused().empty());
    CHECK(road.identity().next_store_key.empty());
}

TEST_CASE("store keys: an announcing bundle that the card damaged is handed over from its second copy") {
    Changing road;
    road.kiosk_knows({road.before});
    road.publish(Changing::announcing(7, road.next), "\"7-a\"", road.before);
    road.report();
    const auto whole = *platform::read_file(road.folder() / "7.bundle");
    const bool is_gone = GENERATE(true, false);
    if (is_gone) std::filesystem::remove(road.folder() / "7.bundle");
    if (!is_gone) road.alter("7.bundle", 1);
    road.store.change_store_key(road.next);
    road.publish(Changing::plain(8), "\"8-b\"", road.next);
    road.report();
    CHECK(road.told(kBundleStaged) == "7");
    CHECK((platform::read_file(road.folder() / "7.bundle") == whole));
    CHECK(road.staged() == std::vector<std::int64_t>{7});
    road.kiosk_knows({road.before, road.next});
    road.report();
    CHECK(road.staged() == std::vector<std::int64_t>{8});
    CHECK_FALSE(std::filesystem::exists(road.folder() / "7.announced"));
}

TEST_CASE("store keys: what announces nothing new to the kiosk has no second copy") {
    Changing road;
    road.kiosk_knows({road.before, road.next});
    road.publish(Changing::announcing(7, road.next), "\"7-a\"", road.before);
    road.report();
    CHECK(road.staged() == std::vector<std::int64_t>{7});
    CHECK_FALSE(std::filesystem::exists(road.folder() / "7.announced"));
}

}  // namespace
}  // namespace milepost::device::test
