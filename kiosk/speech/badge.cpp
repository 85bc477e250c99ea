#include "kiosk/speech/speech.h"
#include "kiosk/strings.h"

#include <cmath>

namespace milepost::kiosk::speech {

void draw_badge(Ui& ui, const State& state) {
    const Colours& colours = ui.colours();
    const Type type{.size = ui.layout().text(22, false), .weight = 600, .colour = colours.on_accent, .most_lines = 1};
    const float room = ui.layout().width() - 2 * ui.layout().margin() - ui.px(40);
    std::string text{say(state.visit.guide.keypad ? Word::SpeechOn : Word::SpeechOnTouch, ui.look().language)};
    if (ui.measure(text, type, 0).width > room) {
        text = say(Word::SpeechOn, ui.look().language);
    }
    const TextSize size = ui.measure(text, type, 0);
    const float height = std::ceil(size.height);
    const Box box{ui.layout().margin(), 0, size.width + ui.px(40), height};
    ui.panel({.radius = ui.px(8), .border = 0, .fill = colours.accent, .line = colours.accent}, box);
    ui.text(text, type, box);
}

}  // namespace milepost::kiosk::speech
