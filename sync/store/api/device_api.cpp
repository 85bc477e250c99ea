#include "sync/store/api/device_api.h"

#include "platform/compression.h"
#include "platform/log.h"
#include "sync/store/api/answers.h"
#include "sync/store/enrolment.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdlib>

namespace milepost::store {

using platform::HttpServer;
using platform::ServerAnswer;
using platform::ServerRequest;

namespace {

constexpr std::size_t kMostInflated = protocol::kMostBatchBytes + 1'024;  // with the first line
constexpr std::size_t kMostNonce = 200;
constexpr std::size_t kMostStatus = 64 << 10;

Result<std::string> inflate(const ServerRequest& request, std::string body) {
    const auto encoding = header(request, "content-encoding");
    if (encoding == "zstd") return platform::decompress_zstd(body, kMostInflated);
    if (encoding == "gzip") return platform::decompress_gzip(body, kMostInflated);
    if (encoding.empty() || encoding == "identity") return body;
    return fail(Fault::Invalid, "Content-Encoding must be zstd, gzip or absent");
}

ServerAnswer framing_problem(const Error& error) {
    if (error.fault == Fault::Full) return problem(413, "too-large", error.message);
    return problem(400, "malformed", error.message);
}

ServerAnswer gap_problem(const protocol::RecordsAnswer& gap) {
    auto answer = problem(409, "gap", "numbers before these are needed first");
    auto body = nlohmann::ordered_json::parse(answer.body);
    body["epoch"] = gap.epoch;
    body["next"] = gap.next;
    answer.body = body.dump();
    return answer;
}

/// What the store holds of the epoch that a status report names, or of its log's newest.
Result<std::optional<LogEpoch>> held_of(LogTable& logs, const protocol::StatusRequest& report,
                                        std::string_view device) {
    if (!report.log) return std::nullopt;
    const auto log = logs.find(*report.log);
    if (!log) return std::unexpected{log.error()};
    if (!*log || (*log)->device != device) return std::nullopt;
    return report.epoch ? logs.epoch((*log)->log, *report.epoch) : logs.newest_epoch((*log)->log);
}

ServerAnswer outcome_answer(const Result<IngestOutcome>& outcome) {
    if (!outcome) return failure_answer(outcome.error(), "applying a batch");
    switch (outcome->kind) {
        case IngestOutcome::Kind::Applied:
            return json_answer(200, protocol::encode(outcome->answer));
        case IngestOutcome::Kind::Gap:
            return gap_problem(outcome->answer);
        case IngestOutcome::Kind::ForeignLog:
            break;
    }
    return problem(403, "unknown-device", "this log belongs to another device");
}

}  // namespace

class DeviceApi::Exchange {
public:
    Exchange(ServerRequest the_request, protocol::SignatureClaim the_claim, HttpServer::Reply reply,
             const StoreKeys& keys)
        : request(std::move(the_request)), claim(std::move(the_claim)), reply_(std::move(reply)), keys_(&keys) {}

    void send(ServerAnswer answer) {
        answer.headers.emplace("Milepost-Protocol", "1");
        answer.headers.emplace("Milepost-Signature",
                               protocol::sign_answer(claim.nonce, answer.status, answer.body, keys_->signing));
        reply_.send(std::move(answer));
    }

    ServerRequest request;
    protocol::SignatureClaim claim;

private:
    HttpServer::Reply reply_;
    const StoreKeys* keys_;
};

DeviceApi::DeviceApi(const StoreKeys& keys, platform::Clock& clock, Readers& readers, Writer& writer)
    : keys_(keys), clock_(clock), readers_(readers), writer_(writer), enrolments_({}, clock) {}

void DeviceApi::handle(ServerRequest request, HttpServer::Reply reply) {
    if (request.method == "GET" && request.path == "/device/v1/time") return answer_time(request, std::move(reply));
    if (readers_.is_full() || writer_.is_full()) {
        return reply.send(later(503, "busy", "the store has too much to do", std::chrono::seconds{5}));
    }
    readers_.post([this, request = std::move(request), reply = std::move(reply)](Reading& reading) mutable {
        work(reading, std::move(request), std::move(reply));
    });
}

void DeviceApi::answer_time(const ServerRequest& request, HttpServer::Reply reply) {
    const auto nonce = request.query.find("nonce");
    if (nonce == request.query.end() || nonce->second.empty() || nonce->second.size() > kMostNonce) {
        return reply.send(problem(400, "malformed", "a nonce of 1 to 200 characters is wanted: ?nonce=…"));
    }
    auto answer = json_answer(200, protocol::encode({.time = clock_.now().utc, .nonce = nonce->second}));
    answer.headers.emplace("Milepost-Protocol", "1");
    answer.headers.emplace("Milepost-Signature", protocol::sign_time(answer.body, keys_.signing));
    reply.send(std::move(answer));
}

void DeviceApi::work(Reading& reading, ServerRequest request, HttpServer::Reply reply) {
    const protocol::SignedHeaders headers{.content_digest = std::string{header(request, "content-digest")},
                                          .signature_input = std::string{header(request, "signature-input")},
                                          .signature = std::string{header(request, "signature")}};
    auto claim = protocol::read_signature(request.method, request.path, request.body, headers);
    if (!claim) return reply.send(problem(401, "signature", claim.error().message));
    Exchange exchange{std::move(request), std::move(*claim), std::move(reply), keys_};
    const auto asks_for = [&](std::string_view method, std::string_view path) {
        return exchange.request.method == method && exchange.request.path == path;
    };
    if (asks_for("POST", "/device/v1/enrol")) return enrol(std::move(exchange));
    if (auto refused = refusal(reading, exchange)) return exchange.send(std::move(*refused));
    auto device = exchange.claim.key_id;
    if (asks_for("POST", "/device/v1/records")) return records(reading, std::move(exchange), std::move(device));
    if (asks_for("POST", "/device/v1/status")) return status(reading, std::move(exchange), std::move(device));
    exchange.send(problem(404, "not-found", "this store has nothing there"));
}

std::optional<ServerAnswer> DeviceApi::refusal(Reading& reading, const Exchange& exchange) {
    const auto device = reading.tables.devices.find(exchange.claim.key_id);
    if (!device) return failure_answer(device.error(), "looking up a device");
    if (!*device || (*device)->public_key.empty()) {
        return problem(403, "unknown-device", "no such device is enrolled here");
    }
    if (!protocol::check(exchange.claim, (*device)->public_key)) {
        return problem(401, "signature", "the signature is not by this device's key");
    }
    if ((*device)->revoked) return problem(403, "revoked", "this device's key was revoked");
    const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now().utc).time_since_epoch().count();
    const auto most = protocol::kMostClockSkewSeconds;
    if (exchange.claim.created < now - most || exchange.claim.created > now + most) {
        return problem(401, "clock", "`created` is more than 600 s away from the store's time");
    }
    return std::nullopt;
}

void DeviceApi::enrol(Exchange exchange) {
    if (const auto wait = enrolments_.try_once(exchange.request.peer)) {
        return exchange.send(later(429, "busy", "too many enrolments from this address", *wait));
    }
    auto request = protocol::decode_enrol_request(exchange.request.body);
    if (!request) return exchange.send(problem(400, "malformed", request.error().message));
    if (exchange.claim.key_id != protocol::kEnrolKeyId || !protocol::check(exchange.claim, request->public_key)) {
        return exchange.send(problem(401, "signature", "the request is not signed by the key that it brings"));
    }
    writer_.post([this, request = std::move(*request), exchange = std::move(exchange)](Writing& writing) mutable {
        const auto answer = attempt(writing, [&](Writing& open) { return store::enrol(open, keys_, request); });
        if (answer) {
            platform::log_info(fmt::format("device {} enrolled", answer->device));
            return exchange.send(json_answer(201, protocol::encode(*answer)));
        }
        if (answer.error().fault == Fault::Refused) return exchange.send(problem(403, "code", answer.error().message));
        exchange.send(failure_answer(answer.error(), "enrolling a device"));
    });
}

void DeviceApi::records(Reading& reading, Exchange exchange, std::string device) {
    auto body = inflate(exchange.request, std::move(exchange.request.body));
    if (!body) return exchange.send(framing_problem(body.error()));
    auto batch = read_batch(std::move(*body), reading.records);
    if (!batch) return exchange.send(framing_problem(batch.error()));
    writer_.post([exchange = std::move(exchange), device = std::move(device),
                  batch = std::move(*batch)](Writing& writing) mutable {
        exchange.send(outcome_answer(attempt(writing, [&](Writing& open) { return ingest(open, device, *batch); })));
    });
}

void DeviceApi::status(Reading& reading, Exchange exchange, std::string device) {
    if (exchange.request.body.size() > kMostStatus) {
        return exchange.send(problem(413, "too-large", "a status report has at most 64 KiB"));
    }
    const auto report = protocol::decode_status_request(exchange.request.body);
    if (!report) return exchange.send(problem(400, "malformed", report.error().message));
    protocol::StatusAnswer answer{.epoch = report->epoch, .next = 1, .server_time = clock_.now().utc};
    const auto held = held_of(reading.tables.logs, *report, device);
    if (!held) return exchange.send(failure_answer(held.error(), "looking up an epoch"));
    if (*held) {
        answer.epoch = (*held)->id;
        answer.next = (*held)->next_seq;
    }
    writer_.post([exchange = std::move(exchange), device = std::move(device),
                  answer = std::move(answer)](Writing& writing) mutable {
        const auto kept = attempt(writing, [&](Writing& open) {
            return open.tables->devices.keep_status(device, exchange.request.body, open.clock.now().utc);
        });
        if (!kept) return exchange.send(failure_answer(kept.error(), "keeping a status report"));
        exchange.send(json_answer(200, protocol::encode(answer)));
    });
}

}  // namespace milepost::store
