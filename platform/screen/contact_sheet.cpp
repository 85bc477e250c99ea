#include "platform/screen/contact_sheet.h"

#include <cairo.h>

#include <algorithm>

namespace milepost::platform {

namespace {

constexpr int kGap = 24;
constexpr int kCaption = 34;
constexpr int kTitle = 64;
constexpr double kPaper = 0.93;
constexpr double kInk = 0.1;

/// As Cairo takes it; the pixels must outlive the surface.
cairo_surface_t* surface_of(Picture& picture, cairo_format_t format) {
    return cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(picture.row(0)), format,
                                               picture.width(), picture.height(), picture.stride_bytes());
}

/// White letters that were set on their own serve as a mask. (x, y): the middle of the left edge.
void put_text(cairo_t* cairo, Typesetter& typesetter, const std::string& text, float size, int width, double x,
              double y) {
    const TextStyle style{.size = size, .width = static_cast<float>(width), .balance = false, .most_lines = 1};
    SetText set = typesetter.set(text, style, Want::Picture);
    if (!set.picture) return;
    cairo_surface_t* mask = surface_of(*set.picture, CAIRO_FORMAT_ARGB32);
    const double top = y - static_cast<double>(set.measures.layout_height) / 2;
    cairo_set_source_rgb(cairo, kInk, kInk, kInk);
    cairo_mask_surface(cairo, mask, x, top + static_cast<double>(set.measures.offset_y));
    cairo_surface_destroy(mask);
}

void put_picture(cairo_t* cairo, Picture& picture, double x, double y) {
    cairo_surface_t* surface = surface_of(picture, CAIRO_FORMAT_RGB24);
    cairo_set_source_surface(cairo, surface, x, y);
    cairo_paint(cairo);
    cairo_surface_destroy(surface);
    cairo_set_source_rgb(cairo, 0.7, 0.72, 0.76);
    cairo_set_line_width(cairo, 1);
    cairo_rectangle(cairo, x - 0.5, y - 0.5, picture.width() + 1, picture.height() + 1);
    cairo_stroke(cairo);
}

}  // namespace

Picture shrunk(Picture& picture, int width) {
    const double scale = static_cast<double>(width) / picture.width();
    Picture small{width, static_cast<int>(picture.height() * scale)};
    cairo_surface_t* surface = surface_of(picture, CAIRO_FORMAT_RGB24);
    small.draw([&](cairo_t* cairo) {
        cairo_scale(cairo, scale, scale);
        cairo_set_source_surface(cairo, surface, 0, 0);
        cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_GOOD);
        cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
        cairo_paint(cairo);
    });
    cairo_surface_destroy(surface);
    return small;
}

Picture ContactSheet::paint(Typesetter& typesetter) {
    int width = 1;
    int height = 1;
    for (const Tile& tile : tiles_) {
        width = std::max(width, tile.picture.width());
        height = std::max(height, tile.picture.height());
    }
    const int count = static_cast<int>(tiles_.size());
    const int columns = std::clamp(columns_, 1, std::max(1, count));
    const int rows = (count + columns - 1) / columns;
    Picture sheet{kGap + columns * (width + kGap), kTitle + rows * (height + kCaption + kGap)};
    sheet.draw([&](cairo_t* cairo) {
        cairo_set_source_rgb(cairo, kPaper, kPaper, kPaper);
        cairo_paint(cairo);
        put_text(cairo, typesetter, title_, 28, sheet.width() - 2 * kGap, kGap, kTitle / 2.0);
        for (int i = 0; i < count; ++i) {
            Tile& tile = tiles_[static_cast<std::size_t>(i)];
            const double x = kGap + i % columns * (width + kGap);
            const double y = kTitle + i / columns * (height + kCaption + kGap);
            put_picture(cairo, tile.picture, x, y);
            put_text(cairo, typesetter, tile.caption, 18, width, x, y + tile.picture.height() + kCaption / 2.0);
        }
    });
    return sheet;
}

}  // namespace milepost::platform
