#pragma once

#include "kiosk/data/log_table.h"
#include "kiosk/data/stick_file.h"
#include "platform/database.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// A device's log as a file: batches as protocol.md sends them ("Uploading records"), each with its first line, one
/// after the other, of rows that follow each other without a gap. Their chain can be checked. Reads in short pieces,
/// also while the kiosk writes.
class LogCopy {
public:
    /// Of the log as it is now. `database` must outlive it.
    [[nodiscard]] static Result<LogCopy> begin(platform::Database& database, StickFile file);

    /// Copies the next rows and tells which; none: that was all.
    [[nodiscard]] Result<std::vector<LogRow>> copy_some();
    [[nodiscard]] StickFile& file() { return file_; }
    [[nodiscard]] const std::optional<std::string>& log_id() const { return log_id_; }
    [[nodiscard]] int percent() const;

private:
    LogCopy(LogTable rows, StickFile file) : rows_(std::move(rows)), file_(std::move(file)) {}
    Result<void> write(const std::vector<LogRow>& rows, std::size_t from, std::size_t to);

    LogTable rows_;
    StickFile file_;
    std::map<std::int64_t, std::string> epochs_;  ///< ids by number
    std::optional<std::string> log_id_;           ///< nullopt: the log is empty
    std::int64_t first_ = 0;                      ///< n before the first row
    std::int64_t done_ = 0;                       ///< n
    std::int64_t last_ = 0;                       ///< n
};

}  // namespace milepost::kiosk
