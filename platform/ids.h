#pragma once

#include "platform/clock.h"

#include <string>
#include <string_view>

namespace milepost::platform {

/// Random (version 4) UUID, lower case: epochs and logs.
[[nodiscard]] std::string make_uuid4();
/// Time-ordered (version 7, RFC 9562) UUID: responses and events. Not a secret.
[[nodiscard]] std::string make_uuid7(UtcTime now);
/// Eight-four-four-four-twelve lower-case hex digits, any version.
[[nodiscard]] bool is_uuid(std::string_view text);

}  // namespace milepost::platform
