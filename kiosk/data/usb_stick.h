#pragma once

#include "platform/error.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::kiosk {

/// Where file systems are mounted at or below a directory, out of the text of /proc/self/mountinfo (proc(5)).
[[nodiscard]] std::vector<std::filesystem::path> mounts_below(const std::filesystem::path& directory,
                                                              std::string_view mountinfo);

/// The first mount at or below `directory` that this program can write to. Fault::NotFound where nothing is mounted,
/// Fault::Refused where nothing that is can be written.
[[nodiscard]] Result<std::filesystem::path> find_stick(const std::filesystem::path& directory);

}  // namespace milepost::kiosk
