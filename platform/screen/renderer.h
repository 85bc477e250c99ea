#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

struct SDL_Renderer;

namespace milepost::platform {

/// A copy of everything that decides what a frame looks like, so that two can be compared and one can
/// be drawn again long after Dear ImGui has reused its buffers.
struct Frame {
    struct Command {
        int x = 0;  ///< clip rectangle, pixels
        int y = 0;
        int width = 0;
        int height = 0;
        void* texture = nullptr;
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
};

/// Fills `frame` (its buffers are reused) with what `data` would draw over `background`.
void capture(const ImDrawData& data, std::uint32_t background, Frame& frame);

/// Draws the frame into the renderer's target, without presenting it.
void draw(SDL_Renderer& renderer, const Frame& frame);

/// Straight-alpha ARGB32 pixels as a texture; nullptr when the renderer refuses.
[[nodiscard]] void* make_texture(SDL_Renderer& renderer, int width, int height, const std::uint32_t* pixels,
                                 int stride_bytes);

}  // namespace milepost::platform
