#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace milepost::platform {

/// A TCP connection to loopback that says exactly what it is told.
class RawClient {
public:
    explicit RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    RawClient(RawClient&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), connected_(other.connected_), rest_(std::move(other.rest_)) {}
    RawClient& operator=(RawClient&&) = delete;
    ~RawClient() {
        if (socket_ >= 0) ::close(socket_);
    }

    [[nodiscard]] bool connected() const { return connected_; }

    /// False when the server closed before it took everything.
    bool say(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// One answer with a Content-Length, head and body; shorter when the server closed before.
    std::string hear() {
        std::size_t wanted = std::string::npos;
        for (;;) {
            const std::size_t head = rest_.find("\r\n\r\n");
            if (head != std::string::npos && wanted == std::string::npos) {
                const std::size_t length = rest_.find("Content-Length: ");
                wanted = head + 4 + (length < head ? std::strtoul(rest_.c_str() + length + 16, nullptr, 10) : 0);
            }
            if (rest_.size() >= wanted) break;
            char chunk[4096];
            const ssize_t received = ::recv(socket_, chunk, sizeof chunk, 0);
            if (received <= 0) return std::exchange(rest_, {});
            rest_.append(chunk, static_cast<std::size_t>(received));
        }
        std::string answer = rest_.substr(0, wanted);
        rest_.erase(0, wanted);
        return answer;
    }

    /// What comes first, and no more than that.
    std::string hear_some() {
        char chunk[1024];
        const ssize_t received = ::recv(socket_, chunk, sizeof chunk, 0);
        return {chunk, received > 0 ? static_cast<std::size_t>(received) : 0};
    }

    /// Everything up to the server's end of the connection.
    std::string hear_all() {
        char chunk[4096];
        for (ssize_t received = 0; (received = ::recv(socket_, chunk, sizeof chunk, 0)) > 0;) {
            rest_.append(chunk, static_cast<std::size_t>(received));
        }
        return std::exchange(rest_, {});
    }

private:
    int socket_;
    bool connected_ = false;
    std::string rest_;
};

}  // namespace milepost::platform
