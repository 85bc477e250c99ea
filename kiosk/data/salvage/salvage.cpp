#include "kiosk/data/salvage/salvage.h"

#include "kiosk/data/salvage/damaged_file.h"
#include "kiosk/data/salvage/new_file.h"
#include "platform/files.h"
#include "platform/log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

namespace milepost::kiosk {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCopiesKept = 3;
constexpr std::string_view kAside = ".damaged-";
constexpr auto kBetweenSigns = std::chrono::milliseconds{250};
constexpr const char* kCompanions[] = {"-wal", "-shm"};

fs::path with(const fs::path& path, std::string_view suffix) {
    return fs::path{path}.concat(suffix);
}

/// A sign of life at every read, but not more than people or a watchdog want: a slow card takes its time for each.
class Signs {
public:
    explicit Signs(const std::function<void()>& alive) : alive_(alive) {}
    void operator()() {
        const auto now = std::chrono::steady_clock::now();
        if (!alive_ || now < next_) return;
        next_ = now + kBetweenSigns;
        alive_();
    }

private:
    const std::function<void()>& alive_;
    std::chrono::steady_clock::time_point next_{};
};

/// A file that may be missing, or fail to be read in places.
class Reading {
public:
    /// A file that is not there has no bytes. Fault::Io for one that is and cannot be opened: it is no empty one.
    static Result<Reading> open(const fs::path& path) {
        Reading reading{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
        struct stat found{};
        const bool opened = reading.descriptor_ >= 0 && ::fstat(reading.descriptor_, &found) == 0;
        if (!opened && (reading.descriptor_ >= 0 || errno != ENOENT)) {
            return fail(Fault::Io, fmt::format("reading {}: {}", path.string(), std::strerror(errno)));
        }
        reading.size_ = static_cast<std::uint64_t>(found.st_size);
        return reading;
    }
    Reading(Reading&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}
    Reading& operator=(Reading&&) = delete;
    ~Reading() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    /// Whether what could be read before still can: a disk that fails altogether has no damaged pages, and what it
    /// holds may come back with it.
    [[nodiscard]] bool still_reads() const { return size_ == 0 || (known_ && try_read(*known_, 1)); }
    /// It must outlive them.
    [[nodiscard]] RawBytes bytes(Signs& signs) {
        return {.size = size_, .read = [this, &signs](std::uint64_t offset, std::size_t length) {
                    signs();
                    return read(offset, length);
                }};
    }

private:
    explicit Reading(int descriptor) : descriptor_(descriptor) {}
    [[nodiscard]] std::optional<std::string> read(std::uint64_t offset, std::size_t length) {
        auto bytes = try_read(offset, length);
        if (!bytes) bytes = try_read(offset, length);
        if (bytes && !known_) known_ = offset;
        return bytes;
    }
    [[nodiscard]] std::optional<std::string> try_read(std::uint64_t offset, std::size_t length) const {
        std::string bytes(length, '\0');
        for (std::size_t have = 0; have < length;) {
            const ssize_t got =
                ::pread(descriptor_, bytes.data() + have, length - have, static_cast<off_t>(offset + have));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return std::nullopt;
            have += static_cast<std::size_t>(got);
        }
        return bytes;
    }

    int descriptor_;
    std::uint64_t size_ = 0;
    std::optional<std::uint64_t> known_;  ///< where something could be read
};

Result<void> rename_if_there(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) == 0 || errno == ENOENT) return {};
    return fail(Fault::Io, fmt::format("moving {} to {}: {}", from.string(), to.string(), std::strerror(errno)));
}

/// Flushes a file or a directory.
Result<void> flush(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const int code = descriptor < 0 || ::fsync(descriptor) != 0 ? errno : 0;
    if (descriptor >= 0) ::close(descriptor);
    if (code == 0) return {};
    return fail(Fault::Io, fmt::format("{}: {}", path.string(), std::strerror(code)));
}

void remove_with_companions(const fs::path& path) {
    std::error_code ignored;
    for (const char* companion : kCompanions) fs::remove(with(path, companion), ignored);
    fs::remove(path, ignored);
}

/// The directories of earlier damaged files beside `path`, oldest first, by their numbers.
std::vector<std::pair<long, fs::path>> copies(const fs::path& path) {
    std::vector<std::pair<long, fs::path>> found;
    const std::string begin = path.filename().string() + std::string{kAside};
    std::error_code fault;
    for (fs::directory_iterator at{path.parent_path(), fault}, end; !fault && at != end; at.increment(fault)) {
        const std::string name = at->path().filename().string();
        if (!name.starts_with(begin)) continue;
        found.emplace_back(std::strtol(name.c_str() + begin.size(), nullptr, 10), at->path());
    }
    std::ranges::sort(found);
    return found;
}

void keep_copies(const fs::path& path, std::size_t most) {
    auto all = copies(path);
    std::error_code ignored;
    for (; all.size() > most; all.erase(all.begin())) fs::remove_all(all.front().second, ignored);
}

}  // namespace

Result<Salvaged> copy_readable(const fs::path& path, const fs::path& to, const std::string& why,
                               const std::function<void()>& alive) {
    auto database = Reading::open(path);
    if (!database) return std::unexpected{database.error()};
    auto wal = Reading::open(with(path, "-wal"));
    if (!wal) return std::unexpected{wal.error()};
    remove_with_companions(to);
    auto made = NewFile::make(to.string());
    if (!made) return std::unexpected{made.error()};
    Signs signs{alive};
    DamagedFile damaged{database->bytes(signs), wal->bytes(signs)};
    for (std::uint32_t page = 1; page <= damaged.pages(); ++page) {
        for (const DamagedFile::Row& row : damaged.rows(page)) made->look_at(row);
    }
    DamagedFile uncovered{database->bytes(signs), {}};
    const std::uint32_t covered = wal->bytes(signs).size > 0 ? uncovered.pages() : 0;
    for (std::uint32_t page = 1; page <= covered; ++page) {
        for (const DamagedFile::Row& row : uncovered.rows(page)) made->look_behind(row);
    }
    damaged.read_again();
    for (std::uint32_t page = 1; page <= damaged.pages(); ++page) {
        for (const DamagedFile::Row& row : damaged.rows(page)) {
            if (auto taken = made->take(row); !taken) return std::unexpected{taken.error()};
        }
    }
    for (std::uint32_t page = 1; page <= covered; ++page) {
        for (const DamagedFile::Row& row : uncovered.rows(page)) {
            if (auto taken = made->take_behind(row); !taken) return std::unexpected{taken.error()};
        }
    }
    if (damaged.unreadable() > 0 && !(database->still_reads() && wal->still_reads())) {
        return fail(Fault::Io, fmt::format("{}: the disk reads nothing any more", path.string()));
    }
    return made->finish(why, damaged.unreadable());
}

Result<Salvaged> salvage(const fs::path& path, const std::string& why, const std::function<void()>& alive) {
    const fs::path unfinished = with(path, ".salvaging");
    auto salvaged = copy_readable(path, unfinished, why, alive);
    if (!salvaged && salvaged.error().fault == Fault::Full) {
        // What is to be saved now is worth more than what was saved from before.
        keep_copies(path, 0);
        std::error_code ignored;
        fs::remove(with(path, ".reserve"), ignored);
        salvaged = copy_readable(path, unfinished, why, alive);
    }
    if (!salvaged) {
        remove_with_companions(unfinished);
        return salvaged;
    }
    std::error_code ignored;
    for (const char* companion : kCompanions) fs::remove(with(unfinished, companion), ignored);
    if (auto flushed = flush(unfinished); !flushed) return std::unexpected{flushed.error()};
    if (auto complete = rename_if_there(unfinished, with(path, ".salvaged")); !complete)
        return std::unexpected{complete.error()};
    if (auto flushed = flush(path.parent_path()); !flushed) return std::unexpected{flushed.error()};
    if (auto finished = finish_salvage(path); !finished) return std::unexpected{finished.error()};
    const auto all = copies(path);
    if (!all.empty()) salvaged->aside = all.back().second;
    return salvaged;
}

Result<void> finish_salvage(const fs::path& path) {
    const fs::path salvaged = with(path, ".salvaged");
    std::error_code ignored;
    if (!fs::exists(salvaged, ignored)) return {};
    const auto all = copies(path);
    const long number = all.empty() ? 1 : all.back().first + 1;
    const fs::path aside = with(path, fmt::format("{}{}", kAside, number));
    if (auto made = platform::make_data_directory(aside); !made) return made;
    // The WAL goes first and the file last: no file ever lies beside another one's WAL.
    for (const char* suffix : {"-wal", "-shm", ""}) {
        auto moved = rename_if_there(with(path, suffix), with(aside / path.filename(), suffix));
        if (!moved) return moved;
    }
    if (auto flushed = flush(path.parent_path()); !flushed) return flushed;
    if (auto moved = rename_if_there(salvaged, path); !moved) return moved;
    keep_copies(path, kCopiesKept);
    return flush(path.parent_path());
}

}  // namespace milepost::kiosk
