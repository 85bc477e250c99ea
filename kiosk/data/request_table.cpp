#include "kiosk/data/request_table.h"

#include "kiosk/data/prepared.h"

#include <utility>
#include <vector>

namespace milepost::kiosk {
namespace {

constexpr std::string_view kPut = "INSERT INTO request(id, what, data) VALUES ($1, $2, $3)";
constexpr std::string_view kList = "SELECT id, data FROM request";
// Of the same length, so that SQLite writes it in the same place.
constexpr std::string_view kOverwrite = "UPDATE request SET data = $1 WHERE id = $2";
constexpr std::string_view kClear = "DELETE FROM request";

}  // namespace

Result<RequestTable> RequestTable::open(platform::Database& database) {
    auto statements = prepare_all<4>(database, {kPut, kList, kOverwrite, kClear});
    if (!statements) return std::unexpected{statements.error()};
    RequestTable table;
    table.put_ = std::move((*statements)[0]);
    table.list_ = std::move((*statements)[1]);
    table.overwrite_ = std::move((*statements)[2]);
    table.clear_ = std::move((*statements)[3]);
    return table;
}

Result<void> RequestTable::put(const std::string& id, const std::string& what, const std::string& data) {
    if (auto cleared = clear(); !cleared) return cleared;
    return done(put_->run({std::string_view{id}, std::string_view{what}, std::string_view{data}}));
}

Result<bool> RequestTable::has_any() {
    bool any = false;
    auto run = list_->run({}, [&](const platform::Row&) { any = true; });
    if (!run) return std::unexpected{run.error()};
    return any;
}

Result<void> RequestTable::clear() {
    std::vector<std::pair<std::string, std::size_t>> there;
    auto run = list_->run({}, [&](const platform::Row& row) { there.emplace_back(row.text(0), row.bytes(1).size()); });
    for (const auto& [id, length] : there) {
        const std::string nothing(length, '-');
        if (run) run = overwrite_->run({std::string_view{nothing}, std::string_view{id}});
    }
    if (run) run = clear_->run({});
    return done(std::move(run));
}

}  // namespace milepost::kiosk
