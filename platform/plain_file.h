#pragma once

#include "platform/error.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace milepost::platform {

/// The whole file out of a folder that somebody else writes: a plain file alone, no link, and nothing that keeps a
/// reader waiting. Fault::Invalid for anything else, Fault::Full above `limit`, Fault::NotFound, Fault::Io.
[[nodiscard]] Result<std::string> read_plain_file(const std::filesystem::path& path, std::size_t limit);

}  // namespace milepost::platform
