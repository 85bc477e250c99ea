#pragma once

#include "platform/error.h"
#include "platform/screen/canvas.h"
#include "platform/screen/pixels.h"

#include <functional>
#include <memory>

namespace milepost::platform {

/// The window's renderer without a window: frames go to pixels in memory, by SDL's software renderer. Needs no
/// display. Owns a Dear ImGui context: one at a time, and none beside a window.
class Offscreen final : public Canvas {
public:
    /// For frames of at most this size. Fault::Unavailable when SDL has no memory for them.
    [[nodiscard]] static Result<std::unique_ptr<Offscreen>> make(int most_width, int most_height);
    ~Offscreen() override;
    Offscreen(const Offscreen&) = delete;
    Offscreen& operator=(const Offscreen&) = delete;

    /// Between ImGui::NewFrame and ImGui::Render; the colour behind everything, 0xRRGGBB.
    using Build = std::function<std::uint32_t()>;
    /// The frame that the build draws, as opaque pixels.
    [[nodiscard]] Picture draw(int width, int height, const Build& build);

    [[nodiscard]] TextureId make_texture(int width, int height, const std::uint32_t* pixels, int stride_bytes) override;
    void free_texture(TextureId texture) override;

private:
    struct State;
    explicit Offscreen(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace milepost::platform
