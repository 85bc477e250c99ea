#include "sync/store/export_file.h"

#include "platform/crypto.h"
#include "platform/encoding.h"
#include "platform/files.h"

#include <nlohmann/json.hpp>

#include <array>

namespace milepost::store {

namespace {

constexpr std::size_t kMostLine = protocol::kMostBatchBytes - 1'024;
constexpr std::size_t kMostPieceBytes = protocol::kMostBatchBytes - 1'024;  // room for the first line
constexpr std::string_view kLogFile = "log.ndjson";

std::unexpected<Error> wrong(const std::filesystem::path& path, std::int64_t line, const std::string& what) {
    return fail(Fault::Invalid, path.string() + ":" + std::to_string(line) + ": " + what);
}

std::string sha256_of(std::ifstream& file) {
    platform::Sha256Stream digest;
    std::array<char, 64 << 10> buffer{};
    while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || file.gcount() > 0) {
        digest.add({buffer.data(), static_cast<std::size_t>(file.gcount())});
    }
    return platform::to_hex(platform::view(digest.digest()));
}

/// The digest that a manifest gives for the log; nullopt: it is no manifest of an export.
std::optional<std::string> announced_digest(const std::string& manifest) {
    const auto json = nlohmann::json::parse(manifest, nullptr, false);
    const nlohmann::json::json_pointer digest{"/files/log.ndjson/sha256"};
    if (!json.is_object() || !json.contains(digest) || !json.at(digest).is_string()) return std::nullopt;
    return json.at(digest).get<std::string>();
}

}  // namespace

Result<ExportFile> ExportFile::open(const std::filesystem::path& path) {
    std::error_code error;
    const bool folder = std::filesystem::is_directory(path, error);
    const auto log = folder ? path / kLogFile : path;
    std::ifstream stream{log, std::ios::binary};
    if (!stream) return fail(Fault::NotFound, log.string() + ": cannot be read");
    ExportFile file{log, std::move(stream)};
    const auto manifest = platform::read_file(log.parent_path() / "manifest.json");
    if (!manifest || log.filename() != kLogFile) return file;
    const auto digest = announced_digest(*manifest);
    if (!digest) return file;
    if (sha256_of(file.file_) != *digest) {
        return fail(Fault::Corrupt, log.string() +
                                        ": is not what its manifest.json says it was: the copy is cut or "
                                        "altered. Export again, or remove manifest.json to take what is "
                                        "there; every record is checked by its chain all the same");
    }
    file.file_.clear();
    file.file_.seekg(0);
    file.has_manifest_ = true;
    return file;
}

/// False at the end.
Result<bool> ExportFile::read_line(std::string& line) {
    if (kept_back_) {
        line = std::move(*kept_back_);
        kept_back_.reset();
        return true;
    }
    if (!std::getline(file_, line)) return false;
    ++line_number_;
    if (line.size() > kMostLine) return wrong(path_, line_number_, "longer than a batch can be");
    if (file_.eof()) {
        return fail(Fault::Corrupt, path_.string() + ": ends inside line " + std::to_string(line_number_) +
                                        ": the copy is cut; what came before is taken");
    }
    return true;
}

Result<void> ExportFile::begin_part(const std::string& line) {
    auto header = protocol::decode_header(line);
    if (!header) return wrong(path_, line_number_, "not an exported log: " + header.error().message);
    part_ = std::move(*header);
    return {};
}

Result<void> ExportFile::fill(ExportPiece& piece) {
    std::size_t bytes = 0;
    std::string line;
    while (part_.count > 0 && piece.lines.size() < protocol::kMostBatchLines) {
        const auto read = read_line(line);
        if (!read) return std::unexpected{read.error()};
        if (!*read) {
            return fail(Fault::Corrupt, path_.string() + ": ends " + std::to_string(part_.count) +
                                            " records too early: the copy is cut; what came before is taken");
        }
        if (bytes + line.size() + 1 > kMostPieceBytes) {
            kept_back_ = std::move(line);
            return {};
        }
        bytes += line.size() + 1;
        part_.prev = protocol::next(part_.prev, line);
        ++part_.first;
        --part_.count;
        piece.lines.push_back(std::move(line));
    }
    return {};
}

Result<std::optional<ExportPiece>> ExportFile::next() {
    if (part_.count == 0) {
        std::string line;
        const auto read = read_line(line);
        if (!read) return std::unexpected{read.error()};
        if (!*read) return std::nullopt;
        if (auto begun = begin_part(line); !begun) return std::unexpected{begun.error()};
    }
    ExportPiece piece{.header = part_, .lines = {}};
    const auto filled = fill(piece);
    piece.header.count = static_cast<std::int64_t>(piece.lines.size());
    if (!filled && piece.lines.empty()) return std::unexpected{filled.error()};
    return piece;  // where it was cut, the next call says so
}

std::optional<ExportPiece> stand_in(const ExportPiece& piece, const protocol::RecordsAnswer& wanted) {
    ExportPiece lost{.header = {.log = piece.header.log, .epoch = wanted.epoch, .first = wanted.next, .count = 1},
                     .lines = {}};
    if (wanted.epoch == piece.header.epoch) {
        if (wanted.next >= piece.header.first) return std::nullopt;
        lost.lines.push_back(protocol::lost_line(
            wanted.next, {.until = piece.header.first - 1, .chain = protocol::to_hex(piece.header.prev)}));
        return lost;
    }
    const auto first = piece.lines.empty() ? Result<protocol::Record>{fail(Fault::Invalid, "")}
                                           : protocol::read_record(piece.lines.front());
    if (!first) return std::nullopt;
    const auto* event = std::get_if<protocol::EventRecord>(&first->body);
    const auto* epoch = event == nullptr ? nullptr : std::get_if<protocol::EpochData>(&event->data);
    const bool names_it = epoch != nullptr && epoch->prev_epoch == wanted.epoch && epoch->prev_last_seq >= wanted.next;
    if (!names_it) return std::nullopt;
    lost.lines.push_back(protocol::lost_line(wanted.next, {.until = epoch->prev_last_seq, .chain = epoch->prev_chain}));
    return lost;
}

}  // namespace milepost::store
