#pragma once

#include "platform/error.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace milepost::platform {

/// Makes the directory and its parents (0700 for what it makes) and checks that it can be written.
/// Fault::Refused with the way out when this user may not; Fault::Io or Full when the disk is at fault.
[[nodiscard]] Result<void> make_data_directory(const std::filesystem::path& directory);

/// The whole file. Fault::NotFound, Fault::Refused, Fault::Io; Fault::Full above `limit`.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit = 64 << 20);

enum class Readers {
    Owner,  ///< 0600
    Group   ///< 0640: for another program's user, who is in the directory's group
};
/// Writes beside the target, fsyncs, renames, fsyncs the directory: whole or not at all.
[[nodiscard]] Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view bytes,
                                                 Readers readers = Readers::Owner);

/// The right to write a data file, held for a program's life by flock(2) on `path` (".lock").
/// Released by the destructor and by any death of the process.
class FileLock {
public:
    /// Fault::Unavailable names the pid that holds it.
    [[nodiscard]] static Result<FileLock> acquire(const std::filesystem::path& path);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

/// The directory that the running program's binary lies in: where its siblings are.
[[nodiscard]] std::filesystem::path program_directory();

}  // namespace milepost::platform
