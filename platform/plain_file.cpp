#include "platform/plain_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace milepost::platform {
namespace {

/// Closes itself.
struct Descriptor {
    explicit Descriptor(int opened) : value(opened) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (value >= 0) ::close(value);
    }
    int value;
};

}  // namespace

Result<std::string> read_plain_file(const std::filesystem::path& path, std::size_t limit) {
    const auto failure = [&](int code) {
        const auto fault = code == ENOENT ? Fault::NotFound : code == EACCES ? Fault::Refused : Fault::Io;
        return fail(fault, fmt::format("{}: {}", path.string(), std::strerror(code)));
    };
    const auto none = [&] { return fail(Fault::Invalid, path.string() + " is no plain file"); };
    // Without O_NONBLOCK, opening a pipe waits for whoever writes into it.
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    if (file.value < 0) return errno == ELOOP ? none() : failure(errno);
    struct stat about{};
    if (::fstat(file.value, &about) != 0) return failure(errno);
    if (!S_ISREG(about.st_mode)) return none();
    std::string bytes;
    std::string chunk(64 << 10, '\0');
    for (;;) {
        const ssize_t count = ::read(file.value, chunk.data(), chunk.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failure(errno);
        if (count == 0) return bytes;
        bytes.append(chunk, 0, static_cast<std::size_t>(count));
        if (bytes.size() > limit) {
            return fail(Fault::Full, fmt::format("{}: larger than {} bytes", path.string(), limit));
        }
    }
}

}  // namespace milepost::platform
