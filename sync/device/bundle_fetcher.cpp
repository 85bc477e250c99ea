#include "sync/device/bundle_fetcher.h"

#include "platform/encoding.h"
#include "platform/files.h"
#include "platform/log.h"
#include "sync/protocol/bundle.h"
#include "sync/protocol/bundle_parcel.h"
#include "sync/protocol/device_files.h"
#include "sync/protocol/json_members.h"
#include "sync/protocol/messages.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace milepost::device {
namespace {

constexpr std::string_view kBundlePath = "/device/v1/bundle";
constexpr std::chrono::minutes kBundleTimeout{3};  // 4 MiB over a poor line
constexpr std::size_t kMostReasons = 50;
constexpr std::string_view kSetting = "SELECT value FROM setting WHERE key = $1";

std::string digest_of(std::string_view bytes) {
    return std::string{platform::view(platform::sha256(bytes))};
}

std::string header(const StoreAnswer& answer, const char* name) {
    const auto found = answer.headers.find(name);
    return found == answer.headers.end() ? std::string{} : found->second;
}

}  // namespace

ShownBundle read_shown_bundle(const std::filesystem::path& data) {
    const auto database = platform::open_for_reading((data / protocol::kKioskFolder / protocol::kDeviceDb).string());
    if (!database) return {};
    const auto statement = (*database)->prepare(kSetting);
    if (!statement) return {};
    std::string text;
    const auto ran =
        (*statement)->run({protocol::kBundleShownSetting}, [&](const platform::Row& row) { text = row.text(0); });
    ShownBundle shown;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), shown.version);
    if (!ran || error != std::errc{} || *end != ' ') return {};
    shown.etag = end + 1;
    return shown;
}

std::string to_text(const RefusedBundle& refused) {
    nlohmann::ordered_json object{{"etag", refused.etag}, {"version", nullptr}, {"reasons", refused.reasons}};
    if (refused.version) object["version"] = *refused.version;
    return protocol::to_text(object);
}

RefusedBundle read_refused(const std::string& text) {
    const auto object = protocol::parse_object(text);
    if (!object) return {};
    protocol::Members members{*object};
    RefusedBundle refused{.etag = members.text("etag"), .version = {}, .reasons = members.texts("reasons")};
    if (members.has("version")) refused.version = members.integer("version");
    return members.fault() ? RefusedBundle{} : refused;
}

BundleFetcher::BundleFetcher(std::filesystem::path data, Identity& identity, StoreLink& link, SyncDatabase& sync)
    : data_(std::move(data)), identity_(identity), link_(link), sync_(sync) {
    look_for_staged();
}

std::filesystem::path BundleFetcher::folder() const {
    return data_ / protocol::kSyncFolder / protocol::kBundleFolder;
}

/// The newest that can be read; another one is fetched again.
void BundleFetcher::look_for_staged() {
    std::error_code ignored;
    for (const auto& file : std::filesystem::directory_iterator{folder(), ignored}) {
        const auto version = protocol::parcel_version(file.path().filename().string());
        if (!version || *version <= staged_.version) continue;
        const auto bytes = platform::read_file(file.path(), protocol::kMostParcelBytes);
        const auto parcel = bytes ? protocol::read_parcel(*bytes) : std::unexpected{bytes.error()};
        if (parcel) staged_ = {.version = *version, .etag = parcel->etag, .packed_digest = digest_of(parcel->packed)};
    }
}

Result<void> BundleFetcher::see_to(const std::string& wanted) {
    const auto known = sync_.status().find(kBundleRefused);
    const bool refused = known != sync_.status().end() && read_refused(known->second).etag == wanted;
    if (wanted == staged_.etag || refused || wanted == read_shown_bundle(data_).etag) return {};
    std::map<std::string, std::string> headers;
    if (!staged_.etag.empty()) headers["If-None-Match"] = staged_.etag;
    const auto answer = link_.send({.method = "GET",
                                    .path = kBundlePath,
                                    .body = {},
                                    .headers = std::move(headers),
                                    .most_answer = protocol::kMostBundleBytes,
                                    .timeout = kBundleTimeout});
    if (!answer) return fail(answer.error(), "fetching a bundle");
    if (answer->status == 304) return {};
    if (answer->status != 200) {
        return fail(Fault::Unavailable, fmt::format("fetching a bundle: the store answered {} {}", answer->status,
                                                    protocol::problem_name(answer->body)));
    }
    return take(wanted, answer->body, header(*answer, "milepost-bundle-signature"));
}

Result<void> BundleFetcher::take(const std::string& etag, const std::string& packed, const std::string& signature) {
    if (staged_.version > 0 && staged_.packed_digest == digest_of(packed)) {
        return stage(etag, packed, signature, staged_.version);  // the same under another name
    }
    const auto shown = read_shown_bundle(data_);
    const auto opened = protocol::open_bundle(packed, signature,
                                              {.store_keys = identity_.store_keys(),
                                               .device = identity_.device,
                                               .above = std::max(staged_.version, shown.version)});
    if (!opened) {
        auto reasons = opened.error().reasons;
        reasons.resize(std::min(reasons.size(), kMostReasons));
        return refuse({.etag = etag, .version = opened.error().version, .reasons = std::move(reasons)});
    }
    if (auto learnt = learn_next_key(opened->next_store_key); !learnt) return learnt;
    return stage(etag, packed, signature, opened->version);
}

Result<void> BundleFetcher::stage(const std::string& etag, const std::string& packed, const std::string& signature,
                                  std::int64_t version) {
    std::error_code error;
    std::filesystem::create_directory(folder(), error);
    const auto bytes = protocol::encode(protocol::BundleParcel{.etag = etag, .signature = signature, .packed = packed});
    auto written =
        platform::write_file_atomically(folder() / protocol::parcel_name(version), bytes, platform::Readers::Group);
    if (!written) return fail(written.error(), "keeping a bundle");
    staged_ = {.version = version, .etag = etag, .packed_digest = digest_of(packed)};
    remove_older();
    platform::log_info(fmt::format("bundle {} was fetched and is handed over to the kiosk", version));
    // Also what wakes the kiosk, which watches this file.
    const StatusChange changes[] = {{kBundleStaged, std::to_string(version)}, {kBundleRefused, ""}};
    return sync_.put(changes);
}

Result<void> BundleFetcher::refuse(const RefusedBundle& refused) {
    const auto message =
        fmt::format("the store's bundle {} is refused: {}", refused.etag, fmt::join(refused.reasons, "; "));
    const StatusChange change[] = {{kBundleRefused, to_text(refused)}};
    if (auto put = sync_.put(change); !put) return put;
    return fail(Fault::Refused, message);
}

Result<void> BundleFetcher::learn_next_key(const std::string& next_store_key) {
    if (identity_.next_store_key == next_store_key) return {};
    auto keys = read_key_file(data_);
    if (!keys) return fail(keys.error(), "keeping the store's next key");
    Identity with_next = identity_;
    with_next.next_store_key = next_store_key;
    keys->identity = with_next;
    if (auto kept = write_key_file(data_, *keys); !kept) return fail(kept.error(), "keeping the store's next key");
    identity_ = std::move(with_next);
    return {};
}

void BundleFetcher::remove_older() const {
    std::error_code ignored;
    for (const auto& file : std::filesystem::directory_iterator{folder(), ignored}) {
        const auto version = protocol::parcel_version(file.path().filename().string());
        if (version && *version < staged_.version) std::filesystem::remove(file.path(), ignored);
    }
}

}  // namespace milepost::device
