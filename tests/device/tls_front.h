#pragma once

#include "tests/platform/tls_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <atomic>

namespace milepost::device::test {

/// TLS in front of a plain server on this machine, as a store's proxy does it, and the proxy of the client's network
/// for who asks it to be: every CONNECT leads here. Its clients must die before it.
class TlsFront {
public:
    TlsFront(const platform::Certificate& certificate, int behind)
        : context_(SSL_CTX_new(TLS_server_method())),
          socket_(platform::listen_on("127.0.0.1:0").value()),
          behind_(behind) {
        SSL_CTX_use_certificate(context_, certificate.get());
        SSL_CTX_use_PrivateKey(context_, certificate.key());
        acceptor_ = std::jthread{[this](const std::stop_token& stop) { accept_until(stop); }};
    }
    TlsFront(const TlsFront&) = delete;
    TlsFront& operator=(const TlsFront&) = delete;
    ~TlsFront() {
        acceptor_.request_stop();
        ::shutdown(socket_, SHUT_RDWR);
        acceptor_.join();
        connections_.clear();
        ::close(socket_);
        SSL_CTX_free(context_);
    }
    [[nodiscard]] int port() const { return platform::port_of(socket_); }
    /// How often it was taken for a proxy.
    [[nodiscard]] int connects() const { return connects_; }
    std::atomic<bool> wants_sign_in = false;  ///< as a proxy

private:
    void accept_until(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            pollfd ready{socket_, POLLIN, 0};
            ::poll(&ready, 1, -1);
            const int connection = ::accept(socket_, nullptr, nullptr);
            if (connection >= 0) connections_.emplace_back([this, connection] { serve(connection); });
        }
    }
    [[nodiscard]] int connect_behind() const {
        const int plain = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(behind_));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (plain < 0 || ::connect(plain, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return plain;
        ::close(plain);
        return -1;
    }
    void be_proxy(int connection) {
        char first = 0;
        if (::recv(connection, &first, 1, MSG_PEEK) != 1 || first != 'C') return;
        std::string head;
        while (!head.ends_with("\r\n\r\n") && ::recv(connection, &first, 1, 0) == 1) head += first;
        const std::string_view answer =
            wants_sign_in ? "HTTP/1.1 407 Sign in\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"
                          : "HTTP/1.1 200 Connected\r\n\r\n";
        ::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
        ++connects_;
    }
    void serve(int connection) {
        be_proxy(connection);
        SSL* tls = SSL_new(context_);
        SSL_set_fd(tls, connection);
        if (SSL_accept(tls) == 1) {
            const int plain = connect_behind();
            relay(tls, connection, plain);
            ::close(plain);
        }
        SSL_free(tls);
        ::close(connection);
    }
    static void relay(SSL* tls, int connection, int plain) {
        std::array<char, 16'384> chunk{};
        for (;;) {
            std::array<pollfd, 2> ready{{{connection, POLLIN, 0}, {plain, POLLIN, 0}}};
            if (SSL_pending(tls) == 0 && ::poll(ready.data(), 2, -1) < 0) return;
            if (SSL_pending(tls) > 0 || ready[0].revents != 0) {
                const int length = SSL_read(tls, chunk.data(), static_cast<int>(chunk.size()));
                if (length <= 0 || ::send(plain, chunk.data(), static_cast<std::size_t>(length), MSG_NOSIGNAL) < 0) {
                    return;
                }
            }
            if (ready[1].revents != 0) {
                const auto length = ::recv(plain, chunk.data(), chunk.size(), 0);
                if (length <= 0 || SSL_write(tls, chunk.data(), static_cast<int>(length)) <= 0) return;
            }
        }
    }

    SSL_CTX* context_;
    int socket_;
    int behind_;
    std::atomic<int> connects_ = 0;
    std::vector<std::jthread> connections_;
    std::jthread acceptor_;
};

}  // namespace milepost::device::test
