#include "sync/device/bundle_fetcher.h"

#include "platform/encoding.h"
#include "platform/log.h"
#include "platform/storage.h"
#include "sync/device/retry.h"
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

/// Whether the kiosk takes bundles and does not know this key, "" for none, yet.
bool is_news(const KioskBundles& kiosk, const std::string& key) {
    return !key.empty() && !kiosk.trusts.empty() && std::ranges::find(kiosk.trusts, key) == kiosk.trusts.end();
}

StagedBundles::Copies copies_for(const KioskBundles& kiosk, const std::string& next_store_key) {
    return is_news(kiosk, next_store_key) ? StagedBundles::Copies::Two : StagedBundles::Copies::One;
}

}  // namespace

std::string to_text(const RefusedBundle& refused) {
    nlohmann::ordered_json object{
        {"etag", refused.etag}, {"version", nullptr}, {"reasons", refused.reasons}, {"release", refused.release}};
    if (refused.version) object["version"] = *refused.version;
    return protocol::to_text(object);
}

RefusedBundle read_refused(const std::string& text) {
    const auto object = protocol::parse_object(text);
    if (!object) return {};
    protocol::Members members{*object};
    RefusedBundle refused{.etag = members.text("etag"),
                          .version = {},
                          .reasons = members.texts("reasons"),
                          .release = members.optional_text("release").value_or("")};
    if (members.has("version")) refused.version = members.integer("version");
    return members.fault() ? RefusedBundle{} : refused;
}

BundleFetcher::BundleFetcher(Parts parts) : parts_(std::move(parts)), files_(parts_.data), staged_(files_.newest()) {
    // A start or a lost sync.db lies between a bundle and the word that it is there: the kiosk needs no network for it.
    if (auto told = tell_staged(); !told) platform::log_error(told.error().message);
}

/// What the kiosk has not looked at the card may have damaged since; then it is fetched again.
void BundleFetcher::look_again(const KioskBundles& kiosk) {
    if (staged_.version > std::max(kiosk.shown.version, kiosk.rejected)) staged_ = files_.newest();
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

/// By this release: another one may know what this one does not.
bool BundleFetcher::is_refused(const std::string& etag) const {
    const auto known = parts_.sync.status().find(kBundleRefused);
    if (known == parts_.sync.status().end()) return false;
    const auto refused = read_refused(known->second);
    return refused.etag == etag && refused.release == MILEPOST_VERSION;
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
    const auto kiosk = read_kiosk_bundles(parts_.data);
    if (kiosk) look_again(*kiosk);
    if (auto told = tell_staged(); !told) return told;
    if (wanted == staged_.etag || is_refused(wanted)) return {};
    if (!kiosk) return std::unexpected{kiosk.error()};
    if (wanted == kiosk->shown.etag || kiosk_must_come_first(*kiosk, parts_.identity.store_keys())) return {};
    if (failed_.etag != wanted) failed_ = {.etag = wanted};
    if (parts_.clock.steady() < std::max(busy_until_, failed_.not_before)) return {};
    if (auto room = check_room(); !room) return room;
    auto fetched = fetch(wanted, *kiosk, is_due_elsewhere);
    if (fetched || fetched.error().fault == Fault::Refused) {
        failed_ = {};
    } else {
        failed_.not_before = parts_.clock.steady() + bundle_backoff(++failed_.times, parts_.chance());
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
        if (came_meanwhile(header(*answer, "etag"), wanted)) return {};
        return take({.etag = wanted, .signature = header(*answer, "milepost-bundle-signature"), .packed = answer->body},
                    kiosk);
    }
    if (const auto asked = asked_to_wait(answer->status, answer->headers)) {
        wait_for_store(*asked);
        return {};
    }
    return fail(Fault::Unavailable, fmt::format("fetching a bundle: the store answered {} {}", answer->status,
                                                protocol::problem_name(answer->body)));
}

/// Whether the store published between naming `wanted` and giving another one, whose name the next status answer has.
/// Nobody signs this header: where the store names `wanted` a second time it was a proxy's doing, and does not count.
bool BundleFetcher::came_meanwhile(const std::string& etag, const std::string& wanted) {
    if (etag.empty() || etag == wanted || std::exchange(overtaken_, wanted) == wanted) return false;
    platform::log_info(fmt::format("instead of bundle {} another one came, {}: it is fetched again", wanted, etag));
    return true;
}

/// No failure: it has others to serve, as after it published to all of them.
void BundleFetcher::wait_for_store(std::chrono::seconds asked) {
    const auto wait = busy_wait(asked, parts_.chance());
    busy_until_ = parts_.clock.steady() + wait;
    platform::log_info(fmt::format("the store has too much to do: a bundle is asked for again in {} s",
                                   std::chrono::duration_cast<std::chrono::seconds>(wait).count()));
}

Result<void> BundleFetcher::take(const protocol::BundleParcel& fetched, const KioskBundles& kiosk) {
    // The same bytes under another name are no older version.
    const bool is_same = staged_.version > 0 && staged_.packed_digest == digest_of(fetched.packed);
    const auto above = is_same ? staged_.version - 1 : std::max(staged_.version, kiosk.shown.version);
    const auto opened = protocol::open_bundle(
        fetched.packed, fetched.signature,
        {.store_keys = parts_.identity.store_keys(), .device = parts_.identity.device, .above = above});
    if (!opened && opened.error().signed_by.empty()) {
        // Nobody signs the header that the signature travels in: whoever altered it must not decide for ever.
        return fail(Fault::Unavailable, fmt::format("fetching a bundle: {}", fmt::join(opened.error().reasons, "; ")));
    }
    if (!opened) return refuse(fetched, opened.error(), kiosk);
    if (auto learnt = learn_next_key(opened->signed_by, opened->next_store_key); !learnt) return learnt;
    if (kiosk_must_come_first(kiosk, {opened->signed_by})) return {};
    return stage(fetched, opened->version, copies_for(kiosk, opened->next_store_key));
}

Result<void> BundleFetcher::stage(const protocol::BundleParcel& fetched, std::int64_t version,
                                  StagedBundles::Copies copies) {
    auto staged = files_.put(version, fetched, copies);
    if (!staged) return std::unexpected{staged.error()};
    if (auto told = tell(version); !told) return told;
    staged_ = std::move(*staged);
    files_.remove_older(version);
    platform::log_info(fmt::format("bundle {} was fetched and is handed over to the kiosk", version));
    return {};
}

Result<void> BundleFetcher::refuse(const protocol::BundleParcel& fetched, const protocol::BundleRefusal& refusal,
                                   const KioskBundles& kiosk) {
    const auto& next = refusal.next_store_key;
    const auto learnt = next.empty() ? Result<void>{} : learn_next_key(refusal.signed_by, next);
    if (!learnt) return learnt;
    RefusedBundle refused{
        .etag = fetched.etag, .version = refusal.version, .reasons = refusal.reasons, .release = MILEPOST_VERSION};
    refused.reasons.resize(std::min(refused.reasons.size(), kMostReasons));
    const auto told = fail(Fault::Refused, fmt::format("the store's bundle {} is refused: {}", refused.etag,
                                                       fmt::join(refused.reasons, "; ")));
    if (is_news(kiosk, next) && !kiosk_must_come_first(kiosk, {refusal.signed_by})) {
        // The kiosk will not show it either, says why, and learns the key, which nothing else will tell it.
        if (auto staged = stage(fetched, *refusal.version, StagedBundles::Copies::Two); !staged) return staged;
        return told;
    }
    const StatusChange change[] = {{kBundleRefused, to_text(refused)}};
    if (auto put = parts_.sync.put(change); !put) return put;
    files_.put_aside(refusal.version.value_or(0), fetched);
    return told;
}

/// From one that is signed with the next key already: nothing. It is the store's once an answer has it.
Result<void> BundleFetcher::learn_next_key(const std::string& signed_by, const std::string& next_store_key) {
    Identity with_next = parts_.identity;
    if (signed_by != with_next.store_key || next_store_key == with_next.next_store_key) return {};
    auto keys = read_key_file(parts_.data);
    if (!keys) return fail(keys.error(), "keeping the store's next key");
    with_next.next_store_key = next_store_key;
    keys->identity = with_next;
    if (auto kept = write_key_file(parts_.data, *keys); !kept)
        return fail(kept.error(), "keeping the store's next key");
    parts_.identity = std::move(with_next);
    return {};
}

}  // namespace milepost::device
