#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace milepost::device {

/// The model as its maker names it; "unknown" when nothing tells.
[[nodiscard]] std::string hardware_model();

/// Of the processor; nullopt when nothing tells.
[[nodiscard]] std::optional<double> temperature_c();

struct Storage {
    std::int64_t free_mib = 0;
    bool durable = true;  ///< false where a restart empties it: tmpfs, or an overlay over the card
};
[[nodiscard]] Storage storage_of(const std::filesystem::path& data);

}  // namespace milepost::device
