#pragma once

#include "platform/clock.h"
#include "sync/protocol/chain.h"
#include "sync/store/tables/statements.h"

#include <optional>
#include <string>
#include <vector>

namespace milepost::store {

/// A log as the other tables know it: by its number.
struct Log {
    std::int64_t log = 0;
    std::string device;  ///< that writes to it
};

struct LogEpoch {
    std::int64_t log = 0;
    std::int64_t epoch = 0;  ///< counted as they arrived
    std::string id;
    std::optional<std::string> prev_epoch;
    std::int64_t prev_last_seq = 0;
    std::optional<protocol::Chain> prev_chain;
    std::optional<std::int64_t> prev_held;  ///< the predecessor's last number here when this one came
    std::string hardware;
    std::string version;
    std::int64_t next_seq = 1;             ///< everything below is durable here
    std::optional<protocol::Chain> chain;  ///< before next_seq; nullopt after lost numbers without one
};

struct ChainBreak {
    std::int64_t seq = 0;
    std::optional<protocol::Chain> expected;  ///< held before seq; nullopt where that tells nothing
    protocol::Chain found{};
};

/// Numbers of one epoch, both ends included.
struct Numbers {
    std::int64_t first = 0;
    std::int64_t last = 0;
    bool operator==(const Numbers&) const = default;
};

/// log, log_epoch and what is wrong with them: log_break, lost, named_end; what goes to quarantine.
class LogTable {
public:
    [[nodiscard]] static Result<LogTable> open(platform::Database& database);

    /// nullopt: the log is not known.
    [[nodiscard]] Result<std::optional<Log>> find(std::string_view log_id);
    /// The new log's number.
    [[nodiscard]] Result<std::int64_t> add(std::string_view log_id, std::string_view device, platform::UtcTime now);

    [[nodiscard]] Result<std::optional<LogEpoch>> epoch(std::int64_t log, std::string_view id);
    /// Of the epochs that none is known to follow the one that arrived last.
    [[nodiscard]] Result<std::optional<LogEpoch>> newest_epoch(std::int64_t log);
    /// From now on this device writes to the log.
    [[nodiscard]] Result<void> hand_over(std::int64_t log, std::string_view device);
    /// The new epoch's number.
    [[nodiscard]] Result<std::int64_t> add_epoch(const LogEpoch& epoch, platform::UtcTime now);
    /// Keeps the watermark and the chain.
    [[nodiscard]] Result<void> move(const LogEpoch& epoch);

    /// The three below change nothing when they were told the same before.
    [[nodiscard]] Result<void> add_break(const LogEpoch& epoch, const ChainBreak& found, platform::UtcTime now);
    [[nodiscard]] Result<void> add_lost(const LogEpoch& epoch, std::int64_t first, std::int64_t last,
                                        platform::UtcTime now);
    /// True: it was not there yet.
    [[nodiscard]] Result<bool> quarantine(const LogEpoch& epoch, std::int64_t seq, std::string_view reason,
                                          std::string_view line, platform::UtcTime now);
    /// What was told as lost and touches numbers first..last.
    [[nodiscard]] Result<std::vector<Numbers>> lost(const LogEpoch& epoch, Numbers between);
    [[nodiscard]] Result<void> drop_lost(const LogEpoch& epoch, std::int64_t first);
    /// A status report named the end of an epoch; the highest counts.
    [[nodiscard]] Result<void> name_end(std::string_view log_id, std::string_view epoch_id, std::string_view device,
                                        std::int64_t last_seq, platform::UtcTime now);

private:
    StatementPtr hand_over_, lost_, drop_lost_, drop_met_ends_, name_end_;
    StatementPtr find_, add_, epoch_, newest_epoch_, add_epoch_, move_, add_break_, add_lost_, quarantine_;
};

}  // namespace milepost::store
