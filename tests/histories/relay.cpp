#include "tests/histories/relay.h"

#include "platform/compression.h"
#include "platform/network/listen.h"
#include "sync/protocol/batch.h"
#include "sync/protocol/messages.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace milepost::histories {
namespace {

using hostile::Answer;
using hostile::Request;
using hostile::Socket;

constexpr std::string_view kRecords = "/device/v1/records";
constexpr std::string_view kStatus = "/device/v1/status";

void raise(std::map<std::string, std::int64_t>& marks, const std::string& epoch, std::int64_t last) {
    auto& mark = marks[epoch];
    mark = std::max(mark, last);
}

std::string sender_of(const Request& request) {
    constexpr std::string_view kKeyId = "keyid=\"";
    const auto found = request.headers.find("signature-input");
    if (found == request.headers.end()) return {};
    const auto begin = found->second.find(kKeyId);
    if (begin == std::string::npos) return {};
    const auto from = begin + kKeyId.size();
    return found->second.substr(from, found->second.find('"', from) - from);
}

}  // namespace

Relay::Relay() : listening_(platform::listen_on("127.0.0.1:0").value()) {
    acceptor_ = std::jthread{[this] { accept_all(); }};
}

Relay::~Relay() {
    ended_ = true;
    ::shutdown(listening_, SHUT_RDWR);
    acceptor_.join();
    connections_.clear();
    ::close(listening_);
}

std::string Relay::url() const {
    return "http://127.0.0.1:" + std::to_string(platform::port_of(listening_));
}

void Relay::plan(std::optional<Harm> harm) {
    const std::lock_guard lock{mutex_};
    harm_ = std::move(harm);
}

bool Relay::happened() {
    const std::lock_guard lock{mutex_};
    return !harm_;
}

bool Relay::happens_within(std::chrono::milliseconds patience) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, patience, [this] { return !harm_; });
}

Told Relay::told() {
    const std::lock_guard lock{mutex_};
    return told_;
}

void Relay::put_back(Told told) {
    const std::lock_guard lock{mutex_};
    told_ = std::move(told);
}

void Relay::accept_all() {
    while (!ended_) {
        pollfd ready{listening_, POLLIN, 0};
        ::poll(&ready, 1, -1);
        const int descriptor = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor < 0) continue;
        std::erase_if(connections_, [](const Connection& connection) { return connection.done.load(); });
        auto& connection = connections_.emplace_back();
        connection.thread = std::jthread{[this, &connection, socket = Socket{descriptor}]() mutable {
            serve(std::move(socket));
            connection.done = true;
        }};
    }
}

void Relay::serve(Socket socket) {
    while (const auto request = hostile::read_request(socket)) {
        const auto harm = harm_for(*request);
        if (harm && harm->kind == Harm::Kind::LoseRequest) {
            if (harm->kill) harm->kill();
            return socket.reset();
        }
        const bool while_carried_out = harm && harm->kind == Harm::Kind::WhileCarriedOut;
        const auto answer = forward(*request, while_carried_out ? harm->kill : std::function<void()>{});
        if (harm && !while_carried_out && harm->kill) harm->kill();
        if (harm || !answer) return socket.reset();
        socket.write(answer->bytes());
    }
}

std::optional<Harm> Relay::harm_for(const Request& request) {
    const std::lock_guard lock{mutex_};
    if (!harm_ || (!harm_->path.empty() && harm_->path != request.path)) return std::nullopt;
    if (harm_->after-- > 0) return std::nullopt;
    changed_.notify_all();
    return std::exchange(harm_, std::nullopt);
}

std::optional<Answer> Relay::forward(const Request& request, const std::function<void()>& meanwhile) {
    auto upstream = Socket::connected_to(port_);
    upstream.write(request.bytes());
    if (meanwhile) meanwhile();
    auto answer = hostile::read_answer(upstream);
    if (!answer || answer->status == 0) return std::nullopt;
    if (answer->status == 200) note(request);
    return answer;
}

void Relay::note(const Request& request) {
    const auto sender = sender_of(request);
    if (request.path == kRecords) {
        const auto body = platform::decompress_zstd(request.body, protocol::kMostBatchBytes);
        const auto batch = body ? protocol::decode_batch(*body) : std::unexpected{body.error()};
        if (!batch || batch->lines.empty()) return;
        // A line that tells several numbers as lost ends further on: those were never at risk.
        const std::lock_guard lock{mutex_};
        told_.sender[batch->header.log] = sender;
        raise(told_.held, batch->header.epoch, batch->header.first + batch->header.count - 1);
    }
    if (request.path == kStatus) {
        const auto report = protocol::decode_status_request(request.body);
        if (!report || !report->log || !report->epoch) return;
        const std::lock_guard lock{mutex_};
        // Of a log that another device writes to the store takes no word.
        const auto known = told_.sender.find(*report->log);
        if (known != told_.sender.end() && known->second != sender) return;
        raise(told_.named, *report->epoch, report->last_seq);
    }
}

}  // namespace milepost::histories
