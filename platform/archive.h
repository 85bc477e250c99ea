#pragma once

#include "platform/error.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::platform {

struct ArchiveEntry {
    std::string name;    ///< as it stands there; empty: none that could be read
    std::string bytes;   ///< of a plain file
    std::string what{};  ///< what it is instead of a plain file: "a directory", "a link"; empty: it is one
};
/// What could be read of a tar: the entries before `fault`.
struct Archive {
    std::vector<ArchiveEntry> entries;
    std::optional<Error> fault;  ///< Fault::Corrupt; Fault::Full behind `most_entries`
};
/// Any kind of tar, not compressed. Holds at most as many bytes as `tar` has, whatever its headers claim.
[[nodiscard]] Archive read_tar(std::string_view tar, std::size_t most_entries);
/// A tar (ustar) of plain files; the same entries give the same bytes. Fault::Invalid for a name that it cannot hold.
[[nodiscard]] Result<std::string> write_tar(std::span<const ArchiveEntry> entries);

}  // namespace milepost::platform
