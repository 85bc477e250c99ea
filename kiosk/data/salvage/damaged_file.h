#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace milepost::kiosk {

/// Bytes of unknown worth: a file on a failing disk, a fuzzer's input.
struct RawBytes {
    std::uint64_t size = 0;
    /// Exactly `length` bytes from `offset`; nullopt when they cannot be read.
    std::function<std::optional<std::string>(std::uint64_t offset, std::size_t length)> read;
};

/// A SQLite database whose tree nobody relies on: its pages as they were when the last transaction of its WAL was
/// committed (https://www.sqlite.org/fileformat2.html). Page by page every row is handed out that is found whole, so
/// one damaged page costs its own rows and no others. Pages on the free list, where rows that were removed still stand,
/// are left out when the header tells which those are.
class DamagedFile {
public:
    DamagedFile(RawBytes database, RawBytes wal);

    using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string>;
    struct Row {
        std::int64_t id = 0;
        std::vector<Value> values;
        std::vector<bool> is_text;  ///< of a string: TEXT, not BLOB
    };
    /// Those of the file, and behind them those that only the WAL has.
    [[nodiscard]] std::uint32_t pages() const { return in_file_ + static_cast<std::uint32_t>(beyond_.size()); }
    /// The rows of the `place`-th page, from 1. Nothing for a page that holds none.
    [[nodiscard]] std::vector<Row> rows(std::uint32_t place);
    /// Pages that the disk would not read, so far; `read_again` forgets those of `rows`.
    [[nodiscard]] std::int64_t unreadable() const { return unreadable_; }
    void read_again() { unreadable_ = unreadable_at_first_; }

private:
    void read_header();
    void guess_page_size();
    void be_of_pages(std::uint32_t size, std::uint32_t usable);
    void read_wal();
    void read_free_list();
    [[nodiscard]] std::optional<std::string> page(std::uint32_t number);
    [[nodiscard]] std::optional<Row> row(const std::string& page, std::size_t at);
    [[nodiscard]] std::optional<std::string> payload(const std::string& page, std::size_t at, std::uint64_t size);

    RawBytes database_;
    RawBytes wal_;
    std::uint32_t page_size_ = 0;
    std::uint32_t usable_ = 0;
    std::uint32_t in_file_ = 0;                      ///< pages of the file itself
    std::uint32_t last_page_ = 0;                    ///< the highest number of any page
    std::vector<std::uint32_t> beyond_;              ///< numbers of the WAL's pages behind the file's end
    std::map<std::uint32_t, std::uint64_t> in_wal_;  ///< where the newest committed copy of a page's bytes begins
    std::set<std::uint32_t> free_;
    std::int64_t unreadable_ = 0;
    std::int64_t unreadable_at_first_ = 0;  ///< of the WAL and the free list
};

}  // namespace milepost::kiosk
