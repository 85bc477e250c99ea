#include "sync/device/bundle_fetcher.h"

#include "platform/encoding.h"
#include "platform/files.h"
#include "platform/log.h"
#include "platform/plain_file.h"
#include "platform/storage.h"
#include "sync/device/retry.h"
#include "sync/protocol/bundle_parcel.h"
#include "sync/protocol/device_files.h"
#include "sync/protocol/json_members.h"
#include "sync/protocol/messages.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>

namespace milepost::device {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kBundlePath = "/device/v1/bundle";
constexpr std::chrono::minutes kBundleTimeout{3};  // 4 MiB over a poor line
constexpr std::size_t kMostReasons = 50;

std::string digest_of(std::string_view bytes) {
    return std::string{platform::view(platform::sha256(bytes))};
}

std::string header(const StoreAnswer& answer, const char* name) {
    const auto found = answer.headers.find(name);
    return found == answer.headers.end() ? std::string{} : found->second;
}

}  // namespace

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

BundleFetcher::BundleFetcher(Parts parts) : parts_(std::move(parts)) {
    look_for_staged();
    // A start or a lost sync.db lies between a bundle and the word that it is there: the kiosk needs no network for it.
    if (auto told = tell_staged(); !told) platform::log_error(told.error().message);
}

std::filesystem::path BundleFetcher::folder() const {
    return parts_.data / protocol::kSyncFolder / protocol::kBundleFolder;
}

/// The newest that is as it was written; another one is fetched again.
void BundleFetcher::look_for_staged() {
    std::error_code ignored;
    for (const auto& file : std::filesystem::directory_iterator{folder(), ignored}) {
        const auto version = protocol::parcel_version(file.path().filename().string());
        if (!version || *version <= staged_.version) continue;
        const auto bytes = platform::read_plain_file(file.path(), protocol::kMostParcelBytes);
        const auto parcel = bytes ? protocol::read_parcel(*bytes) : std::unexpected{bytes.error()};
        if (parcel) staged_ = {.version = *version, .etag = parcel->etag, .packed_digest = digest_of(parcel->packed)};
    }
}

Result<void> BundleFetcher::tell(std::int64_t version) {
    // Also what wakes the kiosk, which watches this file.
    const StatusChange changes[] = {{kBundleStaged, std::to_string(version)}, {kBundleRefused, ""}};
    return parts_.sync.put(changes);
}

/// Nothing where that was done.
Result<void> BundleFetcher::tell_staged() {
    const auto known = parts_.sync.status().find(kBundleStaged);
    const bool is_told = known != parts_.sync.status().end() && known->second == std::to_string(staged_.version);
    return staged_.version == 0 || is_told ? Result<void>{} : tell(staged_.version);
}

bool BundleFetcher::is_refused(const std::string& etag) const {
    const auto known = parts_.sync.status().find(kBundleRefused);
    return known != parts_.sync.status().end() && read_refused(known->second).etag == etag;
}

/// A bundle that announces the store's next key must have reached the kiosk before one that is signed with that key
/// takes its place: the kiosk learns the key nowhere else.
bool BundleFetcher::kiosk_must_come_first(const KioskBundles& kiosk, const std::vector<std::string>& signers) const {
    const bool came = staged_.version <= std::max(kiosk.shown.version, kiosk.rejected);
    if (came || kiosk.trusts.empty()) return false;
    return std::ranges::find_first_of(kiosk.trusts, signers) == kiosk.trusts.end();
}

Result<void> BundleFetcher::check_room() const {
    const auto storage = platform::storage_of(parts_.data / protocol::kSyncFolder);
    if (!storage || storage->free_bytes >= parts_.least_free_bytes) return {};
    return fail(Fault::Full, fmt::format("a bundle waits at the store: {} MB are free here, and it is fetched where "
                                         "there are {}",
                                         storage->free_bytes / 1'000'000, parts_.least_free_bytes / 1'000'000));
}

Result<void> BundleFetcher::see_to(const std::string& wanted, const std::function<bool()>& is_due_elsewhere) {
    if (auto told = tell_staged(); !told) return told;
    if (wanted == staged_.etag || is_refused(wanted)) return {};
    const auto kiosk = read_kiosk_bundles(parts_.data);
    if (!kiosk) return std::unexpected{kiosk.error()};
    if (wanted == kiosk->shown.etag || kiosk_must_come_first(*kiosk, parts_.identity.store_keys())) return {};
    if (failed_.etag != wanted) failed_ = {.etag = wanted};
    if (failed_.times > 0 && parts_.clock.steady() < failed_.not_before) return {};
    if (auto room = check_room(); !room) return room;
    auto fetched = fetch(wanted, *kiosk, is_due_elsewhere);
    if (fetched || fetched.error().fault == Fault::Refused) {
        failed_ = {};
    } else {
        const auto again = parts_.clock.steady() + bundle_backoff(++failed_.times, parts_.chance());
        failed_.not_before = std::max(failed_.not_before, again);
    }
    return fetched;
}

Result<void> BundleFetcher::fetch(const std::string& wanted, const KioskBundles& kiosk,
                                  const std::function<bool()>& is_due_elsewhere) {
    bool gave_up = false;
    std::map<std::string, std::string> headers;
    if (!staged_.etag.empty()) headers["If-None-Match"] = staged_.etag;
    const auto answer = parts_.link.send({.method = "GET",
                                          .path = kBundlePath,
                                          .body = {},
                                          .headers = std::move(headers),
                                          .most_answer = protocol::kMostBundleBytes,
                                          .timeout = kBundleTimeout,
                                          .give_up = [&] { return gave_up = gave_up || is_due_elsewhere(); }});
    if (!answer && gave_up) {
        platform::log_info("fetching a bundle gave way to what cannot wait");
        return {};
    }
    if (!answer) return fail(answer.error(), "fetching a bundle");
    if (answer->status == 304) return {};
    if (answer->status == 200) {
        return take({.etag = wanted, .signature = header(*answer, "milepost-bundle-signature"), .packed = answer->body},
                    kiosk);
    }
    failed_.not_before = parts_.clock.steady() + asked_to_wait(answer->status, answer->headers).value_or(0s);
    return fail(Fault::Unavailable, fmt::format("fetching a bundle: the store answered {} {}", answer->status,
                                                protocol::problem_name(answer->body)));
}

Result<void> BundleFetcher::take(const Fetched& fetched, const KioskBundles& kiosk) {
    if (staged_.version > 0 && staged_.packed_digest == digest_of(fetched.packed)) {
        return stage(fetched, staged_.version);  // the same under another name
    }
    const auto opened = protocol::open_bundle(fetched.packed, fetched.signature,
                                              {.store_keys = parts_.identity.store_keys(),
                                               .device = parts_.identity.device,
                                               .above = std::max(staged_.version, kiosk.shown.version)});
    if (!opened) return refuse(fetched, opened.error());
    if (auto learnt = learn_next_key(*opened); !learnt) return learnt;
    if (kiosk_must_come_first(kiosk, {opened->signed_by})) return {};
    return stage(fetched, opened->version);
}

Result<void> BundleFetcher::stage(const Fetched& fetched, std::int64_t version) {
    std::error_code error;
    std::filesystem::create_directory(folder(), error);
    const auto bytes = protocol::encode(
        protocol::BundleParcel{.etag = fetched.etag, .signature = fetched.signature, .packed = fetched.packed});
    auto written =
        platform::write_file_atomically(folder() / protocol::parcel_name(version), bytes, platform::Readers::Group);
    if (!written) return fail(written.error(), "keeping a bundle");
    if (auto told = tell(version); !told) return told;
    staged_ = {.version = version, .etag = fetched.etag, .packed_digest = digest_of(fetched.packed)};
    remove_older();
    platform::log_info(fmt::format("bundle {} was fetched and is handed over to the kiosk", version));
    return {};
}

Result<void> BundleFetcher::refuse(const Fetched& fetched, const protocol::BundleRefusal& refusal) {
    RefusedBundle refused{.etag = fetched.etag, .version = refusal.version, .reasons = refusal.reasons};
    refused.reasons.resize(std::min(refused.reasons.size(), kMostReasons));
    const StatusChange change[] = {{kBundleRefused, to_text(refused)}};
    if (auto put = parts_.sync.put(change); !put) return put;
    keep_aside(fetched, refusal.version.value_or(0));
    return fail(Fault::Refused,
                fmt::format("the store's bundle {} is refused: {}", refused.etag, fmt::join(refused.reasons, "; ")));
}

/// For people to look at, the last one alone.
void BundleFetcher::keep_aside(const Fetched& fetched, std::int64_t version) const {
    std::error_code ignored;
    std::filesystem::create_directory(folder(), ignored);
    const auto name = protocol::parcel_name(version, protocol::kRejectedEnding);
    const auto bytes = protocol::encode(
        protocol::BundleParcel{.etag = fetched.etag, .signature = fetched.signature, .packed = fetched.packed});
    if (auto kept = platform::write_file_atomically(folder() / name, bytes); !kept) {
        platform::log_warning("keeping a refused bundle: " + kept.error().message);
    }
    for (const auto& file : std::filesystem::directory_iterator{folder(), ignored}) {
        const auto other = file.path().filename().string();
        if (other.ends_with(protocol::kRejectedEnding) && other != name) std::filesystem::remove(file.path(), ignored);
    }
}

/// From one that is signed with the next key already: nothing. It is the store's once an answer has it.
Result<void> BundleFetcher::learn_next_key(const protocol::Bundle& bundle) {
    Identity with_next = parts_.identity;
    if (bundle.signed_by != with_next.store_key || bundle.next_store_key == with_next.next_store_key) return {};
    auto keys = read_key_file(parts_.data);
    if (!keys) return fail(keys.error(), "keeping the store's next key");
    with_next.next_store_key = bundle.next_store_key;
    keys->identity = with_next;
    if (auto kept = write_key_file(parts_.data, *keys); !kept)
        return fail(kept.error(), "keeping the store's next key");
    parts_.identity = std::move(with_next);
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
