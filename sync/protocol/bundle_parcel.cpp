#include "sync/protocol/bundle_parcel.h"

#include "platform/crypto.h"
#include "platform/encoding.h"
#include "sync/protocol/json_members.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace milepost::protocol {
namespace {

constexpr std::string_view kFirstLine = "milepost-bundle-parcel-v1\n";

std::unexpected<Error> damaged(std::string_view what) {
    return fail(Fault::Corrupt, "a kept bundle is damaged: " + std::string{what});
}

/// Over all of it: a signature that the card altered would make a good bundle one that is rejected for good.
std::string digest_of(const BundleParcel& parcel) {
    return platform::to_hex(
        platform::view(platform::sha256(parcel.etag + '\n' + parcel.signature + '\n' + parcel.packed)));
}

}  // namespace

std::string encode(const BundleParcel& parcel) {
    const nlohmann::ordered_json head{
        {"etag", parcel.etag}, {"signature", parcel.signature}, {"sha256", digest_of(parcel)}};
    return std::string{kFirstLine} + to_text(head) + '\n' + parcel.packed;
}

Result<BundleParcel> read_parcel(std::string_view bytes) {
    if (!bytes.starts_with(kFirstLine)) return damaged("its first line");
    bytes.remove_prefix(kFirstLine.size());
    const auto end = bytes.find('\n');
    if (end == std::string_view::npos) return damaged("its second line");
    const auto head = parse_object(bytes.substr(0, end));
    if (!head) return damaged("its second line");
    Members members{*head};
    BundleParcel parcel{.etag = members.text("etag"),
                        .signature = members.text("signature"),
                        .packed = std::string{bytes.substr(end + 1)}};
    const auto digest = members.text("sha256");
    if (members.fault()) return damaged(members.fault()->message);
    if (digest != digest_of(parcel)) return damaged("what is in it is not what was put there");
    return parcel;
}

std::string parcel_name(std::int64_t version, std::string_view ending) {
    return std::to_string(version) + std::string{ending};
}

std::optional<std::int64_t> parcel_version(std::string_view name, std::string_view ending) {
    if (!name.ends_with(ending)) return std::nullopt;
    name.remove_suffix(ending.size());
    std::int64_t version = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), version);
    const bool good = error == std::errc{} && end == name.data() + name.size() && version > 0;
    return good ? std::optional{version} : std::nullopt;
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    std::error_code error;  // without it an unreadable block would throw
    auto file = std::filesystem::directory_iterator{folder, error};
    for (; !error && file != std::filesystem::directory_iterator{}; file.increment(error)) {
        names.push_back(file->path().filename().string());
    }
    return names;
}

}  // namespace milepost::protocol
