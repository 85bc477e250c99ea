#include "sync/store/tables/event_table.h"

#include "sync/store/tables/times.h"

namespace milepost::store {

namespace {

constexpr std::string_view kAdd = R"sql(
    INSERT INTO event(log, id, epoch, seq, device, what, utc_ms, trust, boot, mono_ms, data, received_ms,
                      extra)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    ON CONFLICT (log, id) DO NOTHING)sql";
constexpr std::string_view kAddTie = R"sql(
    INSERT INTO clock_event(log, id, boot, mono_ms, utc_minus_mono_ms, error_ms) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (log, boot, mono_ms, id) DO NOTHING)sql";
constexpr std::string_view kTies = R"sql(
    SELECT mono_ms, utc_minus_mono_ms, error_ms FROM clock_event
    WHERE log = $1 AND boot = $2 ORDER BY mono_ms, id)sql";

}  // namespace

Result<EventTable> EventTable::open(platform::Database& database) {
    EventTable table;
    const auto prepared = prepare(database, {{table.add_, kAdd}, {table.add_tie_, kAddTie}, {table.ties_, kTies}});
    if (!prepared) return std::unexpected{prepared.error()};
    return table;
}

Result<bool> EventTable::add(const Arrival& arrival, const IncomingEvent& event) {
    const auto added =
        add_->run({arrival.log, event.id, arrival.epoch, arrival.seq, arrival.device, event.what,
                   milliseconds(event.at.utc), platform::to_string(event.at.trust), event.at.boot, event.at.mono_ms,
                   event.data, milliseconds(arrival.received),
                   event.extra.empty() ? platform::Parameter{nullptr} : platform::Parameter{event.extra}});
    if (!added) return std::unexpected{added.error()};
    return *added > 0;
}

Result<void> EventTable::add_tie(std::int64_t log, std::string_view id, std::string_view boot, const ClockTie& tie) {
    return done(add_tie_->run({log, id, boot, tie.mono_ms, tie.utc_minus_mono_ms, tie.error_ms}));
}

Result<std::vector<ClockTie>> EventTable::ties(std::int64_t log, std::string_view boot) {
    std::vector<ClockTie> ties;
    const auto ran = ties_->run({log, boot}, [&](const platform::Row& row) {
        ties.push_back({.mono_ms = row.integer(0), .utc_minus_mono_ms = row.integer(1), .error_ms = row.integer(2)});
    });
    if (!ran) return std::unexpected{ran.error()};
    return ties;
}

}  // namespace milepost::store
