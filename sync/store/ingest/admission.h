#pragma once

#include "sync/store/ingest/ingest.h"
#include "sync/store/tables/log_table.h"

#include <optional>

namespace milepost::store {

inline constexpr std::int64_t kNoLog = 0;  ///< their numbers begin at 1

/// Where a batch belongs.
struct Admission {
    std::optional<IngestOutcome> refused;     ///< why it cannot come now
    std::int64_t log = kNoLog;                ///< kNoLog: it makes a new one
    LogEpoch epoch;                           ///< `epoch` 0: it begins a new one
    std::optional<protocol::Chain> expected;  ///< what its chain must be before epoch.next_seq, where that is known
};

/// Finds the log and the epoch of a batch by `device`, inside the transaction that applies it: another device's
/// log is refused, numbers that must come before are asked for. Changes nothing.
[[nodiscard]] Result<Admission> admit(LogTable& logs, std::string_view device, const ParsedBatch& batch);

}  // namespace milepost::store
