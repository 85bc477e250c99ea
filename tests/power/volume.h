#pragma once

#include "platform/error.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace milepost::power {

/// Why this machine cannot show what a power cut does (no root, no /dev/fuse, no loop devices, …); nullopt: it can.
/// Afterwards this process and what it starts have mounts of their own, which end with the last of them.
[[nodiscard]] std::optional<std::string> what_is_missing();

/// Makes an ext4 image as a card for a kiosk would have it, 4 KiB blocks and a journal.
[[nodiscard]] Result<void> make_image(const std::filesystem::path& path, std::uint64_t bytes);

/// A file as a block device, until the object goes.
class LoopDevice {
public:
    /// `file` is open for reading and writing, and stays the caller's.
    [[nodiscard]] static Result<LoopDevice> attach(int file);
    LoopDevice(LoopDevice&& other) noexcept
        : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
    LoopDevice& operator=(LoopDevice&&) = delete;
    LoopDevice(const LoopDevice&) = delete;
    ~LoopDevice();
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    LoopDevice(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
    std::string path_;
    int descriptor_;
};

/// An ext4 that is mounted until the object goes.
class Mount {
public:
    /// Replays the journal. Fault::Corrupt when the kernel does not take it.
    [[nodiscard]] static Result<Mount> ext4(const std::string& device, const std::filesystem::path& folder);
    Mount(Mount&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
    Mount& operator=(Mount&&) = delete;
    Mount(const Mount&) = delete;
    ~Mount();

private:
    explicit Mount(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path folder_;
};

/// What a system with fsck.mode=force and fsck.repair=yes does before it mounts. Without them a card that lies keeps
/// faults behind a file system that calls itself clean. Fault::Corrupt when it cannot be repaired.
[[nodiscard]] Result<void> repair(const std::string& device);

}  // namespace milepost::power
