#pragma once

#include "platform/screen/window.h"

#include <optional>

struct ImGuiContext;
struct SDL_Renderer;

namespace milepost::platform {

/// The Dear ImGui context and its one mouse, which follows the contact that was pressed last.
class Gui {
public:
    explicit Gui(SDL_Renderer& renderer);  ///< `renderer` must outlive it
    ~Gui();
    Gui(const Gui&) = delete;
    Gui& operator=(const Gui&) = delete;

    /// Sets the mouse from the input itself and begins a frame.
    void begin(const Input& input, int width, int height);
    /// Whether a release is behind us and the mouse still hovers there: one more frame clears it.
    [[nodiscard]] bool hovers() const { return released_; }

private:
    void follow(const Pointer& pointer);
    void leave();

    ImGuiContext* context_;
    void* font_texture_ = nullptr;
    std::optional<std::int64_t> followed_;
    bool released_ = false;
    SteadyTime last_frame_;
};

}  // namespace milepost::platform
