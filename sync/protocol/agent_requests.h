#pragma once

#include "platform/error.h"

#include <array>
#include <string>
#include <string_view>
#include <variant>

namespace milepost::protocol {

// What the kiosk asks the sync agent for, by a row of `request` in device.db, and what the agent answers in
// `reply` of sync.db (device_files.h). Both ends are ours and on one machine.

/// "Make this device known to that store."
struct EnrolWish {
    std::string store_url;  ///< as it was typed; "https://" is added where no scheme stands
    std::string code;
};
/// "How far does the network reach?"
struct NetworkTestWish {
    std::string store_url;  ///< as it was typed; empty: the store that this device is enrolled at
};
/// "Is that the store's answer to this challenge?"
struct UnlockWish {
    std::string challenge;
    std::string answer;
};
using Wish = std::variant<EnrolWish, NetworkTestWish, UnlockWish>;

/// The columns `what` and `data` of a request.
[[nodiscard]] std::string what_of(const Wish& wish);
[[nodiscard]] std::string data_of(const Wish& wish);
[[nodiscard]] Result<Wish> read_wish(std::string_view what, std::string_view data);

/// How an enrolment ended; the kiosk has words for each.
enum class EnrolOutcome {
    Enrolled,
    Address,      ///< is none
    Name,         ///< not found
    Unreachable,  ///< no network, refused or silent
    Certificate,
    NotAStore,   ///< something answered, and it was no journey store
    Code,        ///< wrong, used or expired: a store never says which
    Busy,        ///< too many tries
    OtherStore,  ///< records of another store are kept here
    Failed,      ///< this device's own fault: its disk
};
struct EnrolReply {
    EnrolOutcome outcome = EnrolOutcome::Failed;
    std::string device;
    std::string touchpoint;
    std::string fingerprint;
    std::string message;  ///< of a failure, in English
};

/// A step of the network test and why it failed.
struct NetworkStep {
    enum class State { Ok, Failed, NotTried, NotNeeded };
    enum class Why {
        None,
        Address,
        NoName,
        NoNetwork,
        Refused,
        Silent,
        Proxy,        ///< not there, or it does not let this device through
        Untrusted,    ///< the certificate or its name
        Dates,        ///< the certificate is out of its time, or this device's clock is wrong
        NotAStore,    ///< a log-in page, a proxy, another server
        OtherStore,   ///< a store with another key than ours
        NotEnrolled,  ///< it answers like a store; whose signature that is cannot be known yet
    };
    State state = State::NotTried;
    Why why = Why::None;
};
struct NetworkReply {
    std::string host;
    int port = 0;
    NetworkStep name, reached, certificate, time;
    std::string message;  ///< of the step that failed, in English
    [[nodiscard]] std::array<const NetworkStep*, 4> steps() const { return {&name, &reached, &certificate, &time}; }
};

struct UnlockReply {
    bool right = false;
    bool enrolled = true;  ///< false: there is no store that could have answered
};
/// The agent has begun; the answer takes this one's place.
struct Working {};
/// The agent does not understand what it was asked: it is of another version than the kiosk.
struct Misunderstood {};
using Reply = std::variant<EnrolReply, NetworkReply, UnlockReply, Working, Misunderstood>;

[[nodiscard]] std::string encode(const Reply& reply);
[[nodiscard]] Result<Reply> read_reply(std::string_view text);

}  // namespace milepost::protocol
