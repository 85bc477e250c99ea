#pragma once

#include "sync/device/identity.h"
#include "sync/device/store_link.h"
#include "sync/device/sync_database.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace milepost::device {

/// What the kiosk says in device.db that it shows; nothing where it has shown no bundle yet, or cannot be asked.
struct ShownBundle {
    std::int64_t version = 0;
    std::string etag;
};
[[nodiscard]] ShownBundle read_shown_bundle(const std::filesystem::path& data);

/// A bundle that this device refused, as `bundle_refused` of sync.db has it: nobody asks for it again.
struct RefusedBundle {
    std::string etag;
    std::optional<std::int64_t> version;
    std::vector<std::string> reasons;
};
[[nodiscard]] std::string to_text(const RefusedBundle& refused);
/// Empty for what is none.
[[nodiscard]] RefusedBundle read_refused(const std::string& text);

/// GET /device/v1/bundle: fetches what the store wants this device to show, verifies it and lays it into
/// DIR/sync/bundles for the kiosk, which verifies it again.
class BundleFetcher {
public:
    /// All must outlive it; `identity` learns the store's next key.
    BundleFetcher(std::filesystem::path data, Identity& identity, StoreLink& link, SyncDatabase& sync);

    /// `wanted`: the etag that the store's signed answer to a status report named. Fault::Refused with every reason
    /// for a bundle that is refused, Fault::Unavailable where the store has none to give now.
    [[nodiscard]] Result<void> see_to(const std::string& wanted);

private:
    struct Staged {
        std::int64_t version = 0;
        std::string etag;
        std::string packed_digest;
    };
    [[nodiscard]] std::filesystem::path folder() const;
    void look_for_staged();
    [[nodiscard]] Result<void> take(const std::string& etag, const std::string& packed, const std::string& signature);
    [[nodiscard]] Result<void> stage(const std::string& etag, const std::string& packed, const std::string& signature,
                                     std::int64_t version);
    [[nodiscard]] Result<void> refuse(const RefusedBundle& refused);
    [[nodiscard]] Result<void> learn_next_key(const std::string& next_store_key);
    void remove_older() const;

    std::filesystem::path data_;
    Identity& identity_;
    StoreLink& link_;
    SyncDatabase& sync_;
    Staged staged_;
};

}  // namespace milepost::device
