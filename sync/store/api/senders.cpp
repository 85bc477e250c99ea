#include "sync/store/api/senders.h"

#include "platform/log.h"
#include "sync/store/api/answers.h"
#include "sync/store/enrolment.h"

#include <utility>

namespace milepost::store {

using namespace std::chrono_literals;
using platform::ServerAnswer;
using platform::ServerRequest;

namespace {

protocol::SignedHeaders headers_of(const ServerRequest& request) {
    return {.content_digest = std::string{header(request, "content-digest")},
            .signature_input = std::string{header(request, "signature-input")},
            .signature = std::string{header(request, "signature")}};
}

std::unexpected<ServerAnswer> refuse(int status, std::string_view name, std::string_view detail) {
    return std::unexpected{problem(status, name, detail)};
}

}  // namespace

Result<protocol::SignatureClaim> claim_of(const ServerRequest& request) {
    return protocol::read_signature(request.method, request.path, request.body, headers_of(request));
}

Senders::Senders(platform::Clock& clock, Writer& writer)
    : clock_(clock),
      writer_(writer),
      strangers_({.burst = 300, .each = 100ms}, clock),
      devices_({.burst = 1'000, .each = 10ms}, clock) {}

/// Who only guesses is told to wait, by the address and the name that was guessed: behind one address there may be
/// many. A device never waits for its guessers, so whether a signature holds is looked at first.
std::expected<Device, ServerAnswer> Senders::sender_of(Reading& reading, const ServerRequest& request) {
    const auto claimed = claimed_by(reading, request);
    auto device = claimed ? check(*claimed, request) : claimed;
    if (!device) {
        if (device.error().status >= 500) return device;
        const auto subject = claimed ? request.peer + " " + claimed->id : request.peer;
        const auto wait = strangers_.try_once(subject);
        if (!wait) return device;
        return std::unexpected{later(429, "busy", "too many requests that are no device's", *wait)};
    }
    if (const auto wait = devices_.try_once(device->id)) {
        return std::unexpected{later(429, "busy", "too many requests from this device", *wait)};
    }
    return device;
}

std::expected<Device, ServerAnswer> Senders::claimed_by(Reading& reading, const ServerRequest& request) {
    const auto names = protocol::read_claim(headers_of(request));
    if (!names) return refuse(401, "signature", names.error().message);
    auto device = reading.tables.devices.find(names->key_id);
    if (!device) return std::unexpected{failure_answer(device.error(), "looking up a device")};
    if (!*device || (*device)->public_key.empty()) {
        return refuse(403, "unknown-device", "no such device is enrolled here");
    }
    return std::move(**device);
}

std::expected<Device, ServerAnswer> Senders::check(Device device, const ServerRequest& request) {
    const auto claim = claim_of(request);
    if (!claim) return refuse(401, "signature", claim.error().message);
    if (!protocol::check(*claim, device.public_key)) {
        auto next_key = std::exchange(device.next_key, {});
        if (next_key.empty() || !protocol::check(*claim, next_key)) {
            return refuse(401, "signature", "the signature is not by this device's key");
        }
        take_key(device.id, next_key);
        device.public_key = std::move(next_key);
        device.rotate_key = false;  // it just did
    }
    if (device.revoked) return refuse(403, "revoked", "this device's key was revoked");
    const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now().utc).time_since_epoch().count();
    const auto most = protocol::kMostClockSkewSeconds;
    if (claim->created < now - most || claim->created > now + most) {
        return refuse(401, "clock", "`created` is more than 600 s away from the store's time");
    }
    return device;
}

/// Both keys are good until this is done, so nobody waits for it.
void Senders::take_key(const std::string& device, const std::string& key) {
    writer_.post([device, key](Writing& writing) {
        const auto taken = attempt(writing, [&](Writing& open) { return store::take_key(open, device, key); });
        if (!taken) platform::log_error(taken.error().while_doing("changing a device's key").message);
    });
}

}  // namespace milepost::store
