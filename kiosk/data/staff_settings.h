#pragma once

#include "platform/clock.h"
#include "platform/database.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace milepost::kiosk {

// Keys of table `setting` for what staff set.
inline constexpr std::string_view kStaffPinSetting = "staff_pin";                    ///< platform::hash_password
inline constexpr std::string_view kPinTriesSetting = "staff_tries";                  ///< to_text(PinTries)
inline constexpr std::string_view kPausedSetting = "paused";                         ///< "1" or "0"
inline constexpr std::string_view kTestModeSetting = "test_mode";                    ///< "1" or "0"
inline constexpr std::string_view kDiagonalSetting = "diagonal_mm";                  ///< of the panel, calibrated
inline constexpr std::string_view kStaffLanguageSetting = "language";                ///< of the staff's pages
inline constexpr std::string_view kBrightnessSetting = "brightness";                 ///< in percent
inline constexpr std::string_view kSetUpSetting = "set_up";                          ///< "begun" or "done"
inline constexpr std::string_view kSampleSetting = "sample";                         ///< id of the sample that is asked
inline constexpr std::string_view kCustomersLanguageSetting = "customers_language";  ///< the first to be shown
inline constexpr std::string_view kChallengeSetting = "unlock_challenge";  ///< for a lost PIN; gone once answered

inline constexpr std::string_view kSetUpBegun = "begun";
inline constexpr std::string_view kSetUpDone = "done";
inline constexpr int kLeastBrightness = 20;  ///< percent
inline constexpr int kFullBrightness = 100;

inline constexpr std::size_t kLeastPinDigits = 6;
inline constexpr std::size_t kMostPinDigits = 12;

/// Wrong PINs since the last right one, and when the last of them was typed. That moment is told by the boot
/// and its CLOCK_BOOTTIME alone, which nobody can set.
struct PinTries {
    int failures = 0;
    std::string boot;
    std::int64_t mono_ms = 0;
    bool operator==(const PinTries&) const = default;
};
[[nodiscard]] std::string to_text(const PinTries& tries);
/// Text that cannot be read is no tries.
[[nodiscard]] PinTries parse_pin_tries(std::string_view text);

/// How long nobody may try after so many wrong PINs: nothing up to 4, then 30 s, 1 min, 2 min, … 1 h.
[[nodiscard]] std::chrono::milliseconds wait_after(int failures);
/// What is left of it. The wall clock has no say. After a restart of the machine the wait counts from its start,
/// since nobody knows how long it was off: pulling the plug never shortens a wait.
[[nodiscard]] std::chrono::milliseconds wait_left(const PinTries& tries, const platform::Stamp& now);

/// What holds at a start.
struct StaffSettings {
    bool has_pin = false;
    PinTries tries;
    bool paused = false;
    bool testing = false;
    std::string language;  ///< empty: never picked
    std::optional<double> diagonal_mm;
    int brightness = 100;
    std::string sample;              ///< empty: never picked
    std::string customers_language;  ///< empty: never picked
    bool operator==(const StaffSettings&) const = default;
};
/// A value that makes no sense is unset. Fault::NotFound where no kiosk ever ran, or the disk's: who starts then serves
/// customers all the same, and who served goes on with what it knows.
[[nodiscard]] Result<StaffSettings> read_staff_settings(const std::filesystem::path& data);

/// Whether the first start's set-up is to be shown: nobody has finished it, and this device is neither enrolled nor
/// ever asked a survey. False where that cannot be read: a kiosk that serves must go on serving.
[[nodiscard]] bool needs_set_up(const std::filesystem::path& data);

/// The eight digits that wait for the store's answer; empty: none.
[[nodiscard]] std::string read_unlock_challenge(const std::filesystem::path& data);

/// What is kept of a PIN. Fault::Invalid for anything but 6 to 12 digits.
[[nodiscard]] Result<std::string> staff_pin_hash(std::string_view pin);
/// Makes a PIN the staff's, and forgets wrong tries. Fault::Invalid for anything but 6 to 12 digits,
/// Fault::Unavailable while a kiosk runs there.
[[nodiscard]] Result<void> set_staff_pin(const std::filesystem::path& data, std::string_view pin);
/// Whether it is the PIN; takes about 80 ms and 64 MiB.
[[nodiscard]] bool check_staff_pin(const std::filesystem::path& data, std::string_view pin);

}  // namespace milepost::kiosk
