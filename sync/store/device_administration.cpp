#include "sync/store/device_administration.h"

#include "platform/log.h"
#include "sync/protocol/unlock.h"
#include "sync/store/enrolment.h"
#include "sync/store/secrets.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace milepost::store {

namespace {

using nlohmann::json;

std::chrono::minutes valid_for(const json& request) {
    return std::chrono::minutes{std::clamp(request.value("valid_minutes", 15L), 1L, kMostValidMinutes)};
}

NewDevice device_in(const json& request, std::chrono::minutes valid) {
    return {.name = request.value("name", ""),
            .site = request.value("site", ""),
            .touchpoint = request.value("touchpoint", ""),
            .time_zone = request.value("time_zone", ""),
            .valid = valid};
}

json to_json(const DeviceCode& code) {
    return {{"device", code.device}, {"code", code.code}, {"expires", platform::format_rfc3339(code.expires)}};
}

Result<json> code_of(const Result<DeviceCode>& code) {
    if (!code) return std::unexpected{code.error()};
    return to_json(*code);
}

Result<json> id_of(const Result<std::string>& device) {
    if (!device) return std::unexpected{device.error()};
    return json{{"device", *device}};
}

Result<json> add_many(Writing& writing, const json& request) {
    std::vector<NewDevice> devices;
    for (const auto& device : request.value("devices", json::array())) {
        devices.push_back(device_in(device, valid_for(request)));
    }
    const auto codes = add_devices(writing, devices);
    if (!codes) return std::unexpected{codes.error()};
    auto list = json::array();
    for (const auto& code : *codes) list.push_back(to_json(code));
    return json{{"codes", std::move(list)}};
}

/// As it is written down: "1234 5678".
std::string tidy_challenge(std::string challenge) {
    std::erase_if(challenge, [](char c) { return c == ' ' || c == '-'; });
    return challenge;
}

/// For staff who lost their kiosk's PIN and read its challenge out.
Result<json> unlock(Writing& writing, const json& request) {
    const auto device = writing.tables->devices.find_named(request.value("device", ""));
    if (!device) return fail(device.error(), "the kiosk shows its id above the challenge");
    if (device->public_key.empty())
        return fail(Fault::Invalid, "device " + device->id + " never enrolled: it trusts no store yet");
    if (device->revoked) return fail(Fault::Invalid, "device " + device->id + " is revoked");
    const auto keys = StoreKeys::open(writing.data);
    if (!keys) return std::unexpected{keys.error()};
    const auto answer = protocol::unlock_answer(keys->signing, device->public_key, device->id,
                                                tidy_challenge(request.value("challenge", "")));
    if (!answer) return std::unexpected{answer.error()};
    platform::log_info("made an unlock code for device " + device->id);
    return json{{"answer", *answer}};
}

}  // namespace

std::optional<Result<json>> device_request(Writing& writing, std::string_view what, const json& request) {
    if (what == "device add") return code_of(add_device(writing, device_in(request, valid_for(request))));
    if (what == "device add many") return add_many(writing, request);
    if (what == "device replace") {
        return code_of(replace_device(
            writing,
            {.old_device = request.value("old", ""), .name = request.value("new", ""), .valid = valid_for(request)}));
    }
    if (what == "device revoke") return id_of(revoke_device(writing, request.value("device", "")));
    if (what == "device rotate-key") return id_of(ask_to_rotate_key(writing, request.value("device", "")));
    if (what == "device unlock") return unlock(writing, request);
    return std::nullopt;
}

}  // namespace milepost::store
