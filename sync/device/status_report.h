#pragma once

#include "sync/device/clock_keeper.h"
#include "sync/device/progress.h"
#include "sync/device/store_link.h"
#include "sync/protocol/messages.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace milepost::device {

/// POST /device/v1/status: tells the store how this device is, and learns the time and what the store has.
class StatusReport {
public:
    struct Parts {
        DeviceLog& log;
        Progress& progress;
        SyncDatabase& sync;
        StoreLink& link;
        ClockKeeper& clock_keeper;
        platform::Clock& clock;
        std::filesystem::path data;
    };
    /// The parts must outlive it.
    explicit StatusReport(Parts parts) : parts_(std::move(parts)) {}

    /// Fault::Refused when the store knows this device no longer.
    [[nodiscard]] Result<void> send(std::vector<std::string> errors);
    /// Whether the last answer asked for another key of this device.
    [[nodiscard]] bool asked_for_new_key() const { return new_key_; }
    /// Etag of the bundle that the last answer wants this device to show.
    [[nodiscard]] const std::optional<std::string>& wanted_bundle() const { return wanted_bundle_; }
    /// How long the last answer asked for no word at all.
    [[nodiscard]] const std::optional<std::chrono::seconds>& told_to_wait() const { return told_to_wait_; }

private:
    Result<protocol::StatusRequest> compose(const LogState& state, std::vector<std::string> errors);
    Result<void> apply(const LogState& state, const protocol::StatusAnswer& answer);

    Parts parts_;
    bool new_key_ = false;
    std::optional<std::string> wanted_bundle_;
    std::optional<std::chrono::seconds> told_to_wait_;
};

/// Where the store says that it stands, when that differs from the marks: lower when it was restored from
/// a backup, higher when sync.db was lost and no mark with it kept. nullopt: leave the marks. Never past the log's end.
/// Pure.
[[nodiscard]] std::optional<Place> correction(const LogState& state, const protocol::StatusAnswer& answer);

}  // namespace milepost::device
