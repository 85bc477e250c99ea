#include "tests/hostile/wire.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace milepost::hostile {
namespace {

constexpr timeval kPatience{20, 0};

/// The first line, and the headers behind it.
std::pair<std::string, Headers> split(std::string_view head) {
    const auto first_end = head.find("\r\n");
    std::pair<std::string, Headers> parts{std::string{head.substr(0, first_end)}, Headers{}};
    for (head.remove_prefix(first_end + 2); head.find("\r\n") != 0;) {
        const auto end = head.find("\r\n");
        const auto line = head.substr(0, end);
        head.remove_prefix(end + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        std::string name{line.substr(0, colon)};
        std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
        const auto value = line.find_first_not_of(' ', colon + 1);
        parts.second[name] = value == std::string_view::npos ? "" : line.substr(value);
    }
    return parts;
}

std::size_t length_of(const Headers& headers) {
    std::size_t length = 0;
    const auto found = headers.find("content-length");
    if (found == headers.end()) return 0;
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), length);
    return length;
}

}  // namespace

Socket::Socket(Socket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), buffer_(std::move(other.buffer_)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(buffer_, other.buffer_);
    return *this;
}

Socket::~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Socket Socket::connected_to(int port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    return Socket{descriptor};
}

void Socket::write(std::string_view bytes) const {
    constexpr int kOn = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &kOn, sizeof kOn);
    while (!bytes.empty()) {
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool Socket::fill() {
    std::array<char, 65'536> chunk{};
    const auto length = ::recv(descriptor_, chunk.data(), chunk.size(), 0);
    if (length <= 0) return false;
    buffer_.append(chunk.data(), static_cast<std::size_t>(length));
    return true;
}

std::optional<std::string> Socket::read_to(std::string_view text) {
    std::size_t found = 0;
    while ((found = buffer_.find(text)) == std::string::npos) {
        if (!fill()) return std::nullopt;
    }
    return read(found + text.size());
}

std::optional<std::string> Socket::read(std::size_t count) {
    while (buffer_.size() < count) {
        if (!fill()) return std::nullopt;
    }
    std::string bytes = buffer_.substr(0, count);
    buffer_.erase(0, count);
    return bytes;
}

void Socket::reset() {
    const linger at_once{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(descriptor_, -1));
}

std::optional<Request> read_request(Socket& socket) {
    auto head = socket.read_to("\r\n\r\n");
    if (!head) return std::nullopt;
    auto [first, headers] = split(*head);
    auto body = socket.read(length_of(headers));
    if (!body) return std::nullopt;
    const auto method_end = first.find(' ');
    const auto path_end = first.find_first_of(" ?", method_end + 1);
    return Request{.method = first.substr(0, method_end),
                   .path = first.substr(method_end + 1, path_end - method_end - 1),
                   .headers = std::move(headers),
                   .body = std::move(*body),
                   .head = std::move(*head)};
}

std::string Answer::bytes() const {
    std::string text = fmt::format("HTTP/1.1 {} Whatever\r\n", status);
    for (const auto& [name, value] : headers) {
        if (name != "content-length") text += fmt::format("{}: {}\r\n", name, value);
    }
    if (status == 204 || status == 304) return text + "\r\n";
    return text + fmt::format("content-length: {}\r\n\r\n", body.size()) + body;
}

std::optional<Answer> read_answer(Socket& socket) {
    const auto head = socket.read_to("\r\n\r\n");
    if (!head) return std::nullopt;
    auto [first, headers] = split(*head);
    Answer answer{.status = 0, .headers = {}, .body = {}};
    if (const auto space = first.find(' '); space != std::string::npos) {
        std::from_chars(first.data() + space + 1, first.data() + first.size(), answer.status);
    }
    auto body = socket.read(length_of(headers));
    if (!body) return std::nullopt;
    answer.headers = std::move(headers);
    answer.body = std::move(*body);
    return answer;
}

}  // namespace milepost::hostile
