#pragma once

#include <cstdint>

namespace milepost::platform {

/// A texture of a canvas's renderer, as ImDrawList takes it (ImTextureID).
using TextureId = void*;

/// What textures are made for: a window, or a picture in memory. One thread.
class Canvas {
public:
    virtual ~Canvas() = default;
    /// Straight-alpha ARGB32 pixels (0xAARRGGBB words), row after row; nullptr when the renderer refuses.
    [[nodiscard]] virtual TextureId make_texture(int width, int height, const std::uint32_t* pixels,
                                                 int stride_bytes) = 0;
    /// It outlives the frame that uses it.
    virtual void free_texture(TextureId texture) = 0;
};

}  // namespace milepost::platform
