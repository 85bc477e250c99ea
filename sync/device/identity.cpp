#include "sync/device/identity.h"

#include "platform/encoding.h"
#include "platform/files.h"
#include "sync/protocol/device_files.h"

#include <nlohmann/json.hpp>

namespace milepost::device {
namespace {

using nlohmann::json;
using platform::to_base64;

constexpr std::string_view kFile = "device.key";

std::filesystem::path path_in(const std::filesystem::path& data) {
    return data / protocol::kSyncFolder / kFile;
}

json to_json(const platform::SigningKey& key) {
    return {{"public", to_base64(key.public_key)}, {"secret", to_base64(key.secret_key)}};
}

json to_json(const Identity& identity) {
    return {{"device", identity.device},
            {"touchpoint", identity.touchpoint},
            {"store_url", identity.store.url},
            {"ca_file", identity.store.ca_file},
            {"pinned_key", identity.store.pinned_key},
            {"store_key", to_base64(identity.store_key)},
            {"contact_key", {{"id", identity.contact_key_id}, {"key", to_base64(identity.contact_key)}}},
            {"key", to_json(identity.key)}};
}

/// These throw nlohmann's exceptions, caught in read_key_file: the file is ours, it is right or broken.
std::string bytes(const json& object, const char* name) {
    return platform::from_base64(object.at(name).get<std::string>()).value_or("");
}

platform::SigningKey key_from(const json& object) {
    return {.public_key = bytes(object, "public"), .secret_key = bytes(object, "secret")};
}

Identity identity_from(const json& object) {
    return {.device = object.at("device"),
            .touchpoint = object.at("touchpoint"),
            .store = {.url = object.at("store_url"),
                      .ca_file = object.at("ca_file"),
                      .pinned_key = object.at("pinned_key")},
            .store_key = bytes(object, "store_key"),
            .contact_key_id = object.at("contact_key").at("id"),
            .contact_key = bytes(object.at("contact_key"), "key"),
            .key = key_from(object.at("key"))};
}

}  // namespace

Result<KeyFile> read_key_file(const std::filesystem::path& data) {
    const auto path = path_in(data);
    const auto text = platform::read_file(path);
    if (!text) {
        if (text.error().fault == Fault::NotFound) return KeyFile{};
        return std::unexpected{text.error()};
    }
    try {
        const auto object = json::parse(*text);
        KeyFile keys;
        if (object.contains("identity")) keys.identity = identity_from(object.at("identity"));
        if (object.contains("offer")) {
            const auto& offer = object.at("offer");
            keys.offer = Offer{.code_sha256 = bytes(offer, "code_sha256"), .key = key_from(offer)};
        }
        return keys;
    } catch (const json::exception&) {
        return fail(Fault::Corrupt, path.string() +
                                        " is damaged: move it away and enrol this device again with a new code "
                                        "(the answers that it keeps are not affected)");
    }
}

Result<void> write_key_file(const std::filesystem::path& data, const KeyFile& keys) {
    json object = json::object();
    if (keys.identity) object["identity"] = to_json(*keys.identity);
    if (keys.offer) {
        object["offer"] = to_json(keys.offer->key);
        object["offer"]["code_sha256"] = to_base64(keys.offer->code_sha256);
    }
    return platform::write_file_atomically(path_in(data), object.dump(2) + "\n");
}

}  // namespace milepost::device
