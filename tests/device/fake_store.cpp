#include "tests/device/fake_store.h"

#include "platform/compression.h"
#include "platform/encoding.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/record.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace milepost::device::test {
namespace {

std::string header(const platform::ServerRequest& request, const std::string& name) {
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? std::string{} : found->second;
}

Result<protocol::SignatureClaim> claim_of(const platform::ServerRequest& request) {
    return protocol::read_signature(request.method, request.path, request.body,
                                    {.content_digest = header(request, "content-digest"),
                                     .signature_input = header(request, "signature-input"),
                                     .signature = header(request, "signature")});
}

}  // namespace

FakeStore::FakeStore() {
    auto server = platform::HttpServer::start(
        "127.0.0.1:0", {},
        [this](platform::ServerRequest request, platform::HttpServer::Reply reply) { reply.send(handle(request)); });
    REQUIRE(server);
    server_ = std::move(*server);
}

std::string FakeStore::url() const {
    return "http://127.0.0.1:" + std::to_string(server_->port());
}

void FakeStore::trick(const std::string& path, Trick trick, int times) {
    const std::lock_guard lock{mutex_};
    for (int i = 0; i < times; ++i) tricks_[path].push_back(trick);
}

void FakeStore::set_time(platform::UtcTime time) {
    const std::lock_guard lock{mutex_};
    time_ = time;
}

void FakeStore::forget_from(const std::string& epoch, std::int64_t next) {
    const std::lock_guard lock{mutex_};
    kept_[epoch].erase(kept_[epoch].lower_bound(next), kept_[epoch].end());
    next_[epoch] = next;
    while (!order_.empty() && order_.back() != epoch) {
        kept_.erase(order_.back());
        next_.erase(order_.back());
        order_.pop_back();
    }
}

void FakeStore::ask_for_new_key() {
    const std::lock_guard lock{mutex_};
    wants_new_key_ = true;
}

std::string FakeStore::device_key() {
    const std::lock_guard lock{mutex_};
    return device_key_;
}

void FakeStore::publish(std::string etag, std::string packed, std::string signature) {
    const std::lock_guard lock{mutex_};
    etag_ = std::move(etag);
    packed_ = std::move(packed);
    bundle_signature_ = std::move(signature);
}

void FakeStore::set_code(std::string code) {
    const std::lock_guard lock{mutex_};
    code_ = std::move(code);
}

void FakeStore::change_store_key(platform::SigningKey key) {
    const std::lock_guard lock{mutex_};
    key_ = std::move(key);
}

void FakeStore::forget_device() {
    const std::lock_guard lock{mutex_};
    device_key_.clear();
    next_key_.clear();
}

void FakeStore::poison(const std::string& line, int status, const std::string& problem) {
    const std::lock_guard lock{mutex_};
    poison_[line] = {status, problem};
}

platform::ServerAnswer FakeStore::answer(int status, const std::string& body) const {
    return {.status = status,
            .headers = {{"Milepost-Protocol", "1"},
                        {"Milepost-Signature", protocol::sign_answer(nonce_, status, body, key_)}},
            .body = body};
}

platform::ServerAnswer FakeStore::problem(int status, const std::string& name) const {
    return answer(status, protocol::encode_problem(name, status, ""));
}

std::vector<FakeStore::Upload> FakeStore::uploads() {
    const std::lock_guard lock{mutex_};
    return uploads_;
}

std::vector<std::string> FakeStore::lines() {
    const std::lock_guard lock{mutex_};
    std::vector<std::string> all;
    for (const auto& epoch : order_) {
        for (const auto& [seq, line] : kept_[epoch]) all.push_back(line);
    }
    return all;
}

std::vector<std::string> FakeStore::bodies(const std::string& path) {
    const std::lock_guard lock{mutex_};
    return bodies_[path];
}

bool FakeStore::wait_for_lines(std::size_t count) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, std::chrono::minutes{2}, [&] {
        std::size_t lines = 0;
        for (const auto& [epoch, kept] : kept_) lines += kept.size();
        return lines >= count;
    });
}

platform::ServerAnswer FakeStore::handle(const platform::ServerRequest& request) {
    const std::lock_guard lock{mutex_};
    bodies_[request.path].push_back(request.body);
    const auto claim = claim_of(request);
    nonce_ = claim ? claim->nonce : "";
    auto& tricks = tricks_[request.path];
    if (tricks.empty()) return route(request);
    const auto trick = std::move(tricks.front());
    tricks.pop_front();
    return trick([&] { return route(request); });
}

platform::ServerAnswer FakeStore::route(const platform::ServerRequest& request) {
    if (request.path == "/device/v1/time") return time(request);
    if (request.path == "/device/v1/enrol") return enrol(request);
    if (auto refused = refuse(request)) return *refused;
    if (request.path == "/device/v1/records") return records(request);
    if (request.path == "/device/v1/status") return status();
    if (request.path == "/device/v1/key") return change_key(request);
    if (request.path == "/device/v1/bundle") return bundle(request);
    return problem(404, "not-found");
}

std::optional<platform::ServerAnswer> FakeStore::refuse(const platform::ServerRequest& request) {
    const auto claim = claim_of(request);
    if (claim && !next_key_.empty() && protocol::check(*claim, next_key_)) {
        device_key_ = next_key_;
        next_key_.clear();
        wants_new_key_ = false;
    }
    if (!claim || !protocol::check(*claim, device_key_)) return problem(401, "signature");
    const auto now = time_ ? time_->time_since_epoch().count() / 1'000 : claim->created;
    if (std::abs(now - claim->created) > protocol::kMostClockSkewSeconds) return problem(401, "clock");
    return std::nullopt;
}

platform::ServerAnswer FakeStore::enrol(const platform::ServerRequest& request) {
    const auto claim = claim_of(request);
    const auto asked = protocol::decode_enrol_request(request.body);
    if (!claim || !asked || claim->key_id != protocol::kEnrolKeyId || !protocol::check(*claim, asked->public_key)) {
        return problem(401, "signature");
    }
    if (asked->code != code_ || (!device_key_.empty() && device_key_ != asked->public_key)) return problem(403, "code");
    device_key_ = asked->public_key;
    return answer(201, protocol::encode(protocol::EnrolAnswer{.device = "dev_1",
                                                              .touchpoint = "exit",
                                                              .store_key = key_.public_key,
                                                              .contact_key_id = "k1",
                                                              .contact_key = std::string(32, 'C'),
                                                              .server_time = time_.value_or(platform::UtcTime{})}));
}

platform::ServerAnswer FakeStore::records(const platform::ServerRequest& request) {
    const auto body = platform::decompress_zstd(request.body, protocol::kMostBatchBytes);
    const auto batch = body ? protocol::decode_batch(*body) : Result<protocol::Batch>{fail(body.error(), "zstd")};
    if (!batch) return problem(400, "malformed");
    const auto& epoch = batch->header.epoch;
    for (const auto line : batch->lines) {
        if (const auto bad = poison_.find(line); bad != poison_.end()) {
            return problem(bad->second.first, bad->second.second);
        }
    }
    uploads_.push_back({.header = batch->header, .lines = {batch->lines.begin(), batch->lines.end()}});
    if (next_.count(epoch) == 0) {
        if (batch->header.first != 1) return answer(409, protocol::encode(protocol::RecordsAnswer{epoch, 1, {}}));
        next_[epoch] = 1;
        order_.push_back(epoch);
    }
    auto& next = next_[epoch];
    if (batch->header.first > next) return answer(409, protocol::encode(protocol::RecordsAnswer{epoch, next, {}}));
    auto& chain = chains_[epoch];
    chain = batch->header.prev;
    for (const auto line : batch->lines) {
        const auto record = protocol::read_record(line);
        if (!record) return problem(500, "internal");
        const auto* lost = std::get_if<protocol::LostRecord>(&record->body);
        const auto* raw = std::get_if<protocol::QuarantinedRecord>(&record->body);
        chain = lost != nullptr ? protocol::chain_from_hex(lost->chain.value_or("")).value_or(protocol::kChainStart)
                                : protocol::next(chain, raw != nullptr ? std::string_view{raw->raw} : line);
        kept_[epoch].emplace(record->seq, line);
        next = std::max(next, (lost != nullptr ? lost->until : record->seq) + 1);
    }
    changed_.notify_all();
    return answer(200, protocol::encode(protocol::RecordsAnswer{epoch, next, chain}));
}

platform::ServerAnswer FakeStore::bundle(const platform::ServerRequest& request) const {
    if (etag_.empty()) return problem(404, "not-found");
    const auto held = request.headers.find("if-none-match");
    if (held != request.headers.end() && held->second == etag_) return answer(304, "");
    auto whole = answer(200, packed_);
    whole.headers.emplace("Milepost-Bundle-Signature", bundle_signature_);
    return whole;
}

platform::ServerAnswer FakeStore::status() {
    protocol::StatusAnswer said{.server_time = time_.value_or(platform::UtcTime{}), .rotate_key = wants_new_key_};
    if (!etag_.empty()) said.bundle = etag_;
    if (!order_.empty()) {
        said.epoch = order_.back();
        said.next = next_[order_.back()];
    }
    return answer(200, protocol::encode(said));
}

platform::ServerAnswer FakeStore::change_key(const platform::ServerRequest& request) {
    const auto asked = protocol::decode_key_request(request.body);
    if (!asked || !platform::verify(device_key_, asked->proof, asked->public_key)) return problem(400, "malformed");
    next_key_ = asked->public_key;
    return answer(200, "{}");
}

platform::ServerAnswer FakeStore::time(const platform::ServerRequest& request) const {
    const auto nonce = request.query.find("nonce");
    const auto body = protocol::encode(protocol::TimeAnswer{
        .time = time_.value_or(platform::UtcTime{}), .nonce = nonce == request.query.end() ? "" : nonce->second});
    return {.status = 200, .headers = {{"Milepost-Signature", protocol::sign_time(body, key_)}}, .body = body};
}

}  // namespace milepost::device::test
