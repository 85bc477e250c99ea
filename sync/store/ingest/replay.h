#pragma once

#include "sync/store/ingest/writing.h"

#include <optional>
#include <string_view>

namespace milepost::store {

/// What one page of quarantined lines came to.
struct Replayed {
    std::int64_t tried = 0;
    std::int64_t went_in = 0;
    std::optional<QuarantineKey> next;  ///< where to go on; nullopt: there are no more
};

/// Tries a page of quarantined lines again, by this program's rules and the surveys that it knows now, in one
/// transaction. A line that still cannot be applied stays where it is. Idempotent: records go in by their ids.
[[nodiscard]] Result<Replayed> replay_quarantine(Writing& writing, std::string_view device, const QuarantineKey& after);

}  // namespace milepost::store
