#pragma once

#include "kiosk/data/log_verifier.h"

#include <filesystem>
#include <optional>
#include <string>

namespace milepost::kiosk {

/// What `milepost log export` wrote, and what it found.
struct LogExported {
    std::optional<std::string> log_id;  ///< nullopt: nothing was ever recorded
    std::int64_t bytes = 0;
    std::string sha256_hex;  ///< of the file
    std::string damage;      ///< why the rows were gathered page by page; empty: device.db could be read
    LogReport report;        ///< of what was copied
};

/// Copies a device's log into the new file `out` (LogCopy), on the medium when it returns. Changes nothing in `data`,
/// which may be a dead kiosk's card, mounted read-only: what SQLite cannot read is gathered page by page as a salvage
/// would. `out` goes again where nothing came of it. Fault::Refused when `out` is there already.
[[nodiscard]] Result<LogExported> export_log_file(const std::filesystem::path& data, const std::filesystem::path& out);

[[nodiscard]] std::string to_json(const LogExported& exported);

}  // namespace milepost::kiosk
