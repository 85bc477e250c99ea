#pragma once

#include "kiosk/data/epoch_table.h"
#include "kiosk/data/log_table.h"
#include "platform/clock.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace milepost::kiosk {

/// The growing end of the log: numbers, chain and epochs. Works inside the caller's transactions.
class LogWriter {
public:
    struct Origin {
        std::string hardware;
        std::string version;
    };
    /// Finds the log's end. Fault::Corrupt when its tables contradict one another.
    [[nodiscard]] static Result<LogWriter> open(platform::Database& database, Origin origin);

    /// Where the log ends. A value, so that a transaction that failed is undone by putting it back.
    struct End {
        std::int64_t n = 0;
        EpochRow epoch;        ///< of the newest row; number 0: the log is empty
        std::int64_t seq = 0;  ///< in that epoch
        protocol::Chain chain = protocol::kChainStart;
        bool begun = false;  ///< whether that epoch is this run's own
    };
    [[nodiscard]] const End& end() const { return end_; }
    void go_back(End end) { end_ = std::move(end); }

    /// Begins this run's epoch, once; before its first record.
    [[nodiscard]] Result<void> begin_epoch(const platform::Stamp& now);
    /// Appends the line that `make` builds for its seq. The epoch has begun.
    [[nodiscard]] Result<void> append(const std::function<std::string(std::int64_t seq)>& make);

private:
    LogWriter(EpochTable epochs, LogTable rows, Origin origin)
        : epochs_(std::move(epochs)), rows_(std::move(rows)), origin_(std::move(origin)) {}
    Result<void> find_end();
    EpochTable epochs_;
    LogTable rows_;
    Origin origin_;
    End end_;
};

}  // namespace milepost::kiosk
