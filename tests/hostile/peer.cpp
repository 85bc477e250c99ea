#include "tests/hostile/peer.h"

#include "platform/clock.h"
#include "platform/compression.h"
#include "platform/network/listen.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/signature.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace milepost::hostile {
namespace {

constexpr std::string_view kRecords = "/device/v1/records";
constexpr std::string_view kStatus = "/device/v1/status";
constexpr std::string_view kSignature = "milepost-signature";
constexpr std::size_t kKept = 32;
constexpr std::size_t kMostCut = 700;    // bytes of a head and a little more: every place is cut at in turn
constexpr int kMostBlamesOfOneLine = 4;  // the fifth would send it to quarantine, which other tests see to
constexpr unsigned kHonestPercent = 25;

std::string nonce_of(const Request& request) {
    const auto found = request.headers.find("signature-input");
    if (found == request.headers.end()) return {};
    const auto begin = found->second.find("nonce=\"");
    if (begin == std::string::npos) return {};
    return found->second.substr(begin + 7, found->second.find('"', begin + 7) - begin - 7);
}

std::optional<protocol::BatchHeader> batch_of(const Request& request) {
    if (request.path != kRecords) return std::nullopt;
    const auto body = platform::decompress_zstd(request.body, protocol::kMostBatchBytes);
    if (!body) return std::nullopt;
    const auto batch = protocol::decode_batch(*body);
    return batch ? std::optional{batch->header} : std::nullopt;
}

}  // namespace

Peer::Peer(Store store, std::uint64_t seed)
    : store_(std::move(store)), listening_(platform::listen_on("127.0.0.1:0").value()), random_(seed) {
    acceptor_ = std::jthread{[this] { accept_all(); }};
}

Peer::~Peer() {
    ended_ = true;
    ::shutdown(listening_, SHUT_RDWR);
    acceptor_.join();
    connections_.clear();
    ::close(listening_);
}

int Peer::port() const {
    return platform::port_of(listening_);
}

void Peer::set_ends(std::map<std::string, End> ends, std::string newest) {
    const std::lock_guard lock{mutex_};
    ends_ = std::move(ends);
    newest_ = std::move(newest);
}

std::map<std::string_view, long> Peer::tally() {
    const std::lock_guard lock{mutex_};
    std::map<std::string_view, long> named;
    for (const auto& [mischief, times] : tally_) named[name_of(mischief)] = times;
    return named;
}

std::map<std::string, protocol::RecordsAnswer> Peer::acknowledged() {
    const std::lock_guard lock{mutex_};
    return acknowledged_;
}

void Peer::accept_all() {
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

void Peer::serve(Socket socket) {
    while (const auto request = read_request(socket)) {
        const std::lock_guard lock{mutex_};
        if (!answer(socket, *request)) return;
    }
}

bool Peer::answer(Socket& socket, const Request& request) {
    if (honest_ || below(100) < kHonestPercent) {
        const auto honest = forward(request, request.bytes());
        if (honest.status == 0) return false;
        socket.write(honest.bytes());
        return true;
    }
    auto mischief = static_cast<Mischief>(below(kMischiefs));
    while (!fits(mischief, request)) mischief = static_cast<Mischief>(below(kMischiefs));
    // A report stands at the end of every round in which all was sent: this way there is always more to send.
    if (request.path == kStatus && below(2) == 0) {
        mischief = fits(Mischief::ForgedHave, request) && below(3) == 0 ? Mischief::ForgedHave : Mischief::ForgedGap;
    }
    ++tally_[mischief];
    ++faults_;
    return misbehave(mischief, socket, request);
}

bool Peer::fits(Mischief mischief, const Request& request) {
    const bool signed_request = !nonce_of(request).empty();
    switch (mischief) {
        case Mischief::ForgedGap:
            return request.path == kStatus || (request.path == kRecords && !acknowledged_.empty());
        case Mischief::ReplayedAnswer:
            return !old_answers_.empty();
        case Mischief::ForgedAnswer:
            return batch_of(request).has_value();
        case Mischief::ForgedPromise: {
            const auto batch = batch_of(request);
            return batch && ends_.contains(batch->epoch);
        }
        case Mischief::ForgedHave:
            return request.path == kStatus && !newest_.empty();
        case Mischief::Late:
        case Mischief::SentTwice:
        case Mischief::SentTwiceAtOnce:
        case Mischief::AlteredRequest:
            return request.path == kRecords;
        case Mischief::OldOneFirst:
            return !kept_.empty();
        case Mischief::BeyondTheEnd: {
            const auto batch = batch_of(request);
            return batch && ends_.contains(batch->epoch) && batch->first + batch->count > ends_[batch->epoch].last_seq;
        }
        case Mischief::SignedStatus:
        case Mischief::FailureAfterAll:
        case Mischief::WrongNonce:
        case Mischief::WrongKey:
            return signed_request;
        default:
            return true;
    }
}

bool Peer::misbehave(Mischief mischief, Socket& socket, const Request& request) {
    if (mischief < Mischief::CutRequest) return before_store(mischief, socket, request);
    if (mischief == Mischief::CutRequest) {
        const auto bytes = request.bytes();
        const auto upstream = Socket::connected_to(store_.port);
        upstream.write(std::string_view{bytes}.substr(0, cut_requests_++ % bytes.size()));
        socket.reset();
        return false;
    }
    if (mischief == Mischief::AlteredRequest) {
        auto bytes = request.bytes();
        char& byte = bytes[request.head.size() + below(request.body.size())];
        byte = static_cast<char>(byte ^ static_cast<char>(1 + below(255)));
        socket.write(forward(request, bytes).bytes());
        return true;
    }
    if (mischief == Mischief::OldOneFirst) {
        const Request& old = kept_[below(kept_.size())];
        static_cast<void>(forward(old, old.bytes()));
    }
    if (mischief == Mischief::SentTwice) static_cast<void>(forward(request, request.bytes()));
    if (mischief == Mischief::SentTwiceAtOnce) {
        const auto other = Socket::connected_to(store_.port);
        other.write(request.bytes());
        const auto honest = forward(request, request.bytes());
        socket.write(honest.bytes());
        return true;
    }
    auto honest = forward(request, request.bytes());
    if (honest.status == 0) return false;
    return behind_store(mischief, socket, request, std::move(honest));
}

bool Peer::before_store(Mischief mischief, Socket& socket, const Request& request) {
    switch (mischief) {
        case Mischief::SignedStatus:
        case Mischief::UnsignedStatus:
            socket.write(refusal(request, mischief == Mischief::SignedStatus).bytes());
            return true;
        case Mischief::LoginPage:
            socket.write(Answer{200, {{"content-type", "text/html"}}, "<html><form action=/login>"}.bytes());
            return true;
        case Mischief::Redirect: {
            auto answer = sign(request, kRedirects.at(below(kRedirects.size())), "");
            answer.headers["location"] = fmt::format("http://127.0.0.1:{}{}", port(), request.path);
            socket.write(answer.bytes());
            return true;
        }
        case Mischief::ForgedGap:
            socket.write(sign(request, request.path == kStatus ? 200 : 409, lower_place(request)).bytes());
            return true;
        case Mischief::ForgedAnswer: {
            const auto batch = batch_of(request).value_or(protocol::BatchHeader{});
            const auto body = protocol::encode(
                protocol::RecordsAnswer{.epoch = batch.epoch, .next = batch.first + batch.count, .chain = batch.prev});
            socket.write(forged(request, body).bytes());
            return true;
        }
        case Mischief::ForgedPromise: {
            const auto epoch = batch_of(request).value_or(protocol::BatchHeader{}).epoch;
            const auto& end = ends_[epoch];
            const auto body =
                protocol::encode(protocol::RecordsAnswer{.epoch = epoch, .next = end.last_seq + 1, .chain = end.chain});
            socket.write(forged(request, body).bytes());
            return true;
        }
        case Mischief::ForgedHave: {
            const auto body =
                protocol::encode(protocol::StatusAnswer{.epoch = newest_,
                                                        .next = ends_[newest_].last_seq + 1,
                                                        .server_time = platform::SystemClock{}.now().utc});
            socket.write(forged(request, body).bytes());
            return true;
        }
        case Mischief::ReplayedAnswer:
            socket.write(old_answers_[below(old_answers_.size())]);
            return true;
        case Mischief::Garbage: {
            std::string bytes(1 + below(300), '\0');
            std::ranges::generate(bytes, [&] { return static_cast<char>(random_()); });
            socket.write(bytes);
            return false;
        }
        case Mischief::HugeBody:
            socket.write(sign(request, 200, std::string((1 << 20) + 1, 'x')).bytes());
            return false;
        case Mischief::HugeHeaders: {
            auto answer = sign(request, 200, "{}");
            for (int i = 0; i < 40; ++i) answer.headers[fmt::format("x-{}", i)] = std::string(2'000, 'x');
            socket.write(answer.bytes());
            return false;
        }
        case Mischief::BadChunks:
            socket.write(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFFF\r\nxx\r\n0\r\n\r\n");
            return false;
        case Mischief::Late:
            late_.push_back(request);
            socket.reset();
            return false;
        default:
            socket.reset();
            return false;
    }
}

bool Peer::behind_store(Mischief mischief, Socket& socket, const Request& request, Answer honest) {
    switch (mischief) {
        case Mischief::ResetAfter:
            socket.reset();
            return false;
        case Mischief::CutAnswer: {
            const auto bytes = honest.bytes();
            socket.write(std::string_view{bytes}.substr(0, cut_answers_++ % std::min(kMostCut, bytes.size())));
            return false;
        }
        case Mischief::Delay:
            std::this_thread::sleep_for(std::chrono::milliseconds{1 + below(10)});
            break;
        case Mischief::FailureAfterAll:
            honest = refusal(request, true);
            break;
        case Mischief::WrongNonce:
            honest.headers["milepost-signature"] =
                protocol::sign_answer(protocol::make_nonce(), honest.status, honest.body, store_.key);
            break;
        case Mischief::WrongKey:
            honest.headers["milepost-signature"] =
                protocol::sign_answer(nonce_of(request), honest.status, honest.body, stranger_);
            break;
        case Mischief::NoSignature:
            honest.headers.erase(std::string{kSignature});
            break;
        case Mischief::AlteredBody:
            if (!honest.body.empty()) {
                char& byte = honest.body[below(honest.body.size())];
                byte = static_cast<char>(byte ^ static_cast<char>(1 + below(127)));
            }
            break;
        case Mischief::AlteredStatus:
            honest.status = honest.status == 200 ? 409 : 200;
            break;
        case Mischief::BeyondTheEnd:
            if (auto said = protocol::decode_records_answer(honest.body); honest.status == 200 && said) {
                said->next += 1 + static_cast<std::int64_t>(below(1'000'000));
                honest = sign(request, 200, protocol::encode(*said));
            }
            break;
        default:
            return oddly_framed(mischief, socket, honest);
    }
    socket.write(honest.bytes());
    return true;
}

bool Peer::oddly_framed(Mischief mischief, Socket& socket, const Answer& honest) {
    const auto bytes = honest.bytes();
    const auto body = bytes.find("\r\n\r\n") + 4;
    const auto with_length = [&](std::size_t length) {
        auto head = bytes.substr(0, body);
        const auto at = head.find("content-length: ");
        if (at == std::string::npos) return std::string{bytes};
        return head.replace(at, head.find("\r\n", at) - at, fmt::format("content-length: {}", length)) + honest.body;
    };
    switch (mischief) {
        case Mischief::Drip: {
            for (std::size_t at = 0; at < bytes.size();) {
                const auto length = 1 + below(60);
                socket.write(std::string_view{bytes}.substr(at, length));
                at += length;
            }
            return true;
        }
        case Mischief::TwoAnswers:
            socket.write(bytes + (old_answers_.empty() ? bytes : old_answers_.back()));
            return true;
        case Mischief::ShortLength:
            socket.write(with_length(honest.body.size() / 2));
            return true;
        case Mischief::LongLength:
            socket.write(with_length(honest.body.size() + 1 + below(1'000)));
            return false;
        case Mischief::ManyContinues:
            for (int i = 0; i < 30; ++i) socket.write("HTTP/1.1 100 Continue\r\n\r\n");
            socket.write(bytes);
            return true;
        case Mischief::Chunked:
        case Mischief::UntilClosed: {
            const bool chunked = mischief == Mischief::Chunked;
            std::string text = fmt::format("HTTP/1.1 {} Fine\r\n", honest.status);
            if (chunked) text += "transfer-encoding: chunked\r\n";
            for (const auto& [name, value] : honest.headers) {
                if (name != "content-length" && name != "connection") text += fmt::format("{}: {}\r\n", name, value);
            }
            text += "\r\n";
            if (chunked && !honest.body.empty()) text += fmt::format("{:x}\r\n{}\r\n", honest.body.size(), honest.body);
            text += chunked ? "0\r\n\r\n" : honest.body;
            socket.write(text);
            return chunked;
        }
        default:  // those that only did something to the request
            socket.write(bytes);
            return true;
    }
}

Answer Peer::forward(const Request& request, std::string_view bytes) {
    auto upstream = Socket::connected_to(store_.port);
    upstream.write(bytes);
    auto answer = read_answer(upstream);
    if (!answer) return {.status = 0, .headers = {}, .body = {}};
    answer->headers.erase("date");
    if (request.path == kRecords && answer->status == 200) {
        if (const auto said = protocol::decode_records_answer(answer->body)) keep_highest(*said);
    }
    if (request.path == kRecords && kept_.size() < kKept) kept_.push_back(request);
    if (request.path == kRecords && below(4) == 0) kept_[below(kept_.size())] = request;
    if (old_answers_.size() == kKept) old_answers_.pop_front();
    old_answers_.push_back(answer->bytes());
    while (!late_.empty()) {
        const Request late = std::move(late_.front());
        late_.pop_front();
        static_cast<void>(forward(late, late.bytes()));
    }
    return std::move(*answer);
}

/// The answer to an old batch speaks of that batch's end, not of the store's.
void Peer::keep_highest(const protocol::RecordsAnswer& said) {
    const auto [known, is_new] = acknowledged_.try_emplace(said.epoch, said);
    if (!is_new && said.next >= known->second.next) known->second = said;
}

Answer Peer::sign(const Request& request, int status, std::string body) const {
    Answer answer{.status = status, .headers = {{"milepost-protocol", "1"}}, .body = std::move(body)};
    answer.headers[std::string{kSignature}] =
        protocol::sign_answer(nonce_of(request), answer.status, answer.body, store_.key);
    return answer;
}

Answer Peer::forged(const Request& request, std::string body) const {
    auto answer = sign(request, 200, std::move(body));
    answer.headers[std::string{kSignature}] =
        protocol::sign_answer(nonce_of(request), answer.status, answer.body, stranger_);
    return answer;
}

Answer Peer::refusal(const Request& request, bool with_signature) {
    auto refusal = kRefusals.at(below(kRefusals.size()));
    while (would_blame_one_line(request, refusal.status)) refusal = kRefusals.at(below(kRefusals.size()));
    const bool bare = refusal.status == 204 || refusal.status == 304;
    auto answer =
        sign(request, refusal.status, bare ? "" : protocol::encode_problem(refusal.problem, refusal.status, "no"));
    const std::string retry_after{kRetryAfters.at(below(kRetryAfters.size()))};
    if (!retry_after.empty()) answer.headers["retry-after"] = retry_after;
    if (!with_signature) answer.headers.erase(std::string{kSignature});
    return answer;
}

bool Peer::would_blame_one_line(const Request& request, int status) {
    if (status != 400 && status != 413 && status != 500) return false;
    const auto batch = batch_of(request);
    if (!batch || batch->count != 1) return false;
    return ++blamed_alone_[{batch->epoch, batch->first}] > kMostBlamesOfOneLine;
}

std::string Peer::lower_place(const Request& request) {
    protocol::RecordsAnswer place;
    if (!acknowledged_.empty()) {
        place = std::next(acknowledged_.begin(), static_cast<std::ptrdiff_t>(below(acknowledged_.size())))->second;
        place.next = 1 + static_cast<std::int64_t>(below(static_cast<std::size_t>(place.next)));
    }
    if (request.path == kStatus) {
        protocol::StatusAnswer status{
            .epoch = {}, .next = place.next, .server_time = platform::SystemClock{}.now().utc};
        if (!place.epoch.empty()) status.epoch = place.epoch;
        return protocol::encode(status);
    }
    auto problem = nlohmann::json::parse(protocol::encode_problem("gap", 409, "again"));
    problem["epoch"] = place.epoch;
    problem["next"] = place.next;
    return problem.dump();
}

}  // namespace milepost::hostile
