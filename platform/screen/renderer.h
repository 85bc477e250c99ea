#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

struct SDL_Renderer;

namespace milepost::platform {

/// Whole pixels of a frame.
struct PixelBox {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
    bool operator==(const PixelBox&) const = default;
};

/// A copy of everything that decides what a frame looks like, so that two can be compared and one can
/// be drawn again long after Dear ImGui has reused its buffers.
struct Frame {
    struct Command {
        PixelBox painted;  ///< that its triangles may touch, within the clip rectangle
        int x = 0;         ///< clip rectangle, pixels
        int y = 0;
        int width = 0;
        int height = 0;
        void* texture = nullptr;
        int texture_width = 0;  ///< pixels
        int texture_height = 0;
        unsigned first_vertex = 0;
        unsigned first_index = 0;
        unsigned indices = 0;
        bool operator==(const Command&) const = default;
    };
    std::vector<ImDrawVert> vertices;
    std::vector<ImDrawIdx> indices;
    std::vector<Command> commands;
    int width = 0;
    int height = 0;
    std::uint32_t background = 0;  ///< 0xRRGGBB

    [[nodiscard]] bool looks_like(const Frame& other) const;
    /// What an index of a command stands for.
    [[nodiscard]] const ImDrawVert& corner(const Command& command, unsigned index) const {
        return vertices[command.first_vertex + indices[command.first_index + index]];
    }
};

/// The pixels that the command's triangles with the indices from `begin` up to `end` may touch, within its clip
/// rectangle.
[[nodiscard]] PixelBox painted_by(const Frame& frame, const Frame::Command& command, unsigned begin, unsigned end);

/// Fills `frame` (its buffers are reused) with what `data` would draw over `background`.
void capture(const ImDrawData& data, std::uint32_t background, Frame& frame);

/// Draws the frame into the renderer's target, without presenting it.
void draw(SDL_Renderer& renderer, const Frame& frame);
/// The same, and nothing outside of `part`: there the target keeps what it has.
void draw_part(SDL_Renderer& renderer, const Frame& frame, const PixelBox& part);

/// Straight-alpha ARGB32 pixels as a texture; nullptr when the renderer refuses.
[[nodiscard]] void* make_texture(SDL_Renderer& renderer, int width, int height, const std::uint32_t* pixels,
                                 int stride_bytes);

}  // namespace milepost::platform
