#include "platform/network/listen.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <optional>

namespace milepost::platform {

namespace {

constexpr unsigned kOtherDescriptors = 128;  // databases, logs, pipes

using Addresses = std::unique_ptr<addrinfo, decltype([](addrinfo* list) { ::freeaddrinfo(list); })>;

struct HostAndPort {
    std::string host;
    std::string port;
};

std::optional<HostAndPort> split(const std::string& address) {
    const std::size_t colon = address.rfind(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    HostAndPort parts{address.substr(0, colon), address.substr(colon + 1)};
    unsigned port = 0;
    const char* end = parts.port.data() + parts.port.size();
    const auto parsed = std::from_chars(parts.port.data(), end, port);
    if (parsed.ec != std::errc{} || parsed.ptr != end || port > 65'535) return std::nullopt;
    if (parts.host.front() == '[' && parts.host.back() == ']') {
        parts.host = parts.host.substr(1, parts.host.size() - 2);
    } else if (parts.host.find(':') != std::string::npos) {
        return std::nullopt;  // an IPv6 address without brackets: its last group would pass for the port
    }
    return parts;
}

std::unexpected<Error> bind_failure(const std::string& address, int code) {
    switch (code) {
        case EADDRINUSE:
            return fail(Fault::Unavailable,
                        fmt::format("{} is in use; stop what listens there or choose another with --listen", address));
        case EADDRNOTAVAIL:
            return fail(Fault::Invalid,
                        fmt::format("{} is not an address of this machine; choose another with --listen", address));
        case EACCES:
            return fail(Fault::Refused, fmt::format("{}: this user may not listen there; choose a port from 1024 up "
                                                    "with --listen",
                                                    address));
        default:
            return fail(Fault::Io, fmt::format("listening on {}: {}", address, std::strerror(code)));
    }
}

}  // namespace

bool is_listen_address(const std::string& address) {
    return split(address).has_value();
}

Result<int> listen_on(const std::string& address) {
    const auto refuse = [&] {
        return fail(Fault::Invalid,
                    fmt::format("'{}' is not an address and port like 127.0.0.1:8080 or [::1]:8080", address));
    };
    const auto parts = split(address);
    if (!parts) return refuse();
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* list = nullptr;
    if (::getaddrinfo(parts->host.c_str(), parts->port.c_str(), &hints, &list) != 0) return refuse();
    const Addresses addresses{list};
    const int socket = ::socket(list->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket < 0) return bind_failure(address, errno);
    // A restarted server need not wait for its predecessor's last connections; two live ones still collide.
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(socket, list->ai_addr, list->ai_addrlen) != 0 || ::listen(socket, SOMAXCONN) != 0) {
        const int code = errno;
        ::close(socket);
        return bind_failure(address, code);
    }
    return socket;
}

int port_of(int socket) {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) != 0) return 0;
    if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
    return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

std::string host_of(const sockaddr* address) {
    if (address == nullptr) return {};
    char text[INET6_ADDRSTRLEN]{};
    if (address->sa_family == AF_INET) {
        ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text, sizeof text);
    } else if (address->sa_family == AF_INET6) {
        ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, text, sizeof text);
    }
    constexpr std::string_view kMapped = "::ffff:";
    const std::string_view host{text};
    return std::string{host.starts_with(kMapped) ? host.substr(kMapped.size()) : host};
}

void allow_descriptors(unsigned count) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    const rlim_t wanted = std::min<rlim_t>(limit.rlim_max, count + kOtherDescriptors);
    if (limit.rlim_cur >= wanted) return;
    limit.rlim_cur = wanted;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace milepost::platform
