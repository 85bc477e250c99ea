#include "platform/crypto.h"

#include "platform/encoding.h"
#include "platform/ids.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

namespace milepost::platform {

TEST_CASE("crypto: SHA-256 of the standard's examples", "[crypto]") {
    CHECK(to_hex(view(sha256(""))) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(view(sha256("abc"))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("a", "bc") == sha256("abc"));
}

TEST_CASE("crypto: Ed25519 as in RFC 8032 test 2", "[crypto]") {
    const auto bytes = [](const char* hex) { return from_hex(hex).value(); };
    const std::string public_key = bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const SigningKey key{public_key,
                         bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb") + public_key};
    const std::string expected =
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
    CHECK(to_hex(sign("\x72", key)) == expected);
    CHECK(verify("\x72", bytes(expected.c_str()), public_key));
}

TEST_CASE("crypto: a signature holds for its message and key alone", "[crypto]") {
    const SigningKey key = SigningKey::generate();
    const std::string signature = sign("message", key);
    CHECK(verify("message", signature, key.public_key));
    CHECK_FALSE(verify("massage", signature, key.public_key));
    CHECK_FALSE(verify("message", signature, SigningKey::generate().public_key));
    CHECK_FALSE(verify("message", signature.substr(1), key.public_key));
    CHECK_FALSE(verify("message", signature, key.public_key.substr(1)));
    CHECK_FALSE(verify("message", "", ""));
    CHECK(sign("message", SigningKey{}).empty());
}

TEST_CASE("crypto: sealing keys have their lengths and differ", "[crypto]") {
    const SealingKey key = SealingKey::generate();
    CHECK(key.public_key.size() == 32);
    CHECK(key.secret_key.size() == 32);
    CHECK(key.secret_key != SealingKey::generate().secret_key);
}

TEST_CASE("crypto: comparison in constant time compares", "[crypto]") {
    CHECK(equal_in_constant_time("same", "same"));
    CHECK(equal_in_constant_time("", ""));
    CHECK_FALSE(equal_in_constant_time("same", "sama"));
    CHECK_FALSE(equal_in_constant_time("same", "sam"));
}

TEST_CASE("crypto: a stored password opens with that password alone", "[crypto]") {
    const auto stored = hash_password("correct horse");
    REQUIRE(stored.has_value());
    CHECK(stored->starts_with("$argon2id$"));
    CHECK(stored->find('\0') == std::string::npos);
    CHECK(verify_password("correct horse", *stored));
    CHECK_FALSE(verify_password("correct hors", *stored));
    CHECK_FALSE(verify_password("correct horse", ""));
    CHECK_FALSE(verify_password("correct horse", "$argon2id$v=19$broken"));
    CHECK_FALSE(verify_password("correct horse", std::string(500, 'x')));
}

TEST_CASE("crypto: a sealed box opens with its key alone and tells nothing twice") {
    const SealingKey key = SealingKey::generate();
    const auto box = seal("maria@example.com", key.public_key);
    REQUIRE(box);
    CHECK(box->size() == std::string_view{"maria@example.com"}.size() + 48);
    CHECK(box->find("maria") == std::string::npos);
    CHECK(*seal("maria@example.com", key.public_key) != *box);
    CHECK(open_sealed(*box, key).value_or("") == "maria@example.com");
    CHECK(open_sealed(*seal("", key.public_key), key).value_or("?").empty());

    CHECK_FALSE(open_sealed(*box, SealingKey::generate()));
    std::string changed = *box;
    changed.back() = static_cast<char>(changed.back() ^ 1);
    CHECK_FALSE(open_sealed(changed, key));
    CHECK_FALSE(open_sealed(box->substr(0, 47), key));
}

TEST_CASE("crypto: nothing is sealed to what is no key") {
    CHECK_FALSE(seal("secret", ""));
    CHECK_FALSE(seal("secret", std::string(31, 'k')));
    CHECK_FALSE(seal("secret", std::string(32, '\0')));  // a point that would make every secret the same
}

TEST_CASE("crypto: wiping overwrites all that a text has room for") {
    std::string secret(100, 's');
    secret.resize(50);
    const char* const memory = secret.data();
    wipe(secret);
    CHECK(secret.empty());
    CHECK(secret.data() == memory);
    CHECK(std::all_of(memory, memory + 100, [](char c) { return c == '\0'; }));
}

TEST_CASE("ids: UUIDs carry version and variant where RFC 9562 wants them", "[ids]") {
    const std::string random = make_uuid4();
    CHECK(is_uuid(random));
    CHECK(random[14] == '4');
    CHECK(std::string{"89ab"}.find(random[19]) != std::string::npos);

    const std::string ordered = make_uuid7(UtcTime{std::chrono::milliseconds{0x017F22E279B0}});
    CHECK(is_uuid(ordered));
    CHECK(ordered.substr(0, 15) == "017f22e2-79b0-7");
    CHECK(std::string{"89ab"}.find(ordered[19]) != std::string::npos);
}

TEST_CASE("ids: a thousand UUIDs of one millisecond differ", "[ids]") {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(make_uuid7(UtcTime{}));
    CHECK(seen.size() == 1000);
}

TEST_CASE("ids: what is no UUID is refused", "[ids]") {
    CHECK(is_uuid("00000000-0000-0000-0000-000000000000"));
    const std::string text =
        GENERATE("", "00000000-0000-0000-0000-00000000000", "00000000-0000-0000-0000-0000000000000",
                 "00000000-0000-0000-0000-00000000000G", "00000000-0000-0000-0000-00000000000A",
                 "000000000000-0000-0000-0000-00000000", "00000000_0000_0000_0000_000000000000");
    CHECK_FALSE(is_uuid(text));
}

TEST_CASE("crypto: two key pairs share one secret and a third does not", "[crypto]") {
    const SigningKey one = SigningKey::generate();
    const SigningKey other = SigningKey::generate();
    const auto shared = shared_secret(one, other.public_key);
    REQUIRE(shared.has_value());
    CHECK(shared->size() == 32);
    CHECK(shared_secret(other, one.public_key).value() == *shared);
    CHECK(shared_secret(SigningKey::generate(), one.public_key).value() != *shared);
    CHECK_FALSE(shared_secret(one, "short").has_value());
    CHECK_FALSE(shared_secret({}, other.public_key).has_value());
    CHECK_FALSE(shared_secret(one, std::string(32, '\0')).has_value());
}

TEST_CASE("crypto: the keyed digest is RFC 4231's", "[crypto]") {
    CHECK(to_hex(keyed_digest("Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(to_hex(keyed_digest(std::string(20, '\x0b'), "Hi There")) ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

}  // namespace milepost::platform
