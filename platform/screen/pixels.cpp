#include "platform/screen/pixels.h"

#include "platform/png_header.h"

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

namespace {

struct Unread {
    std::string_view bytes;
};

cairo_status_t read_bytes(void* closure, unsigned char* data, unsigned length) {
    auto& left = static_cast<Unread*>(closure)->bytes;
    if (length > left.size()) return CAIRO_STATUS_READ_ERROR;
    std::copy_n(left.data(), length, data);
    left.remove_prefix(length);
    return CAIRO_STATUS_SUCCESS;
}

void paint(cairo_t* cairo, cairo_surface_t* surface, double scale_x, double scale_y) {
    cairo_scale(cairo, scale_x, scale_y);
    cairo_set_source_surface(cairo, surface, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_BEST);
    cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
    cairo_paint(cairo);
}

}  // namespace

Result<Picture> decode_png(std::string_view bytes) {
    const auto size = png_size(bytes);
    if (!size) return std::unexpected{size.error()};
    Unread unread{bytes};
    cairo_surface_t* surface = cairo_image_surface_create_from_png_stream(read_bytes, &unread);
    const cairo_status_t status = cairo_surface_status(surface);
    if (status != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(surface);
        return fail(Fault::Invalid,
                    fmt::format("the PNG picture is damaged ({}): save it anew", cairo_status_to_string(status)));
    }
    Picture picture{size->width, size->height};
    picture.draw([&](cairo_t* cairo) { paint(cairo, surface, 1, 1); });
    cairo_surface_destroy(surface);
    return picture;
}

Picture scaled(const Picture& picture, int width, int height) {
    Picture result{width, height};
    // Cairo only reads it.
    auto* pixels = reinterpret_cast<unsigned char*>(const_cast<std::uint32_t*>(picture.data()));
    cairo_surface_t* surface = cairo_image_surface_create_for_data(pixels, CAIRO_FORMAT_ARGB32, picture.width(),
                                                                   picture.height(), picture.stride_bytes());
    result.draw([&](cairo_t* cairo) {
        paint(cairo, surface, static_cast<double>(width) / picture.width(),
              static_cast<double>(height) / picture.height());
    });
    cairo_surface_destroy(surface);
    return result;
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
