#include "kiosk/preview/studio.h"

#include "kiosk/flaws.h"
#include "kiosk/screens/screens.h"

#include <algorithm>
#include <utility>

namespace milepost::kiosk {

namespace {

State on_glass(const Scene& scene, const Glass& glass) {
    State state = scene.state;
    state.visit.large_text = glass.large_text;
    state.visit.high_contrast = glass.theme == Theme::HighContrast;
    return state;
}

/// A finger on the target, if there is one.
void press(Touch& touch, const std::vector<Target>& targets, const std::string& name) {
    const auto target = std::ranges::find(targets, name, &Target::name);
    if (target == targets.end()) return;
    static_cast<void>(touch.handle(
        {.phase = platform::Pointer::Phase::Down, .x = target->box.middle_x(), .y = target->box.middle_y()}, targets));
}

/// Draws the scene, twice where a finger lies on it: only then is it known where.
std::uint32_t draw_on(Painter& painter, const Scene& scene, const Glass& glass, const std::function<void(Ui&)>& then) {
    const State state = on_glass(scene, glass);
    const Layout layout{glass.width, glass.height, glass.diagonal_mm};
    const Look look = look_of(state, glass.theme);
    Touch touch{layout};
    if (!scene.pressed.empty()) {
        Ui asked{painter, touch, layout, look, {}};
        asked.take_tap({});
        static_cast<void>(draw_screen(asked, state));
        press(touch, asked.targets(), scene.pressed);
    }
    Ui ui{painter, touch, layout, look, {}};
    static_cast<void>(draw_screen(ui, state));
    then(ui);
    return ui.colours().background;
}

}  // namespace

Result<std::unique_ptr<Studio>> Studio::make(int most_width, int most_height) {
    auto canvas = platform::Offscreen::make(most_width, most_height);
    if (!canvas) return std::unexpected{canvas.error()};
    auto texts = platform::TextCache::make(**canvas);
    if (!texts) return std::unexpected{texts.error()};
    return std::unique_ptr<Studio>{new Studio{std::move(*canvas), std::move(*texts)}};
}

platform::Picture Studio::draw(const Scene& scene, const Glass& glass) {
    platform::Picture picture = canvas_->draw(glass.width, glass.height, [&] {
        painter_.begin(static_cast<float>(glass.width), static_cast<float>(glass.height));
        const std::uint32_t background = draw_on(painter_, scene, glass, [](Ui&) {});
        painter_.end();
        return background;
    });
    texts_->end_frame();
    return picture;
}

std::vector<std::string> flaws_of(Ruler& ruler, const Scene& scene, const Glass& glass) {
    std::vector<std::string> flaws;
    ruler.clear();
    draw_on(ruler, scene, glass, [&](Ui& ui) { flaws = flaws_of(ruler, ui); });
    return flaws;
}

}  // namespace milepost::kiosk
