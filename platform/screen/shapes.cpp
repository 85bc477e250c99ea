#include "platform/screen/shapes.h"

#include "platform/screen/faces.h"
#include "platform/screen/panels.h"

#include <cairo.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <list>
#include <numbers>
#include <utility>
#include <vector>

namespace milepost::platform {
namespace {

constexpr int kMargin = 1;  ///< clear pixels, so that a scaled edge stays soft
constexpr std::size_t kMostShapes = 96;

/// What was drawn: all zero but what applies.
struct Key {
    enum class Kind { Face, Disc, CheckMark, Star, SlicedPanel, WholePanel };
    Kind kind = Kind::Face;
    int mood = 0;
    int width = 0;
    int height = 0;
    float line = 0;
    Panel panel{};
    bool operator==(const Key&) const = default;
};

struct Entry {
    Key key;
    Shape shape;
};

Picture paint_disc(int diameter, float line) {
    Picture picture{diameter + 2 * kMargin, diameter + 2 * kMargin};
    picture.draw([&](cairo_t* cairo) {
        const double centre = kMargin + diameter / 2.0;
        const double inset = line > 0 ? line / 2.0 : 0;
        cairo_set_source_rgb(cairo, 1, 1, 1);
        cairo_arc(cairo, centre, centre, diameter / 2.0 - inset, 0, 2 * std::numbers::pi);
        cairo_set_line_width(cairo, static_cast<double>(line));
        line > 0 ? cairo_stroke(cairo) : cairo_fill(cairo);
    });
    picture.straighten();
    return picture;
}

Picture paint_check_mark(int size, float line) {
    Picture picture{size + 2 * kMargin, size + 2 * kMargin};
    picture.draw([&](cairo_t* cairo) {
        const auto at = [&](double part) { return kMargin + part * size; };
        cairo_set_source_rgb(cairo, 1, 1, 1);
        cairo_set_line_width(cairo, static_cast<double>(line));
        cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_move_to(cairo, at(0.27), at(0.52));
        cairo_line_to(cairo, at(0.43), at(0.68));
        cairo_line_to(cairo, at(0.74), at(0.35));
        cairo_stroke(cairo);
    });
    picture.straighten();
    return picture;
}

/// Points up, its corners rounded, the inner ones at .5 of the outer radius: friendlier than a pentagram's .38.
Picture paint_star(int size, float line) {
    Picture picture{size + 2 * kMargin, size + 2 * kMargin};
    picture.draw([&](cairo_t* cairo) {
        const double round = size * 0.06;
        const double outer = size / 2.0 - std::max(round, static_cast<double>(line)) / 2;
        const double middle_x = kMargin + size / 2.0;
        // The five points of a star reach further up than down.
        const double middle_y = kMargin + size / 2.0 + outer * 0.05;
        for (int corner = 0; corner < 10; ++corner) {
            const double radius = corner % 2 == 0 ? outer : outer * 0.5;
            const double angle = std::numbers::pi * (corner / 5.0 - 0.5);
            cairo_line_to(cairo, middle_x + radius * std::cos(angle), middle_y + radius * std::sin(angle));
        }
        cairo_close_path(cairo);
        cairo_set_source_rgb(cairo, 1, 1, 1);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_set_line_width(cairo, line > 0 ? static_cast<double>(line) : round);
        if (line <= 0) cairo_fill_preserve(cairo);
        cairo_stroke(cairo);
    });
    picture.straighten();
    return picture;
}

/// A span of the screen, and where in the texture the equally long span that it shows begins; pixels.
struct Span {
    int from = 0;
    int to = 0;
    int source = 0;
};

/// A corner, the middle as often as it takes, and the other corner.
std::vector<Span> spans(int begin, int size, int corner) {
    const int middle_end = begin + size - corner;
    std::vector<Span> result{{begin, begin + corner, 0}};
    for (int at = begin + corner; at < middle_end; at += kPanelMiddle) {
        result.push_back({at, std::min(at + kPanelMiddle, middle_end), corner});
    }
    result.push_back({middle_end, middle_end + corner, corner + kPanelMiddle});
    return result;
}

void draw_piece(ImDrawList& list, const Shape& shape, const Span& across, const Span& down, ImU32 tint) {
    const auto at = [](int x, int y) { return ImVec2{static_cast<float>(x), static_cast<float>(y)}; };
    // SDL's software renderer truncates to whole texels: a hair more keeps 6.9999 from becoming 6. Past 1
    // it would refuse to draw.
    const auto part = [](int texel, int all) {
        return std::min(1.0F, (static_cast<float>(texel) + 1.0F / 512) / static_cast<float>(all));
    };
    const auto uv = [&](int x, int y) { return ImVec2{part(x, shape.width), part(y, shape.height)}; };
    list.AddImage(shape.texture, at(across.from, down.from), at(across.to, down.to), uv(across.source, down.source),
                  uv(across.source + across.to - across.from, down.source + down.to - down.from), tint);
}

ImU32 faded(std::uint32_t rgb) {
    const auto channel = [&](int shift) { return static_cast<float>((rgb >> shift) & 0xFF) / 255.0F; };
    return ImGui::GetColorU32(ImVec4{channel(16), channel(8), channel(0), 1});
}

/// Where a panel's box lies on the screen's pixels.
struct PixelBox {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

PixelBox on_pixels(float x, float y, float width, float height) {
    const auto whole = [](float value) { return static_cast<int>(std::lround(value)); };
    const PixelBox box{.x = whole(x), .y = whole(y)};
    return {.x = box.x, .y = box.y, .width = whole(x + width) - box.x, .height = whole(y + height) - box.y};
}

}  // namespace

struct ShapeCache::State {
    Canvas& canvas;
    std::list<Entry> entries{};  ///< last used first

    void drop_last() {
        canvas.free_texture(entries.back().shape.texture);
        entries.pop_back();
    }

    template <class Paint>
    const Shape& find_or_paint(const Key& key, float margin, const Paint& paint) {
        const auto found = std::ranges::find(entries, key, &Entry::key);
        if (found != entries.end()) {
            entries.splice(entries.begin(), entries, found);
            return entries.front().shape;
        }
        if (entries.size() >= kMostShapes) drop_last();
        const Picture picture = paint();
        Shape shape{.width = picture.width(), .height = picture.height(), .margin = margin};
        shape.texture = canvas.make_texture(shape.width, shape.height, picture.data(), picture.stride_bytes());
        entries.push_front({key, shape});
        return entries.front().shape;
    }

    /// A panel too small to be cut, as one picture.
    void draw_whole(const Panel& panel, const PixelBox& box) {
        const int pad = cut_of(panel).pad;
        const Key key{.kind = Key::Kind::WholePanel, .width = box.width, .height = box.height, .panel = panel};
        const Shape& shape =
            find_or_paint(key, static_cast<float>(pad), [&] { return paint_panel(panel, box.width, box.height); });
        draw_piece(*ImGui::GetWindowDrawList(), shape, {box.x - pad, box.x + box.width + pad, 0},
                   {box.y - pad, box.y + box.height + pad, 0}, faded(0xFFFFFF));
    }

    void draw_sliced(const Panel& panel, const PixelBox& box) {
        const PanelCut cut = cut_of(panel);
        const int inner = 2 * (cut.corner - cut.pad) + kPanelMiddle;
        const Key key{.kind = Key::Kind::SlicedPanel, .panel = panel};
        const Shape& shape =
            find_or_paint(key, static_cast<float>(cut.pad), [&] { return paint_panel(panel, inner, inner); });
        const auto across = spans(box.x - cut.pad, box.width + 2 * cut.pad, cut.corner);
        const auto down = spans(box.y - cut.pad, box.height + 2 * cut.pad, cut.corner);
        ImDrawList& list = *ImGui::GetWindowDrawList();
        const ImU32 white = faded(0xFFFFFF);
        const auto at_edge = [](const std::vector<Span>& all, const Span& one) {
            return &one == &all.front() || &one == &all.back();
        };
        for (const Span& row : down) {
            for (const Span& column : across) {
                if (at_edge(down, row) || at_edge(across, column)) draw_piece(list, shape, column, row, white);
            }
        }
        // The middle is one colour: a plain rectangle costs the software renderer a tenth.
        const auto corner = [](int x, int y) { return ImVec2{static_cast<float>(x), static_cast<float>(y)}; };
        if (across.size() == 2 || down.size() == 2 || panel.hollow) return;
        list.AddRectFilled(corner(across.front().to, down.front().to), corner(across.back().from, down.back().from),
                           faded(panel.fill));
    }
};

ShapeCache::ShapeCache(Canvas& canvas) : state_{std::make_unique<State>(State{.canvas = canvas})} {}

ShapeCache::~ShapeCache() {
    while (!state_->entries.empty()) state_->drop_last();
}

const Shape& ShapeCache::face(int mood, int diameter) {
    return state_->find_or_paint({.kind = Key::Kind::Face, .mood = mood, .width = diameter}, kMargin,
                                 [&] { return paint_face(mood, diameter, kMargin); });
}

const Shape& ShapeCache::disc(int diameter, float line) {
    return state_->find_or_paint({.kind = Key::Kind::Disc, .width = diameter, .line = line}, kMargin,
                                 [&] { return paint_disc(diameter, line); });
}

const Shape& ShapeCache::check_mark(int size, float line) {
    return state_->find_or_paint({.kind = Key::Kind::CheckMark, .width = size, .line = line}, kMargin,
                                 [&] { return paint_check_mark(size, line); });
}

const Shape& ShapeCache::star(int size, float line) {
    return state_->find_or_paint({.kind = Key::Kind::Star, .width = size, .line = line}, kMargin,
                                 [&] { return paint_star(size, line); });
}

void ShapeCache::draw_panel(const Panel& panel, float x, float y, float width, float height) {
    const PixelBox box = on_pixels(x, y, width, height);
    if (box.width <= 0 || box.height <= 0) return;
    const Panel fits = fitted(panel, box.width, box.height);
    const PanelCut cut = cut_of(fits);
    const int needed = 2 * (cut.corner - cut.pad);
    const bool whole = box.width < needed || box.height < needed;
    whole ? state_->draw_whole(fits, box) : state_->draw_sliced(fits, box);
}

}  // namespace milepost::platform
