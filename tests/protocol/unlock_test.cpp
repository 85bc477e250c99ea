#include "sync/protocol/unlock.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace milepost;
using namespace milepost::protocol;
using platform::SigningKey;

TEST_CASE("unlock: both ends tell the same eight digits") {
    for (int i = 0; i < 20; ++i) {
        const SigningKey store = SigningKey::generate();
        const SigningKey device = SigningKey::generate();
        const std::string challenge = make_unlock_challenge();
        const auto asked = unlock_answer(store, device.public_key, "dev_1", challenge);
        const auto known = unlock_answer(device, store.public_key, "dev_1", challenge);
        REQUIRE(asked);
        REQUIRE(known);
        CHECK(*asked == *known);
        CHECK(asked->size() == kUnlockDigits);
        CHECK(std::ranges::all_of(*asked, [](char c) { return c >= '0' && c <= '9'; }));
    }
}

TEST_CASE("unlock: another key or device or challenge has another answer") {
    const SigningKey store = SigningKey::generate();
    const SigningKey device = SigningKey::generate();
    const SigningKey other = SigningKey::generate();
    std::set<std::string> answers{
        unlock_answer(store, device.public_key, "dev_1", "12345678").value(),
        unlock_answer(store, device.public_key, "dev_2", "12345678").value(),
        unlock_answer(store, device.public_key, "dev_1", "12345679").value(),
        unlock_answer(other, device.public_key, "dev_1", "12345678").value(),
        unlock_answer(store, other.public_key, "dev_1", "12345678").value(),
    };
    CHECK(answers.size() == 5);
}

TEST_CASE("unlock: what is no challenge or key has no answer") {
    const SigningKey store = SigningKey::generate();
    CHECK_FALSE(unlock_answer(store, store.public_key, "dev_1", "1234567"));
    CHECK_FALSE(unlock_answer(store, store.public_key, "dev_1", "1234567x"));
    CHECK_FALSE(unlock_answer(store, "short", "dev_1", "12345678"));
    CHECK_FALSE(unlock_answer(store, std::string(32, '\0'), "dev_1", "12345678"));
    CHECK_FALSE(unlock_answer({}, store.public_key, "dev_1", "12345678"));
}

TEST_CASE("unlock: challenges differ") {
    std::set<std::string> challenges;
    for (int i = 0; i < 50; ++i) challenges.insert(make_unlock_challenge());
    CHECK(challenges.size() > 48);
}
