#pragma once

#include <span>
#include <string_view>

namespace milepost::store {

/// A file of the web page, in the binary.
struct Asset {
    std::string_view path;          ///< "/" or "/assets/NAME-HASH.EXT"; the latter never change: cache them for ever
    std::string_view content_type;  ///< with its charset
    std::string_view bytes;
};

/// Every file of the page; "/" comes first.
[[nodiscard]] std::span<const Asset> web_assets();

}  // namespace milepost::store
