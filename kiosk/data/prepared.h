#pragma once

#include "platform/database.h"

#include <array>
#include <memory>
#include <string_view>

namespace milepost::kiosk {

/// A table's statements, prepared in the order of their texts.
template <std::size_t N>
[[nodiscard]] Result<std::array<std::unique_ptr<platform::Statement>, N>> prepare_all(
    platform::Database& database, const std::array<std::string_view, N>& texts) {
    std::array<std::unique_ptr<platform::Statement>, N> statements;
    for (std::size_t i = 0; i < N; ++i) {
        auto statement = database.prepare(texts[i]);
        if (!statement) return std::unexpected{statement.error()};
        statements[i] = std::move(*statement);
    }
    return statements;
}

/// Drops the count of changed rows.
[[nodiscard]] inline Result<void> done(Result<std::int64_t> changed) {
    if (!changed) return std::unexpected{std::move(changed).error()};
    return {};
}

}  // namespace milepost::kiosk
