#pragma once

#include "sync/device/identity.h"
#include "sync/device/store_link.h"

#include <filesystem>

namespace milepost::device {

/// Gives this device another key when the store asks for it. The new key is on the disk before anybody sees it, and
/// both ends take both until the new one is first used: so no answer that is lost, and no cut at any moment, locks
/// the device out.
class KeyRotation {
public:
    /// All must outlive it; `identity` is what `link` signs with.
    KeyRotation(std::filesystem::path data, Identity& identity, StoreLink& link)
        : data_(std::move(data)), identity_(identity), link_(link) {}

    /// Offers a new key, the same one until the store took it, and signs with it from then on.
    [[nodiscard]] Result<void> rotate();
    /// For a store that knows the key no longer: whether one is pending that it may have taken. Signs with that one
    /// then, until `settle`.
    [[nodiscard]] bool try_pending();
    enum class Verdict { Taken, Refused };
    /// After `try_pending`: keeps the key, or goes back.
    [[nodiscard]] Result<void> settle(Verdict verdict);

private:
    [[nodiscard]] Result<void> keep(const Identity& identity);

    std::filesystem::path data_;
    Identity& identity_;
    StoreLink& link_;
};

}  // namespace milepost::device
