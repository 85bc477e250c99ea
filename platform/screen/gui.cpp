#include "platform/screen/gui.h"

#include "platform/screen/renderer.h"

#include <SDL.h>
#include <imgui.h>

#include <algorithm>
#include <cfloat>

namespace milepost::platform {
namespace {

/// Dear ImGui wants a font and a white pixel to exist, though all texts are Pango's.
void* make_font_texture(SDL_Renderer& renderer, ImFontAtlas& fonts) {
    fonts.Flags |= ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    fonts.GetTexDataAsRGBA32(&pixels, &width, &height);
    // White with alpha: the same bytes as ARGB, whatever their order.
    void* texture = make_texture(renderer, width, height, reinterpret_cast<const std::uint32_t*>(pixels), width * 4);
    fonts.SetTexID(texture);
    fonts.ClearTexData();
    return texture;
}

}  // namespace

Gui::Gui(SDL_Renderer& renderer) : context_{ImGui::CreateContext()}, last_frame_{std::chrono::steady_clock::now()} {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendRendererName = "milepost";
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    ImGui::GetStyle().AntiAliasedLinesUseTex = false;
    font_texture_ = make_font_texture(renderer, *io.Fonts);
    leave();
}

Gui::~Gui() {
    ImGui::DestroyContext(context_);
    if (font_texture_ != nullptr) SDL_DestroyTexture(static_cast<SDL_Texture*>(font_texture_));
}

void Gui::begin(const Input& input, int width, int height) {
    const SteadyTime now = std::chrono::steady_clock::now();
    const std::chrono::duration<float> passed = now - last_frame_;
    last_frame_ = now;
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    io.DeltaTime = std::clamp(passed.count(), 1e-5F, 1.0F);  // ImGui asserts that time passes
    if (released_) leave();
    if (const auto* pointer = std::get_if<Pointer>(&input)) follow(*pointer);
    ImGui::NewFrame();
}

void Gui::follow(const Pointer& pointer) {
    ImGuiIO& io = ImGui::GetIO();
    if (pointer.phase == Pointer::Phase::Down) {
        followed_ = pointer.contact;
        io.MouseDownDuration[0] = -1;  // a click also while a palm already rests on the glass
    } else if (followed_ != pointer.contact) {
        return;
    }
    io.MousePos = {pointer.x, pointer.y};
    io.MouseDown[0] = pointer.phase == Pointer::Phase::Down || pointer.phase == Pointer::Phase::Move;
    if (io.MouseDown[0]) return;
    followed_.reset();
    released_ = true;
    if (pointer.phase == Pointer::Phase::Cancel) leave();
}

void Gui::leave() {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {-FLT_MAX, -FLT_MAX};
    io.MouseDown[0] = false;
    released_ = false;
}

}  // namespace milepost::platform
