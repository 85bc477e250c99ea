#pragma once

namespace milepost::kiosk {

/// A rectangle in pixels of the window.
struct Box {
    float x = 0;
    float y = 0;
    float w = 0;
    float h = 0;

    [[nodiscard]] float right() const { return x + w; }
    [[nodiscard]] float bottom() const { return y + h; }
    [[nodiscard]] float middle_x() const { return x + w / 2; }
    [[nodiscard]] float middle_y() const { return y + h / 2; }
    [[nodiscard]] bool contains(float px, float py) const {
        return px >= x && px < right() && py >= y && py < bottom();
    }
    [[nodiscard]] bool overlaps(const Box& other) const {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }
    /// What both have; without width or height where that is nothing.
    [[nodiscard]] Box clipped(const Box& other) const;
    /// Grown (or shrunk) on every side.
    [[nodiscard]] Box grown(float by) const { return {x - by, y - by, w + 2 * by, h + 2 * by}; }
    /// At least `width` × `height` about the same middle.
    [[nodiscard]] Box at_least(float width, float height) const;
    bool operator==(const Box&) const = default;
};

/// The glass in front of the person: how design sizes and millimetres become pixels.
///
/// Designs are drawn in *reference pixels*, those of a 10.1" 1280×800 panel (5.88 px/mm). A panel of
/// another size scales them to fill it, but never below what keeps touch and text sizes in millimetres.
class Layout {
public:
    Layout(int width, int height, double diagonal_mm);

    [[nodiscard]] float width() const { return width_; }
    [[nodiscard]] float height() const { return height_; }
    /// What lies above it, where nothing is to be touched: pixels.
    [[nodiscard]] float top() const { return top_; }
    [[nodiscard]] bool portrait() const { return height_ > width_; }
    /// Whether the upper part of the panel may be out of somebody's reach.
    [[nodiscard]] bool is_tall() const;
    /// Its lower 60 %, with sizes as on all of it.
    [[nodiscard]] Layout lowered() const;
    /// Millimetres to pixels.
    [[nodiscard]] float mm(double millimetres) const;
    /// Reference pixels to whole pixels.
    [[nodiscard]] float px(double reference) const;
    /// The size of text that the design gives in reference pixels: never under 22 of them (50 in large
    /// text) as the eye sees them, in millimetres.
    [[nodiscard]] float text(double reference, bool large) const;
    /// The least side of anything that a person touches: 20 mm.
    [[nodiscard]] float touch() const { return mm(20); }
    /// What the design keeps free at the window's edges.
    [[nodiscard]] float margin() const { return px(40); }

private:
    float width_;
    float height_;
    float top_ = 0;
    double pixels_per_mm_;
    double scale_;
};

}  // namespace milepost::kiosk
