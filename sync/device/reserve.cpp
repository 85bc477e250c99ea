#include "sync/device/reserve.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace milepost::device {
namespace {

/// The marks of a thousand epochs, the index of a write-ahead log, and room to spare.
constexpr off_t kBytes = 512 << 10;

}  // namespace

void Reserve::make() const {
    struct stat about{};
    if (::stat(file_.c_str(), &about) == 0 && about.st_size == kBytes) return;
    const int file = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return;
    const bool made = ::posix_fallocate(file, 0, kBytes) == 0;
    ::close(file);
    if (!made) ::unlink(file_.c_str());
}

bool Reserve::give_up() const {
    return ::unlink(file_.c_str()) == 0;
}

}  // namespace milepost::device
