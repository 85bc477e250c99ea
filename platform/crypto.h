#pragma once

#include "platform/error.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace milepost::platform {

/// SHA-256 digest, 32 raw bytes.
using Sha256 = std::array<std::uint8_t, 32>;
[[nodiscard]] Sha256 sha256(std::string_view bytes);
/// Digest of two pieces one after the other, as the log's chain wants it.
[[nodiscard]] Sha256 sha256(std::string_view first, std::string_view second);
/// Digest of bytes that come piece by piece.
class Sha256Stream {
public:
    Sha256Stream();
    Sha256Stream(Sha256Stream&&) noexcept;
    Sha256Stream& operator=(Sha256Stream&&) noexcept;
    ~Sha256Stream();
    void add(std::string_view bytes);
    /// Of everything that was added; nothing more may be.
    [[nodiscard]] Sha256 digest();

private:
    struct State;
    std::unique_ptr<State> state_;
};
[[nodiscard]] inline std::string_view view(const Sha256& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// Unpredictable bytes.
[[nodiscard]] std::string random_bytes(std::size_t count);

/// Equal, in a time that does not tell where they differ.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

/// An Ed25519 key pair: 32-byte public key, 64-byte secret key (libsodium's form), both raw.
struct SigningKey {
    std::string public_key;
    std::string secret_key;
    [[nodiscard]] static SigningKey generate();
};
/// 64 raw bytes.
[[nodiscard]] std::string sign(std::string_view message, const SigningKey& key);
/// False also for a key or signature of the wrong length.
[[nodiscard]] bool verify(std::string_view message, std::string_view signature, std::string_view public_key);

/// What the holders of two Ed25519 keys can both tell and nobody else can: 32 bytes, the same with the keys the
/// other way round. Fault::Invalid for a key that is none.
[[nodiscard]] Result<std::string> shared_secret(const SigningKey& ours, std::string_view their_public_key);
/// HMAC-SHA-256, 32 raw bytes.
[[nodiscard]] std::string keyed_digest(std::string_view key, std::string_view message);

/// An X25519 key pair for sealed boxes (contact details), both 32 raw bytes.
struct SealingKey {
    std::string public_key;
    std::string secret_key;
    [[nodiscard]] static SealingKey generate();
};

/// A libsodium sealed box: 48 bytes longer than `plain`, a different one each time; only the secret key opens
/// it. Fault::Invalid for a key that is none.
[[nodiscard]] Result<std::string> seal(std::string_view plain, std::string_view public_key);
/// Fault::Invalid when the box was not sealed to this key or was changed.
[[nodiscard]] Result<std::string> open_sealed(std::string_view box, const SealingKey& key);
/// Overwrites the text, and what it has room for, in a way that no compiler leaves out; then empties it.
void wipe(std::string& secret);

/// argon2id with libsodium's interactive limits (64 MiB, 2 passes: about 80 ms); a text to store.
[[nodiscard]] Result<std::string> hash_password(std::string_view password);
[[nodiscard]] bool verify_password(std::string_view password, const std::string& stored);

}  // namespace milepost::platform
