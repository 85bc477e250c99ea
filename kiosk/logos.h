#pragma once

#include "platform/screen/pixels.h"
#include "platform/screen/window.h"

#include <optional>

namespace milepost::kiosk {

/// The business's pictures as textures, in the size that is drawn. One thread, the window's.
class Logos {
public:
    /// `window` must outlive it.
    Logos(platform::Window& window, std::optional<platform::Picture> light, std::optional<platform::Picture> dark);
    ~Logos();
    Logos(const Logos&) = delete;
    Logos& operator=(const Logos&) = delete;

    enum class On { Light, Dark };
    /// nullptr: there is none.
    [[nodiscard]] platform::TextureId texture(On background, int width, int height);

private:
    struct Logo {
        std::optional<platform::Picture> picture;
        platform::TextureId texture = nullptr;
        int width = 0;
        int height = 0;
    };
    platform::Window& window_;
    Logo light_;
    Logo dark_;
};

}  // namespace milepost::kiosk
