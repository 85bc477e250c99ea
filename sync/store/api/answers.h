#pragma once

#include "platform/error.h"
#include "platform/network/http_server.h"

#include <chrono>
#include <string_view>

namespace milepost::store {

/// application/problem+json (RFC 9457) with one of the names of protocol.md.
[[nodiscard]] platform::ServerAnswer problem(int status, std::string_view name, std::string_view detail);
/// 429 or 503 with Retry-After.
[[nodiscard]] platform::ServerAnswer later(int status, std::string_view name, std::string_view detail,
                                           std::chrono::seconds wait);
[[nodiscard]] platform::ServerAnswer json_answer(int status, std::string body);
/// What a failure inside the store looks like from outside: 503 where trying again can help, else 500.
/// The reason goes to the log, not to the caller.
[[nodiscard]] platform::ServerAnswer failure_answer(const Error& error, std::string_view activity);

/// A header's value; "" when it is not there. `name` in lower case.
[[nodiscard]] std::string_view header(const platform::ServerRequest& request, const std::string& name);

}  // namespace milepost::store
