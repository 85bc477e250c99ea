#include "kiosk/data/bundle_shelf.h"

#include "kiosk/data/agent_file.h"
#include "kiosk/data/device_paths.h"
#include "kiosk/data/setting_table.h"
#include "platform/encoding.h"
#include "platform/files.h"
#include "platform/log.h"
#include "platform/plain_file.h"
#include "sync/protocol/device_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <sstream>

namespace milepost::kiosk {
namespace {

constexpr std::size_t kKeptBefore = 1;  // beside what is shown, what was shown before

/// What is in device.db.
Result<BundleTrust> pinned(const std::filesystem::path& data) {
    std::error_code error;
    if (!std::filesystem::exists(device_db_path(data), error) && !error) return BundleTrust{};
    auto database = open_device_db(data);
    if (!database) return std::unexpected{database.error()};
    auto settings = SettingTable::open(**database);
    if (!settings) return std::unexpected{settings.error()};
    Result<void> read{};
    const auto setting = [&](std::string_view key) {
        auto value = settings->get(key);
        if (!value) read = std::unexpected{value.error()};
        return value && *value ? **value : std::string{};
    };
    BundleTrust trust{.device = setting(kBundleDeviceSetting),
                      .shown = setting(protocol::kBundleShownSetting),
                      .rejected = setting(protocol::kBundleRejectedSetting),
                      .pin = setting(kBundlePinSetting),
                      .told_refusal = setting(kBundleRefusalSetting)};
    std::istringstream keys{setting(protocol::kBundleKeysSetting)};
    for (std::string key; keys >> key;) trust.store_keys.push_back(platform::from_base64(key).value_or(""));
    if (!read) return std::unexpected{read.error()};
    return trust;
}

}  // namespace

std::int64_t BundleTrust::shown_version() const {
    std::int64_t version = 0;
    std::from_chars(shown.data(), shown.data() + shown.size(), version);
    return version;
}

Result<BundleTrust> read_bundle_trust(const std::filesystem::path& data) {
    auto trust = pinned(data);
    if (!trust) return fail(trust.error(), "reading whose bundles are taken");
    const auto status = AgentFile{sync_db_path(data)}.status();
    const auto value = [&](const char* key) {
        const auto found = status.find(key);
        return found == status.end() ? std::string{} : found->second;
    };
    trust->agents_device = value("device");
    trust->agents_store = platform::from_base64(value("store_key")).value_or("");
    if (trust->store_keys.empty() && !trust->agents_store.empty()) trust->store_keys.push_back(trust->agents_store);
    return trust;
}

std::string to_text(const std::vector<std::string>& store_keys) {
    std::string text;
    for (const auto& key : store_keys) text += (text.empty() ? "" : " ") + platform::to_base64(key);
    return text;
}

std::expected<KeptBundle, protocol::BundleRefusal> open_parcel(const protocol::BundleParcel& parcel,
                                                               const std::vector<std::string>& store_keys,
                                                               const std::string& device, std::int64_t above) {
    auto bundle = protocol::open_bundle(parcel.packed, parcel.signature,
                                        {.store_keys = store_keys, .device = device, .above = above});
    if (!bundle) return std::unexpected{bundle.error()};
    return KeptBundle{.bundle = std::move(*bundle), .etag = parcel.etag};
}

std::filesystem::path BundleShelf::folder() const {
    return data_ / protocol::kKioskFolder / protocol::kBundleFolder;
}

std::filesystem::path BundleShelf::staged_path(std::int64_t version) const {
    return data_ / protocol::kSyncFolder / protocol::kBundleFolder / protocol::parcel_name(version);
}

std::vector<std::int64_t> BundleShelf::versions(std::string_view ending) const {
    std::vector<std::int64_t> found;
    for (const auto& name : protocol::names_in(folder())) {
        if (const auto version = protocol::parcel_version(name, ending)) {
            found.push_back(*version);
        }
    }
    std::ranges::sort(found, std::greater{});
    return found;
}

std::optional<KeptBundle> BundleShelf::newest(const BundleTrust& trust) const {
    for (const auto version : versions(protocol::kParcelEnding)) {
        const auto bytes = platform::read_file(folder() / protocol::parcel_name(version), protocol::kMostParcelBytes);
        const auto parcel = bytes ? protocol::read_parcel(*bytes) : std::unexpected{bytes.error()};
        if (!parcel) {
            platform::log_error(fmt::format("the kept bundle {} is not shown: {}", version, parcel.error().message));
            continue;
        }
        auto opened = open_parcel(*parcel, trust.store_keys, trust.device, 0);
        if (!opened && trust.agents_device != trust.device) {
            opened = open_parcel(*parcel, trust.store_keys, trust.agents_device, 0);
        }
        if (opened) return std::move(*opened);
        platform::log_error(
            fmt::format("the kept bundle {} is not shown: {}", version, fmt::join(opened.error().reasons, "; ")));
    }
    return std::nullopt;
}

Result<std::string> BundleShelf::staged(std::int64_t version) const {
    return platform::read_plain_file(staged_path(version), protocol::kMostParcelBytes);
}

std::optional<std::filesystem::file_time_type> BundleShelf::staged_at(std::int64_t version) const {
    std::error_code error;
    const auto time = std::filesystem::last_write_time(staged_path(version), error);
    return error ? std::nullopt : std::optional{time};
}

Result<void> BundleShelf::keep(std::int64_t version, const std::string& bytes) const {
    return write(version, protocol::kParcelEnding, bytes, kKeptBefore);
}

Result<void> BundleShelf::put_aside(std::int64_t version, const std::string& bytes) const {
    return write(version, protocol::kRejectedEnding, bytes, 0);
}

/// What was written stays, whatever its number.
Result<void> BundleShelf::write(std::int64_t version, std::string_view ending, const std::string& bytes,
                                std::size_t others) const {
    if (auto made = platform::make_data_directory(folder()); !made) return made;
    auto written = platform::write_file_atomically(folder() / protocol::parcel_name(version, ending), bytes);
    if (!written) return written;
    auto all = versions(ending);
    std::erase(all, version);
    for (std::size_t i = others; i < all.size(); ++i) {
        std::error_code ignored;
        std::filesystem::remove(folder() / protocol::parcel_name(all[i], ending), ignored);
    }
    return {};
}

}  // namespace milepost::kiosk
