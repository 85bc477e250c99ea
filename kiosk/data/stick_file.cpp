#include "kiosk/data/stick_file.h"

#include "platform/encoding.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace milepost::kiosk {
namespace {

Error error_of(int number, const std::filesystem::path& path, std::string_view doing) {
    const Fault fault = number == ENOSPC                                          ? Fault::Full
                        : number == EACCES || number == EEXIST || number == EROFS ? Fault::Refused
                                                                                  : Fault::Io;
    return {fault, std::string{doing} + " " + path.string() + ": " + std::strerror(number)};
}

Result<void> flush_directory(const std::filesystem::path& directory) {
    const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return std::unexpected{error_of(errno, directory, "opening")};
    const int flushed = ::fsync(descriptor);
    const int number = errno;
    ::close(descriptor);
    // Some file systems of sticks cannot flush a directory by itself and say so.
    if (flushed != 0 && number != EINVAL) return std::unexpected{error_of(number, directory, "flushing")};
    return {};
}

}  // namespace

std::unexpected<Error> StickFile::failed(std::string_view doing) const {
    return std::unexpected{error_of(errno, path_, doing)};
}

Result<StickFile> StickFile::make(const std::filesystem::path& path) {
    std::FILE* file = std::fopen(path.c_str(), "wxe");
    if (file == nullptr) return std::unexpected{error_of(errno, path, "making")};
    return StickFile{file, path};
}

Result<void> StickFile::write(std::string_view bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) return failed("writing");
    bytes_ += static_cast<std::int64_t>(bytes.size());
    hash_.add(bytes);
    return {};
}

Result<void> StickFile::finish() {
    if (std::fflush(file_.get()) != 0) return failed("writing");
    if (::fsync(::fileno(file_.get())) != 0) return failed("flushing");
    sha256_hex_ = platform::to_hex(platform::view(hash_.digest()));
    return {};
}

Result<void> make_folder(const std::filesystem::path& folder) {
    if (::mkdir(folder.c_str(), 0755) != 0) return std::unexpected{error_of(errno, folder, "making")};
    return {};
}

Result<void> flush_folder(const std::filesystem::path& folder) {
    if (auto flushed = flush_directory(folder); !flushed) return flushed;
    return flush_directory(folder.parent_path());
}

}  // namespace milepost::kiosk
