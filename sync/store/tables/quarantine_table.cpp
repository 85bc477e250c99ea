#include "sync/store/tables/quarantine_table.h"

#include "sync/store/tables/times.h"

namespace milepost::store {

namespace {

using platform::Blob;

constexpr std::string_view kWaiting = R"sql(
    SELECT quarantine.log, quarantine.epoch, quarantine.seq, quarantine.digest, log.log_id, log_epoch.epoch_id,
           log.device, quarantine.reason, quarantine.line, quarantine.at_ms
    FROM quarantine
    JOIN log ON log.log = quarantine.log
    JOIN log_epoch ON log_epoch.log = quarantine.log AND log_epoch.epoch = quarantine.epoch
    WHERE quarantine.replayed_ms IS NULL AND ($1 = '' OR log.device = $1)
      AND (quarantine.log, quarantine.epoch, quarantine.seq, quarantine.digest) > ($2, $3, $4, $5)
    ORDER BY quarantine.log, quarantine.epoch, quarantine.seq, quarantine.digest LIMIT $6)sql";
constexpr std::string_view kWentIn = R"sql(
    UPDATE quarantine SET replayed_ms = $1 WHERE log = $2 AND epoch = $3 AND seq = $4 AND digest = $5)sql";
constexpr std::string_view kPlaceWentIn = R"sql(
    UPDATE quarantine SET replayed_ms = $1
    WHERE log = $2 AND epoch = $3 AND seq = $4 AND replayed_ms IS NULL)sql";

QuarantinedLine read(const platform::Row& row) {
    return {.key = {.log = row.integer(0), .epoch = row.integer(1), .seq = row.integer(2), .digest = row.text(3)},
            .log_id = row.text(4),
            .epoch_id = row.text(5),
            .device = row.text(6),
            .reason = row.text(7),
            .line = row.text(8),
            .at = utc(row.integer(9))};
}

}  // namespace

Result<QuarantineTable> QuarantineTable::open(platform::Database& database) {
    QuarantineTable table;
    const auto prepared = prepare(
        database, {{table.waiting_, kWaiting}, {table.went_in_, kWentIn}, {table.place_went_in_, kPlaceWentIn}});
    if (!prepared) return std::unexpected{prepared.error()};
    return table;
}

Result<std::vector<QuarantinedLine>> QuarantineTable::waiting(std::string_view device, const QuarantineKey& after,
                                                              std::int64_t most) {
    std::vector<QuarantinedLine> lines;
    const auto ran = waiting_->run({device, after.log, after.epoch, after.seq, Blob{after.digest}, most},
                                   [&](const platform::Row& row) { lines.push_back(read(row)); });
    if (!ran) return std::unexpected{ran.error()};
    return lines;
}

Result<bool> QuarantineTable::went_in(const QuarantineKey& key, platform::UtcTime now) {
    const auto marked = went_in_->run({milliseconds(now), key.log, key.epoch, key.seq, Blob{key.digest}});
    if (!marked) return std::unexpected{marked.error()};
    return *marked > 0;
}

Result<void> QuarantineTable::went_in(std::int64_t log, std::int64_t epoch, std::int64_t seq, platform::UtcTime now) {
    return done(place_went_in_->run({milliseconds(now), log, epoch, seq}));
}

}  // namespace milepost::store
