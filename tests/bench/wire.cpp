#include "tests/bench/wire.h"

#include "platform/network/listen.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace milepost::bench {
namespace {

int connect_to(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return socket;
    ::close(socket);
    return -1;
}

/// Shut and closed by whoever lets go last.
struct Descriptor {
    explicit Descriptor(int of) : value(of) {
        constexpr int kOn = 1;
        ::setsockopt(value, IPPROTO_TCP, TCP_NODELAY, &kOn, sizeof kOn);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { ::close(value); }
    int value;
};

}  // namespace

class Wire::Lane {
public:
    Lane(std::shared_ptr<Descriptor> from, std::shared_ptr<Descriptor> to, std::chrono::milliseconds delay,
         std::atomic<std::int64_t>& bytes)
        : from_(std::move(from)), to_(std::move(to)), delay_(delay), bytes_(bytes) {
        writer_ = std::jthread{[this] { write_all(); }};
        reader_ = std::jthread{[this] { read_all(); }};
    }
    void end() const {
        ::shutdown(from_->value, SHUT_RDWR);
        ::shutdown(to_->value, SHUT_RDWR);
    }

private:
    struct Piece {
        std::chrono::steady_clock::time_point due;
        std::string bytes;  ///< empty: the end
    };
    void read_all() {
        std::array<char, 65'536> chunk{};
        for (;;) {
            const auto length = ::recv(from_->value, chunk.data(), chunk.size(), 0);
            const std::lock_guard lock{mutex_};
            pieces_.push_back({std::chrono::steady_clock::now() + delay_,
                               length > 0 ? std::string{chunk.data(), static_cast<std::size_t>(length)} : ""});
            changed_.notify_one();
            if (length <= 0) return;
        }
    }
    void write_all() {
        for (;;) {
            Piece piece;
            {
                std::unique_lock lock{mutex_};
                changed_.wait(lock, [&] { return !pieces_.empty(); });
                piece = std::move(pieces_.front());
                pieces_.pop_front();
            }
            std::this_thread::sleep_until(piece.due);
            if (piece.bytes.empty()) {
                ::shutdown(to_->value, SHUT_WR);
                return;
            }
            bytes_ += std::ssize(piece.bytes);
            for (std::string_view left{piece.bytes}; !left.empty();) {
                const auto sent = ::send(to_->value, left.data(), left.size(), MSG_NOSIGNAL);
                if (sent <= 0) break;
                left.remove_prefix(static_cast<std::size_t>(sent));
            }
        }
    }

    std::shared_ptr<Descriptor> from_, to_;
    std::chrono::milliseconds delay_;
    std::atomic<std::int64_t>& bytes_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Piece> pieces_;
    std::jthread reader_, writer_;
};

Wire::Wire(int behind, std::chrono::milliseconds round_trip)
    : behind_(behind), round_trip_(round_trip), listening_(platform::listen_on("127.0.0.1:0").value()) {
    acceptor_ = std::jthread{[this] { accept_all(); }};
}

Wire::~Wire() {
    ended_ = true;
    ::shutdown(listening_, SHUT_RDWR);
    acceptor_.join();
    for (const auto& lane : lanes_) lane->end();
    lanes_.clear();
    ::close(listening_);
}

int Wire::port() const {
    return platform::port_of(listening_);
}

void Wire::accept_all() {
    while (!ended_) {
        pollfd ready{listening_, POLLIN, 0};
        ::poll(&ready, 1, -1);
        const int accepted = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
        if (accepted < 0) continue;
        const auto near = std::make_shared<Descriptor>(accepted);
        const auto far = std::make_shared<Descriptor>(connect_to(behind_));
        lanes_.push_back(std::make_unique<Lane>(near, far, round_trip_ / 2, bytes_));
        lanes_.push_back(std::make_unique<Lane>(far, near, round_trip_ / 2, bytes_));
    }
}

}  // namespace milepost::bench
