#include "tests/power/volume.h"

#include "tests/drive/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/loop.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace milepost::power {
namespace {

constexpr const char* kMakeFileSystem = "/usr/sbin/mkfs.ext4";
constexpr const char* kCheckFileSystem = "/usr/sbin/e2fsck";
constexpr int kLoopMajor = 7;
constexpr int kTries = 100;

std::unexpected<Error> failure(const std::string& what) {
    return fail(Fault::Unavailable, fmt::format("{}: {}", what, std::strerror(errno)));
}

/// Nobody else has it open; a container may not have made its node.
int open_loop(long number) {
    const std::string path = fmt::format("/dev/loop{}", number);
    int loop = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (loop < 0 && errno == ENOENT) {
        ::mknod(path.c_str(), S_IFBLK | 0600, makedev(kLoopMajor, static_cast<unsigned>(number)));
        loop = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    }
    return loop;
}

}  // namespace

std::optional<std::string> what_is_missing() {
    if (::geteuid() != 0) return "only root may mount a file system";
    for (const char* tool : {kMakeFileSystem, kCheckFileSystem}) {
        if (::access(tool, X_OK) != 0) return fmt::format("{} is not there (package e2fsprogs)", tool);
    }
    for (const char* device : {"/dev/fuse", "/dev/loop-control"}) {
        const int opened = ::open(device, O_RDWR | O_CLOEXEC);
        if (opened < 0) return fmt::format("{}: {}", device, std::strerror(errno));
        ::close(opened);
    }
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("", "/", "", MS_REC | MS_PRIVATE, nullptr) != 0) {
        return fmt::format("mounts of its own: {}", std::strerror(errno));
    }
    return std::nullopt;
}

Result<void> make_image(const std::filesystem::path& path, std::uint64_t bytes) {
    const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool sized = made >= 0 && ::ftruncate(made, static_cast<off_t>(bytes)) == 0;
    if (made >= 0) ::close(made);
    if (!sized) return failure("making " + path.string());
    // Blocks of 1 KiB: so small a card has copies of the superblock then, as every real one has.
    const auto ran = drive::run(kMakeFileSystem, {"-q", "-F", "-b", "1024", "-E",
                                                  "nodiscard,lazy_itable_init=0,lazy_journal_init=0", path.string()});
    if (!ran) return std::unexpected{ran.error()};
    if (ran->exit_code != 0) return fail(Fault::Io, "mkfs.ext4 failed: " + ran->output);
    return {};
}

Result<LoopDevice> LoopDevice::attach(int file) {
    const int control = ::open("/dev/loop-control", O_RDWR | O_CLOEXEC);
    if (control < 0) return failure("/dev/loop-control");
    loop_config config{};
    config.fd = static_cast<std::uint32_t>(file);
    // Should this process be killed, its mounts go with it, and the device with them.
    config.info.lo_flags = LO_FLAGS_AUTOCLEAR;
    for (int again = 0; again < kTries; ++again) {
        const long number = ::ioctl(control, LOOP_CTL_GET_FREE);
        const int loop = number < 0 ? -1 : open_loop(number);
        if (loop < 0) break;
        if (::ioctl(loop, LOOP_CONFIGURE, &config) == 0) {
            ::close(control);
            return LoopDevice{fmt::format("/dev/loop{}", number), loop};
        }
        const bool taken_meanwhile = errno == EBUSY;
        ::close(loop);
        if (!taken_meanwhile) break;
    }
    const auto failed = failure("a loop device");
    ::close(control);
    return failed;
}

LoopDevice::~LoopDevice() {
    if (descriptor_ < 0) return;
    ::ioctl(descriptor_, LOOP_CLR_FD, 0);
    ::close(descriptor_);
}

Result<Mount> Mount::ext4(const std::string& device, const std::filesystem::path& folder) {
    if (::mount(device.c_str(), folder.c_str(), "ext4", MS_NOATIME, "") != 0) {
        return fail(Fault::Corrupt, fmt::format("mounting it: {}", std::strerror(errno)));
    }
    return Mount{folder};
}

Mount::~Mount() {
    if (!folder_.empty() && ::umount2(folder_.c_str(), 0) != 0) ::umount2(folder_.c_str(), MNT_DETACH);
}

Result<void> repair(const std::string& device) {
    constexpr int kNotMended = 4;
    const auto ran = drive::run(kCheckFileSystem, {"-f", "-y", device});
    if (!ran) return std::unexpected{ran.error()};
    if (ran->exit_code < kNotMended) return {};
    return fail(Fault::Corrupt, fmt::format("e2fsck (exit code {}): {}", ran->exit_code, ran->output));
}

}  // namespace milepost::power
