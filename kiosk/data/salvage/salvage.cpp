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
#include <thread>
#include <utility>
#include <vector>

namespace milepost::kiosk {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCopiesKept = 3;             ///< the first of all, the richest, and the newest
constexpr auto kTooOften = std::chrono::hours{1};  ///< for so many salvages
constexpr std::size_t kPiecesTried = 16;
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
    [[nodiscard]] bool still_reads() const { return size_ == 0 || (known_ && try_disk({*known_, 1})); }
    /// Whether some of what could not be read can be now.
    [[nodiscard]] bool gives_back() const {
        return std::ranges::any_of(failed_, [this](const Piece& piece) { return try_disk(piece); });
    }
    /// It must outlive them.
    [[nodiscard]] RawBytes bytes(Signs& signs) {
        return {.size = size_, .read = [this, &signs](std::uint64_t offset, std::size_t length) {
                    signs();
                    return read(offset, length);
                }};
    }

private:
    struct Piece {
        std::uint64_t offset = 0;
        std::size_t length = 0;
    };
    explicit Reading(int descriptor) : descriptor_(descriptor) {}
    [[nodiscard]] std::optional<std::string> read(std::uint64_t offset, std::size_t length) {
        auto bytes = try_read(offset, length);
        if (!bytes) bytes = try_read(offset, length);
        if (bytes && !known_) known_ = offset;
        if (!bytes && failed_.size() < kPiecesTried) failed_.push_back({offset, length});
        return bytes;
    }
    /// Not from memory.
    [[nodiscard]] bool try_disk(const Piece& piece) const {
        ::posix_fadvise(descriptor_, static_cast<off_t>(piece.offset), static_cast<off_t>(piece.length),
                        POSIX_FADV_DONTNEED);
        return try_read(piece.offset, piece.length).has_value();
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
    std::vector<Piece> failed_;           ///< the first that could not
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

/// The first of all goes last: no later one holds more.
bool remove_one(std::vector<std::pair<long, fs::path>>& all) {
    const auto goes = all.begin() + (all.size() > 1 ? 1 : 0);
    std::error_code fault;
    fs::remove_all(goes->second, fault);
    all.erase(goes);
    return !fault;
}

void keep_copies(const fs::path& path, std::size_t most) {
    for (auto all = copies(path); all.size() > most;) remove_one(all);
}

bool salvages_too_often(const fs::path& path) {
    const auto now = fs::file_time_type::clock::now();
    const auto is_new = [&](const auto& copy) {
        std::error_code fault;
        const auto made = fs::last_write_time(copy.second, fault);
        return !fault && made <= now && now - made < kTooOften;
    };
    return static_cast<std::size_t>(std::ranges::count_if(copies(path), is_new)) >= kCopiesKept;
}

fs::path log_id_path(const fs::path& path) {
    return with(path, ".log-id");
}

/// A disk that was busy with itself for some seconds has lost nothing.
Result<void> wait_for(const std::vector<const Reading*>& files, const SalvageRun& run, Signs& signs) {
    const auto until = std::chrono::steady_clock::now() + run.read_patience;
    for (;; std::this_thread::sleep_for(std::min(kBetweenSigns, run.read_patience))) {
        signs();
        if (run.read_patience.count() > 0 && std::ranges::any_of(files, &Reading::gives_back)) {
            return fail(Fault::Io, "the disk reads again what it could not: nothing is given up");
        }
        if (!std::ranges::all_of(files, &Reading::still_reads)) {
            return fail(Fault::Io, "the disk reads nothing any more");
        }
        if (std::chrono::steady_clock::now() >= until) return {};
    }
}

}  // namespace

Result<Salvaged> copy_readable(const fs::path& path, const fs::path& to, const std::string& why,
                               const SalvageRun& run) {
    auto database = Reading::open(path);
    if (!database) return std::unexpected{database.error()};
    auto wal = Reading::open(with(path, "-wal"));
    if (!wal) return std::unexpected{wal.error()};
    remove_with_companions(to);
    auto made = NewFile::make(to.string());
    if (!made) return std::unexpected{made.error()};
    if (const auto id = platform::read_file(log_id_path(path), 64)) made->know_log_id(*id);
    Signs signs{run.alive};
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
    if (damaged.unreadable() > 0) {
        if (auto stays = wait_for({&*database, &*wal}, run, signs); !stays) return fail(stays.error(), path.string());
    }
    return made->finish(why, damaged.unreadable());
}

Result<Salvaged> salvage(const fs::path& path, const std::string& why, const SalvageRun& run) {
    if (salvages_too_often(path)) {
        return fail(Fault::Corrupt,
                    fmt::format("{} was damaged three times within an hour: replace the card", path.string()));
    }
    const fs::path unfinished = with(path, ".salvaging");
    auto salvaged = copy_readable(path, unfinished, why, run);
    if (!salvaged && salvaged.error().fault == Fault::Full) {
        // What is to be saved now is worth more than what was saved from before.
        keep_copies(path, 0);
        std::error_code ignored;
        fs::remove(with(path, ".reserve"), ignored);
        salvaged = copy_readable(path, unfinished, why, run);
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

bool give_up_damaged_copy(const fs::path& path) {
    auto all = copies(path);
    return !all.empty() && remove_one(all);
}

Result<void> finish_salvage(const fs::path& path) {
    const fs::path salvaged = with(path, ".salvaged");
    struct stat found{};
    if (::lstat(salvaged.c_str(), &found) != 0) {
        if (errno == ENOENT) return {};
        // Only where it is certain that there is none may the old file be opened: people are thanked into what is.
        return fail(Fault::Io, fmt::format("{}: {}", salvaged.string(), std::strerror(errno)));
    }
    const auto all = copies(path);
    const long number = all.empty() ? 1 : all.back().first + 1;
    const fs::path aside = with(path, fmt::format("{}{}", kAside, number));
    auto made = platform::make_data_directory(aside);
    if (!made && made.error().fault == Fault::Full) {
        std::error_code ignored;
        fs::remove(with(path, ".reserve"), ignored);
        made = platform::make_data_directory(aside);
    }
    if (!made) return made;
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

Result<void> keep_log_id(const fs::path& path, const std::string& id) {
    const fs::path kept = log_id_path(path);
    if (platform::read_file(kept, 64).value_or("") == id) return {};
    return platform::write_file_atomically(kept, id);
}

}  // namespace milepost::kiosk
