#include "platform/screen/offscreen.h"

#include "platform/screen/gui.h"
#include "platform/screen/renderer.h"

#include <SDL.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace milepost::platform {

struct Offscreen::State {
    SDL_Surface* surface = nullptr;
    SDL_Renderer* renderer = nullptr;
    std::unique_ptr<Gui> gui{};
    Frame frame{};
    std::vector<SDL_Texture*> freed{};  ///< after the frame that may use them

    ~State() {
        gui.reset();
        for (SDL_Texture* texture : freed) SDL_DestroyTexture(texture);
        if (renderer != nullptr) SDL_DestroyRenderer(renderer);
        SDL_FreeSurface(surface);
    }
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

Offscreen::Offscreen(std::unique_ptr<State> state) : state_{std::move(state)} {}
Offscreen::~Offscreen() = default;

Result<std::unique_ptr<Offscreen>> Offscreen::make(int most_width, int most_height) {
    constexpr int kDepth = 32;
    auto state = std::make_unique<State>();
    state->surface = SDL_CreateRGBSurfaceWithFormat(0, most_width, most_height, kDepth, SDL_PIXELFORMAT_ARGB8888);
    if (state->surface != nullptr) state->renderer = SDL_CreateSoftwareRenderer(state->surface);
    if (state->renderer == nullptr) {
        return fail(Fault::Unavailable,
                    fmt::format("making a picture of {}x{} pixels: {}", most_width, most_height, SDL_GetError()));
    }
    state->gui = std::make_unique<Gui>(*state->renderer);
    return std::unique_ptr<Offscreen>{new Offscreen{std::move(state)}};
}

Picture Offscreen::draw(int width, int height, const Build& build) {
    state_->gui->begin(Woken{}, width, height);
    const std::uint32_t background = build();
    ImGui::Render();
    capture(*ImGui::GetDrawData(), background, state_->frame);
    platform::draw(*state_->renderer, state_->frame);
    SDL_RenderFlush(state_->renderer);
    for (SDL_Texture* texture : std::exchange(state_->freed, {})) SDL_DestroyTexture(texture);
    Picture picture{width, height};
    const auto* pixels = static_cast<const std::uint8_t*>(state_->surface->pixels);
    const auto bytes = static_cast<std::size_t>(picture.stride_bytes());
    for (int y = 0; y < std::min(height, state_->surface->h); ++y) {
        std::memcpy(picture.row(y), pixels + static_cast<std::ptrdiff_t>(y) * state_->surface->pitch, bytes);
    }
    return picture;
}

TextureId Offscreen::make_texture(int width, int height, const std::uint32_t* pixels, int stride_bytes) {
    return platform::make_texture(*state_->renderer, width, height, pixels, stride_bytes);
}

void Offscreen::free_texture(TextureId texture) {
    if (texture != nullptr) state_->freed.push_back(static_cast<SDL_Texture*>(texture));
}

}  // namespace milepost::platform
