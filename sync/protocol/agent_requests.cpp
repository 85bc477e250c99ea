#include "sync/protocol/agent_requests.h"

#include "platform/encoding.h"
#include "sync/protocol/json_members.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace milepost::protocol {
namespace {

using nlohmann::ordered_json;
using State = NetworkStep::State;
using Why = NetworkStep::Why;

template <class Value>
using Names = std::pair<Value, std::string_view>;

constexpr Names<EnrolOutcome> kOutcomes[] = {
    {EnrolOutcome::Enrolled, "enrolled"},
    {EnrolOutcome::Address, "address"},
    {EnrolOutcome::Name, "name"},
    {EnrolOutcome::Unreachable, "unreachable"},
    {EnrolOutcome::Certificate, "certificate"},
    {EnrolOutcome::NotAStore, "not_a_store"},
    {EnrolOutcome::Code, "code"},
    {EnrolOutcome::Busy, "busy"},
    {EnrolOutcome::OtherStore, "other_store"},
    {EnrolOutcome::Failed, "failed"},
};
constexpr Names<State> kStates[] = {
    {State::Ok, "ok"}, {State::Failed, "failed"}, {State::NotTried, "not_tried"}, {State::NotNeeded, "not_needed"}};
constexpr Names<Why> kWhys[] = {
    {Why::None, ""},
    {Why::Address, "address"},
    {Why::NoName, "no_name"},
    {Why::NoNetwork, "no_network"},
    {Why::Refused, "refused"},
    {Why::Silent, "silent"},
    {Why::Proxy, "proxy"},
    {Why::Untrusted, "untrusted"},
    {Why::Dates, "dates"},
    {Why::NotAStore, "not_a_store"},
    {Why::OtherStore, "other_store"},
    {Why::NotEnrolled, "not_enrolled"},
};

template <class Value, std::size_t N>
std::string_view name_of(const Names<Value> (&names)[N], Value value) {
    return std::ranges::find(names, value, &Names<Value>::first)->second;
}

/// A name that nobody knows reads as `otherwise`.
template <class Value, std::size_t N>
Value value_of(const Names<Value> (&names)[N], std::string_view name, Value otherwise) {
    const auto found = std::ranges::find(names, name, &Names<Value>::second);
    return found == std::end(names) ? otherwise : found->first;
}

ordered_json json_of(const NetworkStep& step) {
    return {{"state", name_of(kStates, step.state)}, {"why", name_of(kWhys, step.why)}};
}

NetworkStep step_in(Members& members, std::string_view name) {
    Members step{members.object(name), std::string{name} + "."};
    const NetworkStep read{.state = value_of(kStates, step.text("state"), State::NotTried),
                           .why = value_of(kWhys, step.text("why"), Why::None)};
    members.adopt(step);
    return read;
}

struct Encoder {
    ordered_json operator()(const EnrolReply& reply) const {
        return {{"to", "enrol"},
                {"outcome", name_of(kOutcomes, reply.outcome)},
                {"device", reply.device},
                {"touchpoint", reply.touchpoint},
                {"fingerprint", reply.fingerprint},
                {"message", reply.message}};
    }
    ordered_json operator()(const NetworkReply& reply) const {
        return {{"to", "test_network"},
                {"host", reply.host},
                {"port", reply.port},
                {"name", json_of(reply.name)},
                {"reached", json_of(reply.reached)},
                {"certificate", json_of(reply.certificate)},
                {"time", json_of(reply.time)},
                {"message", reply.message}};
    }
    ordered_json operator()(const UnlockReply& reply) const {
        return {{"to", "unlock"}, {"right", reply.right}, {"enrolled", reply.enrolled}};
    }
    ordered_json operator()(const Working&) const { return {{"to", "working"}}; }
    ordered_json operator()(const Misunderstood&) const { return {{"to", ""}}; }
};

Reply reply_in(Members& members) {
    const std::string to = members.text("to");
    if (to == "enrol") {
        return EnrolReply{.outcome = value_of(kOutcomes, members.text("outcome"), EnrolOutcome::Failed),
                          .device = members.text("device"),
                          .touchpoint = members.text("touchpoint"),
                          .fingerprint = members.text("fingerprint"),
                          .message = members.text("message")};
    }
    if (to == "test_network") {
        return NetworkReply{.host = members.text("host"),
                            .port = static_cast<int>(members.integer("port", 0, 65'535)),
                            .name = step_in(members, "name"),
                            .reached = step_in(members, "reached"),
                            .certificate = step_in(members, "certificate"),
                            .time = step_in(members, "time"),
                            .message = members.text("message")};
    }
    if (to == "unlock") {
        return UnlockReply{.right = members.flag("right", false), .enrolled = members.flag("enrolled", false)};
    }
    if (to == "working") return Working{};
    return Misunderstood{};
}

}  // namespace

std::string what_of(const Wish& wish) {
    constexpr std::array kNames{"enrol", "test_network", "unlock"};
    return kNames[wish.index()];
}

std::string data_of(const Wish& wish) {
    ordered_json data = ordered_json::object();
    if (const auto* enrol = std::get_if<EnrolWish>(&wish)) {
        data = {{"store_url", enrol->store_url}, {"code", enrol->code}};
    } else if (const auto* test = std::get_if<NetworkTestWish>(&wish)) {
        data = {{"store_url", test->store_url}};
    } else if (const auto* unlock = std::get_if<UnlockWish>(&wish)) {
        data = {{"challenge", unlock->challenge}, {"answer", unlock->answer}};
    }
    return to_text(data);
}

Result<Wish> read_wish(std::string_view what, std::string_view data) {
    const auto object = parse_object(data);
    if (!object) return std::unexpected{object.error()};
    Members members{*object};
    Wish wish;
    if (what == "enrol") {
        wish = EnrolWish{.store_url = members.text("store_url"), .code = members.text("code")};
    } else if (what == "test_network") {
        wish = NetworkTestWish{.store_url = members.text("store_url")};
    } else if (what == "unlock") {
        wish = UnlockWish{.challenge = members.text("challenge"), .answer = members.text("answer")};
    } else {
        return fail(Fault::Invalid, "nobody knows the request \"" + std::string{what} + "\"");
    }
    if (members.fault()) return std::unexpected{*members.fault()};
    return wish;
}

std::string encode(const Reply& reply) {
    return to_text(std::visit(Encoder{}, reply));
}

Result<Reply> read_reply(std::string_view text) {
    const auto object = parse_object(text);
    if (!object) return std::unexpected{object.error()};
    Members members{*object};
    Reply reply = reply_in(members);
    if (members.fault()) return std::unexpected{*members.fault()};
    return reply;
}

}  // namespace milepost::protocol
