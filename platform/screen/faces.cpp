#include "platform/screen/faces.h"

#include <cairo.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <numbers>

// Our own drawings on a grid of 120 units; the rim's outer edge is a circle of 56.5 around (60, 60).
namespace milepost::platform {
namespace {

constexpr double kGrid = 120;
constexpr double kRadius = 55;
constexpr double kRim = 3;
constexpr double kStroke = 6.5;
constexpr std::uint32_t kInk = 0x1A2030;
constexpr std::array<std::uint32_t, 5> kFills{0xD8542F, 0xF0924A, 0xF3CE66, 0x7CC4D8, 0x3E8EDB};
constexpr std::array<std::uint32_t, 5> kRims{0xB23A18, 0xC96A22, 0xA67E12, 0x3A93AB, 0x1F66AE};

struct Point {
    double x;
    double y;
};

void ink(cairo_t* cairo, std::uint32_t rgb) {
    const auto channel = [&](int shift) { return ((rgb >> shift) & 0xFF) / 255.0; };
    cairo_set_source_rgb(cairo, channel(16), channel(8), channel(0));
}

/// A quadratic curve, which Cairo has only as a cubic.
void curve_to(cairo_t* cairo, Point control, Point end) {
    Point begin{};
    cairo_get_current_point(cairo, &begin.x, &begin.y);
    const auto toward = [&](Point from) {
        return Point{from.x + (control.x - from.x) * 2 / 3, from.y + (control.y - from.y) * 2 / 3};
    };
    const Point first = toward(begin);
    const Point second = toward(end);
    cairo_curve_to(cairo, first.x, first.y, second.x, second.y, end.x, end.y);
}

void stroke_curve(cairo_t* cairo, Point begin, Point control, Point end, double width) {
    cairo_move_to(cairo, begin.x, begin.y);
    curve_to(cairo, control, end);
    cairo_set_line_width(cairo, width);
    cairo_stroke(cairo);
}

/// The same curve on both sides of the face.
void stroke_pair(cairo_t* cairo, Point begin, Point control, Point end, double width) {
    const auto mirrored = [](Point point) { return Point{kGrid - point.x, point.y}; };
    stroke_curve(cairo, begin, control, end, width);
    stroke_curve(cairo, mirrored(begin), mirrored(control), mirrored(end), width);
}

void head(cairo_t* cairo, std::size_t index) {
    cairo_arc(cairo, 60, 60, kRadius, 0, 2 * std::numbers::pi);
    ink(cairo, kFills[index]);
    cairo_fill_preserve(cairo);
    ink(cairo, kRims[index]);
    cairo_set_line_width(cairo, kRim);
    cairo_stroke(cairo);

    const double inner = kRadius - kRim / 2;
    const Point light{60 + inner * (0.38 * 2 - 1), 60 + inner * (0.30 * 2 - 1)};
    cairo_pattern_t* shine = cairo_pattern_create_radial(light.x, light.y, 0, light.x, light.y, inner * 2 * 0.85);
    cairo_pattern_add_color_stop_rgba(shine, 0, 1, 1, 1, 0.38);
    cairo_pattern_add_color_stop_rgba(shine, 0.55, 1, 1, 1, 0);
    cairo_set_source(cairo, shine);
    cairo_arc(cairo, 60, 60, inner, 0, 2 * std::numbers::pi);
    cairo_fill(cairo);
    cairo_pattern_destroy(shine);
    ink(cairo, kInk);
}

void eyes(cairo_t* cairo) {
    for (const double x : {42.0, 78.0}) {
        cairo_save(cairo);
        cairo_translate(cairo, x, 51);
        cairo_scale(cairo, 5.2, 7.2);
        cairo_arc(cairo, 0, 0, 1, 0, 2 * std::numbers::pi);
        cairo_restore(cairo);
        cairo_fill(cairo);
    }
}

/// Unhappy, not angry: the brows rise to the middle.
void very_dissatisfied(cairo_t* cairo) {
    eyes(cairo);
    stroke_pair(cairo, {27, 43}, {39, 39}, {48, 30}, kStroke);
    stroke_curve(cairo, {38, 88}, {60, 64}, {82, 88}, kStroke);
}

void dissatisfied(cairo_t* cairo) {
    eyes(cairo);
    stroke_pair(cairo, {30, 41}, {38, 36}, {47, 35}, 5);
    stroke_curve(cairo, {42, 85}, {60, 73}, {78, 85}, kStroke);
}

void neutral(cairo_t* cairo) {
    eyes(cairo);
    stroke_curve(cairo, {42, 81}, {60, 81}, {78, 81}, kStroke);
}

void satisfied(cairo_t* cairo) {
    eyes(cairo);
    stroke_curve(cairo, {39, 75}, {60, 93}, {81, 75}, kStroke);
}

void mouth(cairo_t* cairo) {
    cairo_move_to(cairo, 33, 69);
    curve_to(cairo, {60, 75}, {87, 69});
    curve_to(cairo, {86, 100}, {60, 100});
    curve_to(cairo, {34, 100}, {33, 69});
    cairo_close_path(cairo);
}

/// Laughing: teeth and tongue within the open mouth, its outline over both.
void very_satisfied(cairo_t* cairo) {
    stroke_pair(cairo, {33, 54}, {42, 40}, {51, 54}, kStroke);

    mouth(cairo);
    cairo_fill(cairo);
    cairo_save(cairo);
    mouth(cairo);
    cairo_clip(cairo);
    cairo_rectangle(cairo, 30, 60, 60, 18.5);
    ink(cairo, 0xFFFFFF);
    cairo_fill(cairo);
    cairo_move_to(cairo, 43, 91);
    curve_to(cairo, {60, 82}, {77, 91});
    curve_to(cairo, {70, 103}, {60, 103});
    curve_to(cairo, {50, 103}, {43, 91});
    ink(cairo, 0xF2705E);
    cairo_fill(cairo);
    cairo_restore(cairo);
    mouth(cairo);
    ink(cairo, kInk);
    cairo_set_line_width(cairo, 3);
    cairo_stroke(cairo);
}

}  // namespace

Picture paint_face(int mood, int diameter, int margin) {
    assert(mood >= 1 && mood <= 5);
    constexpr std::array kExpressions{very_dissatisfied, dissatisfied, neutral, satisfied, very_satisfied};
    const auto index = static_cast<std::size_t>(std::clamp(mood, 1, 5) - 1);
    Picture picture{diameter + 2 * margin, diameter + 2 * margin};
    picture.draw([&](cairo_t* cairo) {
        const double scale = diameter / (2 * kRadius + kRim);
        cairo_translate(cairo, margin + diameter / 2.0, margin + diameter / 2.0);
        cairo_scale(cairo, scale, scale);
        cairo_translate(cairo, -kGrid / 2, -kGrid / 2);
        cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        head(cairo, index);
        kExpressions[index](cairo);
    });
    picture.straighten();
    return picture;
}

}  // namespace milepost::platform
