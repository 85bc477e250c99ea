#include "platform/png_header.h"

#include <fmt/format.h>

#include <cstdint>

namespace milepost::platform {
namespace {

constexpr std::uint32_t kMostSide = 4096;
constexpr std::uint32_t kMostPixels = 4'000'000;

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = at; i < at + 4; ++i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
    return number;
}

}  // namespace

Result<PictureSize> png_size(std::string_view bytes) {
    constexpr std::string_view kBegin{"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16};
    if (bytes.size() < kBegin.size() + 8 || !bytes.starts_with(kBegin)) {
        return fail(Fault::Invalid, "not a PNG picture: save it as PNG");
    }
    const std::uint32_t width = number_at(bytes, 16);
    const std::uint32_t height = number_at(bytes, 20);
    if (width == 0 || height == 0) return fail(Fault::Invalid, "the PNG picture has no pixels: save it anew");
    if (width > kMostSide || height > kMostSide || width * height > kMostPixels) {
        return fail(Fault::Full, fmt::format("a picture of {}x{} pixels is too large: make it {} a side and {} million "
                                             "in all at the most",
                                             width, height, kMostSide, kMostPixels / 1'000'000));
    }
    return PictureSize{.width = static_cast<int>(width), .height = static_cast<int>(height)};
}

}  // namespace milepost::platform
