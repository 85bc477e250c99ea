#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace milepost::testing {

struct PictureFile {
    int width = 0;
    int height = 0;
    std::vector<std::uint32_t> pixels;  ///< 0xRRGGBB
    [[nodiscard]] std::uint32_t at(int x, int y) const { return pixels[static_cast<std::size_t>(y * width + x)]; }
};

[[nodiscard]] PictureFile read_png(const std::string& path);
/// The largest difference of a channel.
[[nodiscard]] int difference(std::uint32_t left, std::uint32_t right);

}  // namespace milepost::testing
