#pragma once

#include "platform/clock.h"
#include "sync/protocol/chain.h"
#include "sync/store/tables/statements.h"

#include <optional>
#include <string>

namespace milepost::store {

struct LogEpoch {
    std::string log_id;
    std::string epoch;
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

    /// The device that writes to the log; nullopt: the log is not known.
    [[nodiscard]] Result<std::optional<std::string>> device_of(std::string_view log_id);
    [[nodiscard]] Result<void> add(std::string_view log_id, std::string_view device, platform::UtcTime now);

    [[nodiscard]] Result<std::optional<LogEpoch>> epoch(std::string_view log_id, std::string_view epoch);
    /// The epoch that was first seen last.
    [[nodiscard]] Result<std::optional<LogEpoch>> newest_epoch(std::string_view log_id);
    /// Makes the epoch, or moves its watermark and chain.
    [[nodiscard]] Result<void> put(const LogEpoch& epoch, platform::UtcTime now);

    /// The three below change nothing when they were told the same before.
    [[nodiscard]] Result<void> add_break(const LogEpoch& epoch, const ChainBreak& found, platform::UtcTime now);
    [[nodiscard]] Result<void> add_lost(const LogEpoch& epoch, std::int64_t first, std::int64_t last,
                                        platform::UtcTime now);
    [[nodiscard]] Result<void> quarantine(const LogEpoch& epoch, std::int64_t seq, std::string_view reason,
                                          std::string_view line, platform::UtcTime now);

private:
    StatementPtr device_of_, add_, epoch_, newest_epoch_, put_, add_break_, add_lost_, quarantine_;
};

}  // namespace milepost::store
