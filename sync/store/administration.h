#pragma once

#include "sync/store/ingest/writing.h"

#include <string>
#include <string_view>

namespace milepost::store {

inline constexpr std::string_view kAdmin = "admin";

/// Makes `admin` with a random password and returns it; "" when there is one already.
[[nodiscard]] Result<std::string> make_first_user(Writing& writing);
/// A new random password for `admin`; ends its sessions.
[[nodiscard]] Result<std::string> reset_password(Writing& writing);

/// Makes a survey known and scores the stored responses to it. False: the store knew it already.
/// Fault::Invalid when its revision is there with other content; the TOML's problems name `file`.
[[nodiscard]] Result<bool> add_survey(Writing& writing, std::string_view toml, std::string_view file);

/// What people ask of a store, as one JSON object each way: {"do":"device add",…}, {"do":"survey add",…},
/// {"do":"password reset"} → {"ok":{…}} or {"error":"…"}. The same over the control socket and without.
[[nodiscard]] std::string administer(Writing& writing, std::string_view request);

}  // namespace milepost::store
