#pragma once

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <string>

namespace milepost::kiosk::testing {

/// Runs both in a process with mounts of its own; whether they were content. Needs root.
inline bool with_mounts(const std::function<bool()>& mount, const std::function<bool()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        const bool mounted =
            ::unshare(CLONE_NEWNS) == 0 && ::mount("", "/", "", MS_REC | MS_PRIVATE, nullptr) == 0 && mount();
        ::_exit(mounted && work() ? 0 : 1);
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// `path` is read-only for `work`.
inline bool where_read_only(const std::filesystem::path& path, const std::function<bool()>& work) {
    const char* name = path.c_str();
    return with_mounts(
        [&] {
            return ::mount(name, name, "", MS_BIND, nullptr) == 0 &&
                   ::mount("", name, "", MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0;
        },
        work);
}

/// `path` is an empty file system of so many KiB for `work`.
inline bool on_small_disk(const std::filesystem::path& path, int kib, const std::function<bool()>& work) {
    const std::string size = "size=" + std::to_string(kib) + "k";
    return with_mounts([&] { return ::mount("tmpfs", path.c_str(), "tmpfs", 0, size.c_str()) == 0; }, work);
}

}  // namespace milepost::kiosk::testing
