#pragma once

#include "platform/screen/canvas.h"

#include <cstdint>
#include <memory>

namespace milepost::platform {

/// A rounded panel: fill, border, soft shadow below.
struct Panel {
    float radius = 32;
    float border = 1.5F;
    std::uint32_t fill = 0xFFFFFF;  ///< 0xRRGGBB
    std::uint32_t line = 0xC9CFDA;  ///< 0xRRGGBB
    float shadow = 0;               ///< blur radius; 0: none. It falls a third of that below the box
    float shadow_opacity = 0.12F;
    bool hollow = false;  ///< the border alone
    bool operator==(const Panel&) const = default;
};

/// A texture to draw with ImDrawList::AddImage at the target box grown by `margin` on each side.
struct Shape {
    TextureId texture = nullptr;
    int width = 0;
    int height = 0;
    float margin = 0;
};

/// Cairo drawings in cached textures: the five faces, discs and rings, check marks, stars, 9-slice panels. One thread.
class ShapeCache {
public:
    explicit ShapeCache(Canvas& canvas);  ///< `canvas` must outlive it
    ~ShapeCache();

    /// Face 1 (very dissatisfied) to 5 (very satisfied), `diameter` pixels wide.
    [[nodiscard]] const Shape& face(int mood, int diameter);
    /// A disc, or with `line` > 0 a ring of that width; white, to be tinted.
    [[nodiscard]] const Shape& disc(int diameter, float line);
    /// A check mark within a square of `size`, with round ends; white, to be tinted.
    [[nodiscard]] const Shape& check_mark(int size, float line);
    /// A five-pointed star within a square of `size`: filled, or with `line` > 0 its outline; white, to be tinted.
    [[nodiscard]] const Shape& star(int size, float line);
    /// Draws the panel, its box rounded to whole pixels, through the current ImGui window's list, as
    /// faint as ImGui's style alpha says.
    void draw_panel(const Panel& panel, float x, float y, float width, float height);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace milepost::platform
