#include "kiosk/data/usb_export.h"

#include "kiosk/data/device_paths.h"
#include "kiosk/data/epoch_table.h"
#include "kiosk/data/log_copy.h"
#include "kiosk/data/response_csv.h"
#include "kiosk/data/stick_file.h"
#include "platform/encoding.h"
#include "sync/protocol/record.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace milepost::kiosk {
namespace {

/// nullopt: the log is empty.
Result<std::optional<std::string>> log_id_of(platform::Database& database) {
    auto epochs = EpochTable::open(database);
    if (!epochs) return std::unexpected{epochs.error()};
    std::optional<std::string> id;
    auto read = epochs->each([&](const EpochRow& epoch) { id = id.value_or(epoch.id); });
    if (!read) return std::unexpected{read.error()};
    return id;
}

std::string folder_name(const ExportOptions& options, const std::optional<std::string>& log_id) {
    std::string time = platform::format_rfc3339(options.now.utc).substr(0, 19);
    std::erase_if(time, [](char c) { return c == ':' || c == '-'; });
    return "milepost-" + time + "-" + log_id.value_or("empty").substr(0, 8);
}

struct Files {
    LogCopy log;
    StickFile csv;
};

Result<void> copy(const ExportOptions& options, Files& files, Exported& done) {
    while (true) {
        const auto piece = files.log.copy_some();
        if (!piece) return std::unexpected{piece.error()};
        if (piece->empty()) return {};
        done.records += static_cast<std::int64_t>(piece->size());
        for (const LogRow& row : *piece) {
            const auto record = protocol::read_record(row.line);
            const auto* response = record ? std::get_if<protocol::ResponseRecord>(&record->body) : nullptr;
            if (response == nullptr) continue;
            ++done.responses;
            if (auto written = files.csv.write(csv_lines(*response)); !written) return written;
        }
        if (options.go_on && !options.go_on(files.log.percent())) {
            return fail(Fault::Unavailable, "the export was given up");
        }
    }
}

Result<void> write_manifest(const ExportOptions& options, Files& files, const Exported& done) {
    const auto described = [](const StickFile& file) {
        return nlohmann::ordered_json{{"bytes", file.bytes()}, {"sha256", file.sha256_hex()}};
    };
    const nlohmann::ordered_json manifest{
        {"milepost_export", 1},
        {"log", files.log.log_id() ? nlohmann::ordered_json(*files.log.log_id()) : nlohmann::ordered_json(nullptr)},
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
    auto log_id = log_id_of(**database);
    if (!log_id) return std::unexpected{log_id.error()};
    Exported done{.folder = options.target / folder_name(options, *log_id)};
    if (auto made = make_folder(done.folder); !made) return std::unexpected{made.error()};
    auto log = StickFile::make(done.folder / "log.ndjson");
    if (!log) return std::unexpected{log.error()};
    auto csv = StickFile::make(done.folder / "responses.csv");
    if (!csv) return std::unexpected{csv.error()};
    auto log_copy = LogCopy::begin(**database, std::move(*log));
    if (!log_copy) return std::unexpected{log_copy.error()};
    Files files{.log = std::move(*log_copy), .csv = std::move(*csv)};
    if (auto written = files.csv.write(csv_header()); !written) return std::unexpected{written.error()};
    if (auto copied = copy(options, files, done); !copied) return std::unexpected{copied.error()};
    for (StickFile* file : {&files.log.file(), &files.csv}) {
        if (auto finished = file->finish(); !finished) return std::unexpected{finished.error()};
    }
    if (auto written = write_manifest(options, files, done); !written) return std::unexpected{written.error()};
    if (auto flushed = flush_folder(done.folder); !flushed) return std::unexpected{flushed.error()};
    return done;
}

}  // namespace milepost::kiosk
