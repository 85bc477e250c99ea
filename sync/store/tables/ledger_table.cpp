#include "sync/store/tables/ledger_table.h"

#include "sync/store/tables/times.h"

namespace milepost::store {

namespace {

using platform::Row;

constexpr std::string_view kLogs =
    "SELECT log, log_id, first_seen_ms FROM log WHERE device = $1 ORDER BY first_seen_ms, log";
constexpr std::string_view kEpochs = R"sql(
    SELECT epoch, epoch_id, prev_epoch, prev_last_seq, prev_held, version, next_seq, first_seen_ms
    FROM log_epoch WHERE log = $1 ORDER BY epoch)sql";
constexpr std::string_view kLost =
    "SELECT epoch, first_seq, last_seq FROM lost WHERE log = $1 ORDER BY epoch, first_seq";
constexpr std::string_view kBreaks =
    "SELECT epoch, seq, at_ms FROM log_break WHERE log = $1 ORDER BY epoch, seq, at_ms";
constexpr std::string_view kQuarantined = R"sql(
    SELECT epoch, COUNT(*) FROM quarantine WHERE log = $1 AND replayed_ms IS NULL GROUP BY epoch ORDER BY epoch)sql";
constexpr std::string_view kNamedEnds =
    "SELECT epoch_id, last_seq, at_ms FROM named_end WHERE log_id = $1 ORDER BY at_ms, epoch_id";
constexpr std::string_view kNamedLogs = R"sql(
    SELECT DISTINCT log_id FROM named_end
    WHERE device = $1 AND log_id NOT IN (SELECT log_id FROM log) ORDER BY log_id)sql";

template <class T, class Read>
Result<std::vector<T>> all(platform::Statement& statement, std::initializer_list<platform::Parameter> parameters,
                           Read read) {
    std::vector<T> rows;
    const auto ran = statement.run(parameters, [&](const Row& row) { rows.push_back(read(row)); });
    if (!ran) return std::unexpected{ran.error()};
    return rows;
}

LedgerTable::EpochRow read_epoch(const Row& row) {
    LedgerTable::EpochRow epoch{.epoch = row.integer(0),
                                .id = row.text(1),
                                .prev_epoch = {},
                                .prev_last_seq = row.integer(3),
                                .prev_held = {},
                                .version = row.text(5),
                                .next_seq = row.integer(6),
                                .first_seen = utc(row.integer(7))};
    if (!row.is_null(2)) epoch.prev_epoch = row.text(2);
    if (!row.is_null(4)) epoch.prev_held = row.integer(4);
    return epoch;
}

}  // namespace

Result<LedgerTable> LedgerTable::open(platform::Database& database) {
    LedgerTable table;
    const auto prepared = prepare(database, {{table.logs_, kLogs},
                                             {table.epochs_, kEpochs},
                                             {table.lost_, kLost},
                                             {table.breaks_, kBreaks},
                                             {table.quarantined_, kQuarantined},
                                             {table.named_ends_, kNamedEnds},
                                             {table.named_logs_, kNamedLogs}});
    if (!prepared) return std::unexpected{prepared.error()};
    return table;
}

Result<std::vector<LedgerTable::LogRow>> LedgerTable::logs_of(std::string_view device) {
    return all<LogRow>(*logs_, {device}, [](const Row& row) {
        return LogRow{.log = row.integer(0), .id = row.text(1), .first_seen = utc(row.integer(2))};
    });
}

Result<std::vector<LedgerTable::EpochRow>> LedgerTable::epochs(std::int64_t log) {
    return all<EpochRow>(*epochs_, {log}, read_epoch);
}

Result<std::vector<LedgerTable::LostRow>> LedgerTable::lost(std::int64_t log) {
    return all<LostRow>(*lost_, {log}, [](const Row& row) {
        return LostRow{.epoch = row.integer(0), .numbers = {.first = row.integer(1), .last = row.integer(2)}};
    });
}

Result<std::vector<LedgerTable::BreakRow>> LedgerTable::breaks(std::int64_t log) {
    return all<BreakRow>(*breaks_, {log}, [](const Row& row) {
        return BreakRow{.epoch = row.integer(0), .seq = row.integer(1), .at = utc(row.integer(2))};
    });
}

Result<std::vector<LedgerTable::QuarantineCount>> LedgerTable::quarantined(std::int64_t log) {
    return all<QuarantineCount>(*quarantined_, {log}, [](const Row& row) {
        return QuarantineCount{.epoch = row.integer(0), .lines = row.integer(1)};
    });
}

Result<std::vector<LedgerTable::NamedEnd>> LedgerTable::named_ends(std::string_view log_id) {
    return all<NamedEnd>(*named_ends_, {log_id}, [](const Row& row) {
        return NamedEnd{.epoch_id = row.text(0), .last_seq = row.integer(1), .at = utc(row.integer(2))};
    });
}

Result<std::vector<std::string>> LedgerTable::named_logs(std::string_view device) {
    return all<std::string>(*named_logs_, {device}, [](const Row& row) { return row.text(0); });
}

}  // namespace milepost::store
