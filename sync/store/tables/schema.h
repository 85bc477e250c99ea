#pragma once

#include <span>
#include <string_view>

namespace milepost::store {

/// store.db, step by step (platform::migrate). Every unique key of logs, responses, answers and rollups
/// contains log, by which they are one day spread over machines.
[[nodiscard]] std::span<const std::string_view> schema();

}  // namespace milepost::store
