#include "sync/device/identity.h"

#include "platform/encoding.h"
#include "platform/files.h"
#include "sync/protocol/device_files.h"

#include <nlohmann/json.hpp>

namespace milepost::device {
namespace {

using nlohmann::json;
using platform::to_base64;

constexpr const char* kFile = "device.key";
constexpr const char* kCopy = "device.key.copy";

std::filesystem::path path_in(const std::filesystem::path& data, const char* file = kFile) {
    return data / protocol::kSyncFolder / file;
}

/// A flipped bit in a key would otherwise only show as a store that knows us no longer.
std::string digest_of(const json& object) {
    return to_base64(platform::view(platform::sha256(object.dump())));
}

json to_json(const platform::SigningKey& key) {
    return {{"public", to_base64(key.public_key)}, {"secret", to_base64(key.secret_key)}};
}

json to_json(const Identity& identity) {
    json object{{"device", identity.device},
                {"touchpoint", identity.touchpoint},
                {"store_url", identity.store.url},
                {"ca_file", identity.store.ca_file},
                {"pinned_key", identity.store.pinned_key},
                {"proxy", identity.store.proxy},
                {"store_key", to_base64(identity.store_key)},
                {"contact_key", {{"id", identity.contact_key_id}, {"key", to_base64(identity.contact_key)}}},
                {"key", to_json(identity.key)}};
    if (identity.next_key) object["next_key"] = to_json(*identity.next_key);
    if (!identity.next_store_key.empty()) object["next_store_key"] = to_base64(identity.next_store_key);
    return object;
}

/// These throw nlohmann's exceptions, caught in read_key_file: the file is ours, it is right or broken.
std::string bytes(const json& object, const char* name) {
    return platform::from_base64(object.at(name).get<std::string>()).value_or("");
}

platform::SigningKey key_from(const json& object) {
    return {.public_key = bytes(object, "public"), .secret_key = bytes(object, "secret")};
}

Identity identity_from(const json& object) {
    Identity identity{.device = object.at("device"),
                      .touchpoint = object.at("touchpoint"),
                      .store = {.url = object.at("store_url"),
                                .ca_file = object.at("ca_file"),
                                .pinned_key = object.at("pinned_key"),
                                .proxy = object.value("proxy", "")},
                      .store_key = bytes(object, "store_key"),
                      .contact_key_id = object.at("contact_key").at("id"),
                      .contact_key = bytes(object.at("contact_key"), "key"),
                      .key = key_from(object.at("key")),
                      .next_key = {}};
    if (object.contains("next_store_key")) identity.next_store_key = bytes(object, "next_store_key");
    if (object.contains("next_key")) identity.next_key = key_from(object.at("next_key"));
    return identity;
}

Result<KeyFile> read_one(const std::filesystem::path& path) {
    const auto text = platform::read_file(path);
    if (!text) return std::unexpected{text.error()};
    try {
        auto object = json::parse(*text);
        KeyFile keys;
        if (object.contains("digest")) {
            const std::string digest = object.at("digest");
            object.erase("digest");
            if (digest != digest_of(object)) return fail(Fault::Corrupt, path.string() + " is damaged");
        }
        if (object.contains("identity")) keys.identity = identity_from(object.at("identity"));
        if (object.contains("offer")) {
            const auto& offer = object.at("offer");
            keys.offer = Offer{.code_sha256 = bytes(offer, "code_sha256"), .key = key_from(offer)};
        }
        return keys;
    } catch (const json::exception&) {
        return fail(Fault::Corrupt, path.string() + " is damaged");
    }
}

}  // namespace

Result<KeyFile> read_key_file(const std::filesystem::path& data) {
    auto keys = read_one(path_in(data));
    if (keys) return keys;
    // The copy is written first, so it is never older.
    auto copy = read_one(path_in(data, kCopy));
    if (copy && (copy->identity || copy->offer)) return copy;
    const auto is = [](const Result<KeyFile>& read, Fault fault) { return !read && read.error().fault == fault; };
    if (is(keys, Fault::NotFound) && is(copy, Fault::NotFound)) return KeyFile{};
    // What cannot be read today may be there tomorrow; what is damaged never comes back.
    for (const auto* read : {&keys, &copy}) {
        if (!*read && !is(*read, Fault::Corrupt) && !is(*read, Fault::NotFound)) return std::unexpected{read->error()};
    }
    const auto& told = is(keys, Fault::Corrupt) || copy ? keys : copy;
    return fail(Fault::Corrupt, told.error().message + ": move " + kFile + " and " + kCopy +
                                    " away and enrol this device again with a new code, made for this log "
                                    "(the answers that it keeps are not affected)");
}

Result<void> write_key_file(const std::filesystem::path& data, const KeyFile& keys) {
    json object = json::object();
    if (keys.identity) object["identity"] = to_json(*keys.identity);
    if (keys.offer) {
        object["offer"] = to_json(keys.offer->key);
        object["offer"]["code_sha256"] = to_base64(keys.offer->code_sha256);
    }
    object["digest"] = digest_of(object);
    const auto text = object.dump(2) + "\n";
    if (auto copied = platform::write_file_atomically(path_in(data, kCopy), text); !copied) return copied;
    return platform::write_file_atomically(path_in(data), text);
}

void set_key_file_aside(const std::filesystem::path& data) {
    for (const char* file : {kFile, kCopy}) {
        std::error_code ignored;
        std::filesystem::rename(path_in(data, file), path_in(data, file).string() + ".damaged", ignored);
    }
}

}  // namespace milepost::device
