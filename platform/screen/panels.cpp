#include "platform/screen/panels.h"

#include <cairo.h>

#include <algorithm>
#include <cmath>

namespace milepost::platform {
namespace {

constexpr double kPi = 3.14159265358979323846;

struct Box {
    double x;
    double y;
    double width;
    double height;
};

/// How far the shadow falls below the box.
float drop(const Panel& panel) {
    return std::round(panel.shadow / 3);
}

/// How far outside its own edge a shadow can be seen: 2.5 standard deviations of its blur.
float reach(const Panel& panel) {
    return std::ceil(panel.shadow * 1.25F);
}

void round_box(cairo_t* cairo, const Box& box, double radius) {
    const double right = box.x + box.width;
    const double bottom = box.y + box.height;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, right - radius, box.y + radius, radius, -kPi / 2, 0);
    cairo_arc(cairo, right - radius, bottom - radius, radius, 0, kPi / 2);
    cairo_arc(cairo, box.x + radius, bottom - radius, radius, kPi / 2, kPi);
    cairo_arc(cairo, box.x + radius, box.y + radius, radius, kPi, kPi * 3 / 2);
    cairo_close_path(cairo);
}

/// Signed distance from a point to a rounded box, negative inside.
double distance_to(const Box& box, double radius, double x, double y) {
    const double across = std::abs(x - box.x - box.width / 2) - box.width / 2 + radius;
    const double down = std::abs(y - box.y - box.height / 2) - box.height / 2 + radius;
    const double outside = std::hypot(std::max(across, 0.0), std::max(down, 0.0));
    return outside + std::min(std::max(across, down), 0.0) - radius;
}

/// A Gaussian edge by the distance alone: beyond the corners it is the same all along an edge, which a
/// true blur is not, so the picture can be cut there.
void paint_shadow(Picture& picture, const Box& box, const Panel& panel) {
    const double spread = panel.shadow / 2.0 * std::sqrt(2.0);
    for (int y = 0; y < picture.height(); ++y) {
        std::uint32_t* row = picture.row(y);
        for (int x = 0; x < picture.width(); ++x) {
            const double distance = distance_to(box, panel.radius, x + 0.5, y + 0.5);
            const double alpha = panel.shadow_opacity * 0.5 * std::erfc(distance / spread);
            row[x] = static_cast<std::uint32_t>(std::lround(alpha * 255)) << 24;  // premultiplied black
        }
    }
}

void set_colour(cairo_t* cairo, std::uint32_t rgb) {
    const auto channel = [&](int shift) { return ((rgb >> shift) & 0xFF) / 255.0; };
    cairo_set_source_rgb(cairo, channel(16), channel(8), channel(0));
}

/// The line first and the fill inset into it: one clean outer edge, no seam between the two.
void paint_box(cairo_t* cairo, const Box& box, const Panel& panel) {
    const double line = panel.border;
    round_box(cairo, box, panel.radius);
    set_colour(cairo, line > 0 ? panel.line : panel.fill);
    cairo_fill(cairo);
    if (line <= 0) return;
    const Box inner{box.x + line, box.y + line, box.width - 2 * line, box.height - 2 * line};
    if (inner.width <= 0 || inner.height <= 0) return;
    round_box(cairo, inner, std::max(0.0, panel.radius - line));
    set_colour(cairo, panel.fill);
    cairo_fill(cairo);
}

}  // namespace

Panel fitted(const Panel& panel, int width, int height) {
    Panel result = panel;
    result.radius = std::clamp(panel.radius, 0.0F, static_cast<float>(std::min(width, height)) / 2);
    return result;
}

PanelCut cut_of(const Panel& panel) {
    const float pad = panel.shadow > 0 ? reach(panel) + drop(panel) : 0;
    const float curve = std::max(panel.radius, panel.border);
    return {.pad = static_cast<int>(pad),
            .corner = static_cast<int>(std::ceil(pad + curve + (panel.shadow > 0 ? drop(panel) : 0)))};
}

Picture paint_panel(const Panel& panel, int width, int height) {
    const int pad = cut_of(panel).pad;
    Picture picture{width + 2 * pad, height + 2 * pad};
    const Box box{static_cast<double>(pad), static_cast<double>(pad), static_cast<double>(width),
                  static_cast<double>(height)};
    if (panel.shadow > 0) {
        paint_shadow(picture, {box.x, box.y + drop(panel), box.width, box.height}, panel);
    }
    picture.draw([&](cairo_t* cairo) { paint_box(cairo, box, panel); });
    picture.straighten();
    return picture;
}

}  // namespace milepost::platform
