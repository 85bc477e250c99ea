#pragma once

#include "sync/device/outgoing.h"
#include "sync/device/progress.h"
#include "sync/device/retry.h"
#include "sync/device/store_link.h"
#include "sync/protocol/batch.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace milepost::device {

/// What a round came to.
struct Round {
    std::int64_t records = 0;
    std::int64_t responses = 0;
    std::int64_t batches = 0;
    std::optional<Error> failure;      ///< why it ended before nothing was unsent
    std::chrono::milliseconds wait{};  ///< before the next one, after a failure
    bool told_to_wait = false;         ///< by the store, which wants no status report either
    bool paused = false;               ///< something else came between; more is unsent
};

/// Sends the log batch by batch, one in flight, and does what protocol.md's answer table says. Remembers
/// between rounds what it learnt of failures.
class Uploader {
public:
    struct Parts {
        DeviceLog& log;
        Progress& progress;
        StoreLink& link;
        platform::Clock& clock;
        std::function<double()> chance;  ///< in [0, 1)
        std::size_t most_lines = protocol::kMostBatchLines;
    };
    /// The parts must outlive it.
    explicit Uploader(Parts parts) : parts_(std::move(parts)), most_lines_(parts_.most_lines) {}

    /// Until nothing is unsent, something fails, or `stop`; or until `pause`, asked after every batch, says yes.
    [[nodiscard]] Round drain(const std::atomic<bool>& stop, const std::function<bool()>& pause);
    /// What went wrong lately, for the status report; the newest last.
    [[nodiscard]] const std::deque<std::string>& errors() const { return errors_; }
    void remember_error(const std::string& message);

private:
    struct Failure {
        Error error;
        std::chrono::milliseconds wait;
        bool told_to_wait = false;
    };
    using Step = std::expected<void, Failure>;

    Result<std::optional<Outgoing>> next_batch(const LogState& state);
    Step send(const LogState& state, const Outgoing& batch, Round& round);
    Step act(Act act, const LogState& state, const Outgoing& batch, const StoreAnswer& answer, Round& round);
    Step move(const LogState& state, const Outgoing& batch, const std::string& body, Round& round);
    /// The line that stands for an epoch of which this device knows no more than that record 1 of its successor, in
    /// `batch`, names it: the file that held it was damaged. nullopt when it is not that.
    [[nodiscard]] static std::optional<Outgoing> all_lost(const Outgoing& batch, const protocol::RecordsAnswer& gap);
    Step fill_gap(const LogState& state, const Outgoing& batch, const std::string& body);
    /// Whether the store asks for numbers that the epoch has by its successor's record 1, in `batch`, though not by its
    /// own row, which is damaged then. From now on it has them.
    bool believes_end(const Epoch& epoch, const Outgoing& batch, const protocol::RecordsAnswer& gap);
    /// The store blames this very batch.
    Step blamed(Act act, const Outgoing& batch, Error error);
    /// Lets a line go as quarantined, unless three did within the hour.
    bool quarantine(const Outgoing& batch);
    void halve(std::size_t lines) { most_lines_ = std::max<std::size_t>(1, lines / 2); }
    std::unexpected<Failure> later(Error error);

    Parts parts_;
    std::size_t most_lines_;  ///< for now
    int failures_ = 0;
    int gaps_ = 0;
    std::tuple<std::string, std::int64_t, std::size_t> blamed_;  ///< the batch that is counted: epoch, first, lines
    int blames_ = 0;
    Quarantine quarantine_;
    std::optional<Outgoing> missing_epoch_;  ///< goes first
    std::deque<platform::SteadyTime> quarantined_at_;
    std::deque<std::string> errors_;
};

}  // namespace milepost::device
