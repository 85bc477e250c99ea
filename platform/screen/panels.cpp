#include "platform/screen/panels.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace milepost::platform {
namespace {

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

/// The shadow is smaller than the box, so that it shows below rather than beside it.
float inset(const Panel& panel) {
    return std::round(panel.shadow / 4);
}

/// How far outside its own edge a shadow can be seen: 2.5 standard deviations of its blur.
float reach(const Panel& panel) {
    return std::ceil(panel.shadow * 1.25F);
}

Box shadow_of(const Box& box, const Panel& panel) {
    const double by = inset(panel);
    return {box.x + by, box.y + by + drop(panel), box.width - 2 * by, box.height - 2 * by};
}

/// Signed distance from a point to a rounded box, negative inside.
double distance_to(const Box& box, double radius, double x, double y) {
    const double across = std::abs(x - box.x - box.width / 2) - box.width / 2 + radius;
    const double down = std::abs(y - box.y - box.height / 2) - box.height / 2 + radius;
    const double beside = std::max(across, 0.0);
    const double below = std::max(down, 0.0);
    return std::sqrt(beside * beside + below * below) + std::min(std::max(across, down), 0.0) - radius;
}

/// How much of the pixel at that distance from an edge lies inside.
double coverage(double distance) {
    return std::clamp(0.5 - distance, 0.0, 1.0);
}

/// Colours with straight alpha, painted one over the other.
struct Paint {
    double red = 1;
    double green = 1;
    double blue = 1;
    double alpha = 0;

    void lay(std::uint32_t rgb, double opacity) {
        const double sum = opacity + alpha * (1 - opacity);
        if (sum <= 0) return;
        const auto mix = [&](double& channel, int shift) {
            const double over = (rgb >> shift & 0xFF) / 255.0;
            channel = (over * opacity + channel * alpha * (1 - opacity)) / sum;
        };
        mix(red, 16);
        mix(green, 8);
        mix(blue, 0);
        alpha = sum;
    }

    [[nodiscard]] std::uint32_t argb() const {
        const auto byte = [](double value) { return static_cast<std::uint32_t>(std::lround(value * 255)); };
        return byte(alpha) << 24 | byte(red) << 16 | byte(green) << 8 | byte(blue);
    }
};

}  // namespace

Panel fitted(const Panel& panel, int width, int height) {
    Panel result = panel;
    result.radius = std::clamp(panel.radius, 0.0F, static_cast<float>(std::min(width, height)) / 2);
    return result;
}

PanelCut cut_of(const Panel& panel) {
    const float curve = std::max(panel.radius, panel.border);
    if (panel.shadow <= 0) return {.pad = 0, .corner = static_cast<int>(std::ceil(curve))};
    const float pad = reach(panel) - inset(panel) + drop(panel);
    return {.pad = static_cast<int>(pad),
            .corner = static_cast<int>(std::ceil(pad + curve + inset(panel) + drop(panel)))};
}

// Painted by distance rather than by Cairo, whose antialiased corners are not symmetric. Nor is the shadow
// a true blur, which would vary along an edge far beyond the corner: it could not be cut there.
Picture paint_panel(const Panel& panel, int width, int height) {
    const int pad = cut_of(panel).pad;
    const double line = std::min({panel.border, static_cast<float>(width) / 2, static_cast<float>(height) / 2});
    const double spread = panel.shadow / 2 * std::numbers::sqrt2;
    const Box box{static_cast<double>(pad), static_cast<double>(pad), static_cast<double>(width),
                  static_cast<double>(height)};
    const Box inner{box.x + line, box.y + line, box.width - 2 * line, box.height - 2 * line};
    const Box shadow = shadow_of(box, panel);
    const auto pixel = [&](double x, double y) {
        Paint paint;
        const double filled = coverage(distance_to(inner, std::max(0.0, panel.radius - line), x, y));
        const double covered = line > 0 ? coverage(distance_to(box, panel.radius, x, y)) : filled;
        if (panel.shadow > 0 && covered < 1) {
            const double outside = distance_to(shadow, panel.radius, x, y);
            paint.lay(0x000000, panel.shadow_opacity * 0.5 * std::erfc(outside / spread));
        }
        if (filled < 1 && line > 0) paint.lay(panel.line, panel.hollow ? std::max(0.0, covered - filled) : covered);
        if (!panel.hollow) paint.lay(panel.fill, filled);
        return paint.argb();
    };
    Picture picture{width + 2 * pad, height + 2 * pad};
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) picture.row(y)[x] = pixel(x + 0.5, y + 0.5);
    }
    return picture;
}

}  // namespace milepost::platform
