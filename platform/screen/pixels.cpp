#include "platform/screen/pixels.h"

#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>

namespace milepost::platform {
namespace {

std::uint32_t straight(std::uint32_t pixel) {
    const std::uint32_t alpha = pixel >> 24;
    if (alpha == 0) return 0x00FFFFFF;
    const auto channel = [&](int shift) {
        const std::uint32_t value = (pixel >> shift) & 0xFF;
        return std::min<std::uint32_t>(255, (value * 255 + alpha / 2) / alpha) << shift;
    };
    return alpha << 24 | channel(16) | channel(8) | channel(0);
}

}  // namespace

Picture::Picture(int width, int height)
    : width_{std::max(1, width)},
      height_{std::max(1, height)},
      pixels_(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_)) {}

cairo_t* Picture::begin() {
    cairo_surface_t* surface = cairo_image_surface_create_for_data(
        reinterpret_cast<unsigned char*>(pixels_.data()), CAIRO_FORMAT_ARGB32, width_, height_, stride_bytes());
    cairo_t* cairo = cairo_create(surface);
    cairo_surface_destroy(surface);  // `cairo` holds it
    return cairo;
}

void Picture::end(cairo_t* cairo) {
    cairo_surface_flush(cairo_get_target(cairo));
    cairo_destroy(cairo);
}

bool Picture::straighten() {
    bool coloured = false;
    for (std::uint32_t& pixel : pixels_) {
        pixel = straight(pixel);
        coloured = coloured || (pixel & 0xFFFFFF) != 0xFFFFFF;
    }
    return coloured;
}

Result<void> write_png(const std::string& path, int width, int height, std::uint32_t* pixels) {
    cairo_surface_t* surface = cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(pixels),
                                                                   CAIRO_FORMAT_RGB24, width, height, width * 4);
    const cairo_status_t status = cairo_surface_write_to_png(surface, path.c_str());
    cairo_surface_destroy(surface);
    if (status == CAIRO_STATUS_SUCCESS) return {};
    return fail(Fault::Io, fmt::format("writing {}: {}", path, cairo_status_to_string(status)));
}

}  // namespace milepost::platform
