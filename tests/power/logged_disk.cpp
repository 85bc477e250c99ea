#define FUSE_USE_VERSION 34

#include "tests/power/logged_disk.h"

#include "platform/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fuse3/fuse_lowlevel.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

namespace milepost::power {
namespace {

constexpr fuse_ino_t kFile = 2;  // beside FUSE_ROOT_ID
constexpr double kForEver = 1e9;
constexpr std::size_t kLargestImage = std::size_t{256} << 20;
constexpr std::size_t kLargestLog = std::size_t{2} << 30;

/// Before each request's bytes in the log.
struct Header {
    std::uint64_t offset;
    std::uint32_t length;
    std::uint32_t flush;
};

struct Disk {
    std::string bytes;
    int log = -1;
    std::atomic<std::uint64_t>* position = nullptr;

    /// Whether it stands in the log: before the request is answered.
    bool note(Header header, const char* data) const {
        iovec parts[]{{&header, sizeof header}, {const_cast<char*>(data), header.length}};
        if (::writev(log, parts, 2) != static_cast<ssize_t>(sizeof header + header.length)) return false;
        ++*position;
        return true;
    }
};

Disk& disk_of(fuse_req_t request) {
    return *static_cast<Disk*>(fuse_req_userdata(request));
}

struct stat about(const Disk& disk, fuse_ino_t inode) {
    struct stat about{};
    about.st_ino = inode;
    about.st_mode = inode == kFile ? S_IFREG | 0600 : S_IFDIR | 0700;
    about.st_nlink = 1;
    about.st_size = inode == kFile ? static_cast<off_t>(disk.bytes.size()) : 0;
    return about;
}

void look_up(fuse_req_t request, fuse_ino_t parent, const char* name) {
    if (parent != FUSE_ROOT_ID || std::strcmp(name, "disk") != 0) {
        fuse_reply_err(request, ENOENT);
        return;
    }
    fuse_entry_param entry{};
    entry.ino = kFile;
    entry.attr = about(disk_of(request), kFile);
    entry.attr_timeout = entry.entry_timeout = kForEver;
    fuse_reply_entry(request, &entry);
}

void get_attributes(fuse_req_t request, fuse_ino_t inode, fuse_file_info* /*file*/) {
    const struct stat found = about(disk_of(request), inode);
    fuse_reply_attr(request, &found, kForEver);
}

/// Times that a write changes are of no interest.
void set_attributes(fuse_req_t request, fuse_ino_t inode, struct stat* /*to*/, int /*which*/, fuse_file_info* file) {
    get_attributes(request, inode, file);
}

void open_file(fuse_req_t request, fuse_ino_t inode, fuse_file_info* file) {
    if (inode == kFile) {
        fuse_reply_open(request, file);
    } else {
        fuse_reply_err(request, EISDIR);
    }
}

void read_bytes(fuse_req_t request, fuse_ino_t /*inode*/, size_t size, off_t offset, fuse_file_info* /*file*/) {
    const std::string& bytes = disk_of(request).bytes;
    const auto from = std::min(static_cast<std::size_t>(offset), bytes.size());
    fuse_reply_buf(request, bytes.data() + from, std::min(size, bytes.size() - from));
}

void write_bytes(fuse_req_t request, fuse_ino_t /*inode*/, const char* data, size_t size, off_t offset,
                 fuse_file_info* /*file*/) {
    Disk& disk = disk_of(request);
    const auto at = static_cast<std::size_t>(offset);
    if (at + size > disk.bytes.size()) {
        fuse_reply_err(request, ENOSPC);
    } else if (!disk.note({.offset = at, .length = static_cast<std::uint32_t>(size), .flush = 0}, data)) {
        fuse_reply_err(request, EIO);
    } else {
        std::memcpy(disk.bytes.data() + at, data, size);
        fuse_reply_write(request, size);
    }
}

void flush_disk(fuse_req_t request, fuse_ino_t /*inode*/, int /*data_only*/, fuse_file_info* /*file*/) {
    fuse_reply_err(request, disk_of(request).note({.offset = 0, .length = 0, .flush = 1}, "") ? 0 : EIO);
}

/// One request at a time: the log's order is the order in which they were answered.
int serve(Disk& disk, const std::string& folder, int ready) {
    fuse_lowlevel_ops operations{};
    operations.lookup = look_up;
    operations.getattr = get_attributes;
    operations.setattr = set_attributes;
    operations.open = open_file;
    operations.read = read_bytes;
    operations.write = write_bytes;
    operations.fsync = flush_disk;
    char name[] = "milepost-power";
    char* words[] = {name, nullptr};
    fuse_args arguments = FUSE_ARGS_INIT(1, words);
    fuse_session* session = fuse_session_new(&arguments, &operations, sizeof operations, &disk);
    if (session == nullptr || fuse_session_mount(session, folder.c_str()) != 0) return 1;
    if (::write(ready, "r", 1) != 1) return 1;
    ::close(ready);
    return fuse_session_loop(session) == 0 ? 0 : 1;
}

}  // namespace

Result<DiskLog> DiskLog::read(const std::filesystem::path& path) {
    auto bytes = platform::read_file(path, kLargestLog);
    if (!bytes) return std::unexpected{bytes.error()};
    DiskLog log;
    log.bytes_ = std::move(*bytes);
    for (std::size_t at = 0; at < log.bytes_.size();) {
        Header header{};
        if (log.bytes_.size() - at < sizeof header) return fail(Fault::Corrupt, path.string() + " ends in a request");
        std::memcpy(&header, log.bytes_.data() + at, sizeof header);
        at += sizeof header;
        if (log.bytes_.size() - at < header.length) return fail(Fault::Corrupt, path.string() + " ends in a request");
        log.requests_.push_back({.offset = header.offset,
                                 .bytes = std::string_view{log.bytes_}.substr(at, header.length),
                                 .flush = header.flush != 0});
        at += header.length;
    }
    return log;
}

Result<LoggedDisk> LoggedDisk::start(const std::filesystem::path& image, const std::filesystem::path& log,
                                     const std::filesystem::path& folder) {
    auto bytes = platform::read_file(image, kLargestImage);
    if (!bytes) return std::unexpected{bytes.error()};
    void* shared =
        ::mmap(nullptr, sizeof(std::atomic<std::uint64_t>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int ready[2];
    if (shared == MAP_FAILED || ::pipe2(ready, O_CLOEXEC) != 0) {
        return fail(Fault::Unavailable, fmt::format("a disk's memory: {}", std::strerror(errno)));
    }
    auto* position = new (shared) std::atomic<std::uint64_t>{0};
    const pid_t server = ::fork();
    if (server == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        Disk disk{.bytes = std::move(*bytes),
                  .log = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600),
                  .position = position};
        ::_exit(disk.log < 0 ? 1 : serve(disk, folder.string(), ready[1]));
    }
    ::close(ready[1]);
    LoggedDisk disk{folder, position, server};
    char byte = 0;
    const bool serves = server > 0 && ::read(ready[0], &byte, 1) == 1;
    ::close(ready[0]);
    if (!serves) return fail(Fault::Unavailable, "the logged disk could not be mounted at " + folder.string());
    return disk;
}

LoggedDisk::LoggedDisk(LoggedDisk&& other) noexcept
    : folder_(std::move(other.folder_)),
      position_(std::exchange(other.position_, nullptr)),
      server_(std::exchange(other.server_, -1)) {}

LoggedDisk::~LoggedDisk() {
    if (server_ <= 0) return;
    ::umount2(folder_.c_str(), 0);  // which ends the server's loop
    ::waitpid(server_, nullptr, 0);
    ::munmap(position_, sizeof *position_);
}

}  // namespace milepost::power
