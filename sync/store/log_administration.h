#pragma once

#include "sync/store/ingest/writing.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>

namespace milepost::store {

/// Requests of administration.h about logs: "import" (a batch of an exported log) and "quarantine replay" (a
/// page of it). nullopt: none of them. Throws json's exceptions for members of a wrong type.
[[nodiscard]] std::optional<Result<nlohmann::json>> log_request(Writing& writing, std::string_view what,
                                                                const nlohmann::json& request);

}  // namespace milepost::store
