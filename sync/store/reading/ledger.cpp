#include "sync/store/reading/ledger.h"

#include "sync/store/reading/ledger_findings.h"

#include <algorithm>
#include <map>

namespace milepost::store {

namespace {

using EpochRow = LedgerTable::EpochRow;

/// The highest number of each epoch that anything ever named, by its UUID.
std::map<std::string, std::int64_t> named_ends(const LogFacts& facts) {
    std::map<std::string, std::int64_t> ends;
    const auto name = [&](const std::string& epoch, std::int64_t last) { ends[epoch] = std::max(ends[epoch], last); };
    for (const auto& epoch : facts.epochs) {
        name(epoch.id, epoch.next_seq - 1);
        if (epoch.prev_epoch) name(*epoch.prev_epoch, epoch.prev_last_seq);
    }
    for (const auto& end : facts.named) name(end.epoch_id, end.last_seq);
    return ends;
}

LedgerEpoch describe(const EpochRow& row, const LogFacts& facts, std::int64_t named) {
    LedgerEpoch epoch{.id = row.id,
                      .first_seen = row.first_seen,
                      .version = row.version,
                      .received = row.next_seq - 1,
                      .last = row.next_seq - 1,
                      .missing = {},
                      .awaited = {},
                      .quarantined = 0};
    for (const auto& lost : facts.lost) {
        if (lost.epoch == row.epoch) epoch.missing.push_back(lost.numbers);
    }
    for (const auto& lines : facts.quarantined) {
        if (lines.epoch == row.epoch) epoch.quarantined = lines.lines;
    }
    epoch.received -= count_of(epoch.missing);
    if (named >= row.next_seq) epoch.awaited.push_back({.first = row.next_seq, .last = named});
    return epoch;
}

std::vector<LedgerEpoch> describe_epochs(const LogFacts& facts) {
    auto ends = named_ends(facts);
    std::vector<LedgerEpoch> epochs;
    for (const auto& row : facts.epochs) {
        epochs.push_back(describe(row, facts, ends[row.id]));
        ends.erase(row.id);
    }
    for (const auto& [id, last] : ends) {  // of which nothing came at all
        if (last > 0)
            epochs.push_back(
                {.id = id, .first_seen = {}, .version = {}, .missing = {}, .awaited = {{.first = 1, .last = last}}});
    }
    return epochs;
}

Result<LogFacts> read_facts(LedgerTable& table, const std::string& id, std::optional<std::int64_t> log) {
    LogFacts facts{.id = id, .epochs = {}, .lost = {}, .breaks = {}, .quarantined = {}, .named = {}};
    std::optional<Error> failure;
    const auto take = [&](auto& into, auto rows) {
        if (rows) {
            into = std::move(*rows);
        } else if (!failure) {
            failure = rows.error();
        }
    };
    if (log) {
        take(facts.epochs, table.epochs(*log));
        take(facts.lost, table.lost(*log));
        take(facts.breaks, table.breaks(*log));
        take(facts.quarantined, table.quarantined(*log));
    }
    take(facts.named, table.named_ends(id));
    if (failure) return std::unexpected{*failure};
    return facts;
}

Result<void> add_log(LedgerTable& table, const std::string& id, std::optional<std::int64_t> log, DeviceLedger& ledger) {
    const auto facts = read_facts(table, id, log);
    if (!facts) return std::unexpected{facts.error()};
    LogLedger described{.id = id, .epochs = describe_epochs(*facts), .findings = {}};
    described.findings = find_all(*facts, described.epochs);
    ledger.logs.push_back(std::move(described));
    return {};
}

}  // namespace

std::string_view to_string(Finding::Kind kind) {
    using Kind = Finding::Kind;
    switch (kind) {
        case Kind::Fork:
            return "fork";
        case Kind::Rollback:
            return "rollback";
        case Kind::Break:
            return "break";
        case Kind::Missing:
            return "missing";
        case Kind::Awaited:
            return "awaited";
        case Kind::Quarantined:
            return "quarantined";
        case Kind::NoPredecessor:
            return "no-predecessor";
    }
    return "";
}

Result<DeviceLedger> device_ledger(Reading& reading, std::string_view device) {
    const Snapshot snapshot{*reading.tables.database};
    auto found = reading.tables.devices.find_named(device);
    if (!found) return std::unexpected{found.error()};
    DeviceLedger ledger{.device = std::move(*found), .logs = {}};
    auto& table = reading.tables.ledger;
    const auto logs = table.logs_of(ledger.device.id);
    if (!logs) return std::unexpected{logs.error()};
    for (const auto& log : *logs) {
        if (auto added = add_log(table, log.id, log.log, ledger); !added) return std::unexpected{added.error()};
    }
    const auto named = table.named_logs(ledger.device.id);
    if (!named) return std::unexpected{named.error()};
    for (const auto& id : *named) {
        if (auto added = add_log(table, id, {}, ledger); !added) return std::unexpected{added.error()};
    }
    return ledger;
}

}  // namespace milepost::store
