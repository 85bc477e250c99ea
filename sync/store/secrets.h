#pragma once

#include "platform/crypto.h"
#include "platform/error.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace milepost::store {

/// The store's own keys, DIR/store.key (0600).
struct StoreKeys {
    platform::SigningKey signing;
    platform::SealingKey contact;
    std::string contact_id;

    /// Fault::NotFound where there is no file.
    [[nodiscard]] static Result<StoreKeys> read(const std::filesystem::path& data);
    /// Reads them, or makes them where there is no file. The caller holds the store's lock.
    [[nodiscard]] static Result<StoreKeys> open(const std::filesystem::path& data);
};

/// 75 random bits that can be read out and typed: "7K3PQ-9QXMT-4VWAD". Digits and capital letters without
/// I, L, O and U, of which the first three are read as 1, 1 and 0.
[[nodiscard]] std::string make_code();
/// What people type (lower case, blanks, no dashes, O for 0) as the one form that is hashed.
[[nodiscard]] std::string normalize_code(std::string_view typed);
/// What is kept of a code or a session: a plain digest suffices, they have too many bits to be tried.
[[nodiscard]] std::string hash_secret(std::string_view secret);

}  // namespace milepost::store
