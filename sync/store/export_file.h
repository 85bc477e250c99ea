#pragma once

#include "sync/protocol/batch.h"
#include "sync/protocol/record.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace milepost::store {

/// A piece of an exported log that fits a batch.
struct ExportPiece {
    protocol::BatchHeader header;
    std::vector<std::string> lines;
};

/// A kiosk's log as it was exported: the lines of protocol.md's batches one after the other, where a first line may
/// announce any number of records. Reads it piece by piece, with the chain carried on.
class ExportFile {
public:
    /// A file, or a folder with log.ndjson in it. A manifest.json beside it must fit: Fault::Corrupt.
    [[nodiscard]] static Result<ExportFile> open(const std::filesystem::path& path);

    /// nullopt: that was all. Fault::Invalid with the line's number; Fault::Corrupt where the file ends too early.
    [[nodiscard]] Result<std::optional<ExportPiece>> next();
    [[nodiscard]] bool has_manifest() const { return has_manifest_; }

private:
    ExportFile(std::filesystem::path path, std::ifstream file) : path_(std::move(path)), file_(std::move(file)) {}
    [[nodiscard]] Result<bool> read_line(std::string& line);
    [[nodiscard]] Result<void> begin_part(const std::string& line);
    [[nodiscard]] Result<void> fill(ExportPiece& piece);

    std::filesystem::path path_;
    std::ifstream file_;
    bool has_manifest_ = false;
    std::int64_t line_number_ = 0;
    protocol::BatchHeader part_;            ///< `first` and `prev` move on; `count`: what is still to come
    std::optional<std::string> kept_back_;  ///< a line that did not fit the last piece
};

/// What stands for numbers that neither the store nor the file has, so that what is behind them can come.
/// `wanted` is the epoch and number that the store asks for; `piece` what it refused. nullopt: they cannot be told.
[[nodiscard]] std::optional<ExportPiece> stand_in(const ExportPiece& piece, const protocol::RecordsAnswer& wanted);

}  // namespace milepost::store
