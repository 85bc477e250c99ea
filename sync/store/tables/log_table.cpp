#include "sync/store/tables/log_table.h"

#include "sync/store/tables/times.h"

namespace milepost::store {

namespace {

using platform::Blob;
using platform::Parameter;

constexpr std::int64_t kMostNamedEnds = 1'000;  // of one device, so that none can fill the disk with what it names

constexpr std::string_view kFind = "SELECT log, device FROM log WHERE log_id = $1";
constexpr std::string_view kAdd = R"sql(
    INSERT INTO log(log, log_id, device, first_seen_ms)
    VALUES ((SELECT COALESCE(MAX(log), 0) + 1 FROM log), $1, $2, $3) RETURNING log)sql";
constexpr std::string_view kEpoch = R"sql(
    SELECT log, epoch, epoch_id, prev_epoch, prev_last_seq, prev_chain, hardware, version, next_seq, chain, prev_held
    FROM log_epoch WHERE log = $1 AND epoch_id = $2)sql";
constexpr std::string_view kNewestEpoch = R"sql(
    SELECT log, epoch, epoch_id, prev_epoch, prev_last_seq, prev_chain, hardware, version, next_seq, chain, prev_held
    FROM log_epoch WHERE log = $1
    AND epoch_id NOT IN (SELECT prev_epoch FROM log_epoch WHERE log = $1 AND prev_epoch IS NOT NULL)
    ORDER BY epoch DESC LIMIT 1)sql";
constexpr std::string_view kAddEpoch = R"sql(
    INSERT INTO log_epoch(log, epoch, epoch_id, prev_epoch, prev_last_seq, prev_chain, hardware, version, next_seq,
                          chain, first_seen_ms, prev_held)
    VALUES ($1, (SELECT COALESCE(MAX(epoch), 0) + 1 FROM log_epoch WHERE log = $1), $2, $3, $4, $5, $6, $7, $8, $9,
            $10, $11)
    RETURNING epoch)sql";
constexpr std::string_view kMove = R"sql(
    UPDATE log_epoch SET next_seq = $1, chain = $2, prev_epoch = $5, prev_last_seq = $6, prev_chain = $7,
                         prev_held = $8, hardware = $9, version = $10
    WHERE log = $3 AND epoch = $4)sql";
constexpr std::string_view kAddBreak = R"sql(
    INSERT INTO log_break(log, epoch, seq, expected, found, at_ms) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (log, epoch, seq, found) DO NOTHING)sql";
constexpr std::string_view kAddLost = R"sql(
    INSERT INTO lost(log, epoch, first_seq, last_seq, at_ms) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (log, epoch, first_seq) DO NOTHING)sql";
constexpr std::string_view kQuarantine = R"sql(
    INSERT INTO quarantine(log, epoch, seq, digest, reason, line, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (log, epoch, seq, digest) DO NOTHING)sql";
constexpr std::string_view kLost = R"sql(
    SELECT first_seq, last_seq FROM lost
    WHERE log = $1 AND epoch = $2 AND last_seq >= $3 AND first_seq <= $4 ORDER BY first_seq)sql";
constexpr std::string_view kDropLost = "DELETE FROM lost WHERE log = $1 AND epoch = $2 AND first_seq = $3";
constexpr std::string_view kDropMetEnds = R"sql(
    DELETE FROM named_end WHERE log_id = $1 AND EXISTS (
        SELECT 1 FROM log JOIN log_epoch ON log_epoch.log = log.log
        WHERE log.log_id = named_end.log_id AND log_epoch.epoch_id = named_end.epoch_id
          AND log_epoch.next_seq > named_end.last_seq))sql";
constexpr std::string_view kNameEnd = R"sql(
    INSERT INTO named_end(log_id, epoch_id, device, last_seq, at_ms)
    SELECT $1, $2, $3, $4, $5 WHERE (SELECT COUNT(*) FROM named_end WHERE device = $3) < $6
    ON CONFLICT (log_id, epoch_id) DO UPDATE
    SET last_seq = excluded.last_seq, device = excluded.device, at_ms = excluded.at_ms
    WHERE excluded.last_seq > named_end.last_seq)sql";
constexpr std::string_view kHandOver = "UPDATE log SET device = $1 WHERE log = $2";

Parameter blob_or_null(const std::optional<protocol::Chain>& chain) {
    return chain ? Parameter{Blob{platform::view(*chain)}} : Parameter{nullptr};
}

LogEpoch read(const platform::Row& row) {
    LogEpoch epoch{.log = row.integer(0),
                   .epoch = row.integer(1),
                   .id = row.text(2),
                   .prev_epoch = {},
                   .prev_last_seq = row.integer(4),
                   .prev_chain = protocol::chain_from_bytes(row.bytes(5)),
                   .prev_held = {},
                   .hardware = row.text(6),
                   .version = row.text(7),
                   .next_seq = row.integer(8),
                   .chain = protocol::chain_from_bytes(row.bytes(9))};
    if (!row.is_null(3)) epoch.prev_epoch = row.text(3);
    if (!row.is_null(10)) epoch.prev_held = row.integer(10);
    return epoch;
}

/// Runs an INSERT … RETURNING of one number.
Result<std::int64_t> number_of(platform::Statement& insert, std::initializer_list<Parameter> parameters) {
    std::int64_t number = 0;
    const auto ran = insert.run(parameters, [&](const platform::Row& row) { number = row.integer(0); });
    if (!ran) return ran;
    return number;
}

}  // namespace

Result<LogTable> LogTable::open(platform::Database& database) {
    LogTable table;
    const auto prepared = prepare(database, {{table.find_, kFind},
                                             {table.add_, kAdd},
                                             {table.epoch_, kEpoch},
                                             {table.newest_epoch_, kNewestEpoch},
                                             {table.add_epoch_, kAddEpoch},
                                             {table.move_, kMove},
                                             {table.add_break_, kAddBreak},
                                             {table.add_lost_, kAddLost},
                                             {table.quarantine_, kQuarantine},
                                             {table.lost_, kLost},
                                             {table.drop_lost_, kDropLost},
                                             {table.drop_met_ends_, kDropMetEnds},
                                             {table.name_end_, kNameEnd},
                                             {table.hand_over_, kHandOver}});
    if (!prepared) return std::unexpected{prepared.error()};
    return table;
}

Result<std::optional<Log>> LogTable::find(std::string_view log_id) {
    std::optional<Log> found;
    const auto ran =
        find_->run({log_id}, [&](const platform::Row& row) { found = {.log = row.integer(0), .device = row.text(1)}; });
    if (!ran) return std::unexpected{ran.error()};
    return found;
}

Result<std::int64_t> LogTable::add(std::string_view log_id, std::string_view device, platform::UtcTime now) {
    return number_of(*add_, {log_id, device, milliseconds(now)});
}

Result<std::optional<LogEpoch>> LogTable::epoch(std::int64_t log, std::string_view id) {
    std::optional<LogEpoch> found;
    const auto ran = epoch_->run({log, id}, [&](const platform::Row& row) { found = read(row); });
    if (!ran) return std::unexpected{ran.error()};
    return found;
}

Result<std::optional<LogEpoch>> LogTable::newest_epoch(std::int64_t log) {
    std::optional<LogEpoch> found;
    const auto ran = newest_epoch_->run({log}, [&](const platform::Row& row) { found = read(row); });
    if (!ran) return std::unexpected{ran.error()};
    return found;
}

Result<std::int64_t> LogTable::add_epoch(const LogEpoch& epoch, platform::UtcTime now) {
    const auto prev_epoch = epoch.prev_epoch ? Parameter{*epoch.prev_epoch} : Parameter{nullptr};
    return number_of(*add_epoch_, {epoch.log, epoch.id, prev_epoch, epoch.prev_last_seq, blob_or_null(epoch.prev_chain),
                                   epoch.hardware, epoch.version, epoch.next_seq, blob_or_null(epoch.chain),
                                   milliseconds(now), platform::or_null(epoch.prev_held)});
}

Result<void> LogTable::move(const LogEpoch& epoch) {
    const auto prev_epoch = epoch.prev_epoch ? Parameter{*epoch.prev_epoch} : Parameter{nullptr};
    return done(move_->run({epoch.next_seq, blob_or_null(epoch.chain), epoch.log, epoch.epoch, prev_epoch,
                            epoch.prev_last_seq, blob_or_null(epoch.prev_chain), platform::or_null(epoch.prev_held),
                            epoch.hardware, epoch.version}));
}

Result<void> LogTable::add_break(const LogEpoch& epoch, const ChainBreak& found, platform::UtcTime now) {
    return done(add_break_->run({epoch.log, epoch.epoch, found.seq, blob_or_null(found.expected),
                                 Blob{platform::view(found.found)}, milliseconds(now)}));
}

Result<void> LogTable::add_lost(const LogEpoch& epoch, std::int64_t first, std::int64_t last, platform::UtcTime now) {
    return done(add_lost_->run({epoch.log, epoch.epoch, first, last, milliseconds(now)}));
}

Result<bool> LogTable::quarantine(const LogEpoch& epoch, std::int64_t seq, std::string_view reason,
                                  std::string_view line, platform::UtcTime now) {
    const auto digest = platform::sha256(line);
    const auto added = quarantine_->run(
        {epoch.log, epoch.epoch, seq, Blob{platform::view(digest)}, reason, Blob{line}, milliseconds(now)});
    if (!added) return std::unexpected{added.error()};
    return *added > 0;
}

Result<std::vector<Numbers>> LogTable::lost(const LogEpoch& epoch, Numbers between) {
    std::vector<Numbers> all;
    const auto ran = lost_->run({epoch.log, epoch.epoch, between.first, between.last}, [&](const platform::Row& row) {
        all.push_back({.first = row.integer(0), .last = row.integer(1)});
    });
    if (!ran) return std::unexpected{ran.error()};
    return all;
}

Result<void> LogTable::drop_lost(const LogEpoch& epoch, std::int64_t first) {
    return done(drop_lost_->run({epoch.log, epoch.epoch, first}));
}

Result<void> LogTable::name_end(std::string_view log_id, std::string_view epoch_id, std::string_view device,
                                std::int64_t last_seq, platform::UtcTime now) {
    if (auto dropped = drop_met_ends_->run({log_id}); !dropped) return done(dropped);
    return done(name_end_->run({log_id, epoch_id, device, last_seq, milliseconds(now), kMostNamedEnds}));
}

Result<void> LogTable::hand_over(std::int64_t log, std::string_view device) {
    return done(hand_over_->run({device, log}));
}

}  // namespace milepost::store
