#pragma once

#include "sync/store/bundles.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>

namespace milepost::store {

/// An order as a request of administration.h, {"do":"bundle publish",…}; its answer is {"published":[{"device","name",
/// "version"}]}.
[[nodiscard]] nlohmann::json to_request(const BundleOrder& order);
/// nullopt: not one of ours. Throws json's exceptions for members of a wrong type.
[[nodiscard]] std::optional<Result<nlohmann::json>> bundle_request(const WriterTurn& turn, std::string_view what,
                                                                   const nlohmann::json& request);

}  // namespace milepost::store
