#pragma once

#include "platform/database.h"
#include "platform/database_file.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace milepost::platform {

/// Makes the page of a SQLite file unreadable in which a text stands; while nobody writes to it.
inline void destroy_page_with(const std::filesystem::path& path, const std::string& text) {
    REQUIRE(checkpoint(**open_for_writing(path.string())));
    std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    const auto found = bytes.find(text);
    REQUIRE(found != std::string::npos);
    constexpr std::size_t kSmallestPage = 512;
    file.clear();
    file.seekp(static_cast<std::streamoff>(found / kSmallestPage * kSmallestPage));
    file << std::string(kSmallestPage, '\xff');
    REQUIRE(file.flush());
}

}  // namespace milepost::platform
