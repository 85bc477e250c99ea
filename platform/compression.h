#pragma once

#include "platform/error.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace milepost::platform {

/// One zstd frame, level 3.
[[nodiscard]] std::string compress_zstd(std::string_view bytes);
/// Both inflate at most `limit` bytes: Fault::Full beyond it, Fault::Corrupt for a broken or cut stream
/// or bytes behind it. Memory use is bounded by `limit` whatever the input claims.
[[nodiscard]] Result<std::string> decompress_zstd(std::string_view bytes, std::size_t limit);
[[nodiscard]] Result<std::string> decompress_gzip(std::string_view bytes, std::size_t limit);

}  // namespace milepost::platform
