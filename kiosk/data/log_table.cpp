#include "kiosk/data/log_table.h"

#include "kiosk/data/prepared.h"

namespace milepost::kiosk {
namespace {

constexpr std::string_view kAppend = R"sql(
    INSERT INTO log(n, epoch, seq, chain_before, line) VALUES ($1, $2, $3, $4, $5))sql";
constexpr std::string_view kNewest = R"sql(
    SELECT n, epoch, seq, chain_before, line FROM log ORDER BY n DESC LIMIT 1)sql";
constexpr std::string_view kBefore = R"sql(
    SELECT n, epoch, seq, chain_before, line FROM log WHERE n < $1 ORDER BY n DESC LIMIT 1)sql";
constexpr std::string_view kAfter = R"sql(
    SELECT n, epoch, seq, chain_before, line FROM log WHERE n > $1 ORDER BY n LIMIT $2)sql";
constexpr std::string_view kPrune = "DELETE FROM log WHERE n <= $1";

LogRow read(const platform::Row& row) {
    return {.n = row.integer(0),
            .epoch = row.integer(1),
            .seq = row.integer(2),
            .chain_before = row.text(3),
            .line = row.text(4)};
}

}  // namespace

Result<LogTable> LogTable::open(platform::Database& database) {
    auto statements = prepare_all<5>(database, {kAppend, kNewest, kAfter, kPrune, kBefore});
    if (!statements) return std::unexpected{statements.error()};
    LogTable table;
    table.append_ = std::move((*statements)[0]);
    table.newest_ = std::move((*statements)[1]);
    table.after_ = std::move((*statements)[2]);
    table.prune_ = std::move((*statements)[3]);
    table.before_ = std::move((*statements)[4]);
    return table;
}

Result<void> LogTable::append(std::int64_t n, std::int64_t epoch, std::int64_t seq, const protocol::Chain& chain_before,
                              std::string_view line) {
    return done(append_->run({n, epoch, seq, platform::Blob{platform::view(chain_before)}, platform::Blob{line}}));
}

Result<std::optional<LogRow>> LogTable::newest() {
    std::optional<LogRow> newest;
    auto run = newest_->run({}, [&](const platform::Row& row) { newest = read(row); });
    if (!run) return std::unexpected{run.error()};
    return newest;
}

Result<std::optional<LogRow>> LogTable::before(std::int64_t n) {
    std::optional<LogRow> row;
    auto run = before_->run({n}, [&](const platform::Row& found) { row = read(found); });
    if (!run) return std::unexpected{run.error()};
    return row;
}

Result<std::vector<LogRow>> LogTable::after(std::int64_t n, std::int64_t most) {
    std::vector<LogRow> rows;
    auto run = after_->run({n, most}, [&](const platform::Row& row) { rows.push_back(read(row)); });
    if (!run) return std::unexpected{run.error()};
    return rows;
}

Result<std::int64_t> LogTable::prune(std::int64_t n) {
    return prune_->run({n});
}

}  // namespace milepost::kiosk
