#include "tests/platform/screen/picture_file.h"

#include <cairo.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace milepost::testing {

PictureFile read_png(const std::string& path) {
    cairo_surface_t* surface = cairo_image_surface_create_from_png(path.c_str());
    REQUIRE(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS);
    PictureFile picture{.width = cairo_image_surface_get_width(surface),
                        .height = cairo_image_surface_get_height(surface),
                        .pixels = {}};
    picture.pixels.resize(static_cast<std::size_t>(picture.width * picture.height));
    for (int y = 0; y < picture.height; ++y) {
        const unsigned char* row = cairo_image_surface_get_data(surface) + y * cairo_image_surface_get_stride(surface);
        std::memcpy(&picture.pixels[static_cast<std::size_t>(y * picture.width)], row,
                    static_cast<std::size_t>(picture.width) * 4);
    }
    cairo_surface_destroy(surface);
    for (std::uint32_t& pixel : picture.pixels) pixel &= 0xFFFFFF;
    return picture;
}

int difference(std::uint32_t left, std::uint32_t right) {
    int most = 0;
    for (const int shift : {16, 8, 0}) {
        most =
            std::max(most, std::abs(static_cast<int>(left >> shift & 0xFF) - static_cast<int>(right >> shift & 0xFF)));
    }
    return most;
}

}  // namespace milepost::testing
