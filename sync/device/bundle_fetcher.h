#pragma once

#include "platform/clock.h"
#include "sync/device/identity.h"
#include "sync/device/kiosk_bundles.h"
#include "sync/device/store_link.h"
#include "sync/device/sync_database.h"
#include "sync/protocol/bundle.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace milepost::device {

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
/// DIR/sync/bundles for the kiosk, which verifies it again. What is there and was not told is told when it is made.
class BundleFetcher {
public:
    struct Parts {
        std::filesystem::path data;
        Identity& identity;  ///< learns the store's next key
        StoreLink& link;
        SyncDatabase& sync;
        platform::Clock& clock;
        std::function<double()> chance;              ///< in [0, 1)
        std::int64_t least_free_bytes = 24'000'000;  ///< that a bundle, here and at the kiosk, leaves room beside
    };
    /// The parts must outlive it.
    explicit BundleFetcher(Parts parts);

    /// `wanted`: the etag that the store's signed answer to a status report named. Fault::Refused with every reason
    /// for a bundle that is refused, Fault::Unavailable where the store has none to give now, Fault::Full where there
    /// is no room. What went wrong on its way is not tried again before a wait of its own, `retry.h`;
    /// `is_due_elsewhere` ends it on its way, for somebody who cannot wait, and it is tried again when it is next asked
    /// for.
    [[nodiscard]] Result<void> see_to(
        const std::string& wanted, const std::function<bool()>& is_due_elsewhere = [] { return false; });

private:
    struct Staged {
        std::int64_t version = 0;
        std::string etag;
        std::string packed_digest;
    };
    struct Fetched {
        std::string etag;
        std::string signature;
        std::string packed;
    };
    struct Failed {
        std::string etag;
        int times = 0;
        platform::SteadyTime not_before{};
    };
    [[nodiscard]] std::filesystem::path folder() const;
    void look_for_staged();
    [[nodiscard]] Result<void> tell(std::int64_t version);
    [[nodiscard]] Result<void> tell_staged();
    [[nodiscard]] bool is_refused(const std::string& etag) const;
    [[nodiscard]] Result<void> check_room() const;
    [[nodiscard]] bool kiosk_must_come_first(const KioskBundles& kiosk, const std::vector<std::string>& signers) const;
    [[nodiscard]] Result<void> fetch(const std::string& wanted, const KioskBundles& kiosk,
                                     const std::function<bool()>& is_due_elsewhere);
    [[nodiscard]] Result<void> take(const Fetched& fetched, const KioskBundles& kiosk);
    [[nodiscard]] Result<void> stage(const Fetched& fetched, std::int64_t version);
    [[nodiscard]] Result<void> refuse(const Fetched& fetched, const protocol::BundleRefusal& refusal);
    void keep_aside(const Fetched& fetched, std::int64_t version) const;
    [[nodiscard]] Result<void> learn_next_key(const protocol::Bundle& bundle);
    void remove_older() const;

    Parts parts_;
    Staged staged_;  ///< what was told
    Failed failed_;
};

}  // namespace milepost::device
