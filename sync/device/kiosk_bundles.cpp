#include "sync/device/kiosk_bundles.h"

#include "platform/database.h"
#include "platform/encoding.h"
#include "sync/protocol/bundle_parcel.h"
#include "sync/protocol/device_files.h"

#include <charconv>
#include <sstream>

namespace milepost::device {
namespace {

constexpr std::string_view kSetting = "SELECT value FROM setting WHERE key = $1";

/// "VERSION REST"; version 0 for anything else.
ShownBundle read_numbered(const std::string& text) {
    ShownBundle read;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), read.version);
    if (error != std::errc{} || end == text.data() + text.size() || *end != ' ') return {};
    read.etag = end + 1;
    return read;
}

}  // namespace

Result<KioskBundles> read_kiosk_bundles(const std::filesystem::path& data) {
    const auto path = data / protocol::kKioskFolder / protocol::kDeviceDb;
    std::error_code error;
    if (!std::filesystem::exists(path, error) && !error) return KioskBundles{};
    constexpr const char* kDoing = "asking the kiosk which bundle it shows";
    const auto database = platform::open_for_reading(path.string());
    if (!database) return fail(database.error(), kDoing);
    const auto statement = (*database)->prepare(kSetting);
    if (!statement) return fail(statement.error(), kDoing);
    Result<void> read{};
    const auto setting = [&](std::string_view key) {
        std::string text;
        const auto ran = (*statement)->run({key}, [&](const platform::Row& row) { text = row.text(0); });
        if (!ran) read = fail(ran.error(), kDoing);
        return text;
    };
    KioskBundles kiosk{.shown = read_numbered(setting(protocol::kBundleShownSetting)),
                       .rejected = read_numbered(setting(protocol::kBundleRejectedSetting)).version,
                       .trusts = {}};
    std::istringstream keys{setting(protocol::kBundleKeysSetting)};
    for (std::string key; keys >> key;) kiosk.trusts.push_back(platform::from_base64(key).value_or(""));
    if (!read) return std::unexpected{read.error()};
    return kiosk;
}

ShownBundle read_shown_bundle(const std::filesystem::path& data) {
    return read_kiosk_bundles(data).value_or(KioskBundles{}).shown;
}

}  // namespace milepost::device
