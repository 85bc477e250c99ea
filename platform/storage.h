#pragma once

#include "platform/error.h"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace milepost::platform {

struct Storage {
    std::int64_t free_bytes = 0;  ///< for this user
    bool durable = true;          ///< outlives a power cut: no RAM disk, no overlay over the card
};
/// Of the file system that `path` lies on; nullopt when nothing tells.
[[nodiscard]] std::optional<Storage> storage_of(const std::filesystem::path& path);

/// Disk space that a program holds in reserve, as a file of zeros, to commit what frees space when the disk is full.
class ReserveFile {
public:
    /// Nothing is done to the disk before `make`.
    ReserveFile(std::filesystem::path path, std::int64_t bytes) : path_(std::move(path)), bytes_(bytes) {}

    /// Whether the space is set aside: made here, and nobody removed it since.
    [[nodiscard]] bool held() const;
    /// Sets the space aside unless it is. Fault::Full when there is not enough; nothing is left of it then.
    [[nodiscard]] Result<void> make();
    /// Gives the space to whoever writes next.
    void give_up();

private:
    std::filesystem::path path_;
    std::int64_t bytes_;
    bool held_ = false;
};

}  // namespace milepost::platform
