#include "sync/device/key_rotation.h"

#include "platform/log.h"
#include "sync/protocol/messages.h"

#include <utility>

namespace milepost::device {
namespace {

constexpr std::string_view kKeyPath = "/device/v1/key";

}  // namespace

Result<void> KeyRotation::rotate() {
    if (!identity_.next_key) {
        Identity with_next = identity_;
        with_next.next_key = platform::SigningKey::generate();
        if (auto kept = keep(with_next); !kept) return fail(kept.error(), "keeping a new key");
        identity_ = std::move(with_next);
    }
    const auto& next = *identity_.next_key;
    const auto body = protocol::encode(
        protocol::KeyRequest{.public_key = next.public_key, .proof = platform::sign(identity_.key.public_key, next)});
    const auto answer = link_.send({.path = kKeyPath, .body = body, .headers = {{"Content-Type", "application/json"}}});
    if (!answer) return fail(answer.error(), "offering a new key");
    if (answer->status != 200) {
        return fail(Fault::Unavailable, "offering a new key: the store answered " + std::to_string(answer->status) +
                                            " " + protocol::problem_name(answer->body));
    }
    Identity with_new = identity_;
    with_new.key = next;
    with_new.next_key.reset();
    if (auto kept = keep(with_new); !kept) return fail(kept.error(), "keeping the new key");
    identity_ = std::move(with_new);
    platform::log_info("this device signs with a new key from now on");
    return {};
}

bool KeyRotation::try_pending() {
    if (!identity_.next_key) return false;
    std::swap(identity_.key, *identity_.next_key);
    return true;
}

Result<void> KeyRotation::settle(Verdict verdict) {
    if (verdict == Verdict::Refused) {
        std::swap(identity_.key, *identity_.next_key);
        return {};
    }
    identity_.next_key.reset();
    return keep(identity_);
}

Result<void> KeyRotation::keep(const Identity& identity) {
    auto keys = read_key_file(data_);
    if (!keys) return std::unexpected{keys.error()};
    keys->identity = identity;
    return write_key_file(data_, *keys);
}

}  // namespace milepost::device
