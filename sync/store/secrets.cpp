#include "sync/store/secrets.h"

#include "platform/encoding.h"
#include "platform/files.h"

#include <nlohmann/json.hpp>

#include <cstdint>

namespace milepost::store {

namespace {

using nlohmann::json;

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford's base 32
constexpr std::size_t kGroups = 3;
constexpr std::size_t kGroupLength = 5;

std::string to_json(const StoreKeys& keys) {
    return json{{"signing",
                 {{"public", platform::to_base64(keys.signing.public_key)},
                  {"secret", platform::to_base64(keys.signing.secret_key)}}},
                {"contact",
                 {{"id", keys.contact_id},
                  {"public", platform::to_base64(keys.contact.public_key)},
                  {"secret", platform::to_base64(keys.contact.secret_key)}}}}
        .dump(2);
}

constexpr const char* kFile = "store.key";

/// Base64 of exactly `length` bytes at a JSON pointer; "" when it is not that.
std::string key_at(const json& file, const char* pointer, std::size_t length) {
    const json::json_pointer at{pointer};
    if (!file.contains(at) || !file.at(at).is_string()) return {};
    auto bytes = platform::from_base64(file.at(at).get<std::string>());
    return bytes && bytes->size() == length ? *bytes : std::string{};
}

Result<StoreKeys> from_json(std::string_view text) {
    const auto file = json::parse(text, nullptr, false);
    if (!file.is_object()) return fail(Fault::Corrupt, "not JSON");
    StoreKeys keys{.signing = {.public_key = key_at(file, "/signing/public", 32),
                               .secret_key = key_at(file, "/signing/secret", 64)},
                   .contact = {.public_key = key_at(file, "/contact/public", 32),
                               .secret_key = key_at(file, "/contact/secret", 32)},
                   .contact_id = "k1"};
    if (keys.signing.public_key.empty() || keys.signing.secret_key.empty() || keys.contact.public_key.empty() ||
        keys.contact.secret_key.empty()) {
        return fail(Fault::Corrupt, "a key is missing or damaged");
    }
    const json::json_pointer id{"/contact/id"};
    if (file.contains(id) && file.at(id).is_string()) keys.contact_id = file.at(id).get<std::string>();
    return keys;
}

}  // namespace

Result<StoreKeys> StoreKeys::read(const std::filesystem::path& data) {
    const auto path = data / kFile;
    const auto text = platform::read_file(path);
    if (!text) return std::unexpected{text.error()};
    auto keys = from_json(*text);
    if (keys) return keys;
    return fail(keys.error(),
                "reading " + path.string() + " (put it back from a backup: devices trust no other key of this store)");
}

Result<StoreKeys> StoreKeys::open(const std::filesystem::path& data) {
    auto there = read(data);
    if (there || there.error().fault != Fault::NotFound) return there;
    StoreKeys keys{
        .signing = platform::SigningKey::generate(), .contact = platform::SealingKey::generate(), .contact_id = "k1"};
    if (auto written = platform::write_file_atomically(data / kFile, to_json(keys)); !written) {
        return std::unexpected{written.error()};
    }
    return keys;
}

std::string make_code() {
    const auto random = platform::random_bytes(kGroups * kGroupLength);
    std::string code;
    for (std::size_t i = 0; i < random.size(); ++i) {
        if (i != 0 && i % kGroupLength == 0) code += '-';
        code += kAlphabet[static_cast<std::uint8_t>(random[i]) % kAlphabet.size()];
    }
    return code;
}

std::string normalize_code(std::string_view typed) {
    std::string code;
    for (char c : typed) {
        if (c == '-' || c == ' ') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        code += c;
    }
    return code;
}

std::string hash_secret(std::string_view secret) {
    return std::string{platform::view(platform::sha256("milepost-secret-v1\n", secret))};
}

}  // namespace milepost::store
