#pragma once

#include "platform/database.h"

#include <memory>
#include <optional>
#include <string>

namespace milepost::kiosk {

/// The zone by which responses were counted into days and hours (IANA name).
inline constexpr std::string_view kTimeZoneSetting = "time_zone";
/// The latest `clock` event's line, whole: what dates this boot's untrusted readings.
inline constexpr std::string_view kClockSetting = "clock";

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

}  // namespace milepost::kiosk
