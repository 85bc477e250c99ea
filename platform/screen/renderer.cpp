#include "platform/screen/renderer.h"

#include <SDL.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

namespace milepost::platform {
namespace {

template <class T>
bool same_bytes(const std::vector<T>& left, const std::vector<T>& right) {
    return left.size() == right.size() &&
           (left.empty() || std::memcmp(left.data(), right.data(), left.size() * sizeof(T)) == 0);
}

/// The command's clip rectangle in whole pixels within the frame; width or height 0: nothing to draw.
Frame::Command clipped(const ImDrawCmd& command, const ImVec2& origin, const Frame& frame) {
    const auto inside = [](float value, int most) { return std::clamp(static_cast<int>(value), 0, most); };
    const int left = inside(std::floor(command.ClipRect.x - origin.x), frame.width);
    const int top = inside(std::floor(command.ClipRect.y - origin.y), frame.height);
    const int right = inside(std::ceil(command.ClipRect.z - origin.x), frame.width);
    const int bottom = inside(std::ceil(command.ClipRect.w - origin.y), frame.height);
    return {.x = left, .y = top, .width = std::max(0, right - left), .height = std::max(0, bottom - top)};
}

void append(const ImDrawList& list, const ImVec2& origin, Frame& frame) {
    const auto first_vertex = static_cast<unsigned>(frame.vertices.size());
    const auto first_index = static_cast<unsigned>(frame.indices.size());
    frame.vertices.insert(frame.vertices.end(), list.VtxBuffer.begin(), list.VtxBuffer.end());
    frame.indices.insert(frame.indices.end(), list.IdxBuffer.begin(), list.IdxBuffer.end());
    for (const ImDrawCmd& command : list.CmdBuffer) {
        Frame::Command copy = clipped(command, origin, frame);
        if (command.ElemCount == 0 || copy.width == 0 || copy.height == 0) continue;
        copy.texture = command.TextureId;
        SDL_QueryTexture(static_cast<SDL_Texture*>(copy.texture), nullptr, nullptr, &copy.texture_width,
                         &copy.texture_height);
        copy.first_vertex = first_vertex + command.VtxOffset;
        copy.first_index = first_index + command.IdxOffset;
        copy.indices = command.ElemCount;
        copy.painted = painted_by(frame, copy, 0, copy.indices);
        frame.commands.push_back(copy);
    }
}

/// The two corners of a command that is one picture over the whole frame; the software renderer copies that in a
/// tenth of the time that its triangles take.
struct Whole {
    const ImDrawVert* from;
    const ImDrawVert* to;
};

std::optional<Whole> whole_frame(const Frame& frame, const Frame::Command& command) {
    if (command.indices != 6) return std::nullopt;
    const ImDrawIdx* index = frame.indices.data() + command.first_index;
    const ImDrawVert* vertices = frame.vertices.data() + command.first_vertex;
    const ImDrawVert& from = vertices[index[0]];
    const ImDrawVert& to = vertices[index[2]];
    const bool as_large = to.pos.x - from.pos.x == static_cast<float>(frame.width) &&
                          to.pos.y - from.pos.y == static_cast<float>(frame.height);
    return as_large ? std::optional{Whole{&from, &to}} : std::nullopt;
}

void draw_whole(SDL_Renderer& renderer, const Frame& frame, const Frame::Command& command, const Whole& whole) {
    const ImU32 colour = whole.from->col;
    const auto channel = [&](int shift) { return static_cast<Uint8>((colour >> shift) & 0xFFU); };
    const SDL_Rect place{static_cast<int>(whole.from->pos.x), static_cast<int>(whole.from->pos.y), frame.width,
                         frame.height};
    if (whole.from->uv.x == whole.to->uv.x) {
        SDL_SetRenderDrawColor(&renderer, channel(IM_COL32_R_SHIFT), channel(IM_COL32_G_SHIFT),
                               channel(IM_COL32_B_SHIFT), channel(IM_COL32_A_SHIFT));
        SDL_RenderFillRect(&renderer, &place);
    } else {
        auto* texture = static_cast<SDL_Texture*>(command.texture);
        SDL_SetTextureAlphaMod(texture, channel(IM_COL32_A_SHIFT));
        SDL_RenderCopy(&renderer, texture, nullptr, &place);
    }
}

}  // namespace

PixelBox painted_by(const Frame& frame, const Frame::Command& command, unsigned begin, unsigned end) {
    if (begin >= end) return {};
    ImVec2 low = frame.corner(command, begin).pos;
    ImVec2 high = low;
    for (unsigned i = begin + 1; i < end; ++i) {
        const ImVec2& at = frame.corner(command, i).pos;
        low = {std::min(low.x, at.x), std::min(low.y, at.y)};
        high = {std::max(high.x, at.x), std::max(high.y, at.y)};
    }
    // A pixel more on each side: renderers round differently.
    const auto pixel = [](float value, int by, int least, int most) {
        return std::clamp(static_cast<int>(std::clamp(value, -1e6F, 1e6F)) + by, least, most);
    };
    const int left = pixel(std::floor(low.x), -1, command.x, command.x + command.width);
    const int top = pixel(std::floor(low.y), -1, command.y, command.y + command.height);
    const int right = pixel(std::ceil(high.x), 1, command.x, command.x + command.width);
    const int bottom = pixel(std::ceil(high.y), 1, command.y, command.y + command.height);
    return {.x = left, .y = top, .width = right - left, .height = bottom - top};
}

bool Frame::looks_like(const Frame& other) const {
    return width == other.width && height == other.height && background == other.background &&
           commands == other.commands && same_bytes(indices, other.indices) && same_bytes(vertices, other.vertices);
}

void capture(const ImDrawData& data, std::uint32_t background, Frame& frame) {
    frame.vertices.clear();
    frame.indices.clear();
    frame.commands.clear();
    frame.width = static_cast<int>(data.DisplaySize.x);
    frame.height = static_cast<int>(data.DisplaySize.y);
    frame.background = background;
    for (int i = 0; i < data.CmdListsCount; ++i) append(*data.CmdLists[i], data.DisplayPos, frame);
}

void draw(SDL_Renderer& renderer, const Frame& frame) {
    draw_part(renderer, frame, {.width = frame.width, .height = frame.height});
}

void draw_part(SDL_Renderer& renderer, const Frame& frame, const PixelBox& part) {
    const SDL_Rect all{part.x, part.y, part.width, part.height};
    const auto channel = [&](int shift) { return static_cast<Uint8>((frame.background >> shift) & 0xFFU); };
    SDL_RenderSetClipRect(&renderer, &all);
    SDL_SetRenderDrawColor(&renderer, channel(16), channel(8), channel(0), 255);
    SDL_SetRenderDrawBlendMode(&renderer, SDL_BLENDMODE_NONE);
    SDL_RenderFillRect(&renderer, &all);  // a clear takes no notice of the clip rectangle
    SDL_SetRenderDrawBlendMode(&renderer, SDL_BLENDMODE_BLEND);
    for (const Frame::Command& command : frame.commands) {
        const PixelBox& painted = command.painted;
        const SDL_Rect own{painted.x, painted.y, painted.width, painted.height};
        SDL_Rect clip{};
        if (SDL_IntersectRect(&own, &all, &clip) == SDL_FALSE) continue;
        SDL_RenderSetClipRect(&renderer, &clip);
        if (const auto whole = whole_frame(frame, command)) {
            draw_whole(renderer, frame, command, *whole);
            continue;
        }
        const ImDrawVert* vertices = frame.vertices.data() + command.first_vertex;
        // ImGui packs colours as bytes R, G, B, A: what SDL_Color is.
        SDL_RenderGeometryRaw(
            &renderer, static_cast<SDL_Texture*>(command.texture), &vertices->pos.x, sizeof(ImDrawVert),
            reinterpret_cast<const SDL_Color*>(&vertices->col), sizeof(ImDrawVert), &vertices->uv.x, sizeof(ImDrawVert),
            static_cast<int>(frame.vertices.size() - command.first_vertex), frame.indices.data() + command.first_index,
            static_cast<int>(command.indices), sizeof(ImDrawIdx));
    }
    SDL_RenderSetClipRect(&renderer, nullptr);
}

void* make_texture(SDL_Renderer& renderer, int width, int height, const std::uint32_t* pixels, int stride_bytes) {
    SDL_Texture* texture =
        SDL_CreateTexture(&renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC, width, height);
    if (texture == nullptr) return nullptr;
    if (SDL_UpdateTexture(texture, nullptr, pixels, stride_bytes) != 0) {
        SDL_DestroyTexture(texture);
        return nullptr;
    }
    SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
    // Exact where a texture is drawn at its own size on whole pixels; smooth where it is scaled.
    SDL_SetTextureScaleMode(texture, SDL_ScaleModeLinear);
    return texture;
}

}  // namespace milepost::platform
