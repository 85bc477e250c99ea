#pragma once

#include "sync/store/reading/reading.h"

#include <string>
#include <vector>

namespace milepost::store {

/// What the store holds of one epoch.
struct LedgerEpoch {
    std::string id;
    platform::UtcTime first_seen;
    std::string version;
    std::int64_t received = 0;
    std::int64_t last = 0;         ///< the highest number here, or told as lost
    std::vector<Numbers> missing;  ///< told as lost
    std::vector<Numbers> awaited;  ///< a successor or a status report named them; they never came
    std::int64_t quarantined = 0;
};

/// Something that a technician should know of, in words.
struct Finding {
    enum class Kind { Fork, Rollback, Break, Missing, Awaited, Quarantined, NoPredecessor };
    Kind kind = Kind::Fork;
    std::string epoch;  ///< UUID
    std::string what;
    std::string way_out;
};
/// "fork", "rollback", "break", "missing", "awaited", "quarantined", "no-predecessor"
[[nodiscard]] std::string_view to_string(Finding::Kind kind);

struct LogLedger {
    std::string id;
    std::vector<LedgerEpoch> epochs;  ///< in the order in which they came
    std::vector<Finding> findings;
};

struct DeviceLedger {
    Device device;
    std::vector<LogLedger> logs;
};

/// Everything about one device's logs (protocol.md, "The log"). `device`: its id, or its name where no other
/// has it. Fault::NotFound, Fault::Invalid with the way out.
[[nodiscard]] Result<DeviceLedger> device_ledger(Reading& reading, std::string_view device);

[[nodiscard]] std::string to_text(const DeviceLedger& ledger);
[[nodiscard]] std::string to_json(const DeviceLedger& ledger);

}  // namespace milepost::store
