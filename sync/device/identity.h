#pragma once

#include "platform/crypto.h"
#include "platform/error.h"
#include "platform/network/http_client.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace milepost::device {

/// Where a store is and how its TLS is checked.
struct StoreAddress {
    std::string url;  ///< without a slash at the end
    std::string ca_file;
    std::string pinned_key;
    std::string proxy;  ///< "http://host:port"; empty: none

    [[nodiscard]] platform::TlsOptions tls() const {
        return {.ca_file = ca_file, .pinned_key = pinned_key, .proxy = proxy};
    }
};

/// What an enrolment gave this device. Keys are raw bytes.
struct Identity {
    std::string device;
    std::string touchpoint;
    StoreAddress store;
    std::string store_key;
    std::string contact_key_id;
    std::string contact_key;
    platform::SigningKey key;
    std::optional<platform::SigningKey> next_key;  ///< was offered to the store in the place of `key`
    std::string next_store_key = {};               ///< announced by a bundle; empty: none

    /// Whose answers and bundles are the store's.
    [[nodiscard]] std::vector<std::string> store_keys() const {
        return next_store_key.empty() ? std::vector{store_key} : std::vector{store_key, next_store_key};
    }
};

/// The key that was last offered to a store, with which code. The same code is tried again with the same
/// key, so that a lost answer locks nobody out; another code gets another key.
struct Offer {
    std::string code_sha256;
    platform::SigningKey key;
};

/// DIR/sync/device.key (0600): the secrets, twice, since nothing else here cannot be made again.
struct KeyFile {
    std::optional<Identity> identity;
    std::optional<Offer> offer;
};
/// Empty when there is neither file nor copy. Where the file is missing, unreadable or damaged its copy counts;
/// Fault::Corrupt where that is no good either, the disk's or the folder's fault where one of them cannot be read.
[[nodiscard]] Result<KeyFile> read_key_file(const std::filesystem::path& data);
[[nodiscard]] Result<void> write_key_file(const std::filesystem::path& data, const KeyFile& keys);
/// Moves damaged ones aside, so that this device can be enrolled again.
void set_key_file_aside(const std::filesystem::path& data);

}  // namespace milepost::device
