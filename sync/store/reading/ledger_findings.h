#pragma once

#include "sync/store/reading/ledger.h"

#include <span>

namespace milepost::store {

/// All that the tables tell of one log.
struct LogFacts {
    std::string id;
    std::vector<LedgerTable::EpochRow> epochs;
    std::vector<LedgerTable::LostRow> lost;
    std::vector<LedgerTable::BreakRow> breaks;
    std::vector<LedgerTable::QuarantineCount> quarantined;
    std::vector<LedgerTable::NamedEnd> named;
};

/// How many numbers there are in all ranges.
[[nodiscard]] std::int64_t count_of(std::span<const Numbers> all);

/// What a technician should know of a log (protocol.md, "The log"): forks first, what waits last. Pure.
[[nodiscard]] std::vector<Finding> find_all(const LogFacts& facts, const std::vector<LedgerEpoch>& epochs);

}  // namespace milepost::store
