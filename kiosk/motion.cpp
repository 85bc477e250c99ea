#include "kiosk/motion.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace milepost::kiosk {

namespace {

/// CSS's cubic-bezier: the height over `time` of the curve from (0, 0) to (1, 1) with these control points.
float bezier(double x1, double y1, double x2, double y2, float time) {
    const auto along = [](double s, double one, double two) {
        return 3 * s * (1 - s) * (1 - s) * one + 3 * s * s * (1 - s) * two + s * s * s;
    };
    double low = 0;
    double high = 1;
    for (int step = 0; step < 16; ++step) {
        const double middle = (low + high) / 2;
        (along(middle, x1, x2) < static_cast<double>(time) ? low : high) = middle;
    }
    return static_cast<float>(along(low, y1, y2));
}

}  // namespace

float share_of(std::chrono::milliseconds length, std::chrono::milliseconds elapsed) {
    return std::clamp(static_cast<float>(elapsed.count()) / static_cast<float>(length.count()), 0.0F, 1.0F);
}

float ease_in(float time) {
    return bezier(0.05, 0.7, 0.1, 1, time);
}

float ease_out(float time) {
    return bezier(0.3, 0, 0.8, 0.15, time);
}

float pop(std::chrono::milliseconds elapsed) {
    const auto time = static_cast<double>(share_of(kPop, elapsed));
    const double swing = 0.22 * std::exp(-4.5 * time) * std::sin(1.6 * std::numbers::pi * time);
    return elapsed >= kPop ? 1.0F : static_cast<float>(1 + swing);
}

}  // namespace milepost::kiosk
