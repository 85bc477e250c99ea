#pragma once

#include "platform/database.h"

#include <cstdint>
#include <stop_token>

namespace milepost::platform {

/// Copies everything that was committed from the WAL into the file itself, flushes both and empties the WAL: afterwards
/// the disk holds what can be read. Fault::Unavailable while a reader is in the way. For a SQLite file's writer.
[[nodiscard]] Result<void> checkpoint(Database& database);
/// Whether every page can be read and fits the others (not whether it holds what was written). Fault::Corrupt names the
/// first that does not; Fault::Unavailable when `stop` ended it. Takes a second for 300 MiB, more from a card.
[[nodiscard]] Result<void> check_pages(Database& database, const std::stop_token& stop = {});
/// Space inside a SQLite file that its next rows take before it grows.
[[nodiscard]] Result<std::int64_t> reusable_bytes(Database& database);

}  // namespace milepost::platform
