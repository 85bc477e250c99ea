#include "kiosk/data/salvage/damaged_file.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string_view>

namespace milepost::kiosk {
namespace {

constexpr std::size_t kFileHeader = 100;
constexpr std::size_t kWalHeader = 32;
constexpr std::size_t kFrameHeader = 24;
constexpr std::string_view kMagic{"SQLite format 3\0", 16};
constexpr std::uint32_t kWalMagic = 0x377f0682;  // the last bit: checksums of big-endian words
constexpr char kTableLeaf = 0x0d;
constexpr std::uint64_t kMostPayload = 8 << 20;  // a record of the log is below 1 MiB
constexpr std::size_t kMostColumns = 64;
constexpr std::uint32_t kGuesses[] = {512, 1024, 2048, 4096};  // what Milepost ever made, and what others make
constexpr std::uint32_t kBytesTried = 1 << 20;

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}
std::uint32_t u16(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint32_t>(big_endian(bytes.substr(at, 2)));
}
std::uint32_t u32(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint32_t>(big_endian(bytes.substr(at, 4)));
}

/// Reads SQLite's variable-length integer and moves `at` behind it; nullopt at the end of the bytes.
std::optional<std::uint64_t> varint(std::string_view bytes, std::size_t& at) {
    std::uint64_t value = 0;
    for (int i = 0; i < 9; ++i) {
        if (at >= bytes.size()) return std::nullopt;
        const auto byte = static_cast<unsigned char>(bytes[at++]);
        if (i == 8) return value << 8 | byte;
        value = value << 7 | (byte & 0x7Fu);
        if (byte < 0x80) return value;
    }
    return value;
}

bool is_page_size(std::uint32_t size) {
    return size >= 512 && size <= 65'536 && std::has_single_bit(size);
}

struct Checksum {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    bool operator==(const Checksum&) const = default;

    void add(std::string_view bytes, bool big) {
        const auto word = [&](std::size_t at) {
            const std::uint32_t value = u32(bytes, at);
            return big ? value : (value >> 24 | (value >> 8 & 0xFF00u) | (value << 8 & 0xFF0000u) | value << 24);
        };
        for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
            a += word(at) + b;
            b += word(at + 4) + a;
        }
    }
};

/// How many bytes the value of a record's serial type takes; nullopt for the types that no file has.
std::optional<std::size_t> size_of(std::uint64_t type) {
    constexpr std::size_t kSizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    if (type < std::size(kSizes)) return kSizes[type];
    if (type < 12 || (type - 12) / 2 > kMostPayload) return std::nullopt;
    return static_cast<std::size_t>((type - 12) / 2);
}

DamagedFile::Value value_of(std::uint64_t type, std::string_view bytes) {
    if (type == 0) return nullptr;
    if (type == 8 || type == 9) return static_cast<std::int64_t>(type - 8);
    if (type == 7) return std::bit_cast<double>(big_endian(bytes));
    if (type >= 12) return std::string{bytes};
    const auto spare = 64 - 8 * bytes.size();  // extends the sign
    return static_cast<std::int64_t>(big_endian(bytes) << spare) >> spare;
}

/// The columns of a record; nullopt when its header and its length do not fit.
std::optional<DamagedFile::Row> columns(std::string_view payload) {
    DamagedFile::Row row;
    std::size_t at = 0;
    const auto header = varint(payload, at);
    if (!header || *header > payload.size()) return std::nullopt;
    std::size_t value_at = static_cast<std::size_t>(*header);
    while (at < *header) {
        const auto type = varint(payload, at);
        const auto size = type ? size_of(*type) : std::nullopt;
        if (!size || *size > payload.size() - value_at || row.values.size() == kMostColumns) return std::nullopt;
        row.values.push_back(value_of(*type, payload.substr(value_at, *size)));
        row.is_text.push_back(*type >= 12 && *type % 2 == 1);
        value_at += *size;
    }
    if (at != *header || value_at != payload.size()) return std::nullopt;
    return row;
}

}  // namespace

DamagedFile::DamagedFile(RawBytes database, RawBytes wal) : database_(std::move(database)), wal_(std::move(wal)) {
    read_header();
    if (page_size_ == 0) guess_page_size();
    read_wal();
    read_free_list();
    unreadable_at_first_ = unreadable_;
}

void DamagedFile::read_header() {
    const auto header = database_.size >= kFileHeader ? database_.read(0, kFileHeader) : std::nullopt;
    if (header && header->starts_with(kMagic)) {
        const std::uint32_t size = u16(*header, 16) == 1 ? 65'536 : u16(*header, 16);
        const auto reserved = static_cast<unsigned char>((*header)[20]);
        if (is_page_size(size) && size - reserved >= 480) be_of_pages(size, size - reserved);
    } else if (const auto wal = wal_.size >= kWalHeader ? wal_.read(0, kWalHeader) : std::nullopt) {
        if ((u32(*wal, 0) & ~1u) == kWalMagic && is_page_size(u32(*wal, 8))) be_of_pages(u32(*wal, 8), u32(*wal, 8));
    }
}

void DamagedFile::be_of_pages(std::uint32_t size, std::uint32_t usable) {
    page_size_ = size;
    usable_ = usable;
    in_file_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(database_.size / size, 0x7FFFFFFFu));
    last_page_ = in_file_;
}

/// Where nothing tells it is the size by which the most rows are found whole, in the same bytes for each: pages of a
/// multiple of the right size begin with right ones.
void DamagedFile::guess_page_size() {
    std::uint32_t best = kGuesses[0];
    std::size_t most = 0;
    for (const std::uint32_t size : kGuesses) {
        be_of_pages(size, size);
        std::size_t found = 0;
        for (std::uint32_t number = 1; number <= std::min(in_file_, kBytesTried / size); ++number) {
            found += rows(number).size();
        }
        if (found > most) best = size;
        most = std::max(most, found);
    }
    be_of_pages(best, best);
    unreadable_ = 0;
}

/// As SQLite does after a crash: frames count up to the last one that ends a transaction and whose checksum, which runs
/// over all before it, is right.
void DamagedFile::read_wal() {
    const auto header = wal_.size >= kWalHeader ? wal_.read(0, kWalHeader) : std::nullopt;
    if (!header && wal_.size >= kWalHeader) ++unreadable_;
    if (!header || (u32(*header, 0) & ~1u) != kWalMagic || u32(*header, 8) != page_size_) return;
    const bool big = (u32(*header, 0) & 1u) != 0;
    Checksum sum;
    sum.add(std::string_view{*header}.substr(0, 24), big);
    if (sum != Checksum{u32(*header, 24), u32(*header, 28)}) return;
    const std::string salt = header->substr(16, 8);
    std::map<std::uint32_t, std::uint64_t> pending;
    for (std::uint64_t at = kWalHeader; at + kFrameHeader + page_size_ <= wal_.size; at += kFrameHeader + page_size_) {
        const auto frame = wal_.read(at, kFrameHeader + page_size_);
        if (!frame) ++unreadable_;
        if (!frame || frame->compare(8, 8, salt) != 0) return;
        sum.add(std::string_view{*frame}.substr(0, 8), big);
        sum.add(std::string_view{*frame}.substr(kFrameHeader), big);
        if (sum != Checksum{u32(*frame, 16), u32(*frame, 20)}) return;
        if (u32(*frame, 0) == 0) return;
        pending[u32(*frame, 0)] = at + kFrameHeader;
        if (u32(*frame, 4) == 0) continue;
        for (const auto& [number, place] : pending) in_wal_[number] = place;
        pending.clear();
    }
    if (in_wal_.empty()) return;
    // Where the file itself is gone its WAL has pages far behind each other.
    for (auto at = in_wal_.upper_bound(in_file_); at != in_wal_.end(); ++at) beyond_.push_back(at->first);
    last_page_ = std::max(last_page_, in_wal_.rbegin()->first);
}

void DamagedFile::read_free_list() {
    const auto first = page(1);
    if (!first || !first->starts_with(kMagic)) return;
    std::uint32_t trunk = u32(*first, 32);
    while (trunk != 0 && trunk <= last_page_ && free_.insert(trunk).second) {
        const auto list = page(trunk);
        if (!list) return;
        const std::uint32_t count = std::min(u32(*list, 4), page_size_ / 4 - 2);
        for (std::uint32_t i = 0; i < count; ++i) free_.insert(u32(*list, 8 + 4 * std::size_t{i}));
        trunk = u32(*list, 0);
    }
}

std::optional<std::string> DamagedFile::page(std::uint32_t number) {
    if (number == 0) return std::nullopt;
    const auto place = in_wal_.find(number);
    if (place != in_wal_.end()) {
        auto bytes = wal_.read(place->second, page_size_);
        if (!bytes) ++unreadable_;
        return bytes;
    }
    const std::uint64_t at = std::uint64_t{number - 1} * page_size_;
    if (at + page_size_ > database_.size) return std::nullopt;
    auto bytes = database_.read(at, page_size_);
    if (!bytes) ++unreadable_;
    return bytes;
}

std::vector<DamagedFile::Row> DamagedFile::rows(std::uint32_t place) {
    std::vector<Row> found;
    if (place > pages()) return found;
    const std::uint32_t number = place <= in_file_ ? place : beyond_[place - in_file_ - 1];
    if (free_.contains(number)) return found;
    const auto bytes = page(number);
    if (!bytes) return found;
    const std::size_t header = number == 1 ? kFileHeader : 0;
    if ((*bytes)[header] != kTableLeaf) return found;
    const std::size_t cells = u16(*bytes, header + 3);
    for (std::size_t i = 0; i < cells && header + 10 + 2 * i <= bytes->size(); ++i) {
        if (auto whole = row(*bytes, u16(*bytes, header + 8 + 2 * i))) found.push_back(std::move(*whole));
    }
    return found;
}

std::optional<DamagedFile::Row> DamagedFile::row(const std::string& page, std::size_t at) {
    const auto size = varint(page, at);
    const auto id = size ? varint(page, at) : std::nullopt;
    if (!id || *size > std::min<std::uint64_t>(kMostPayload, std::uint64_t{last_page_} * page_size_)) {
        return std::nullopt;
    }
    const auto bytes = payload(page, at, *size);
    auto found = bytes ? columns(*bytes) : std::nullopt;
    if (found) found->id = static_cast<std::int64_t>(*id);
    return found;
}

std::optional<std::string> DamagedFile::payload(const std::string& page, std::size_t at, std::uint64_t size) {
    const std::uint64_t most = usable_ - 35;
    std::uint64_t local = size;
    if (size > most) {
        const std::uint64_t least = (usable_ - 12) * 32 / 255 - 23;
        const std::uint64_t fitting = least + (size - least) % (usable_ - 4);
        local = fitting <= most ? fitting : least;
    }
    if (at + local > usable_) return std::nullopt;
    std::string bytes = page.substr(at, local);
    if (local == size) return bytes;
    if (at + local + 4 > usable_) return std::nullopt;
    // Every link adds bytes, so a ring ends too.
    for (std::uint32_t next = u32(page, at + local); bytes.size() < size;) {
        const auto more = next <= last_page_ ? this->page(next) : std::nullopt;
        if (!more) return std::nullopt;
        bytes += more->substr(4, std::min<std::uint64_t>(usable_ - 4, size - bytes.size()));
        next = u32(*more, 0);
    }
    return bytes;
}

}  // namespace milepost::kiosk
