#include "kiosk/layout.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk {

namespace {

constexpr double kReferencePixelsPerMm = 5.88;
constexpr double kReferenceLong = 1280;
constexpr double kReferenceShort = 800;
constexpr double kTallMm = 180;
constexpr float kUpperShare = 0.4F;
constexpr double kLeastText = 22;
constexpr double kLeastLargeText = 50;

}  // namespace

Box Box::at_least(float width, float height) const {
    const float wide = std::max(w, width);
    const float tall = std::max(h, height);
    return {middle_x() - wide / 2, middle_y() - tall / 2, wide, tall};
}

Box Box::clipped(const Box& other) const {
    const float left = std::max(x, other.x);
    const float top = std::max(y, other.y);
    return {left, top, std::max(0.0F, std::min(right(), other.right()) - left),
            std::max(0.0F, std::min(bottom(), other.bottom()) - top)};
}

Layout::Layout(int width, int height, double diagonal_mm)
    : width_(static_cast<float>(width)),
      height_(static_cast<float>(height)),
      pixels_per_mm_(std::hypot(width, height) / diagonal_mm),
      scale_(std::min(std::max(width, height) / kReferenceLong, std::min(width, height) / kReferenceShort)) {}

bool Layout::is_tall() const {
    return height_ >= mm(kTallMm);
}

Layout Layout::lowered() const {
    Layout low = *this;
    low.top_ = std::round(height_ * kUpperShare);
    low.height_ = height_ - low.top_;
    return low;
}

float Layout::mm(double millimetres) const {
    return static_cast<float>(std::ceil(millimetres * pixels_per_mm_));
}

float Layout::px(double reference) const {
    return static_cast<float>(std::round(reference * scale_));
}

float Layout::text(double reference, bool large) const {
    const double least = large ? kLeastLargeText : kLeastText;
    const double designed = std::max(reference, least) * scale_;
    return static_cast<float>(std::round(std::max(designed, least * pixels_per_mm_ / kReferencePixelsPerMm)));
}

}  // namespace milepost::kiosk
