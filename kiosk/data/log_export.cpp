#include "kiosk/data/log_export.h"

#include "kiosk/data/device_paths.h"
#include "kiosk/data/log_copy.h"
#include "kiosk/data/salvage/salvage.h"
#include "platform/files.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace milepost::kiosk {
namespace {

namespace fs = std::filesystem;

/// Goes when the object does, with all that is in it.
class Scratch {
public:
    static Result<Scratch> make() {
        std::error_code ignored;
        std::string name = (fs::temp_directory_path(ignored) / "milepost-export-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) return fail(Fault::Io, name + ": a place to work cannot be made");
        return Scratch{name};
    }
    Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    Scratch& operator=(Scratch&&) = delete;
    ~Scratch() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    explicit Scratch(fs::path path) : path_(std::move(path)) {}
    fs::path path_;
};

Result<LogExported> copy_all(const fs::path& data, StickFile file) {
    auto database = open_device_db(data);
    if (!database) return std::unexpected{database.error()};
    auto copy = LogCopy::begin(**database, std::move(file));
    if (!copy) return std::unexpected{copy.error()};
    for (bool more = true; more;) {
        const auto some = copy->copy_some();
        if (!some) return std::unexpected{some.error()};
        more = !some->empty();
    }
    if (auto finished = copy->file().finish(); !finished) return std::unexpected{finished.error()};
    auto report = verify_log(data);
    if (!report) return std::unexpected{report.error()};
    return LogExported{.log_id = copy->log_id(),
                       .bytes = copy->file().bytes(),
                       .sha256_hex = copy->file().sha256_hex(),
                       .damage = {},
                       .report = std::move(*report)};
}

/// A name that was only just made goes again.
Result<LogExported> copy_to(const fs::path& data, const fs::path& out) {
    auto file = StickFile::make(out);
    if (!file) return std::unexpected{file.error()};
    auto exported = copy_all(data, std::move(*file));
    if (exported) {
        if (auto flushed = flush_folder(fs::absolute(out).parent_path()); !flushed) {
            return std::unexpected{flushed.error()};
        }
        return exported;
    }
    std::error_code ignored;
    fs::remove(out, ignored);
    return exported;
}

/// Keeps a kiosk from starting while it lives. A file that somebody writes is read page by page only torn.
class Quiet {
public:
    explicit Quiet(const fs::path& data)
        : lock_(::open(device_db_lock_path(data).c_str(), O_RDONLY | O_CLOEXEC)),
          quiet_(lock_ < 0 ? errno == ENOENT : ::flock(lock_, LOCK_EX | LOCK_NB) == 0) {}
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;
    ~Quiet() {
        if (lock_ >= 0) ::close(lock_);
    }
    explicit operator bool() const { return quiet_; }

private:
    int lock_;
    bool quiet_;
};

Result<LogExported> gather(const fs::path& data, const fs::path& out, const Error& damage) {
    auto scratch = Scratch::make();
    if (!scratch) return std::unexpected{scratch.error()};
    const fs::path gathered = device_db_path(scratch->path());
    if (auto made = platform::make_data_directory(gathered.parent_path()); !made) return std::unexpected{made.error()};
    const auto rescued =
        copy_readable(device_db_path(data), gathered, damage.message, {.alive = {}, .read_patience = {}});
    if (!rescued) return std::unexpected{rescued.error()};
    if (rescued->rows == 0) return std::unexpected{damage};
    auto exported = copy_to(scratch->path(), out);
    if (exported) exported->damage = damage.message;
    return exported;
}

}  // namespace

Result<LogExported> export_log_file(const fs::path& data, const fs::path& out) {
    std::error_code ignored;
    if (fs::exists(out, ignored)) {
        return fail(Fault::Refused, out.string() + " is there already; name a new file with --out");
    }
    auto exported = copy_to(data, out);
    if (exported || !fs::exists(device_db_path(data), ignored)) return exported;
    const Fault fault = exported.error().fault;
    if (fault == Fault::Full || fault == Fault::Invalid || fault == Fault::Unavailable) return exported;
    const Quiet quiet{data};
    if (quiet) return gather(data, out, exported.error());
    exported.error().message += ". Stop the kiosk to gather what can be read, as a user who may open its lock";
    return exported;
}

std::string to_json(const LogExported& exported) {
    nlohmann::ordered_json json{{"log", exported.log_id ? nlohmann::ordered_json(*exported.log_id) : nullptr},
                                {"bytes", exported.bytes},
                                {"sha256", exported.sha256_hex},
                                {"damage", exported.damage},
                                {"report", nlohmann::ordered_json::parse(to_json(exported.report))}};
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace milepost::kiosk
