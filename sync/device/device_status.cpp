#include "sync/device/device_status.h"

#include "sync/device/bundle_fetcher.h"
#include "sync/device/progress.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace milepost::device {
namespace {

std::optional<platform::UtcTime> parse_time(const std::string& text) {
    std::int64_t ms = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), ms);
    if (fault != std::errc{}) return std::nullopt;
    return platform::UtcTime{std::chrono::milliseconds{ms}};
}

std::string when(const std::optional<platform::UtcTime>& time) {
    return time ? platform::format_rfc3339(*time) : std::string{"never"};
}

}  // namespace

Result<DeviceStatus> read_device_status(const std::filesystem::path& data) {
    const auto sync = read_sync_state(data);
    if (!sync) return std::unexpected{sync.error()};
    auto epochs = DeviceLog{data}.epochs();
    if (!epochs) return std::unexpected{epochs.error()};
    const auto value = [&](std::string_view key) {
        const auto found = sync->status.find(key);
        return found == sync->status.end() ? std::string{} : found->second;
    };
    return DeviceStatus{.device = value(kDevice),
                        .touchpoint = value(kTouchpoint),
                        .store_url = value(kStoreUrl),
                        .unsent = combine(std::move(*epochs), sync->marks).unsent(),
                        .last_contact = parse_time(value(kLastContact)),
                        .last_error = value(kLastError),
                        .enrol_file = value(kEnrolFile),
                        .bundle = read_shown_bundle(data).etag,
                        .bundle_refused = read_refused(value(kBundleRefused)).reasons};
}

std::string to_text(const DeviceStatus& status) {
    std::string text = status.device.empty() ? "not enrolled\n"
                                             : "enrolled as " + status.device + " for touchpoint " + status.touchpoint +
                                                   "\n" + "store         " + status.store_url + "\n";
    text += "unsent        " + std::to_string(status.unsent) + " records\n";
    text += "last contact  " + when(status.last_contact) + "\n";
    text += "last error    " + (status.last_error.empty() ? "none" : status.last_error) + "\n";
    if (!status.enrol_file.empty()) text += "enrol file    " + status.enrol_file + "\n";
    if (!status.bundle.empty()) text += "bundle        " + status.bundle + "\n";
    for (const auto& reason : status.bundle_refused) text += "refused       the newest bundle: " + reason + "\n";
    return text;
}

std::string to_json(const DeviceStatus& status) {
    using nlohmann::ordered_json;
    ordered_json json{
        {"enrolled", !status.device.empty()},     {"device", status.device},         {"touchpoint", status.touchpoint},
        {"store_url", status.store_url},          {"unsent", status.unsent},         {"last_contact", nullptr},
        {"last_error", status.last_error},        {"enrol_file", status.enrol_file}, {"bundle", status.bundle},
        {"bundle_refused", status.bundle_refused}};
    if (status.last_contact) json["last_contact"] = platform::format_rfc3339(*status.last_contact);
    return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace milepost::device
