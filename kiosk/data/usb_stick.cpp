#include "kiosk/data/usb_stick.h"

#include "platform/files.h"

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>

namespace milepost::kiosk {
namespace {

/// Blanks stand as \040 and the like in mountinfo.
std::string unescaped(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto octal = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '7'; };
        if (text[i] == '\\' && octal(i + 1) && octal(i + 2) && octal(i + 3)) {
            plain += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
            i += 3;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

bool can_be_written(const std::filesystem::path& mount) {
    struct statvfs storage{};
    return ::statvfs(mount.c_str(), &storage) == 0 && (storage.f_flag & ST_RDONLY) == 0 &&
           ::access(mount.c_str(), W_OK | X_OK) == 0;
}

}  // namespace

std::vector<std::filesystem::path> mounts_below(const std::filesystem::path& directory, std::string_view mountinfo) {
    const std::string inside = directory.string() + "/";
    std::vector<std::filesystem::path> mounts;
    std::istringstream lines{std::string{mountinfo}};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream fields{line};
        std::string id;
        std::string parent;
        std::string device;
        std::string root;
        std::string point;
        if (!(fields >> id >> parent >> device >> root >> point)) continue;
        const std::filesystem::path mount = unescaped(point);
        if (mount == directory || mount.string().starts_with(inside)) mounts.push_back(mount);
    }
    std::ranges::sort(mounts);
    return mounts;
}

Result<std::filesystem::path> find_stick(const std::filesystem::path& directory) {
    std::error_code none;
    const std::filesystem::path real = std::filesystem::canonical(directory, none);
    const auto mountinfo = platform::read_file("/proc/self/mountinfo");
    if (!mountinfo) return fail(mountinfo.error(), "looking for a USB stick");
    const auto mounts = none ? std::vector<std::filesystem::path>{} : mounts_below(real, *mountinfo);
    if (mounts.empty()) return fail(Fault::NotFound, "no USB stick is mounted below " + directory.string());
    const auto stick = std::ranges::find_if(mounts, can_be_written);
    if (stick == mounts.end()) {
        return fail(Fault::Refused, "the USB stick at " + mounts.front().string() + " cannot be written to");
    }
    return *stick;
}

}  // namespace milepost::kiosk
