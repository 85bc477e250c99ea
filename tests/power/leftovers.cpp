#include "tests/power/leftovers.h"

#include "platform/files.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::power {
namespace {

// https://www.sqlite.org/fileformat2.html
constexpr std::size_t kPage = 512;
constexpr std::size_t kWalHeader = 32;
constexpr std::size_t kFrameHeader = 24;
constexpr std::size_t kFileHeader = 100;
constexpr char kTableLeaf = 0x0d;
constexpr std::size_t kMostLocal = kPage - 35;
constexpr std::size_t kLeastLocal = (kPage - 12) * 32 / 255 - 23;

using Pages = std::multimap<std::uint32_t, std::string_view>;  ///< by number; the WAL may have several of one

std::string big_endian(std::uint64_t value, int bytes) {
    std::string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 0xFF);
    return text;
}

std::uint32_t u32(std::string_view bytes) {
    std::uint32_t value = 0;
    for (const char byte : bytes.substr(0, 4)) value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}

/// Of what a row of the log has: below 2^28.
std::string varint(std::uint64_t value) {
    std::string text(1, static_cast<char>(value & 0x7F));
    while (value >>= 7) text.insert(text.begin(), static_cast<char>(0x80 | (value & 0x7F)));
    return text;
}

/// The header's and the body's part of an integer.
std::pair<std::string, std::string> integer(std::int64_t value) {
    if (value == 0 || value == 1) return {varint(8 + static_cast<std::uint64_t>(value)), ""};
    const int bytes = value < 0x80 ? 1 : value < 0x8000 ? 2 : value < 0x800000 ? 3 : 4;
    return {varint(static_cast<std::uint64_t>(bytes)), big_endian(static_cast<std::uint64_t>(value), bytes)};
}

/// log(n INTEGER PRIMARY KEY, epoch, seq, chain_before, line) as it is stored; `n` is the row's id, NULL in the record.
std::string record_of(const kiosk::LogRow& row) {
    const auto [epoch_type, epoch] = integer(row.epoch);
    const auto [seq_type, seq] = integer(row.seq);
    const std::string types =
        varint(0) + epoch_type + seq_type + varint(12 + 2 * row.chain_before.size()) + varint(12 + 2 * row.line.size());
    return varint(types.size() + 1) + types + epoch + seq + row.chain_before + row.line;
}

bool goes_on(const Pages& pages, std::uint32_t number, std::string_view rest) {
    if (rest.empty()) return true;
    const auto [begin, end] = pages.equal_range(number);
    return std::any_of(begin, end, [&](const auto& found) {
        const std::string_view here = rest.substr(0, kPage - 4);
        return found.second.substr(4, here.size()) == here &&
               goes_on(pages, u32(found.second), rest.substr(here.size()));
    });
}

bool is_on(const Pages& pages, const std::vector<std::string_view>& leaves, const kiosk::LogRow& row) {
    const std::string record = record_of(row);
    std::size_t local = record.size();
    if (local > kMostLocal) {
        local = kLeastLocal + (record.size() - kLeastLocal) % (kPage - 4);
        if (local > kMostLocal) local = kLeastLocal;
    }
    const std::string cell =
        varint(record.size()) + varint(static_cast<std::uint64_t>(row.n)) + record.substr(0, local);
    const std::string_view rest = std::string_view{record}.substr(local);
    return std::ranges::any_of(leaves, [&](std::string_view leaf) {
        const auto at = leaf.find(cell);
        if (at == std::string_view::npos) return false;
        return rest.empty() || goes_on(pages, u32(leaf.substr(at + cell.size())), rest);
    });
}

std::set<std::int64_t> found_on(const Pages& pages, const History& history) {
    std::vector<std::string_view> leaves;
    for (const auto& [number, page] : pages) {
        if (page[number == 1 ? kFileHeader : 0] == kTableLeaf) leaves.push_back(page);
    }
    std::set<std::int64_t> found;
    for (const auto& [n, row] : history.rows()) {
        if (is_on(pages, leaves, row.row)) found.insert(n);
    }
    return found;
}

}  // namespace

Leftovers leftovers(const std::filesystem::path& file, const History& history) {
    const std::string database = platform::read_file(file).value_or("");
    const std::string wal = platform::read_file(std::filesystem::path{file}.concat("-wal")).value_or("");
    Pages pages;
    for (std::size_t at = 0; at + kPage <= database.size(); at += kPage) {
        pages.emplace(static_cast<std::uint32_t>(at / kPage + 1), std::string_view{database}.substr(at, kPage));
    }
    Leftovers left{.in_file = found_on(pages, history), .anywhere = {}};
    for (std::size_t at = kWalHeader; at + kFrameHeader + kPage <= wal.size(); at += kFrameHeader + kPage) {
        pages.emplace(u32(std::string_view{wal}.substr(at)), std::string_view{wal}.substr(at + kFrameHeader, kPage));
    }
    left.anywhere = found_on(pages, history);
    return left;
}

}  // namespace milepost::power
