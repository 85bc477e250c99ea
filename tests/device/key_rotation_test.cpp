#include "sync/device/key_rotation.h"

#include "platform/files.h"
#include "tests/device/road.h"

#include <catch2/catch.hpp>

namespace milepost::device::test {
namespace {

using Honest = std::function<platform::ServerAnswer()>;
constexpr const char* kKeyPath = "/device/v1/key";

/// A device that has sent something with its first key.
struct Rotation : Road {
    Rotation() {
        log.begin_epoch();
        REQUIRE_FALSE(once().failure);
        first_key = store.device_key();
    }
    /// Both copies.
    std::string key_file() const { return *platform::read_file(path); }
    void put_key_file(const std::string& text) const {
        for (const char* end : {"", ".copy"}) REQUIRE(platform::write_file_atomically(path.string() + end, text));
    }
    void lose_answer() {
        store.trick(kKeyPath, [](const Honest& honest) {
            static_cast<void>(honest());
            return platform::ServerAnswer{.status = 504, .headers = {}, .body = "gateway"};
        });
    }

    std::filesystem::path path = data.path() / "sync/device.key";
    std::string first_key;
};

TEST_CASE("key rotation: a device that is asked for a new key signs with it from then on") {
    Rotation device;
    device.store.ask_for_new_key();
    CHECK_FALSE(device.once().failure);
    device.log.add_responses(1);
    CHECK_FALSE(device.once().failure);
    CHECK(device.store.device_key() != device.first_key);
    CHECK(device.store.bodies(kKeyPath).size() == 1);
    CHECK((device.store.lines() == device.log.lines()));
    const auto keys = read_key_file(device.data.path());
    REQUIRE(keys);
    CHECK(keys->identity->key.public_key == device.store.device_key());
    CHECK_FALSE(keys->identity->next_key);
    // Both ends show other words now, and the same.
    CHECK(read_sync_state(device.data.path())->status.at(std::string{kFingerprint}) ==
          protocol::fingerprint(device.store.device_key(), device.store.key().public_key, std::string(32, 'C')));
}

TEST_CASE("key rotation: a lost answer locks nobody out and the same key is offered again") {
    Rotation device;
    device.store.ask_for_new_key();
    device.lose_answer();
    CHECK_FALSE(device.once().failure);
    CHECK(read_key_file(device.data.path())->identity->next_key);
    device.log.add_responses(3);
    CHECK_FALSE(device.once().failure);
    device.log.add_responses(1);
    CHECK_FALSE(device.once().failure);
    const auto offers = device.store.bodies(kKeyPath);
    REQUIRE(offers.size() == 2);
    CHECK(offers[0] == offers[1]);
    CHECK(device.store.device_key() != device.first_key);
    CHECK((device.store.lines() == device.log.lines()));
}

TEST_CASE("key rotation: a device whose card forgot that the store took the key tries the pending one") {
    Rotation device;
    device.store.ask_for_new_key();
    device.lose_answer();
    CHECK_FALSE(device.once().failure);
    const auto before = device.key_file();
    CHECK_FALSE(device.once().failure);
    device.log.add_responses(1);
    CHECK_FALSE(device.once().failure);
    REQUIRE(device.store.device_key() != device.first_key);
    device.put_key_file(before);
    device.log.add_responses(1);
    CHECK_FALSE(device.once().failure);
    CHECK((device.store.lines() == device.log.lines()));
    CHECK(read_key_file(device.data.path())->identity->key.public_key == device.store.device_key());
}

TEST_CASE("key rotation: a store that knows neither key leaves the device as it is") {
    Rotation device;
    device.store.ask_for_new_key();
    device.lose_answer();
    CHECK_FALSE(device.once().failure);
    const auto before = device.key_file();
    device.store.forget_device();
    device.log.add_responses(1);
    CHECK(device.once().failure);
    CHECK((device.key_file() == before));
}

}  // namespace
}  // namespace milepost::device::test
