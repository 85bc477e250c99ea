#pragma once

#include "platform/error.h"

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

/// Copies what can be read of the damaged database at `path` (with its WAL) into a new file that takes its place, and
/// moves the damaged one aside: a few of those are kept. Rows are copied unchanged; epochs that cannot be read are told
/// from what their successors say. Word of it stays in the new file (kSalvagedSetting) until it is in the log.
/// `alive` is called about four times a second while it reads. Whatever moment it is interrupted at, calling it, or
/// `finish_salvage`, again goes on. Nobody else has the database open.
[[nodiscard]] Result<Salvaged> salvage(const std::filesystem::path& path, const std::string& why,
                                       const std::function<void()>& alive);

/// The first part of it: the new file alone, at `to`; the damaged one is only read.
[[nodiscard]] Result<Salvaged> copy_readable(const std::filesystem::path& path, const std::filesystem::path& to,
                                             const std::string& why, const std::function<void()>& alive);

/// Removes the oldest of the damaged files that are kept beside `path`; whether there was one. For a disk so full that
/// otherwise no answer could be taken.
bool give_up_damaged_copy(const std::filesystem::path& path);

/// Puts a salvaged file into its place when an earlier run could not. Before every opening.
[[nodiscard]] Result<void> finish_salvage(const std::filesystem::path& path);

}  // namespace milepost::kiosk
