#include "sync/device/enrol.h"

#include "platform/encoding.h"
#include "sync/device/clock_keeper.h"
#include "sync/device/machine.h"
#include "sync/device/progress.h"
#include "sync/device/store_link.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/signature.h"

#include <algorithm>

namespace milepost::device {
namespace {

constexpr std::string_view kEnrolPath = "/device/v1/enrol";
constexpr int kCreated = 201;

/// The key that goes with this code, kept on disk before anybody sees it.
Result<platform::SigningKey> key_for(const Enrolment& enrolment, KeyFile& keys) {
    const std::string code_sha256{platform::view(platform::sha256(enrolment.code))};
    if (keys.offer && keys.offer->code_sha256 == code_sha256) return keys.offer->key;
    keys.offer = Offer{.code_sha256 = code_sha256, .key = platform::SigningKey::generate()};
    if (auto kept = write_key_file(enrolment.data, keys); !kept) return fail(kept.error(), "keeping this device's key");
    return keys.offer->key;
}

using protocol::EnrolOutcome;
template <class T>
using Tried = std::expected<T, EnrolFailure>;

/// What this device could not do itself.
std::unexpected<EnrolFailure> failed(Error error) {
    return std::unexpected{EnrolFailure{EnrolOutcome::Failed, std::move(error)}};
}

EnrolOutcome outcome_of(platform::Trouble trouble) {
    using platform::Trouble;
    switch (trouble) {
        case Trouble::Url:
            return EnrolOutcome::Address;
        case Trouble::Name:
            return EnrolOutcome::Name;
        case Trouble::Tls:
            return EnrolOutcome::Certificate;
        default:
            return EnrolOutcome::Unreachable;
    }
}

Error unreachable(const StoreAddress& store, const Error& error) {
    if (error.fault == Fault::Invalid) return error;
    return {error.fault, "the store at " + store.url + " does not answer: " + error.message +
                             ". Check the address and the network and give the same command again; the code stays "
                             "good for this device while it lives"};
}

EnrolFailure refused(const StoreAddress& store, const StoreAnswer& answer) {
    // A network's log-in page says 403 too, and says nothing about the code.
    if (answer.status == 403 && !protocol::problem_name(answer.body).empty()) {
        return {EnrolOutcome::Code,
                {Fault::Refused,
                 "the store does not take this code: it is mistyped, older than 15 minutes, or another device used "
                 "it. Make a new one there with `milepost-store device add`"}};
    }
    if (answer.status == 503) {
        return {EnrolOutcome::Busy,
                {Fault::Unavailable,
                 "the store cannot enrol this device now; give the same command again in a minute, and if it stays so, "
                 "whoever runs the store finds the reason in its log"}};
    }
    if (answer.status == 429) {
        return {
            EnrolOutcome::Busy,
            {Fault::Unavailable, "the store has seen too many tries; wait a minute and give the same command again"}};
    }
    return {EnrolOutcome::NotAStore,
            {Fault::Unavailable, store.url + " answered " + std::to_string(answer.status) + " " +
                                     protocol::problem_name(answer.body) +
                                     ", not an enrolment. Is that the address of a journey store?"}};
}

Tried<protocol::EnrolAnswer> read_answer(const StoreAddress& store, const StoreAnswer& answer) {
    if (answer.status != kCreated) return std::unexpected{refused(store, answer)};
    auto enrolled = protocol::decode_enrol_answer(answer.body);
    if (enrolled && is_signed_by(answer, enrolled->store_key)) return std::move(*enrolled);
    return std::unexpected{EnrolFailure{
        EnrolOutcome::NotAStore,
        {Fault::Unavailable, "what answered at " + store.url +
                                 " is not a journey store (no right signature): a log-in page of the network, "
                                 "or a proxy. Check the address and the network"}}};
}

/// Records belong to the store that they were collected for, which sync.db still names where the key was lost.
Result<void> check_same_store(const KeyFile& keys, const SyncDatabase& sync, const protocol::EnrolAnswer& answer,
                              const LogState& state) {
    const auto noted = [&](std::string_view fact) {
        const auto found = sync.status().find(fact);
        return found == sync.status().end() ? std::string{} : found->second;
    };
    const auto key = keys.identity ? platform::to_base64(keys.identity->store_key) : noted(kStoreKey);
    const auto url = keys.identity ? keys.identity->store.url : noted(kStoreUrl);
    if (key.empty() || key == platform::to_base64(answer.store_key) || state.epochs.empty()) return {};
    if (const auto unsent = state.unsent(); unsent > 0) {
        return fail(Fault::Refused, "this is another store than the one that this device is enrolled at (" + url +
                                        "), and " + std::to_string(unsent) +
                                        " records for that one are not sent yet: let `milepost-sync run --once` send "
                                        "them first");
    }
    return fail(Fault::Refused, "this is another store than the one that this device is enrolled at (" + url +
                                    "), whose records are kept here: enrol with a new, empty data directory");
}

std::string fingerprint_of(const Identity& identity) {
    return protocol::fingerprint(identity.key.public_key, identity.store_key, identity.contact_key);
}

Result<void> keep(const Enrolment& enrolment, const Identity& identity, KeyFile& keys, SyncDatabase& sync,
                  const platform::Stamp& now) {
    keys.identity = identity;
    if (auto kept = write_key_file(enrolment.data, keys); !kept) return fail(kept.error(), "keeping the enrolment");
    auto changes = facts_of(identity);
    changes.push_back({kLastContact, std::to_string(now.utc.time_since_epoch().count())});
    changes.push_back({kLastError, ""});
    changes.push_back({kStoreRefuses, ""});
    return sync.put(changes);
}

}  // namespace

std::vector<StatusChange> facts_of(const Identity& identity) {
    return {{kDevice, identity.device},
            {kTouchpoint, identity.touchpoint},
            {kStoreUrl, identity.store.url},
            {kFingerprint, fingerprint_of(identity)},
            {kStoreKey, platform::to_base64(identity.store_key)},
            {kContactKeyId, identity.contact_key_id},
            {kContactKey, platform::to_base64(identity.contact_key)}};
}

Result<std::string> tidy_store_url(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    const auto scheme = url.find("://");
    const auto name = scheme == std::string::npos ? std::string{} : url.substr(0, scheme);
    if (name != "http" && name != "https") {
        return fail(Fault::Invalid,
                    "\"" + url + "\" is not a store's address; it looks like https://store.example:8443");
    }
    if (url.find_first_of("/?#", scheme + 3) != std::string::npos) {
        return fail(Fault::Invalid, "\"" + url + "\": a store's address ends behind the host and port");
    }
    return url;
}

Result<std::string> store_url_as_typed(std::string_view typed) {
    const auto first = typed.find_first_not_of(' ');
    const auto last = typed.find_last_not_of(' ');
    std::string url{first == std::string_view::npos ? "" : typed.substr(first, last - first + 1)};
    std::ranges::transform(url, url.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (url.find("://") == std::string::npos) url.insert(0, "https://");
    auto tidy = tidy_store_url(std::move(url));
    if (tidy && tidy->ends_with("//")) return fail(Fault::Invalid, "no store's address was given");
    return tidy;
}

std::expected<Enrolled, EnrolFailure> enrol_within(const Enrolment& enrolment, SyncDatabase& sync,
                                                   platform::HttpClient& http, platform::Clock& clock) {
    auto keys = read_key_file(enrolment.data);
    if (!keys) return failed(keys.error());
    DeviceLog log{enrolment.data};
    const auto state = Progress{log, sync}.state();
    if (!state) return failed(state.error());
    const auto key = key_for(enrolment, *keys);
    if (!key) return failed(key.error());

    protocol::EnrolRequest request{.code = enrolment.code,
                                   .public_key = key->public_key,
                                   .log = {},
                                   .hardware = hardware_model(),
                                   .version = MILEPOST_VERSION};
    if (!state->epochs.empty()) request.log = state->epochs.front().id;
    const auto body = protocol::encode(request);
    const auto answer = send_signed(
        http, clock, enrolment.store.url,
        {.path = kEnrolPath,
         .body = body,
         .headers = {{"Content-Type", "application/json"}},
         .ignore_certificate_dates = true},
        {.key = *key, .key_id = protocol::kEnrolKeyId, .created = clock.now().utc.time_since_epoch().count() / 1'000});
    if (!answer) {
        return std::unexpected{EnrolFailure{outcome_of(http.trouble()), unreachable(enrolment.store, answer.error())}};
    }
    const auto enrolled = read_answer(enrolment.store, *answer);
    if (!enrolled) return std::unexpected{enrolled.error()};
    if (auto same = check_same_store(*keys, sync, *enrolled, *state); !same) {
        return std::unexpected{EnrolFailure{EnrolOutcome::OtherStore, same.error()}};
    }

    const Identity identity{.device = enrolled->device,
                            .touchpoint = enrolled->touchpoint,
                            .store = enrolment.store,
                            .store_key = enrolled->store_key,
                            .contact_key_id = enrolled->contact_key_id,
                            .contact_key = enrolled->contact_key,
                            .key = *key,
                            .next_key = {}};
    if (auto kept = keep(enrolment, identity, *keys, sync, clock.now()); !kept) return failed(kept.error());
    auto keeper = ClockKeeper{sync};
    if (auto kept = keeper.offer(estimate_clock(enrolled->server_time, answer->sent, answer->received)); !kept) {
        return failed(kept.error());
    }
    return Enrolled{
        .device = identity.device, .touchpoint = identity.touchpoint, .fingerprint = fingerprint_of(identity)};
}

Result<Enrolled> enrol(const Enrolment& enrolment, platform::HttpClient& http, platform::Clock& clock) {
    auto sync = SyncDatabase::open(enrolment.data);
    if (!sync) return std::unexpected{sync.error()};
    auto enrolled = enrol_within(enrolment, *sync, http, clock);
    if (!enrolled) return std::unexpected{enrolled.error().error};
    return std::move(*enrolled);
}

}  // namespace milepost::device
