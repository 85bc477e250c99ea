/// What a salvage reads page by page: two bytes say how many half kilobytes the database has, the rest is its WAL.

#include "kiosk/data/salvage/damaged_file.h"

#include <cstdlib>
#include <string_view>

namespace {

using milepost::kiosk::DamagedFile;
using milepost::kiosk::RawBytes;

constexpr std::size_t kUnit = 512;

RawBytes raw(std::string_view bytes) {
    return {.size = bytes.size(), .read = [bytes](std::uint64_t offset, std::size_t length) {
                std::optional<std::string> piece;
                if (offset <= bytes.size() && length <= bytes.size() - offset) piece = bytes.substr(offset, length);
                return piece;
            }};
}

void check(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return -1;
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const std::size_t units = std::size_t{data[0]} << 8 | data[1];
    const std::string_view files = input.substr(2);
    const std::string_view database = files.substr(0, units * kUnit);
    DamagedFile damaged{raw(database), raw(files.substr(database.size()))};
    check(damaged.pages() <= files.size() / kUnit);
    for (std::uint32_t page = 0; page <= damaged.pages() + 1; ++page) {
        for (const DamagedFile::Row& row : damaged.rows(page)) {
            check(row.values.size() == row.is_text.size());
            for (const DamagedFile::Value& value : row.values) {
                const auto* text = std::get_if<std::string>(&value);
                check(text == nullptr || text->size() <= files.size());
            }
        }
    }
    return 0;
}
