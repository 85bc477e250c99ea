#pragma once

#include "tests/histories/world.h"

namespace milepost::histories {

/// Everybody comes to rest: each card starts once more and sends all that it has. A box that is refused must have been
/// made so (revoked, a copy whose other has the newer key, a store put back from before its enrolment); people then do
/// what the store says: it enrols again, or, being a copy of a card that is let in, hands its log over in a file.
[[nodiscard]] Result<void> settle(World& world);

}  // namespace milepost::histories
