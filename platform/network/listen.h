#pragma once

#include "platform/error.h"

#include <string>

struct sockaddr;

namespace milepost::platform {

/// Whether it reads "ADDRESS:PORT" or "[ADDRESS]:PORT"; the address itself is not tried.
[[nodiscard]] bool is_listen_address(const std::string& address);
/// A listening TCP socket, not blocking, for "ADDRESS:PORT" or "[ADDRESS]:PORT"; the caller closes it.
[[nodiscard]] Result<int> listen_on(const std::string& address);
/// The port that a socket is bound to.
[[nodiscard]] int port_of(int socket);
/// The address alone, IPv4 also where it came in through an IPv6 socket.
[[nodiscard]] std::string host_of(const sockaddr* address);
/// Lets the process have as many descriptors as `count` connections want, if its hard limit allows.
void allow_descriptors(unsigned count);

}  // namespace milepost::platform
