#include "kiosk/data/staff_settings.h"

#include "kiosk/data/agent_file.h"
#include "kiosk/data/device_paths.h"
#include "kiosk/data/setting_table.h"
#include "kiosk/data/survey_table.h"
#include "platform/crypto.h"
#include "platform/files.h"
#include "sync/protocol/device_files.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace milepost::kiosk {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr int kFreeTries = 5;
constexpr milliseconds kFirstWait = 30s;
constexpr milliseconds kLongestWait = 1h;
constexpr double kLeastDiagonalMm = 50;
constexpr double kMostDiagonalMm = 3000;

std::string setting(SettingTable& settings, std::string_view key) {
    auto value = settings.get(key);
    return value && *value ? **value : std::string{};
}

std::optional<double> diagonal(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = !text.empty() && error == std::errc{} && end == text.data() + text.size() &&
                      value >= kLeastDiagonalMm && value <= kMostDiagonalMm;
    return good ? std::optional{value} : std::nullopt;
}

int brightness(const std::string& text) {
    int percent = kFullBrightness;
    std::from_chars(text.data(), text.data() + text.size(), percent);
    return std::clamp(percent, kLeastBrightness, kFullBrightness);
}

bool is_pin(std::string_view pin) {
    return pin.size() >= kLeastPinDigits && pin.size() <= kMostPinDigits &&
           std::ranges::all_of(pin, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string to_text(const PinTries& tries) {
    return nlohmann::json{{"failures", tries.failures}, {"boot", tries.boot}, {"mono_ms", tries.mono_ms}}.dump();
}

PinTries parse_pin_tries(std::string_view text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("failures") || !json["failures"].is_number_integer() ||
        !json.contains("boot") || !json["boot"].is_string() || !json.contains("mono_ms") ||
        !json["mono_ms"].is_number_integer()) {
        return {};
    }
    return {.failures = std::max(0, json["failures"].get<int>()),
            .boot = json["boot"].get<std::string>(),
            .mono_ms = json["mono_ms"].get<std::int64_t>()};
}

milliseconds wait_after(int failures) {
    if (failures < kFreeTries) return {};
    milliseconds wait = kFirstWait;
    for (int i = kFreeTries; i < failures && wait < kLongestWait; ++i) wait *= 2;
    return std::min(wait, kLongestWait);
}

milliseconds wait_left(const PinTries& tries, const platform::Stamp& now) {
    const std::int64_t since = tries.boot == now.boot ? now.mono_ms - tries.mono_ms : now.mono_ms;
    return std::max(milliseconds{}, wait_after(tries.failures) - milliseconds{std::max<std::int64_t>(0, since)});
}

Result<StaffSettings> read_staff_settings(const std::filesystem::path& data) {
    constexpr const char* kDoing = "reading what staff set";
    auto database = open_device_db(data);
    if (!database) return fail(database.error(), kDoing);
    auto settings = SettingTable::open(**database);
    if (!settings) return fail(settings.error(), kDoing);
    Result<void> read{};
    const auto value = [&](std::string_view key) {
        auto found = settings->get(key);
        if (!found) read = fail(found.error(), kDoing);
        return found && *found ? **found : std::string{};
    };
    StaffSettings set{.has_pin = !value(kStaffPinSetting).empty(),
                      .tries = parse_pin_tries(value(kPinTriesSetting)),
                      .paused = value(kPausedSetting) == "1",
                      .testing = value(kTestModeSetting) == "1",
                      .language = value(kStaffLanguageSetting),
                      .diagonal_mm = diagonal(value(kDiagonalSetting)),
                      .brightness = brightness(value(kBrightnessSetting)),
                      .sample = value(kSampleSetting),
                      .customers_language = value(kCustomersLanguageSetting)};
    if (!read) return std::unexpected{read.error()};
    return set;
}

bool needs_set_up(const std::filesystem::path& data) {
    const auto status = AgentFile{sync_db_path(data)}.status();
    const auto device = status.find("device");
    const bool enrolled = device != status.end() && !device->second.empty();
    std::error_code ignored;
    if (!std::filesystem::exists(device_db_path(data), ignored)) return !enrolled;
    auto database = open_device_db(data);
    if (!database) return false;
    auto settings = SettingTable::open(**database);
    auto surveys = SurveyTable::open(**database);
    if (!settings || !surveys) return false;
    const std::string set_up = setting(*settings, kSetUpSetting);
    if (!set_up.empty()) return set_up != kSetUpDone;
    const auto asked = surveys->all();
    return !enrolled && asked && asked->empty();
}

std::string read_unlock_challenge(const std::filesystem::path& data) {
    auto database = open_device_db(data);
    if (!database) return {};
    auto settings = SettingTable::open(**database);
    return settings ? setting(*settings, kChallengeSetting) : std::string{};
}

Result<std::string> staff_pin_hash(std::string_view pin) {
    if (is_pin(pin)) return platform::hash_password(pin);
    return fail(Fault::Invalid,
                fmt::format("a staff PIN has {} to {} digits and nothing else", kLeastPinDigits, kMostPinDigits));
}

Result<void> set_staff_pin(const std::filesystem::path& data, std::string_view pin) {
    auto hash = staff_pin_hash(pin);
    if (!hash) return std::unexpected{hash.error()};
    if (auto made = platform::make_data_directory(device_db_path(data).parent_path()); !made) return made;
    const auto lock = platform::FileLock::acquire(device_db_lock_path(data));
    if (!lock) return fail(lock.error(), "setting the staff PIN (stop the kiosk first)");
    const std::pair<std::string, std::string> settings[] = {{std::string{kStaffPinSetting}, std::move(*hash)},
                                                            {std::string{kPinTriesSetting}, to_text(PinTries{})}};
    return put_settings(data, settings);
}

bool check_staff_pin(const std::filesystem::path& data, std::string_view pin) {
    auto database = open_device_db(data);
    if (!database) return false;
    auto settings = SettingTable::open(**database);
    if (!settings) return false;
    const std::string hash = setting(*settings, kStaffPinSetting);
    return !hash.empty() && platform::verify_password(pin, hash);
}

}  // namespace milepost::kiosk
