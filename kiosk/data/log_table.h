#pragma once

#include "platform/database.h"
#include "sync/protocol/chain.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// One record as it lies on the disk. What `chain_before` holds is told, not trusted: a reader may meet
/// a damaged row.
struct LogRow {
    std::int64_t n = 0;
    std::int64_t epoch = 0;  ///< EpochRow::number
    std::int64_t seq = 0;
    std::string chain_before;  ///< raw; 32 bytes when it is sound
    std::string line;
};

/// Table `log`. Rows are appended, and in the end pruned from the old side; never changed.
class LogTable {
public:
    [[nodiscard]] static Result<LogTable> open(platform::Database& database);

    [[nodiscard]] Result<void> append(std::int64_t n, std::int64_t epoch, std::int64_t seq,
                                      const protocol::Chain& chain_before, std::string_view line);
    [[nodiscard]] Result<std::optional<LogRow>> newest();
    /// The row before `n`.
    [[nodiscard]] Result<std::optional<LogRow>> before(std::int64_t n);
    /// At most `most` rows behind `n`, in order; short reads, so that no reader holds the WAL for long.
    [[nodiscard]] Result<std::vector<LogRow>> after(std::int64_t n, std::int64_t most);
    /// Removes the rows up to and with `n`; how many those were.
    [[nodiscard]] Result<std::int64_t> prune(std::int64_t n);

private:
    LogTable() = default;
    std::unique_ptr<platform::Statement> append_, newest_, before_, after_, prune_;
};

}  // namespace milepost::kiosk
