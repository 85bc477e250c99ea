#include "platform/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

namespace milepost::platform {

namespace {

Fault fault_of(int code) {
    switch (code) {
        case ENOENT:
        case ENOTDIR:
            return Fault::NotFound;
        case EACCES:
        case EPERM:
            return Fault::Refused;
        case ENOSPC:
        case EDQUOT:
            return Fault::Full;
        case EISDIR:
        case ENAMETOOLONG:
            return Fault::Invalid;
        default:
            return Fault::Io;
    }
}

std::unexpected<Error> system_failure(const std::filesystem::path& path, int code) {
    return fail(fault_of(code), fmt::format("{}: {}", path.string(), std::strerror(code)));
}

/// A descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    [[nodiscard]] int get() const { return value_; }
    [[nodiscard]] int release() { return std::exchange(value_, -1); }
    explicit operator bool() const { return value_ >= 0; }

private:
    int value_;
};

/// 0 or an errno.
int write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

int sync_directory(const std::filesystem::path& directory) {
    const Descriptor handle{::open(directory.empty() ? "." : directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!handle || ::fsync(handle.get()) != 0) return errno;
    return 0;
}

/// Writes, syncs and renames; 0 or an errno.
int write_and_rename(int descriptor, std::string_view bytes, const std::string& temporary,
                     const std::filesystem::path& target) {
    if (const int code = write_all(descriptor, bytes); code != 0) return code;
    if (::fsync(descriptor) != 0 || ::rename(temporary.c_str(), target.c_str()) != 0) return errno;
    return sync_directory(target.parent_path());
}

/// What a lock file protects, for people: the file beside it, or its directory.
std::string protected_by(const std::filesystem::path& lock) {
    if (lock.filename() == ".lock") return lock.parent_path().string();
    if (lock.extension() == ".lock") return std::filesystem::path{lock}.replace_extension().string();
    return lock.string();
}

Error held_by_another(int descriptor, const std::filesystem::path& path) {
    char text[24]{};
    const ssize_t length = ::pread(descriptor, text, sizeof text - 1, 0);
    const long pid = length > 0 ? std::strtol(text, nullptr, 10) : 0;
    const std::string holder = pid > 0 ? fmt::format("process {}", pid) : std::string{"another process"};
    return {Fault::Unavailable, fmt::format("{} is in use by {}; stop it first", protected_by(path), holder)};
}

}  // namespace

Result<void> make_data_directory(const std::filesystem::path& directory) {
    if (directory.empty()) return fail(Fault::Invalid, "the data directory has no name; give one with --data");
    const auto refuse = [&](const std::filesystem::path& where, int code) {
        if (fault_of(code) == Fault::Io || fault_of(code) == Fault::Full) return system_failure(where, code);
        return fail(Fault::Refused,
                    fmt::format("data directory {}: cannot write {}: {}; give it to this user (uid {}) with chown, or "
                                "choose another with --data",
                                directory.string(), where.string(), std::strerror(code), ::geteuid()));
    };
    std::filesystem::path made;
    for (const std::filesystem::path& part : directory) {
        made /= part;
        if (::mkdir(made.c_str(), 0700) == 0) {
            // What is written into it later is as good as lost if a power cut takes its name. Best effort: not every
            // parent may be opened.
            sync_directory(made.parent_path());
            continue;
        }
        if (errno == EEXIST || part.empty()) continue;
        // A parent may be unwritable, or on a read-only file system, and be there all the same.
        const int code = errno;
        std::error_code ignored;
        if (!std::filesystem::is_directory(made, ignored)) return refuse(made, code);
    }
    std::error_code ignored;
    if (!std::filesystem::is_directory(directory, ignored)) return refuse(directory, ENOTDIR);
    if (::faccessat(AT_FDCWD, directory.c_str(), W_OK | X_OK, AT_EACCESS) != 0) return refuse(directory, errno);
    return {};
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file) return system_failure(path, errno);
    std::string bytes;
    std::vector<char> chunk(64 << 10);
    for (;;) {
        const ssize_t count = ::read(file.get(), chunk.data(), chunk.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return system_failure(path, errno);
        if (count == 0) return bytes;
        if (static_cast<std::size_t>(count) > limit - bytes.size()) {
            return fail(Fault::Full, fmt::format("{}: larger than {} bytes", path.string(), limit));
        }
        bytes.append(chunk.data(), static_cast<std::size_t>(count));
    }
}

Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view bytes, Readers readers) {
    std::string temporary = path.string() + ".XXXXXX";
    const Descriptor file{::mkostemp(temporary.data(), O_CLOEXEC)};  // makes it with mode 0600
    if (!file) return system_failure(path, errno);
    constexpr mode_t kForGroup = 0640;
    if (readers == Readers::Group && ::fchmod(file.get(), kForGroup) != 0) {
        const int code = errno;
        ::unlink(temporary.c_str());
        return system_failure(path, code);
    }
    if (const int code = write_and_rename(file.get(), bytes, temporary, path); code != 0) {
        ::unlink(temporary.c_str());
        return system_failure(path, code);
    }
    return {};
}

Result<FileLock> FileLock::acquire(const std::filesystem::path& path) {
    Descriptor file{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (!file) return system_failure(path, errno);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) return std::unexpected{held_by_another(file.get(), path)};
        return system_failure(path, errno);
    }
    // The number only serves the message above; on a full disk the lock holds without it.
    if (::ftruncate(file.get(), 0) == 0) write_all(file.get(), fmt::format("{}\n", ::getpid()));
    return FileLock{file.release()};
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::filesystem::path program_directory() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::path{"."} : program.parent_path();
}

}  // namespace milepost::platform
