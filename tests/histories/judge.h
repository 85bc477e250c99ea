#pragma once

#include "tests/histories/world.h"

#include <string>
#include <vector>

namespace milepost::histories {

/// What came out of one history, or of many.
struct Verdict {
    long thanked = 0, stored = 0, epochs = 0;
    long lost = 0, doubled = 0;
    long before_a_log = 0;            ///< an open visit, copied before its card had a log: in two logs since
    long forks = 0, rollbacks = 0;    ///< named, and there
    long destroyed = 0;               ///< thanked, and gone with a card before they were sent
    long by_number = 0, unknown = 0;  ///< of those: the ledger names their numbers; nobody but the card ever knew
    std::vector<std::string> wrong;   ///< in words; empty: all is as promised
    void add(const Verdict& more);
};

/// Compares what every card recorded with what the store holds, and its ledgers with what was done. Once settled.
[[nodiscard]] Result<Verdict> judge(World& world);

}  // namespace milepost::histories
