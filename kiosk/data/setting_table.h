#pragma once

#include "platform/database.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace milepost::kiosk {

/// The zone by which responses were counted into days and hours (IANA name).
inline constexpr std::string_view kTimeZoneSetting = "time_zone";
/// The latest `clock` event's line, whole: what dates this boot's untrusted readings.
inline constexpr std::string_view kClockSetting = "clock";
/// The log's id, and the newest epoch's number and id ("7 0193…"): a second place for what nothing else tells once the
/// page that it stands on is damaged.
inline constexpr std::string_view kLogIdSetting = "log_id";
inline constexpr std::string_view kEpochSetting = "epoch";
/// What a salvage found, as JSON, until the next record puts it into the log; "" afterwards.
inline constexpr std::string_view kSalvagedSetting = "salvaged";
/// Written to see whether the disk takes it.
inline constexpr std::string_view kTrialSetting = "trial";
/// The fault in the log's rows that was last put into the log: it is told once.
inline constexpr std::string_view kIntegritySetting = "integrity";

/// Table `setting`: small things that outlive a restart.
class SettingTable {
public:
    [[nodiscard]] static Result<SettingTable> open(platform::Database& database);

    [[nodiscard]] Result<std::optional<std::string>> get(std::string_view key);
    [[nodiscard]] Result<void> put(std::string_view key, std::string_view value);

private:
    SettingTable() = default;
    std::unique_ptr<platform::Statement> get_, put_;
};

/// Settings of a kiosk that does not run, all in one commit; its database is made, or brought up to date, first. The
/// caller holds the kiosk's lock.
[[nodiscard]] Result<void> put_settings(const std::filesystem::path& data,
                                        std::span<const std::pair<std::string, std::string>> settings);

}  // namespace milepost::kiosk
