#include "sync/device/network_test.h"

#include "sync/device/store_link.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/signature.h"

#include <algorithm>
#include <charconv>

namespace milepost::device {
namespace {

using platform::Trouble;
using protocol::NetworkReply;
using protocol::NetworkStep;
using State = NetworkStep::State;
using Why = NetworkStep::Why;

constexpr int kHttpPort = 80;
constexpr int kHttpsPort = 443;

NetworkStep failed(Why why) {
    return {State::Failed, why};
}

/// "host", port of "https://host[:port]", an address of IPv6 with its brackets.
void put_host(const std::string& url, NetworkReply& reply) {
    const auto begin = url.find("://") + 3;
    const auto colon = url.rfind(':');
    const bool has_port = colon >= begin && url.find(']', colon) == std::string::npos && colon != std::string::npos;
    reply.host = url.substr(begin, has_port ? colon - begin : std::string::npos);
    reply.port = url.starts_with("https:") ? kHttpsPort : kHttpPort;
    if (has_port) std::from_chars(url.data() + colon + 1, url.data() + url.size(), reply.port);
}

/// What no answer says about the steps before it.
void put_trouble(Trouble trouble, NetworkReply& reply) {
    const NetworkStep certificate = reply.certificate;
    reply.name = {State::Ok};
    reply.reached = {State::Ok};
    reply.certificate = {State::NotTried};
    switch (trouble) {
        case Trouble::Url:
            reply.name = failed(Why::Address);
            reply.reached = {};
            return;
        case Trouble::Name:
            reply.name = failed(Why::NoName);
            reply.reached = {};
            return;
        case Trouble::NoNetwork:
            reply.reached = failed(Why::NoNetwork);
            return;
        case Trouble::Refused:
            reply.reached = failed(Why::Refused);
            return;
        case Trouble::Silent:
            reply.reached = failed(Why::Silent);
            return;
        case Trouble::Proxy:
            reply.name = {};  // the proxy's to find
            reply.reached = failed(Why::Proxy);
            return;
        case Trouble::Tls:
            reply.certificate = failed(Why::Untrusted);
            return;
        default:
            reply.certificate = certificate;
            reply.time = failed(Why::NotAStore);
            return;
    }
}

NetworkStep judge(const TimeQuestion& asked, const std::vector<std::string>& store_keys) {
    const auto& answer = *asked.answer;
    const auto time = protocol::decode_time_answer(answer.body);
    if (answer.status != 200 || !time || time->nonce != asked.nonce) return failed(Why::NotAStore);
    if (store_keys.empty()) return {State::Ok, Why::NotEnrolled};
    const bool ours = std::ranges::any_of(
        store_keys, [&](const auto& key) { return protocol::check_time(asked.signature(), answer.body, key); });
    return ours ? NetworkStep{State::Ok} : failed(Why::OtherStore);
}

}  // namespace

NetworkReply test_network(const StoreAddress& store, const std::vector<std::string>& store_keys,
                          platform::HttpClient& http) {
    NetworkReply reply;
    put_host(store.url, reply);
    const bool tls = store.url.starts_with("https:");
    const NetworkStep good{tls ? State::Ok : State::NotNeeded};
    reply.certificate = good;
    TimeQuestion asked = ask_store_time(http, store.url, Dates::Checked);
    if (!asked.answer) reply.message = asked.answer.error().message;
    bool dated = false;
    if (!asked.answer && http.trouble() == Trouble::Tls) {
        asked = ask_store_time(http, store.url, Dates::Ignored);
        dated = asked.answer.has_value();
    }
    if (!asked.answer) {
        put_trouble(http.trouble(), reply);
        return reply;
    }
    reply.name = {State::Ok};
    reply.reached = {State::Ok};
    reply.certificate = dated ? failed(Why::Dates) : good;
    reply.time = judge(asked, store_keys);
    return reply;
}

}  // namespace milepost::device
