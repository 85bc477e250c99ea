#include "kiosk/data/device_file.h"

#include "kiosk/data/device_paths.h"
#include "kiosk/data/salvage/salvage.h"
#include "platform/log.h"
#include "sync/protocol/device_files.h"

#include <fmt/format.h>
#include <sys/stat.h>

namespace milepost::kiosk {
namespace {

/// A full check of a large log would keep people waiting; it runs afterwards.
constexpr std::int64_t kRowsLookedAt = 64;

Result<DeviceFile::Tables> open_tables(platform::Database& database, const Recorder::Options& options) {
    auto log = LogWriter::open(database, {.hardware = options.hardware, .version = options.version});
    if (!log) return std::unexpected{log.error()};
    auto rows = LogTable::open(database);
    if (!rows) return std::unexpected{rows.error()};
    auto epochs = EpochTable::open(database);
    if (!epochs) return std::unexpected{epochs.error()};
    auto open_response = OpenResponseTable::open(database);
    if (!open_response) return std::unexpected{open_response.error()};
    auto counts = CountWriter::open(database);
    if (!counts) return std::unexpected{counts.error()};
    auto surveys = SurveyTable::open(database);
    if (!surveys) return std::unexpected{surveys.error()};
    auto settings = SettingTable::open(database);
    if (!settings) return std::unexpected{settings.error()};
    auto requests = RequestTable::open(database);
    if (!requests) return std::unexpected{requests.error()};
    return DeviceFile::Tables{std::move(*log),    std::move(*rows),    std::move(*epochs),   std::move(*open_response),
                              std::move(*counts), std::move(*surveys), std::move(*settings), std::move(*requests)};
}

/// What the first visit will need can be read.
Result<void> look_at(DeviceFile::Tables& tables) {
    const std::int64_t end = tables.log.end().n;
    if (auto newest = tables.rows.after(end - kRowsLookedAt, kRowsLookedAt); !newest) {
        return std::unexpected{newest.error()};
    }
    if (auto each = tables.epochs.each([](const EpochRow&) {}); !each) return each;
    if (auto open = tables.open_response.get(); !open) return std::unexpected{open.error()};
    if (auto setting = tables.settings.get(kClockSetting); !setting) return std::unexpected{setting.error()};
    return {};
}

Result<std::unique_ptr<DeviceFile>> try_open(const Recorder::Options& options) {
    auto database = platform::open_for_writing(device_db_path(options.data).string());
    if (!database) return std::unexpected{database.error()};
    if (auto migrated = platform::migrate(**database, protocol::kDeviceSchema); !migrated) {
        return std::unexpected{migrated.error()};
    }
    auto tables = open_tables(**database, options);
    if (!tables) return std::unexpected{tables.error()};
    if (auto looked = look_at(*tables); !looked) return std::unexpected{looked.error()};
    if (const auto id = tables->settings.get(kLogIdSetting); id && *id) remember_log_id(options, **id);
    return std::make_unique<DeviceFile>(std::move(*database), std::move(*tables));
}

/// A WAL that holds something beside no file: SQLite would take it for another file's and remove it, and with it
/// everything that was committed since the last checkpoint.
bool lost_all_but_its_wal(const std::filesystem::path& path) {
    constexpr std::uintmax_t kWalHeader = 32;
    std::error_code missing;
    const std::uintmax_t bytes = std::filesystem::file_size(path, missing);
    if (!missing && bytes > 0) return false;
    if (missing && missing != std::errc::no_such_file_or_directory) return false;
    const std::uintmax_t in_wal = std::filesystem::file_size(std::filesystem::path{path}.concat("-wal"), missing);
    return !missing && in_wal > kWalHeader;
}

}  // namespace

Result<std::unique_ptr<DeviceFile>> DeviceFile::open(const Recorder::Options& options, Doubt doubt) {
    const std::filesystem::path path = device_db_path(options.data);
    if (auto finished = finish_salvage(path); !finished) return std::unexpected{finished.error()};
    std::string why = "a check found it damaged";
    if (lost_all_but_its_wal(path)) {
        why = "the file is gone, and what was written last is in its WAL";
    } else if (doubt == Doubt::None) {
        auto file = try_open(options);
        // One read that failed is no damage yet.
        if (!file && file.error().fault == Fault::Corrupt) file = try_open(options);
        if (file) return file;
        if (file.error().fault != Fault::Corrupt) return fail(file.error(), "opening " + path.string());
        why = file.error().message;
    }
    platform::log_error(
        fmt::format("{} is damaged ({}); what can be read is copied into a new file", path.string(), why));
    auto salvaged = salvage(path, why, {.alive = options.alive, .read_patience = options.read_patience});
    if (!salvaged) return fail(salvaged.error(), "salvaging " + path.string());
    platform::log_warning(
        fmt::format("{} records were saved, {} of their numbers are missing; the damaged file is kept in {}",
                    salvaged->rows, salvaged->missing, salvaged->aside.string()));
    auto file = try_open(options);
    if (!file) return fail(file.error(), "opening what was salvaged of " + path.string());
    return file;
}

void remember_log_id(const Recorder::Options& options, const std::string& id) {
    if (auto kept = keep_log_id(device_db_path(options.data), id); !kept) {
        platform::log_warning("the log's id could not be kept a second time: " + kept.error().message);
    }
}

std::optional<std::uint64_t> device_db_inode(const std::filesystem::path& data) {
    struct stat found{};
    if (::stat(device_db_path(data).c_str(), &found) != 0) return std::nullopt;
    return found.st_ino;
}

}  // namespace milepost::kiosk
