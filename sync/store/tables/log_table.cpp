#include "sync/store/tables/log_table.h"

#include "sync/store/tables/times.h"

namespace milepost::store {

namespace {

using platform::Blob;
using platform::Parameter;

constexpr std::string_view kDeviceOf = "SELECT device FROM log WHERE log_id = $1";
constexpr std::string_view kAdd = "INSERT INTO log(log_id, device, first_seen_ms) VALUES ($1, $2, $3)";
constexpr std::string_view kEpoch = R"sql(
    SELECT log_id, epoch, prev_epoch, prev_last_seq, prev_chain, hardware, version, next_seq, chain
    FROM log_epoch WHERE log_id = $1 AND epoch = $2)sql";
constexpr std::string_view kNewestEpoch = R"sql(
    SELECT log_id, epoch, prev_epoch, prev_last_seq, prev_chain, hardware, version, next_seq, chain
    FROM log_epoch WHERE log_id = $1
    AND epoch NOT IN (SELECT prev_epoch FROM log_epoch WHERE log_id = $1 AND prev_epoch IS NOT NULL)
    ORDER BY first_seen_ms DESC, epoch LIMIT 1)sql";
constexpr std::string_view kPut = R"sql(
    INSERT INTO log_epoch(log_id, epoch, prev_epoch, prev_last_seq, prev_chain, hardware, version, next_seq, chain,
                          first_seen_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (log_id, epoch) DO UPDATE SET next_seq = excluded.next_seq, chain = excluded.chain)sql";
constexpr std::string_view kAddBreak = R"sql(
    INSERT INTO log_break(log_id, epoch, seq, expected, found, at_ms) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (log_id, epoch, seq, found) DO NOTHING)sql";
constexpr std::string_view kAddLost = R"sql(
    INSERT INTO lost(log_id, epoch, first_seq, last_seq, at_ms) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (log_id, epoch, first_seq) DO NOTHING)sql";
constexpr std::string_view kQuarantine = R"sql(
    INSERT INTO quarantine(log_id, epoch, seq, digest, reason, line, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (log_id, epoch, seq, digest) DO NOTHING)sql";

Parameter blob_or_null(const std::optional<protocol::Chain>& chain) {
    return chain ? Parameter{Blob{platform::view(*chain)}} : Parameter{nullptr};
}

LogEpoch read(const platform::Row& row) {
    LogEpoch epoch{.log_id = row.text(0),
                   .epoch = row.text(1),
                   .prev_epoch = {},
                   .prev_last_seq = row.integer(3),
                   .prev_chain = protocol::chain_from_bytes(row.bytes(4)),
                   .hardware = row.text(5),
                   .version = row.text(6),
                   .next_seq = row.integer(7),
                   .chain = protocol::chain_from_bytes(row.bytes(8))};
    if (!row.is_null(2)) epoch.prev_epoch = row.text(2);
    return epoch;
}

}  // namespace

Result<LogTable> LogTable::open(platform::Database& database) {
    LogTable table;
    const auto prepared = prepare(database, {{table.device_of_, kDeviceOf},
                                             {table.add_, kAdd},
                                             {table.epoch_, kEpoch},
                                             {table.newest_epoch_, kNewestEpoch},
                                             {table.put_, kPut},
                                             {table.add_break_, kAddBreak},
                                             {table.add_lost_, kAddLost},
                                             {table.quarantine_, kQuarantine}});
    if (!prepared) return std::unexpected{prepared.error()};
    return table;
}

Result<std::optional<std::string>> LogTable::device_of(std::string_view log_id) {
    std::optional<std::string> device;
    const auto ran = device_of_->run({log_id}, [&](const platform::Row& row) { device = row.text(0); });
    if (!ran) return std::unexpected{ran.error()};
    return device;
}

Result<void> LogTable::add(std::string_view log_id, std::string_view device, platform::UtcTime now) {
    return done(add_->run({log_id, device, milliseconds(now)}));
}

Result<std::optional<LogEpoch>> LogTable::epoch(std::string_view log_id, std::string_view epoch) {
    std::optional<LogEpoch> found;
    const auto ran = epoch_->run({log_id, epoch}, [&](const platform::Row& row) { found = read(row); });
    if (!ran) return std::unexpected{ran.error()};
    return found;
}

Result<std::optional<LogEpoch>> LogTable::newest_epoch(std::string_view log_id) {
    std::optional<LogEpoch> found;
    const auto ran = newest_epoch_->run({log_id}, [&](const platform::Row& row) { found = read(row); });
    if (!ran) return std::unexpected{ran.error()};
    return found;
}

Result<void> LogTable::put(const LogEpoch& epoch, platform::UtcTime now) {
    const auto prev_epoch = epoch.prev_epoch ? Parameter{*epoch.prev_epoch} : Parameter{nullptr};
    return done(
        put_->run({epoch.log_id, epoch.epoch, prev_epoch, epoch.prev_last_seq, blob_or_null(epoch.prev_chain),
                   epoch.hardware, epoch.version, epoch.next_seq, blob_or_null(epoch.chain), milliseconds(now)}));
}

Result<void> LogTable::add_break(const LogEpoch& epoch, const ChainBreak& found, platform::UtcTime now) {
    return done(add_break_->run({epoch.log_id, epoch.epoch, found.seq, Blob{platform::view(found.expected)},
                                 Blob{platform::view(found.found)}, milliseconds(now)}));
}

Result<void> LogTable::add_lost(const LogEpoch& epoch, std::int64_t first, std::int64_t last, platform::UtcTime now) {
    return done(add_lost_->run({epoch.log_id, epoch.epoch, first, last, milliseconds(now)}));
}

Result<void> LogTable::quarantine(const LogEpoch& epoch, std::int64_t seq, std::string_view reason,
                                  std::string_view line, platform::UtcTime now) {
    const auto digest = platform::sha256(line);
    return done(quarantine_->run(
        {epoch.log_id, epoch.epoch, seq, Blob{platform::view(digest)}, reason, Blob{line}, milliseconds(now)}));
}

}  // namespace milepost::store
