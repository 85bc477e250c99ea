#include "sync/store/reading/device_list.h"

#include "sync/protocol/signature.h"

#include <nlohmann/json.hpp>

namespace milepost::store {

namespace {

using nlohmann::json;

std::string state_of(const Device& device) {
    if (device.revoked) return "revoked";
    return device.public_key.empty() ? "new" : "enrolled";
}

}  // namespace

Result<std::vector<ListedDevice>> list_devices(Reading& reading, const StoreKeys& keys) {
    const auto devices = reading.tables.devices.all();
    if (!devices) return std::unexpected{devices.error()};
    std::vector<ListedDevice> listed;
    listed.reserve(devices->size());
    for (const Device& device : *devices) {
        listed.push_back(
            {.id = device.id,
             .name = device.name,
             .touchpoint = device.touchpoint,
             .state = state_of(device),
             .words = device.public_key.empty()
                          ? ""
                          : protocol::fingerprint(device.public_key, keys.signing.public_key, keys.contact.public_key),
             .last_report = device.last_report});
    }
    return listed;
}

std::string to_json(const std::vector<ListedDevice>& devices) {
    json list = json::array();
    for (const ListedDevice& device : devices) {
        list.push_back(
            {{"id", device.id},
             {"name", device.name},
             {"touchpoint", device.touchpoint},
             {"state", device.state},
             {"words", device.words.empty() ? json{} : json(device.words)},
             {"last_report", device.last_report ? json(platform::format_rfc3339(*device.last_report)) : json{}}});
    }
    return json{{"devices", std::move(list)}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace milepost::store
