#pragma once

#include "sync/device/store_link.h"
#include "sync/device/sync_database.h"

#include <optional>

namespace milepost::device {

/// Writes what signed answers say of the clock to sync.db, from where the kiosk logs it; only when it
/// tells more than what stands there, since every write wakes the kiosk.
class ClockKeeper {
public:
    /// `sync` must outlive it.
    explicit ClockKeeper(SyncDatabase& sync) : sync_(sync) {}
    [[nodiscard]] Result<void> offer(const ClockEstimate& estimate);
    [[nodiscard]] const std::optional<ClockEstimate>& kept() const { return kept_; }

private:
    SyncDatabase& sync_;
    std::optional<ClockEstimate> kept_;
};

}  // namespace milepost::device
