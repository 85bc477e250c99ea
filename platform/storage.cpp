#include "platform/storage.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace milepost::platform {

std::optional<Storage> storage_of(const std::filesystem::path& path) {
    struct statfs found{};
    if (::statfs(path.c_str(), &found) != 0) return std::nullopt;
    const auto kind = static_cast<unsigned long>(found.f_type);
    return Storage{
        .free_bytes = static_cast<std::int64_t>(found.f_bavail) * static_cast<std::int64_t>(found.f_bsize),
        .durable = kind != TMPFS_MAGIC && kind != RAMFS_MAGIC && kind != OVERLAYFS_SUPER_MAGIC,
    };
}

bool ReserveFile::held() const {
    return held_ && ::access(path_.c_str(), F_OK) == 0;
}

Result<void> ReserveFile::make() {
    if (held()) return {};
    const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int code = file < 0 ? errno : ::posix_fallocate(file, 0, bytes_);
    if (file >= 0) ::close(file);
    if (code == 0) {
        held_ = true;
        return {};
    }
    ::unlink(path_.c_str());
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    return fail(full ? Fault::Full : Fault::Io,
                fmt::format("{}: {} bytes cannot be set aside: {}", path_.string(), bytes_, std::strerror(code)));
}

void ReserveFile::give_up() {
    ::unlink(path_.c_str());
    held_ = false;
}

}  // namespace milepost::platform
