#include "platform/screen/damage.h"

#include <algorithm>
#include <cmath>

namespace milepost::platform {
namespace {

constexpr std::size_t kMostBoxes = 6;
constexpr double kPass = 4'000;  ///< pixels that are painted in the time of a pass over the frame
constexpr unsigned kCorners = 3;
constexpr unsigned kRectangle = 6;  ///< two triangles: how Dear ImGui draws a picture

int right_of(const PixelBox& box) {
    return box.x + box.width;
}
int bottom_of(const PixelBox& box) {
    return box.y + box.height;
}
double area(const PixelBox& box) {
    return static_cast<double>(box.width) * box.height;
}

bool meet(const PixelBox& one, const PixelBox& other) {
    return one.x < right_of(other) && other.x < right_of(one) && one.y < bottom_of(other) && other.y < bottom_of(one);
}

PixelBox around(const PixelBox& one, const PixelBox& other) {
    const int x = std::min(one.x, other.x);
    const int y = std::min(one.y, other.y);
    return {.x = x,
            .y = y,
            .width = std::max(right_of(one), right_of(other)) - x,
            .height = std::max(bottom_of(one), bottom_of(other)) - y};
}

/// Boxes that do not meet, and no more than are worth a pass over the frame each.
class Damage {
public:
    void take(PixelBox box) {
        if (box.empty()) return;
        for (auto with = partner(box); with != boxes_.end(); with = partner(box)) {
            box = around(box, *with);
            boxes_.erase(with);
        }
        boxes_.push_back(box);
    }
    [[nodiscard]] const std::vector<PixelBox>& boxes() const { return boxes_; }

private:
    /// A box that is better painted together with this one.
    [[nodiscard]] std::vector<PixelBox>::iterator partner(const PixelBox& box) {
        const auto wasted = [&](const PixelBox& other) { return area(around(box, other)) - area(box) - area(other); };
        const auto best = std::ranges::min_element(boxes_, {}, wasted);
        if (best == boxes_.end() || boxes_.size() >= kMostBoxes || wasted(*best) < kPass) return best;
        return std::ranges::find_if(boxes_, [&](const PixelBox& other) { return meet(box, other); });
    }

    std::vector<PixelBox> boxes_;
};

bool same_paint(const Frame::Command& left, const Frame::Command& right) {
    return left.texture == right.texture && left.x == right.x && left.y == right.y && left.width == right.width &&
           left.height == right.height;
}

bool same_corner(const ImDrawVert& left, const ImDrawVert& right) {
    return left.pos.x == right.pos.x && left.pos.y == right.pos.y && left.uv.x == right.uv.x &&
           left.uv.y == right.uv.y && left.col == right.col;
}

/// Two commands of equal paint; `i` and `j` begin a triangle of each.
bool same_triangle(const Frame& left, const Frame::Command& of_left, unsigned i, const Frame& right,
                   const Frame::Command& of_right, unsigned j) {
    for (unsigned at = 0; at < kCorners; ++at) {
        if (!same_corner(left.corner(of_left, i + at), right.corner(of_right, j + at))) return false;
    }
    return true;
}

/// What two commands of equal paint do not begin and end with alike.
void take_difference(const Frame& before, const Frame::Command& old, const Frame& after, const Frame::Command& fresh,
                     Damage& damage) {
    const unsigned shorter = std::min(old.indices, fresh.indices);
    unsigned head = 0;
    while (head < shorter && same_triangle(before, old, head, after, fresh, head)) head += kCorners;
    unsigned tail = 0;
    while (tail < shorter - head &&
           same_triangle(before, old, old.indices - tail - kCorners, after, fresh, fresh.indices - tail - kCorners)) {
        tail += kCorners;
    }
    damage.take(painted_by(before, old, head, old.indices - tail));
    damage.take(painted_by(after, fresh, head, fresh.indices - tail));
}

bool same_command(const Frame& before, const Frame::Command& old, const Frame& after, const Frame::Command& fresh) {
    if (!same_paint(old, fresh) || old.indices != fresh.indices) return false;
    for (unsigned i = 0; i < old.indices; i += kCorners) {
        if (!same_triangle(before, old, i, after, fresh, i)) return false;
    }
    return true;
}

/// Whether the picture on the rectangle that begins at this index has another size than its texture, or lies between
/// pixels. SDL's software renderer takes other pixels of such a picture when it draws only a part of it.
bool is_stretched(const Frame& frame, const Frame::Command& command, unsigned index) {
    ImVec2 low{1e9F, 1e9F};
    ImVec2 high{-1e9F, -1e9F};
    ImVec2 from{1e9F, 1e9F};
    ImVec2 to{-1e9F, -1e9F};
    for (unsigned i = index; i < index + kRectangle; ++i) {
        const ImDrawVert& at = frame.corner(command, i);
        low = {std::min(low.x, at.pos.x), std::min(low.y, at.pos.y)};
        high = {std::max(high.x, at.pos.x), std::max(high.y, at.pos.y)};
        from = {std::min(from.x, at.uv.x), std::min(from.y, at.uv.y)};
        to = {std::max(to.x, at.uv.x), std::max(to.y, at.uv.y)};
    }
    if (from.x == to.x && from.y == to.y) return false;  // of one colour
    const auto differs = [](float of_texture, float of_frame) { return std::abs(of_texture - of_frame) > 0.05F; };
    const auto between = [](float at) { return std::abs(at - std::round(at)) > 0.01F; };
    return between(low.x) || between(low.y) ||
           differs((to.x - from.x) * static_cast<float>(command.texture_width), high.x - low.x) ||
           differs((to.y - from.y) * static_cast<float>(command.texture_height), high.y - low.y);
}

/// Takes in all of a stretched picture that only a part of would be painted; false: there is none.
bool take_whole_picture(const Frame& frame, Damage& damage) {
    const auto cut = [&](const PixelBox& box) {
        return std::ranges::any_of(damage.boxes(),
                                   [&](const PixelBox& part) { return meet(part, box) && around(part, box) != part; });
    };
    for (const Frame::Command& command : frame.commands) {
        for (unsigned i = 0; i + kRectangle <= command.indices; i += kRectangle) {
            const PixelBox box = painted_by(frame, command, i, i + kRectangle);
            if (!box.empty() && cut(box) && is_stretched(frame, command, i)) {
                damage.take(box);
                return true;
            }
        }
    }
    return false;
}

}  // namespace

std::vector<PixelBox> damage(const Frame& before, const Frame& after) {
    if (before.width != after.width || before.height != after.height || before.background != after.background) {
        return {{.width = after.width, .height = after.height}};
    }
    const auto& old = before.commands;
    const auto& fresh = after.commands;
    const std::size_t shorter = std::min(old.size(), fresh.size());
    std::size_t head = 0;
    while (head < shorter && same_command(before, old[head], after, fresh[head])) ++head;
    std::size_t tail = 0;
    while (tail < shorter - head &&
           same_command(before, old[old.size() - tail - 1], after, fresh[fresh.size() - tail - 1])) {
        ++tail;
    }
    Damage damage;
    const auto all_of = [&](const Frame::Command& command) { damage.take(command.painted); };
    // As many on both sides are the same pictures with other positions or colours, mostly.
    const bool in_pairs = old.size() == fresh.size();
    for (std::size_t i = head; i < old.size() - tail; ++i) {
        if (in_pairs && same_paint(old[i], fresh[i])) {
            take_difference(before, old[i], after, fresh[i], damage);
            continue;
        }
        all_of(old[i]);
        if (in_pairs) all_of(fresh[i]);
    }
    for (std::size_t i = head; !in_pairs && i < fresh.size() - tail; ++i) all_of(fresh[i]);
    while (take_whole_picture(after, damage)) {
    }
    return damage.boxes();
}

}  // namespace milepost::platform
