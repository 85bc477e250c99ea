#include "kiosk/logos.h"

#include <utility>

namespace milepost::kiosk {

Logos::Logos(platform::Window& window, std::optional<platform::Picture> light, std::optional<platform::Picture> dark)
    : window_(window), light_{.picture = std::move(light)}, dark_{.picture = std::move(dark)} {}

Logos::~Logos() {
    window_.free_texture(light_.texture);
    window_.free_texture(dark_.texture);
}

platform::TextureId Logos::texture(On background, int width, int height) {
    Logo& logo = background == On::Light ? light_ : dark_;
    if (logo.picture && (logo.width != width || logo.height != height)) {
        platform::Picture drawn = platform::scaled(*logo.picture, width, height);
        drawn.straighten();
        window_.free_texture(logo.texture);
        logo.texture = window_.make_texture(drawn.width(), drawn.height(), drawn.data(), drawn.stride_bytes());
        logo.width = width;
        logo.height = height;
    }
    return logo.texture;
}

}  // namespace milepost::kiosk
