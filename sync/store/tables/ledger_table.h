#pragma once

#include "platform/clock.h"
#include "sync/store/tables/log_table.h"
#include "sync/store/tables/statements.h"

#include <optional>
#include <string>
#include <vector>

namespace milepost::store {

/// What is held of logs and what is wrong with them, for people: reads log, log_epoch, lost, log_break,
/// quarantine, named_end and event, changes nothing.
class LedgerTable {
public:
    [[nodiscard]] static Result<LedgerTable> open(platform::Database& database);

    struct LogRow {
        std::int64_t log = 0;
        std::string id;
        platform::UtcTime first_seen;
    };
    struct EpochRow {
        std::int64_t epoch = 0;
        std::string id;
        std::optional<std::string> prev_epoch;
        std::int64_t prev_last_seq = 0;
        std::optional<std::int64_t> prev_held;
        std::string version;
        std::int64_t next_seq = 1;
        platform::UtcTime first_seen;
    };
    struct LostRow {
        std::int64_t epoch = 0;
        Numbers numbers;
    };
    struct BreakRow {
        std::int64_t epoch = 0;
        std::int64_t seq = 0;
        platform::UtcTime at;
    };
    struct QuarantineCount {
        std::int64_t epoch = 0;
        std::int64_t lines = 0;
    };
    struct NamedEnd {
        std::string epoch_id;
        std::int64_t last_seq = 0;
        platform::UtcTime at;
    };
    /// In the order in which they were first seen.
    [[nodiscard]] Result<std::vector<LogRow>> logs_of(std::string_view device);
    [[nodiscard]] Result<std::vector<EpochRow>> epochs(std::int64_t log);
    [[nodiscard]] Result<std::vector<LostRow>> lost(std::int64_t log);
    [[nodiscard]] Result<std::vector<BreakRow>> breaks(std::int64_t log);
    /// Without lines that went in after all.
    [[nodiscard]] Result<std::vector<QuarantineCount>> quarantined(std::int64_t log);
    /// Of a log, by its UUID: a status report may be all that ever came of it.
    [[nodiscard]] Result<std::vector<NamedEnd>> named_ends(std::string_view log_id);
    /// Ids of logs of which a device's status reports told and nothing else came.
    [[nodiscard]] Result<std::vector<std::string>> named_logs(std::string_view device);

private:
    StatementPtr logs_, epochs_, lost_, breaks_, quarantined_, named_ends_, named_logs_;
};

}  // namespace milepost::store
