#pragma once

#include "platform/clock.h"
#include "sync/protocol/chain.h"
#include "sync/store/tables/statements.h"

#include <optional>
#include <string>

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
    std::string hardware;
    std::string version;
    std::int64_t next_seq = 1;             ///< everything below is durable here
    std::optional<protocol::Chain> chain;  ///< before next_seq; nullopt after lost numbers without one
};

struct ChainBreak {
    std::int64_t seq = 0;
    protocol::Chain expected{};
    protocol::Chain found{};
};

/// log, log_epoch and what is wrong with them: log_break, lost, quarantine.
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
    /// The new epoch's number.
    [[nodiscard]] Result<std::int64_t> add_epoch(const LogEpoch& epoch, platform::UtcTime now);
    /// Keeps the watermark and the chain.
    [[nodiscard]] Result<void> move(const LogEpoch& epoch);

    /// The three below change nothing when they were told the same before.
    [[nodiscard]] Result<void> add_break(const LogEpoch& epoch, const ChainBreak& found, platform::UtcTime now);
    [[nodiscard]] Result<void> add_lost(const LogEpoch& epoch, std::int64_t first, std::int64_t last,
                                        platform::UtcTime now);
    [[nodiscard]] Result<void> quarantine(const LogEpoch& epoch, std::int64_t seq, std::string_view reason,
                                          std::string_view line, platform::UtcTime now);

private:
    StatementPtr find_, add_, epoch_, newest_epoch_, add_epoch_, move_, add_break_, add_lost_, quarantine_;
};

}  // namespace milepost::store
