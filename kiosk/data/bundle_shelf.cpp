#include "kiosk/data/bundle_shelf.h"

#include "kiosk/data/agent_file.h"
#include "kiosk/data/device_paths.h"
#include "kiosk/data/setting_table.h"
#include "platform/encoding.h"
#include "platform/files.h"
#include "platform/log.h"
#include "sync/protocol/device_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <sstream>

namespace milepost::kiosk {
namespace {

constexpr std::size_t kKept = 2;  // what is shown, and what was shown before

/// What is in device.db, where it can be read.
BundleTrust pinned(const std::filesystem::path& data) {
    auto database = open_device_db(data);
    if (!database) return {};
    auto settings = SettingTable::open(**database);
    if (!settings) return {};
    const auto setting = [&](std::string_view key) {
        auto value = settings->get(key);
        return value && *value ? **value : std::string{};
    };
    BundleTrust trust{.store_keys = {},
                      .device = setting(kBundleDeviceSetting),
                      .shown = setting(protocol::kBundleShownSetting),
                      .pin = setting(kBundlePinSetting),
                      .told_refusal = setting(kBundleRefusalSetting)};
    std::istringstream keys{setting(kBundleKeysSetting)};
    for (std::string key; keys >> key;) trust.store_keys.push_back(platform::from_base64(key).value_or(""));
    return trust;
}

}  // namespace

BundleTrust read_bundle_trust(const std::filesystem::path& data) {
    BundleTrust trust = pinned(data);
    const auto status = AgentFile{sync_db_path(data)}.status();
    const auto value = [&](const char* key) {
        const auto found = status.find(key);
        return found == status.end() ? std::string{} : found->second;
    };
    if (const auto device = value("device"); !device.empty()) trust.device = device;
    const auto key = platform::from_base64(value("store_key")).value_or("");
    if (trust.store_keys.empty() && !key.empty()) trust.store_keys.push_back(key);
    return trust;
}

std::expected<KeptBundle, protocol::BundleRefusal> open_parcel(const std::string& bytes, const BundleTrust& trust,
                                                               std::int64_t above) {
    auto parcel = protocol::read_parcel(bytes);
    if (!parcel) {
        return std::unexpected{protocol::BundleRefusal{.version = {}, .reasons = {parcel.error().message}}};
    }
    auto bundle = protocol::open_bundle(parcel->packed, parcel->signature,
                                        {.store_keys = trust.store_keys, .device = trust.device, .above = above});
    if (!bundle) return std::unexpected{bundle.error()};
    return KeptBundle{.bundle = std::move(*bundle), .etag = std::move(parcel->etag), .bytes = bytes};
}

std::filesystem::path BundleShelf::folder() const {
    return data_ / protocol::kKioskFolder / protocol::kBundleFolder;
}

std::vector<std::int64_t> BundleShelf::versions(std::string_view ending) const {
    std::vector<std::int64_t> found;
    std::error_code ignored;
    for (const auto& file : std::filesystem::directory_iterator{folder(), ignored}) {
        if (const auto version = protocol::parcel_version(file.path().filename().string(), ending)) {
            found.push_back(*version);
        }
    }
    std::ranges::sort(found, std::greater{});
    return found;
}

std::optional<KeptBundle> BundleShelf::newest(const BundleTrust& trust) const {
    for (const auto version : versions(protocol::kParcelEnding)) {
        const auto bytes = platform::read_file(folder() / protocol::parcel_name(version), protocol::kMostParcelBytes);
        if (!bytes) {
            platform::log_error(bytes.error().message);
            continue;
        }
        auto opened = open_parcel(*bytes, trust, 0);
        if (opened) return std::move(*opened);
        platform::log_error(
            fmt::format("the kept bundle {} is not shown: {}", version, fmt::join(opened.error().reasons, "; ")));
    }
    return std::nullopt;
}

Result<std::string> BundleShelf::staged(std::int64_t version) const {
    return platform::read_file(data_ / protocol::kSyncFolder / protocol::kBundleFolder / protocol::parcel_name(version),
                               protocol::kMostParcelBytes);
}

Result<void> BundleShelf::keep(std::int64_t version, const std::string& bytes) const {
    if (auto made = platform::make_data_directory(folder()); !made) return made;
    auto written = platform::write_file_atomically(folder() / protocol::parcel_name(version), bytes);
    if (!written) return written;
    keep_newest(protocol::kParcelEnding, kKept);
    return {};
}

Result<void> BundleShelf::put_aside(std::int64_t version, const std::string& bytes) const {
    if (auto made = platform::make_data_directory(folder()); !made) return made;
    auto written =
        platform::write_file_atomically(folder() / protocol::parcel_name(version, protocol::kRejectedEnding), bytes);
    if (!written) return written;
    keep_newest(protocol::kRejectedEnding, 1);
    return {};
}

bool BundleShelf::is_rejected(std::int64_t version) const {
    const auto all = versions(protocol::kRejectedEnding);
    return std::ranges::find(all, version) != all.end();
}

void BundleShelf::keep_newest(std::string_view ending, std::size_t count) const {
    const auto all = versions(ending);
    for (std::size_t i = count; i < all.size(); ++i) {
        std::error_code ignored;
        std::filesystem::remove(folder() / protocol::parcel_name(all[i], ending), ignored);
    }
}

}  // namespace milepost::kiosk
