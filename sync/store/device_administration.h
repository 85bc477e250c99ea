#pragma once

#include "sync/store/ingest/writing.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>

namespace milepost::store {

/// Requests of administration.h that begin with "device ": "device add", "device add many", "device replace",
/// "device revoke", "device rotate-key", "device unlock". nullopt: none of them. Throws json's exceptions for members
/// of a wrong type.
[[nodiscard]] std::optional<Result<nlohmann::json>> device_request(Writing& writing, std::string_view what,
                                                                   const nlohmann::json& request);

}  // namespace milepost::store
