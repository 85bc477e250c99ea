#include "kiosk/data/epoch_table.h"

#include "kiosk/data/prepared.h"

namespace milepost::kiosk {
namespace {

constexpr std::string_view kNewest = R"sql(
    SELECT number, id, prev_id, last_seq, chain FROM epoch ORDER BY number DESC LIMIT 1)sql";
constexpr std::string_view kEach = R"sql(
    SELECT number, id, prev_id, last_seq, chain FROM epoch ORDER BY number)sql";
constexpr std::string_view kBegin = R"sql(
    INSERT INTO epoch(number, id, prev_id, last_seq, chain) VALUES ($1, $2, $3, NULL, NULL))sql";
constexpr std::string_view kClose = R"sql(
    UPDATE epoch SET last_seq = $2, chain = $3 WHERE number = $1)sql";

EpochRow read(const platform::Row& row) {
    EpochRow epoch{.number = row.integer(0), .id = row.text(1)};
    if (!row.is_null(2)) epoch.prev_id = row.text(2);
    if (!row.is_null(3)) epoch.last_seq = row.integer(3);
    if (!row.is_null(4)) epoch.chain = protocol::chain_from_bytes(row.bytes(4));
    return epoch;
}

}  // namespace

Result<EpochTable> EpochTable::open(platform::Database& database) {
    auto statements = prepare_all<4>(database, {kNewest, kEach, kBegin, kClose});
    if (!statements) return std::unexpected{statements.error()};
    EpochTable table;
    table.newest_ = std::move((*statements)[0]);
    table.each_ = std::move((*statements)[1]);
    table.begin_ = std::move((*statements)[2]);
    table.close_ = std::move((*statements)[3]);
    return table;
}

Result<std::optional<EpochRow>> EpochTable::newest() {
    std::optional<EpochRow> newest;
    auto run = newest_->run({}, [&](const platform::Row& row) { newest = read(row); });
    if (!run) return std::unexpected{run.error()};
    return newest;
}

Result<void> EpochTable::each(const std::function<void(const EpochRow&)>& visit) {
    return done(each_->run({}, [&](const platform::Row& row) { visit(read(row)); }));
}

Result<void> EpochTable::begin(std::int64_t number, const std::string& id, const std::optional<std::string>& prev_id) {
    return done(begin_->run({number, std::string_view{id}, platform::or_null(prev_id)}));
}

Result<void> EpochTable::close(std::int64_t number, std::int64_t last_seq, const protocol::Chain& chain) {
    return done(close_->run({number, last_seq, platform::Blob{platform::view(chain)}}));
}

}  // namespace milepost::kiosk
