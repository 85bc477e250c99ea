#pragma once

#include "kiosk/data/log_table.h"
#include "platform/clock.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// How long the store's acknowledgement alone is not enough: longer than its backups are apart (protocol.md).
inline constexpr std::chrono::days kRetention{30};

struct PruneRule {
    std::map<std::int64_t, std::string> epochs;  ///< id by number
    std::map<std::string, std::int64_t> marks;   ///< by epoch id: the first seq that the store has not acknowledged
    std::int64_t newest = 0;                     ///< n of the log's last row, which stays: the log's end is found there
    /// Only what is older for certain; nullopt: whatever its age (the disk is full).
    std::optional<platform::UtcTime> older_than;
};

struct PruneReach {
    std::optional<std::int64_t> until;  ///< the last n that may go; nullopt: none of these rows
    bool further = false;               ///< nothing spoke against the rows behind these
    bool operator==(const PruneReach&) const = default;
};
/// How far the log may be pruned, going by `rows`, its next rows in order. A row's age is known from its own time if
/// that is trusted, else from a younger row's, since rows stand in the order of time. Pure.
[[nodiscard]] PruneReach prunable(const std::vector<LogRow>& rows, const PruneRule& rule);

}  // namespace milepost::kiosk
