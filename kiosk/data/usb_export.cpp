#include "kiosk/data/usb_export.h"

#include "kiosk/data/device_paths.h"
#include "kiosk/data/epoch_table.h"
#include "kiosk/data/log_table.h"
#include "kiosk/data/response_csv.h"
#include "kiosk/data/stick_file.h"
#include "platform/encoding.h"
#include "sync/protocol/record.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace milepost::kiosk {
namespace {

constexpr std::int64_t kRowsAtOnce = 500;

/// An epoch's records follow each other; where one begins, the frame of a batch stands.
class LogFile {
public:
    LogFile(StickFile file, std::map<std::int64_t, std::string> epochs, std::map<std::int64_t, std::int64_t> counts)
        : file_(std::move(file)), epochs_(std::move(epochs)), counts_(std::move(counts)) {}

    Result<void> add(const LogRow& row) {
        if (row.epoch != epoch_) {
            epoch_ = row.epoch;
            const auto prev = protocol::chain_from_bytes(row.chain_before);
            const nlohmann::ordered_json frame{{"v", 1},
                                               {"log", epochs_.empty() ? "" : epochs_.begin()->second},
                                               {"epoch", epochs_[row.epoch]},
                                               {"first", row.seq},
                                               {"count", counts_[row.epoch]},
                                               {"prev", prev ? protocol::to_hex(*prev) : ""}};
            if (auto written = file_.write(frame.dump() + "\n"); !written) return written;
        }
        return file_.write(row.line + "\n");
    }
    StickFile& file() { return file_; }

private:
    StickFile file_;
    std::map<std::int64_t, std::string> epochs_;
    std::map<std::int64_t, std::int64_t> counts_;
    std::int64_t epoch_ = 0;
};

struct Extent {
    std::map<std::int64_t, std::string> epochs;   ///< ids by number
    std::map<std::int64_t, std::int64_t> counts;  ///< records by epoch, up to `last`
    std::int64_t first = 0;                       ///< n
    std::int64_t last = -1;
};

/// What is exported: the log as it was when the export began.
Result<Extent> extent_of(platform::Database& database) {
    Extent extent;
    auto epochs = EpochTable::open(database);
    if (!epochs) return std::unexpected{epochs.error()};
    auto read = epochs->each([&](const EpochRow& epoch) { extent.epochs[epoch.number] = epoch.id; });
    if (!read) return std::unexpected{read.error()};
    auto statement = database.prepare("SELECT epoch, COUNT(*), MIN(n), MAX(n) FROM log GROUP BY epoch ORDER BY epoch");
    if (!statement) return std::unexpected{statement.error()};
    auto counted = (*statement)->run({}, [&](const platform::Row& row) {
        extent.counts[row.integer(0)] = row.integer(1);
        if (extent.last < extent.first) extent.first = row.integer(2);
        extent.last = std::max(extent.last, row.integer(3));
    });
    if (!counted) return std::unexpected{counted.error()};
    return extent;
}

std::string folder_name(const ExportOptions& options, const Extent& extent) {
    std::string time = platform::format_rfc3339(options.now.utc).substr(0, 19);
    std::erase_if(time, [](char c) { return c == ':' || c == '-'; });
    const std::string log = extent.epochs.empty() ? "empty" : extent.epochs.begin()->second.substr(0, 8);
    return "milepost-" + time + "-" + log;
}

struct Files {
    LogFile log;
    StickFile csv;
};

Result<void> copy(LogTable& rows, const Extent& extent, const ExportOptions& options, Files& files, Exported& done) {
    const std::int64_t all = std::max<std::int64_t>(1, extent.last - extent.first + 1);
    for (std::int64_t n = extent.first - 1; n < extent.last;) {
        const auto piece = rows.after(n, std::min(kRowsAtOnce, extent.last - n));
        if (!piece) return std::unexpected{piece.error()};
        if (piece->empty()) break;
        for (const LogRow& row : *piece) {
            if (auto added = files.log.add(row); !added) return added;
            ++done.records;
            const auto record = protocol::read_record(row.line);
            const auto* response = record ? std::get_if<protocol::ResponseRecord>(&record->body) : nullptr;
            if (response == nullptr) continue;
            ++done.responses;
            if (auto written = files.csv.write(csv_lines(*response)); !written) return written;
        }
        n = piece->back().n;
        if (options.go_on && !options.go_on(static_cast<int>((n - extent.first + 1) * 100 / all))) {
            return fail(Fault::Unavailable, "the export was given up");
        }
    }
    return {};
}

Result<void> write_manifest(const ExportOptions& options, const Extent& extent, Files& files, const Exported& done) {
    const auto described = [](const StickFile& file) {
        return nlohmann::ordered_json{{"bytes", file.bytes()}, {"sha256", file.sha256_hex()}};
    };
    const nlohmann::ordered_json manifest{
        {"milepost_export", 1},
        {"log", extent.epochs.empty() ? nlohmann::ordered_json(nullptr)
                                      : nlohmann::ordered_json(extent.epochs.begin()->second)},
        {"made", platform::format_rfc3339(options.now.utc)},
        {"clock", platform::to_string(options.now.trust)},
        {"version", options.version},
        {"records", done.records},
        {"responses", done.responses},
        {"files", {{"log.ndjson", described(files.log.file())}, {"responses.csv", described(files.csv)}}}};
    auto file = StickFile::make(done.folder / "manifest.json");
    if (!file) return std::unexpected{file.error()};
    if (auto written = file->write(manifest.dump(2) + "\n"); !written) return written;
    return file->finish();
}

}  // namespace

Result<Exported> export_log(const ExportOptions& options) {
    auto database = open_device_db(options.data);
    if (!database) return std::unexpected{database.error()};
    auto rows = LogTable::open(**database);
    if (!rows) return std::unexpected{rows.error()};
    auto extent = extent_of(**database);
    if (!extent) return std::unexpected{extent.error()};
    Exported done{.folder = options.target / folder_name(options, *extent)};
    if (auto made = make_folder(done.folder); !made) return std::unexpected{made.error()};
    auto log = StickFile::make(done.folder / "log.ndjson");
    if (!log) return std::unexpected{log.error()};
    auto csv = StickFile::make(done.folder / "responses.csv");
    if (!csv) return std::unexpected{csv.error()};
    Files files{.log = LogFile{std::move(*log), extent->epochs, extent->counts}, .csv = std::move(*csv)};
    if (auto written = files.csv.write(csv_header()); !written) return std::unexpected{written.error()};
    if (auto copied = copy(*rows, *extent, options, files, done); !copied) return std::unexpected{copied.error()};
    for (StickFile* file : {&files.log.file(), &files.csv}) {
        if (auto finished = file->finish(); !finished) return std::unexpected{finished.error()};
    }
    if (auto written = write_manifest(options, *extent, files, done); !written) return std::unexpected{written.error()};
    if (auto flushed = flush_folder(done.folder); !flushed) return std::unexpected{flushed.error()};
    return done;
}

}  // namespace milepost::kiosk
