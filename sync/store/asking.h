#pragma once

#include "platform/error.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>

namespace milepost::store {

/// Fault::NotFound, with the way out, where there is no store.
[[nodiscard]] Result<void> check_store(const std::filesystem::path& data);

/// Has the running store carry out a request of administration.h, or does it here under the store's lock when
/// none runs. What it gave, or why not.
[[nodiscard]] Result<nlohmann::json> administered(const std::filesystem::path& data, const nlohmann::json& request);

}  // namespace milepost::store
