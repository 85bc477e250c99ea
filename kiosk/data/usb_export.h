#pragma once

#include "platform/clock.h"
#include "platform/error.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace milepost::kiosk {

/// What an export wrote.
struct Exported {
    std::filesystem::path folder;
    std::int64_t records = 0;
    std::int64_t responses = 0;
};

struct ExportOptions {
    std::filesystem::path data;
    std::filesystem::path target;  ///< a folder is made in it
    platform::Stamp now;
    std::string version;
    std::function<bool(int percent)> go_on;  ///< told how far it is; false gives up
};

/// Writes what the log holds into a new folder of `target`, everything on the medium when it returns:
/// - responses.csv: a line an answer, for spreadsheets; no contact details, which are sealed anyway;
/// - log.ndjson: the records (LogCopy);
/// - manifest.json: counts, and the SHA-256 of both files.
/// Reads only, in short pieces, also while the kiosk writes. A folder that was not finished has no manifest.
[[nodiscard]] Result<Exported> export_log(const ExportOptions& options);

}  // namespace milepost::kiosk
