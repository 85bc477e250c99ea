#pragma once

#include "kiosk/painter.h"
#include "kiosk/preview/scenes.h"
#include "kiosk/ruler.h"
#include "kiosk/theme.h"
#include "platform/screen/offscreen.h"

#include <memory>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// The glass that a scene is shown on, and how it looks there.
struct Glass {
    int width = 1280;
    int height = 800;
    double diagonal_mm = 257;
    Theme theme = Theme::Light;
    bool large_text = false;
};

/// Draws scenes with the kiosk's own screens and renderer, without a window.
class Studio {
public:
    /// For pictures of at most this size. Fault::NotFound without the fonts.
    [[nodiscard]] static Result<std::unique_ptr<Studio>> make(int most_width, int most_height);

    /// Once it has come to rest, as opaque pixels.
    [[nodiscard]] platform::Picture draw(const Scene& scene, const Glass& glass);
    /// The painter of captions and the like.
    [[nodiscard]] platform::Typesetter& typesetter() { return texts_->typesetter(); }

private:
    Studio(std::unique_ptr<platform::Offscreen> canvas, std::unique_ptr<platform::TextCache> texts)
        : canvas_(std::move(canvas)), texts_(std::move(texts)), shapes_(*canvas_), painter_(*texts_, shapes_) {}

    std::unique_ptr<platform::Offscreen> canvas_;
    std::unique_ptr<platform::TextCache> texts_;
    platform::ShapeCache shapes_;
    ScreenPainter painter_;
};

/// What is wrong with a scene, as flaws_of (flaws.h) sees it.
[[nodiscard]] std::vector<std::string> flaws_of(Ruler& ruler, const Scene& scene, const Glass& glass);

}  // namespace milepost::kiosk
