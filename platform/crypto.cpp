#include "platform/crypto.h"

#include <sodium.h>

#include <cstdlib>

namespace milepost::platform {

namespace {

static_assert(std::tuple_size_v<Sha256> == crypto_hash_sha256_BYTES);

/// libsodium picks its implementations and its source of randomness once; every entry here passes by.
void ready() {
    static const bool works = sodium_init() >= 0;
    if (!works) std::abort();  // no source of randomness: nothing that follows could be trusted
}

const unsigned char* in(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* out(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace

Sha256 sha256(std::string_view bytes) {
    return sha256(bytes, {});
}

Sha256 sha256(std::string_view first, std::string_view second) {
    crypto_hash_sha256_state state;
    Sha256 digest;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, in(first), first.size());
    crypto_hash_sha256_update(&state, in(second), second.size());
    crypto_hash_sha256_final(&state, digest.data());
    return digest;
}

struct Sha256Stream::State {
    crypto_hash_sha256_state hash;
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
    crypto_hash_sha256_init(&state_->hash);
}
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;
Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::add(std::string_view bytes) {
    crypto_hash_sha256_update(&state_->hash, in(bytes), bytes.size());
}

Sha256 Sha256Stream::digest() {
    Sha256 digest;
    crypto_hash_sha256_final(&state_->hash, digest.data());
    return digest;
}

std::string random_bytes(std::size_t count) {
    ready();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

SigningKey SigningKey::generate() {
    ready();
    SigningKey key{std::string(crypto_sign_PUBLICKEYBYTES, '\0'), std::string(crypto_sign_SECRETKEYBYTES, '\0')};
    crypto_sign_keypair(out(key.public_key), out(key.secret_key));
    return key;
}

std::string sign(std::string_view message, const SigningKey& key) {
    ready();
    if (key.secret_key.size() != crypto_sign_SECRETKEYBYTES) return {};
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(out(signature), nullptr, in(message), message.size(), in(key.secret_key));
    return signature;
}

bool verify(std::string_view message, std::string_view signature, std::string_view public_key) {
    ready();
    return signature.size() == crypto_sign_BYTES && public_key.size() == crypto_sign_PUBLICKEYBYTES &&
           crypto_sign_verify_detached(in(signature), in(message), message.size(), in(public_key)) == 0;
}

Result<std::string> shared_secret(const SigningKey& ours, std::string_view their_public_key) {
    ready();
    std::array<unsigned char, crypto_scalarmult_SCALARBYTES> scalar{};
    std::array<unsigned char, crypto_scalarmult_BYTES> point{};
    std::string secret(crypto_scalarmult_BYTES, '\0');
    const bool whole =
        ours.secret_key.size() == crypto_sign_SECRETKEYBYTES && their_public_key.size() == crypto_sign_PUBLICKEYBYTES;
    // An Ed25519 key is the same curve's as X25519's in other coordinates.
    const bool good = whole && crypto_sign_ed25519_sk_to_curve25519(scalar.data(), in(ours.secret_key)) == 0 &&
                      crypto_sign_ed25519_pk_to_curve25519(point.data(), in(their_public_key)) == 0 &&
                      crypto_scalarmult(out(secret), scalar.data(), point.data()) == 0;
    sodium_memzero(scalar.data(), scalar.size());
    if (!good) return fail(Fault::Invalid, "these are no Ed25519 keys");
    return secret;
}

std::string keyed_digest(std::string_view key, std::string_view message) {
    crypto_auth_hmacsha256_state state;
    std::string digest(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_init(&state, in(key), key.size());
    crypto_auth_hmacsha256_update(&state, in(message), message.size());
    crypto_auth_hmacsha256_final(&state, out(digest));
    return digest;
}

SealingKey SealingKey::generate() {
    ready();
    SealingKey key{std::string(crypto_box_PUBLICKEYBYTES, '\0'), std::string(crypto_box_SECRETKEYBYTES, '\0')};
    crypto_box_keypair(out(key.public_key), out(key.secret_key));
    return key;
}

Result<std::string> seal(std::string_view plain, std::string_view public_key) {
    ready();
    std::string box(plain.size() + crypto_box_SEALBYTES, '\0');
    const bool is_key = public_key.size() == crypto_box_PUBLICKEYBYTES;
    if (!is_key || crypto_box_seal(out(box), in(plain), plain.size(), in(public_key)) != 0) {
        return fail(Fault::Invalid, "the contact key is not an X25519 key; enrol this device again");
    }
    return box;
}

Result<std::string> open_sealed(std::string_view box, const SealingKey& key) {
    ready();
    const bool could_be = box.size() >= crypto_box_SEALBYTES && key.public_key.size() == crypto_box_PUBLICKEYBYTES &&
                          key.secret_key.size() == crypto_box_SECRETKEYBYTES;
    std::string plain(could_be ? box.size() - crypto_box_SEALBYTES : 0, '\0');
    if (!could_be ||
        crypto_box_seal_open(out(plain), in(box), box.size(), in(key.public_key), in(key.secret_key)) != 0) {
        return fail(Fault::Invalid, "the sealed box does not open with this key");
    }
    return plain;
}

void wipe(std::string& secret) {
    secret.resize(secret.capacity());
    sodium_memzero(secret.data(), secret.size());
    secret.clear();
}

Result<std::string> hash_password(std::string_view password) {
    ready();
    std::string stored(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str(stored.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
        return fail(Fault::Unavailable, "not enough free memory to hash a password (64 MiB); try again");
    }
    stored.resize(stored.find('\0'));
    return stored;
}

bool verify_password(std::string_view password, const std::string& stored) {
    ready();
    return stored.size() < crypto_pwhash_STRBYTES &&
           crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
}

}  // namespace milepost::platform
