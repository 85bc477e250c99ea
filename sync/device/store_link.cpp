#include "sync/device/store_link.h"

#include "platform/log.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/signature.h"

#include <algorithm>
#include <chrono>

namespace milepost::device {
namespace {

constexpr std::string_view kTimePath = "/device/v1/time";
constexpr std::string_view kAnswerSignature = "milepost-signature";
constexpr std::int64_t kWorthAnUpdateMs = 100;
constexpr std::int64_t kDriftDivisor = 10'000;  // 100 ppm

std::string header(const std::map<std::string, std::string>& headers, std::string_view name) {
    const auto found = headers.find(std::string{name});
    return found == headers.end() ? std::string{} : found->second;
}

std::int64_t seconds(std::int64_t milliseconds) {
    return milliseconds / 1'000;
}

}  // namespace

ClockEstimate estimate_clock(platform::UtcTime store_time, const platform::Stamp& sent,
                             const platform::Stamp& received) {
    const auto round_trip = received.mono_ms - sent.mono_ms;
    return {.boot = received.boot,
            .utc_minus_mono_ms = store_time.time_since_epoch().count() - (sent.mono_ms + round_trip / 2),
            .error_ms = round_trip / 2 + 1,
            .mono_ms = received.mono_ms};
}

bool is_better(const ClockEstimate& fresh, const ClockEstimate& kept) {
    if (fresh.boot != kept.boot) return true;
    const auto age = fresh.mono_ms - kept.mono_ms;
    return kept.error_ms + age / kDriftDivisor >= fresh.error_ms + kWorthAnUpdateMs;
}

Result<StoreAnswer> send_signed(platform::HttpClient& http, platform::Clock& clock, const std::string& url,
                                const SignedRequest& request, const Signer& signer) {
    const auto nonce = protocol::make_nonce();
    const auto headers = protocol::sign_request({.method = request.method,
                                                 .path = request.path,
                                                 .body = request.body,
                                                 .created = signer.created,
                                                 .nonce = nonce,
                                                 .key_id = signer.key_id},
                                                signer.key);
    platform::HttpRequest http_request{.method = std::string{request.method},
                                       .url = url + std::string{request.path},
                                       .headers = request.headers,
                                       .body = std::string{request.body},
                                       .timeout = request.timeout,
                                       .ignore_certificate_dates = request.ignore_certificate_dates,
                                       .certificate_time = request.certificate_time,
                                       .most_answer = request.most_answer,
                                       .give_up = request.give_up};
    http_request.headers["Signature-Input"] = headers.signature_input;
    http_request.headers["Signature"] = headers.signature;
    if (!headers.content_digest.empty()) http_request.headers["Content-Digest"] = headers.content_digest;

    const auto sent = clock.now();
    auto answer = http.send(http_request);
    if (!answer) return std::unexpected{answer.error()};
    return StoreAnswer{.status = answer->status,
                       .headers = std::move(answer->headers),
                       .body = std::move(answer->body),
                       .nonce = nonce,
                       .sent = sent,
                       .received = clock.now()};
}

std::string TimeQuestion::signature() const {
    return answer ? header(answer->headers, kAnswerSignature) : "";
}

TimeQuestion ask_store_time(platform::HttpClient& http, const std::string& url, Dates dates) {
    const auto nonce = protocol::make_nonce();
    return {.nonce = nonce,
            .answer = http.send({.url = url + std::string{kTimePath} + "?nonce=" + nonce,
                                 .headers = {},
                                 .body = {},
                                 .ignore_certificate_dates = dates == Dates::Ignored})};
}

bool is_signed_by(const StoreAnswer& answer, std::string_view store_key) {
    return protocol::check_answer(header(answer.headers, kAnswerSignature), answer.nonce, answer.status, answer.body,
                                  store_key);
}

StoreLink::StoreLink(const Identity& identity, platform::HttpClient& http, platform::Clock& clock)
    : identity_(identity), http_(http), clock_(clock) {}

Result<StoreAnswer> StoreLink::send(const SignedRequest& request) {
    auto answer = send_once(request);
    const bool asks_for_clock = answer && answer->status == 401 && protocol::problem_name(answer->body) == "clock";
    const bool failed_on_tls = !answer && http_.trouble() == platform::Trouble::Tls;
    if (asks_for_clock || failed_on_tls) {
        const auto asked = ask_time();
        if (!asked && asks_for_clock) return std::unexpected{asked.error()};
        if (asked) answer = send_once(request);
    }
    cut_off_ = !answer && http_.trouble() == platform::Trouble::NoAnswer;
    return answer;
}

Result<StoreAnswer> StoreLink::send_once(SignedRequest request) {
    const auto now = clock_.now();
    const bool by_store = time_ && time_->boot == now.boot;
    const auto utc_ms = by_store ? now.mono_ms + time_->utc_minus_mono_ms : now.utc.time_since_epoch().count();
    if (by_store) request.certificate_time = platform::UtcTime{std::chrono::milliseconds{utc_ms}};
    auto answer = send_signed(http_, clock_, identity_.store.url, request,
                              {.key = identity_.key, .key_id = identity_.device, .created = seconds(utc_ms)});
    if (!answer) return answer;
    saw_next_ = !identity_.next_store_key.empty() && is_signed_by(*answer, identity_.next_store_key);
    if (saw_next_ || is_signed_by(*answer, identity_.store_key)) return answer;
    return fail(Fault::Unavailable, "something else than our store answered at " + identity_.store.url + " (status " +
                                        std::to_string(answer->status) +
                                        ", no right signature): a log-in page of the network, a proxy, or a store "
                                        "with another key");
}

Result<void> StoreLink::ask_time() {
    const auto sent = clock_.now();
    const auto asked = ask_store_time(http_, identity_.store.url, Dates::Ignored);
    const auto& answer = asked.answer;
    if (!answer) return fail(answer.error(), "asking the store for the time");
    const auto received = clock_.now();
    // The store may have begun to use the key that a bundle announced: `send_once` takes its answers too.
    const bool ours = std::ranges::any_of(identity_.store_keys(), [&](const auto& key) {
        return protocol::check_time(asked.signature(), answer->body, key);
    });
    if (answer->status != 200 || !ours) {
        return fail(Fault::Unavailable, "asking the store for the time: the answer is not signed by our store");
    }
    const auto time = protocol::decode_time_answer(answer->body);
    if (!time || time->nonce != asked.nonce) {
        return fail(Fault::Unavailable, "asking the store for the time: the answer is not to our question");
    }
    time_ = estimate_clock(time->time, sent, received);
    platform::log_info("requests go by the store's time, " + platform::format_rfc3339(time->time) +
                       "; this machine's clock said " + platform::format_rfc3339(received.utc));
    return {};
}

}  // namespace milepost::device
