#pragma once

#include "tests/power/history.h"

#include <cstdint>
#include <filesystem>
#include <set>

namespace milepost::power {

/// Which records are still on the card, found by their bytes and not by SQLite or by the salvage that is put to the
/// test: a record counts when its cell stands on a leaf page and each of its overflow pages is the right one.
struct Leftovers {
    std::set<std::int64_t> in_file;   ///< all of the record in the database file
    std::set<std::int64_t> anywhere;  ///< or in frames of the WAL, whether those count or not
};
/// `file` is a device.db (pages of 512 bytes) with its WAL beside it; rows that were pruned may be found, too.
[[nodiscard]] Leftovers leftovers(const std::filesystem::path& file, const History& history);

}  // namespace milepost::power
