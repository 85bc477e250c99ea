#pragma once

#include "sync/device/device_log.h"
#include "sync/device/sync_database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::device {

/// A place in the log: everything before it the store has.
struct Place {
    std::size_t epoch = 0;  ///< index into the epochs
    std::int64_t next = 1;
    auto operator<=>(const Place&) const = default;
};

/// The log as it is now beside the marks.
struct LogState {
    std::vector<Epoch> epochs;
    std::vector<Mark> marks;  ///< one an epoch
    bool no_marks = false;    ///< none was kept, as where sync.db is new: they say nothing about the store

    /// Where the first unsent record is; nullopt when nothing is unsent.
    [[nodiscard]] std::optional<Place> first_unsent() const;
    [[nodiscard]] std::int64_t unsent() const;
    [[nodiscard]] std::optional<std::size_t> find(std::string_view epoch) const;
};
/// An epoch without a mark stands at its record 1.
[[nodiscard]] LogState combine(std::vector<Epoch> epochs, const Marks& marks);

/// Moves the marks. Both must outlive it.
class Progress {
public:
    Progress(DeviceLog& log, SyncDatabase& sync) : log_(log), sync_(sync) {}

    [[nodiscard]] Result<LogState> state();
    /// The chain before a place, zeros when it is no longer known.
    [[nodiscard]] Result<protocol::Chain> chain_before(const LogState& state, Place place);
    /// Moves one epoch's mark.
    [[nodiscard]] Result<void> advance(const Mark& mark, std::vector<StatusChange> changes);
    /// Sets every mark as the store said that it stands: epochs before the place as sent, later ones not.
    [[nodiscard]] Result<void> stand_at(const LogState& state, Place place);

private:
    DeviceLog& log_;
    SyncDatabase& sync_;
};

}  // namespace milepost::device
