#include "sync/protocol/bundle.h"

#include "platform/archive.h"
#include "platform/compression.h"
#include "platform/encoding.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

namespace milepost::protocol {
namespace {

constexpr std::string_view kJsonName = "bundle.json";
constexpr std::size_t kLongestName = 100;  // a plain ustar header has room for that

std::string signed_text(std::string_view tar) {
    return "milepost-bundle-v1\n" + platform::to_hex(platform::view(platform::sha256(tar)));
}

/// The key that it is signed by, or "".
std::string signer_of(std::string_view tar, std::string_view signature, const std::vector<std::string>& keys) {
    const auto raw = platform::from_base64(signature);
    if (!raw) return {};
    const auto text = signed_text(tar);
    const auto signer = std::ranges::find_if(keys, [&](const auto& key) { return platform::verify(text, *raw, key); });
    return signer == keys.end() ? std::string{} : *signer;
}

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
}

/// Relative, of plain letters, and no part that is empty or begins with a dot.
bool is_safe_name(std::string_view name) {
    if (name.empty() || name.size() > kLongestName) return false;
    for (std::size_t from = 0; from <= name.size();) {
        const auto to = std::min(name.find('/', from), name.size());
        const auto part = name.substr(from, to - from);
        if (part.empty() || part.front() == '.' || !std::ranges::all_of(part, is_plain)) return false;
        from = to + 1;
    }
    return true;
}

/// For people; the name is a stranger's.
std::string shown(std::string_view name) {
    std::string text;
    for (const char c : name.substr(0, kLongestName)) text += c >= ' ' && c < 0x7f ? c : '?';
    return '"' + text + '"';
}

void judge_entries(const platform::Archive& archive, std::vector<std::string>& reasons) {
    std::set<std::string> names;
    for (const auto& entry : archive.entries) {
        if (!is_safe_name(entry.name)) {
            reasons.push_back(shown(entry.name) + " is no name for a file in a bundle");
        } else if (!names.insert(entry.name).second) {
            reasons.push_back(shown(entry.name) + " is there twice");
        }
        if (!entry.what.empty()) {
            reasons.push_back(shown(entry.name) + " is " + entry.what + ", and only plain files may be in a bundle");
        }
    }
    if (archive.fault) reasons.push_back(archive.fault->message);
}

/// Takes bundle.json out of the files.
std::optional<std::string> take_json(std::map<std::string, std::string>& files, std::vector<std::string>& reasons) {
    const auto json = files.find(std::string{kJsonName});
    if (json == files.end()) {
        reasons.emplace_back("it has no bundle.json");
        return std::nullopt;
    }
    std::string text = std::move(json->second);
    files.erase(json);
    if (text.size() <= kMostBundleJsonBytes) return text;
    reasons.push_back(
        fmt::format("bundle.json has {} bytes, and at most {} are read", text.size(), kMostBundleJsonBytes));
    return std::nullopt;
}

void judge_claims(const Bundle& bundle, const BundleCheck& check, std::vector<std::string>& reasons) {
    if (!bundle.device.empty() && bundle.device != check.device) {
        reasons.push_back(
            fmt::format("it is for another device, {}; this one is {}", shown(bundle.device), check.device));
    }
    if (bundle.version > 0 && bundle.version <= check.above) {
        reasons.push_back(
            fmt::format("its version {} is not above {}, which is here already", bundle.version, check.above));
    }
}

}  // namespace

const BundleSurvey& survey_due(const Bundle& bundle, const std::string& day) {
    const BundleSurvey* due = &bundle.surveys.front();
    for (const auto& one : bundle.surveys) {
        const bool dated = !one.from.empty() || !one.until.empty();
        const bool begun = one.from.empty() || one.from <= day;
        if (dated && !day.empty() && begun && (one.until.empty() || day <= one.until)) due = &one;
    }
    return *due;
}

std::string sign_bundle(std::string_view tar, const platform::SigningKey& store_key) {
    return platform::to_base64(platform::sign(signed_text(tar), store_key));
}

Result<PackedBundle> pack_bundle(const Bundle& bundle, const platform::SigningKey& store_key) {
    std::vector<platform::ArchiveEntry> entries{{.name = std::string{kJsonName}, .bytes = bundle_json(bundle)}};
    for (const auto& [name, bytes] : bundle.files) entries.push_back({.name = name, .bytes = bytes});
    const auto tar = platform::write_tar(entries);
    if (!tar) return std::unexpected{tar.error()};
    PackedBundle packed{.bytes = platform::compress_zstd(*tar), .signature = sign_bundle(*tar, store_key)};
    const auto opened = open_bundle(packed.bytes, packed.signature,
                                    {.store_keys = {store_key.public_key}, .device = bundle.device, .above = 0});
    if (!opened) return fail(Fault::Invalid, fmt::format("{}", fmt::join(opened.error().reasons, "\n")));
    return packed;
}

std::expected<Bundle, BundleRefusal> open_bundle(std::string_view packed, std::string_view signature,
                                                 const BundleCheck& check) {
    const auto refuse = [](std::string reason) {
        return std::unexpected{BundleRefusal{.version = {}, .reasons = {std::move(reason)}}};
    };
    if (packed.size() > kMostBundleBytes) {
        return refuse(fmt::format("it has {} bytes, and at most {} are taken", packed.size(), kMostBundleBytes));
    }
    const auto tar = platform::decompress_zstd(packed, kMostBundleTarBytes);
    if (!tar) return refuse(tar.error().message);
    const auto signer = signer_of(*tar, signature, check.store_keys);
    if (signer.empty()) return refuse("it is not signed by this device's store");

    std::vector<std::string> reasons;
    auto archive = platform::read_tar(*tar, kMostBundleFiles);
    judge_entries(archive, reasons);
    Bundle bundle{.signed_by = signer};
    for (auto& entry : archive.entries) bundle.files.try_emplace(std::move(entry.name), std::move(entry.bytes));
    if (const auto json = take_json(bundle.files, reasons)) {
        read_bundle_json(*json, bundle, reasons);
        judge_claims(bundle, check, reasons);
    }
    if (reasons.empty()) return bundle;
    BundleRefusal refusal{.version = {}, .reasons = std::move(reasons), .signed_by = signer};
    if (bundle.version > 0) refusal.version = bundle.version;
    if (bundle.device == check.device && bundle.version > check.above) refusal.next_store_key = bundle.next_store_key;
    return std::unexpected{std::move(refusal)};
}

}  // namespace milepost::protocol
