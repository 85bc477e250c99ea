#pragma once

#include "platform/clock.h"
#include "sync/device/identity.h"
#include "sync/device/kiosk_bundles.h"
#include "sync/device/staged_bundles.h"
#include "sync/device/store_link.h"
#include "sync/device/sync_database.h"
#include "sync/protocol/bundle.h"
#include "sync/protocol/bundle_parcel.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace milepost::device {

/// A bundle that this device refused, as `bundle_refused` of sync.db has it: that release does not ask for it again.
struct RefusedBundle {
    std::string etag;
    std::optional<std::int64_t> version;
    std::vector<std::string> reasons;
    std::string release = {};
};
[[nodiscard]] std::string to_text(const RefusedBundle& refused);
/// Empty for what is none.
[[nodiscard]] RefusedBundle read_refused(const std::string& text);

/// GET /device/v1/bundle: fetches what the store wants this device to show, verifies it and lays it into
/// DIR/sync/bundles for the kiosk, which verifies it again. What is there and was not told is told when it is made.
/// A key that a bundle announces is learnt whatever else becomes of the bundle.
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
    /// for a bundle that is refused, Fault::Unavailable where the store has none to give now or where what came has no
    /// right signature, Fault::Full where there is no room. What went wrong on its way is not tried again before a wait
    /// of its own, `retry.h`. A store that asks to wait is asked again then; that is no error. `is_due_elsewhere` ends
    /// it on its way, for somebody who cannot wait, and it is tried again when it is next asked for.
    [[nodiscard]] Result<void> see_to(
        const std::string& wanted, const std::function<bool()>& is_due_elsewhere = [] { return false; });

private:
    struct Failed {
        std::string etag;
        int times = 0;
        platform::SteadyTime not_before{};
    };
    void look_again(const KioskBundles& kiosk);
    [[nodiscard]] Result<void> tell(std::int64_t version);
    [[nodiscard]] Result<void> tell_staged();
    [[nodiscard]] bool is_refused(const std::string& etag) const;
    [[nodiscard]] Result<void> check_room() const;
    [[nodiscard]] bool kiosk_must_come_first(const KioskBundles& kiosk, const std::vector<std::string>& signers) const;
    [[nodiscard]] Result<void> fetch(const std::string& wanted, const KioskBundles& kiosk,
                                     const std::function<bool()>& is_due_elsewhere);
    [[nodiscard]] bool came_meanwhile(const std::string& etag, const std::string& wanted);
    void wait_for_store(std::chrono::seconds asked);
    [[nodiscard]] Result<void> take(const protocol::BundleParcel& fetched, const KioskBundles& kiosk);
    [[nodiscard]] Result<void> stage(const protocol::BundleParcel& fetched, std::int64_t version,
                                     StagedBundles::Copies copies);
    [[nodiscard]] Result<void> refuse(const protocol::BundleParcel& fetched, const protocol::BundleRefusal& refusal,
                                      const KioskBundles& kiosk);
    [[nodiscard]] Result<void> learn_next_key(const std::string& signed_by, const std::string& next_store_key);

    Parts parts_;
    StagedBundles files_;
    StagedBundle staged_;  ///< what was told
    Failed failed_;
    platform::SteadyTime busy_until_{};
    std::string overtaken_;  ///< the etag that was wanted when another one came
};

}  // namespace milepost::device
