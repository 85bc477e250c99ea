#include "sync/store/tables/statements.h"

namespace milepost::store {

Result<void> prepare(platform::Database& database, std::initializer_list<ToPrepare> statements) {
    for (const auto& [into, sql] : statements) {
        auto statement = database.prepare(sql);
        if (!statement) return std::unexpected{statement.error()};
        into = std::move(*statement);
    }
    return {};
}

}  // namespace milepost::store
