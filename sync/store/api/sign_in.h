#pragma once

#include "sync/store/ingest/writing.h"

#include <chrono>
#include <optional>
#include <string>

namespace milepost::store {

inline constexpr std::chrono::hours kSessionLife{12};

/// How long after its n-th failure in a row somebody has to wait: nothing before the fifth, then 1, 2, 4 … s,
/// at most 15 minutes.
[[nodiscard]] std::chrono::seconds wait_after(std::int64_t failures);

/// Before a password is looked at: how long this user or address still has to wait; else the try is
/// counted as a failure, which `sign_in` takes back. So tries side by side gain nobody anything.
[[nodiscard]] Result<std::optional<std::chrono::seconds>> begin_sign_in(Writing& writing, const std::string& user,
                                                                        const std::string& peer);
/// After the right password: a new session, whose id (256 random bits, base64url) goes into the cookie.
[[nodiscard]] Result<std::string> sign_in(Writing& writing, const std::string& user, const std::string& peer);

}  // namespace milepost::store
