#pragma once

#include "platform/error.h"

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::power {

/// One thing that a disk was asked, in the order in which it came.
struct DiskRequest {
    std::uint64_t offset = 0;
    std::string_view bytes;  ///< of a write
    bool flush = false;      ///< everything before it is on the disk once it is answered
};

/// What `LoggedDisk` wrote down, in memory.
class DiskLog {
public:
    /// Fault::Corrupt for a file that is no such log.
    [[nodiscard]] static Result<DiskLog> read(const std::filesystem::path& path);
    [[nodiscard]] const std::vector<DiskRequest>& requests() const { return requests_; }

private:
    std::string bytes_;
    std::vector<DiskRequest> requests_;
};

/// A disk that writes down each write and each flush with its data: a file in a FUSE file system, served by a process
/// of its own, so that whoever uses the disk may be killed without leaving a mount that nobody answers for.
class LoggedDisk {
public:
    /// `image` is what the disk holds at the beginning, and is left as it is; `log` is made; `folder`, an empty one,
    /// becomes the mount point. Needs root and /dev/fuse.
    [[nodiscard]] static Result<LoggedDisk> start(const std::filesystem::path& image, const std::filesystem::path& log,
                                                  const std::filesystem::path& folder);
    LoggedDisk(LoggedDisk&& other) noexcept;
    LoggedDisk& operator=(LoggedDisk&&) = delete;
    LoggedDisk(const LoggedDisk&) = delete;
    /// The disk goes; nothing may use it any more.
    ~LoggedDisk();

    /// The file that a loop device can be laid over.
    [[nodiscard]] std::filesystem::path file() const { return folder_ / "disk"; }
    /// How many requests came so far: whatever was acknowledged before this call stands before it. Also in processes
    /// that were forked off later.
    [[nodiscard]] std::uint64_t position() const { return *position_; }

private:
    LoggedDisk(std::filesystem::path folder, std::atomic<std::uint64_t>* position, pid_t server)
        : folder_(std::move(folder)), position_(position), server_(server) {}
    std::filesystem::path folder_;
    std::atomic<std::uint64_t>* position_;  ///< in memory that both processes share
    pid_t server_;
};

}  // namespace milepost::power
