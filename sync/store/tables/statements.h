#pragma once

#include "platform/database.h"

#include <initializer_list>
#include <memory>
#include <string_view>

namespace milepost::store {

using StatementPtr = std::unique_ptr<platform::Statement>;

/// Prepares each statement into its place; stops at the first that fails.
struct ToPrepare {
    StatementPtr& into;
    std::string_view sql;
};
[[nodiscard]] Result<void> prepare(platform::Database& database, std::initializer_list<ToPrepare> statements);

/// The outcome of a statement of which only failure matters.
[[nodiscard]] inline Result<void> done(const Result<std::int64_t>& outcome) {
    if (!outcome) return std::unexpected{outcome.error()};
    return {};
}

}  // namespace milepost::store
