#pragma once

#include "platform/error.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace milepost::kiosk {

struct Salvaged {
    std::int64_t rows = 0;              ///< of the log, saved unchanged
    std::int64_t missing = 0;           ///< numbers between the oldest and the newest that no row has
    std::int64_t unreadable_pages = 0;  ///< that the disk would not read
    std::filesystem::path aside;        ///< where the damaged file is kept
};

struct SalvageRun {
    std::function<void()> alive;  ///< called about four times a second while it works
    /// How long a page must stay unreadable to be given up; 0: whatever can be read now is taken.
    std::chrono::milliseconds read_patience;
};

/// Copies what can be read of the damaged database at `path` (with its WAL) into a new file that takes its place, and
/// moves the damaged one aside: a few of those are kept. Rows are copied unchanged; epochs that cannot be read are told
/// from what their successors say. Word of it stays in the new file (kSalvagedSetting) until it is in the log.
/// Whatever moment it is interrupted at, calling it, or `finish_salvage`, again goes on. Nobody else has the database
/// open.
///
/// Fault::Io when the disk reads nothing, or reads again what it did not a moment ago: that is no damage, and what a
/// salvage would leave out is there. Fault::Corrupt after three within an hour: the card damages whatever is written.
[[nodiscard]] Result<Salvaged> salvage(const std::filesystem::path& path, const std::string& why,
                                       const SalvageRun& run);

/// The first part of it: the new file alone, at `to`; the damaged one is only read.
[[nodiscard]] Result<Salvaged> copy_readable(const std::filesystem::path& path, const std::filesystem::path& to,
                                             const std::string& why, const SalvageRun& run);

/// Removes one of the damaged files that are kept beside `path`, the first of all last; whether there was one. For a
/// disk so full that otherwise no answer could be taken.
bool give_up_damaged_copy(const std::filesystem::path& path);

/// Puts a salvaged file into its place when an earlier run could not. Before every opening.
[[nodiscard]] Result<void> finish_salvage(const std::filesystem::path& path);

/// Keeps the log's id beside `path` as well, where a salvage finds it when the page that held it is gone: under
/// another id everything would count twice at the store.
[[nodiscard]] Result<void> keep_log_id(const std::filesystem::path& path, const std::string& id);

}  // namespace milepost::kiosk
