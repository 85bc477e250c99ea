#include "sync/store/api/device_api.h"

#include "platform/compression.h"
#include "platform/crypto.h"
#include "platform/log.h"
#include "sync/store/api/answers.h"
#include "sync/store/enrolment.h"
#include "sync/store/ingest/report.h"
#include "sync/store/tables/bundle_table.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace milepost::store {

using namespace std::chrono_literals;
using platform::HttpServer;
using platform::ServerAnswer;
using platform::ServerRequest;

namespace {

constexpr std::size_t kMostInflated = protocol::kMostBatchBytes + 1'024;  // with the first line
constexpr std::size_t kMostNonce = 200;
constexpr std::size_t kMostStatus = 64 << 10;
constexpr std::size_t kMostEnrolment = 16 << 10;
/// Our records pack 20 : 1, the same one again and again 60 : 1.
constexpr std::size_t kMostRatio = 200;
constexpr std::size_t kMostWaitingBytes = 12 << 20;  // of bodies, packed and unpacked, that are worked on
/// Of bundles, which a device on a poor line takes minutes for.
constexpr std::size_t kMostSendingBytes = 16 << 20;
constexpr std::size_t kAnyInflated = 256 << 10;  // a line of the longest kind packs to nothing where it repeats itself

/// 30 s to some five minutes: a thousand kiosks that want a new bundle do not all come back at once.
std::chrono::seconds bundle_wait() {
    return 30s + std::chrono::seconds{static_cast<unsigned char>(platform::random_bytes(1).front())};
}

Result<std::string> inflate(const ServerRequest& request, std::string body) {
    const auto encoding = header(request, "content-encoding");
    const auto most = std::min(kMostInflated, kAnyInflated + body.size() * kMostRatio);
    if (encoding == "zstd") return platform::decompress_zstd(body, most);
    if (encoding == "gzip") return platform::decompress_gzip(body, most);
    if (encoding.empty() || encoding == "identity") return body;
    return fail(Fault::Invalid, "Content-Encoding must be zstd, gzip or absent");
}

ServerAnswer framing_problem(const Error& error) {
    if (error.fault == Fault::Full) return problem(413, "too-large", error.message);
    if (error.fault == Fault::Unavailable) return later(503, "busy", error.message, std::chrono::seconds{5});
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

/// `chain` is null where it is not known, behind numbers that were told as lost without one.
ServerAnswer records_answer(const protocol::RecordsAnswer& held) {
    if (held.chain) return json_answer(200, protocol::encode(held));
    return json_answer(200,
                       nlohmann::ordered_json{{"epoch", held.epoch}, {"next", held.next}, {"chain", nullptr}}.dump());
}

ServerAnswer outcome_answer(const Result<IngestOutcome>& outcome) {
    if (!outcome) return failure_answer(outcome.error(), "applying a batch");
    switch (outcome->kind) {
        case IngestOutcome::Kind::Applied:
            return records_answer(outcome->answer);
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
    Exchange(ServerRequest the_request, HttpServer::Reply reply, const StoreKeys& keys)
        : request(std::move(the_request)), reply_(std::move(reply)), keys_(&keys) {
        nonce_ = protocol::read_nonce(header(request, "signature-input"));
    }

    void send(ServerAnswer answer, std::unique_ptr<platform::AnswerCompanion> companion = nullptr) {
        answer.headers.emplace("Milepost-Protocol", "1");
        answer.headers.emplace("Milepost-Signature",
                               protocol::sign_answer(nonce_, answer.status, answer.body, keys_->signing));
        reply_.send(std::move(answer), std::move(companion));
    }
    /// Room for what it brings, until it is answered; false where there is none now.
    [[nodiscard]] bool takes_room(Budget& room, std::size_t bytes) {
        auto share = room.take(bytes);
        if (share) shares_.push_back(std::move(*share));
        return share.has_value();
    }
    [[nodiscard]] bool asks_for(std::string_view method, std::string_view path) const {
        return request.method == method && request.path == path;
    }

    ServerRequest request;

private:
    HttpServer::Reply reply_;
    std::string nonce_;
    const StoreKeys* keys_;
    std::vector<Budget::Share> shares_;
};

DeviceApi::DeviceApi(const StoreKeys& keys, platform::Clock& clock, Readers& readers, Writer& writer)
    : keys_(keys),
      clock_(clock),
      readers_(readers),
      writer_(writer),
      room_(kMostWaitingBytes),
      sending_(kMostSendingBytes),
      enrolments_({}, clock),
      bundles_({.burst = 10, .each = 60s}, clock),
      senders_(clock, writer) {}

void DeviceApi::handle(ServerRequest request, HttpServer::Reply reply) {
    if (request.method == "GET" && request.path == "/device/v1/time") return answer_time(request, std::move(reply));
    Exchange exchange{std::move(request), std::move(reply), keys_};
    if (exchange.request.too_large) return exchange.send(problem(413, "too-large", "the body is too large"));
    if (readers_.is_full() || writer_.is_full() || !exchange.takes_room(room_, exchange.request.body.size())) {
        return exchange.send(later(503, "busy", "the store has too much to do", 5s));
    }
    readers_.post(
        [this, exchange = std::move(exchange)](Reading& reading) mutable { work(reading, std::move(exchange)); });
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

void DeviceApi::work(Reading& reading, Exchange exchange) {
    if (exchange.asks_for("POST", "/device/v1/enrol")) return enrol(std::move(exchange));
    const auto device = senders_.sender_of(reading, exchange.request);
    if (!device) return exchange.send(device.error());
    serve(reading, std::move(exchange), *device);
}

void DeviceApi::serve(Reading& reading, Exchange exchange, const Device& device) {
    if (exchange.asks_for("POST", "/device/v1/records")) return records(reading, std::move(exchange), device.id);
    if (exchange.asks_for("POST", "/device/v1/status")) return status(reading, std::move(exchange), device);
    if (exchange.asks_for("POST", "/device/v1/key")) return change_key(std::move(exchange), device);
    if (exchange.asks_for("GET", "/device/v1/bundle")) return bundle(reading, std::move(exchange), device);
    exchange.send(problem(404, "not-found", "this store has nothing there"));
}

void DeviceApi::bundle(Reading& reading, Exchange exchange, const Device& device) {
    const auto head = BundleTable{*reading.tables.database}.head_of(device.id);
    if (!head) return exchange.send(failure_answer(head.error(), "looking up a bundle"));
    if (head->etag.empty()) return exchange.send(problem(404, "not-found", "there is no bundle for this device"));
    if (header(exchange.request, "if-none-match") == head->etag) {
        return exchange.send({.status = 304, .headers = {{"ETag", head->etag}}, .body = {}});
    }
    // Before megabytes are read for it: a place, and a try that is not one of hundreds.
    auto place = sending_.take(device.id, head->bytes);
    if (place == nullptr) {
        return exchange.send(
            later(503, "busy", "this device is being sent a bundle, or too many others are", bundle_wait()));
    }
    if (const auto wait = bundles_.try_once(device.id)) {
        return exchange.send(later(429, "busy", "this device fetches its bundle again and again", *wait));
    }
    auto found = BundleTable{*reading.tables.database}.find(device.id);
    if (!found) return exchange.send(failure_answer(found.error(), "looking up a bundle"));
    if (!*found) return exchange.send(problem(404, "not-found", "there is no bundle for this device"));
    exchange.send({.status = 200,
                   .headers = {{"Content-Type", "application/x-tar"},
                               {"Content-Encoding", "zstd"},
                               {"ETag", (*found)->etag},
                               {"Milepost-Bundle-Signature", (*found)->signature}},
                   .body = std::move((*found)->packed)},
                  std::move(place));
}

void DeviceApi::enrol(Exchange exchange) {
    if (const auto wait = enrolments_.try_once(exchange.request.peer)) {
        return exchange.send(later(429, "busy", "too many enrolments from this address", *wait));
    }
    if (exchange.request.body.size() > kMostEnrolment) {
        return exchange.send(problem(413, "too-large", "an enrolment has at most 16 KiB"));
    }
    const auto claim = claim_of(exchange.request);
    if (!claim) return exchange.send(problem(401, "signature", claim.error().message));
    auto request = protocol::decode_enrol_request(exchange.request.body);
    if (!request) return exchange.send(problem(400, "malformed", request.error().message));
    if (claim->key_id != protocol::kEnrolKeyId || !protocol::check(*claim, request->public_key)) {
        return exchange.send(problem(401, "signature", "the request is not signed by the key that it brings"));
    }
    writer_.post([this, request = std::move(*request), exchange = std::move(exchange)](Writing& writing) mutable {
        const auto answer = attempt(writing, [&](Writing& open) { return store::enrol(open, keys_, request); });
        if (answer) {
            platform::log_info(
                fmt::format("device {} enrolled; its screen shows the words {}", answer->device,
                            protocol::fingerprint(request.public_key, answer->store_key, answer->contact_key)));
            return exchange.send(json_answer(201, protocol::encode(*answer)));
        }
        if (answer.error().fault == Fault::Refused) return exchange.send(problem(403, "code", answer.error().message));
        exchange.send(failure_answer(answer.error(), "enrolling a device"));
    });
}

void DeviceApi::change_key(Exchange exchange, const Device& device) {
    if (exchange.request.body.size() > kMostEnrolment) {
        return exchange.send(problem(413, "too-large", "a key has at most 16 KiB"));
    }
    const auto request = protocol::decode_key_request(exchange.request.body);
    if (!request) return exchange.send(problem(400, "malformed", request.error().message));
    if (!platform::verify(device.public_key, request->proof, request->public_key)) {
        return exchange.send(problem(400, "malformed", "`proof` is not the new key's signature over the old one"));
    }
    writer_.post([exchange = std::move(exchange), id = device.id, key = request->public_key](Writing& writing) mutable {
        const auto kept = attempt(writing, [&](Writing& open) { return open.tables->devices.offer_key(id, key); });
        if (!kept) return exchange.send(failure_answer(kept.error(), "keeping a device's new key"));
        exchange.send(json_answer(200, "{}"));
    });
}

void DeviceApi::records(Reading& reading, Exchange exchange, std::string device) {
    auto body = inflate(exchange.request, std::move(exchange.request.body));
    if (!body) return exchange.send(framing_problem(body.error()));
    if (!exchange.takes_room(room_, body->size())) {
        return exchange.send(later(503, "busy", "the store has too many records to take in", 5s));
    }
    auto batch = read_batch(std::move(*body), reading.records);
    if (!batch) return exchange.send(framing_problem(batch.error()));
    writer_.post([exchange = std::move(exchange), device = std::move(device),
                  batch = std::move(*batch)](Writing& writing) mutable {
        exchange.send(outcome_answer(attempt(writing, [&](Writing& open) { return ingest(open, device, *batch); })));
    });
}

void DeviceApi::status(Reading& reading, Exchange exchange, const Device& device) {
    if (exchange.request.body.size() > kMostStatus) {
        return exchange.send(problem(413, "too-large", "a status report has at most 64 KiB"));
    }
    auto report = protocol::decode_status_request(exchange.request.body);
    if (!report) return exchange.send(problem(400, "malformed", report.error().message));
    protocol::StatusAnswer answer{
        .epoch = report->epoch, .next = 1, .server_time = clock_.now().utc, .rotate_key = device.rotate_key};
    const auto held = held_of(reading.tables.logs, *report, device.id);
    if (!held) return exchange.send(failure_answer(held.error(), "looking up an epoch"));
    if (*held) {
        answer.epoch = (*held)->id;
        answer.next = (*held)->next_seq;
    }
    const auto head = BundleTable{*reading.tables.database}.head_of(device.id);
    if (!head) return exchange.send(failure_answer(head.error(), "looking up a bundle"));
    if (!head->etag.empty()) answer.bundle = head->etag;
    writer_.post([exchange = std::move(exchange), device = device.id, report = std::move(*report),
                  answer = std::move(answer)](Writing& writing) mutable {
        const auto kept =
            attempt(writing, [&](Writing& open) { return keep_report(open, device, report, exchange.request.body); });
        if (!kept) return exchange.send(failure_answer(kept.error(), "keeping a status report"));
        exchange.send(json_answer(200, protocol::encode(answer)));
    });
}

}  // namespace milepost::store
