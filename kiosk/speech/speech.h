#pragma once

#include "kiosk/app.h"
#include "kiosk/speech/guide.h"
#include "kiosk/ui.h"

#include <optional>
#include <string>
#include <string_view>

namespace milepost::kiosk::speech {

/// espeak-ng's name of the voice for a survey's language; nullopt: there is none that people understand.
[[nodiscard]] std::optional<std::string_view> voice_for(std::string_view language);

/// Whether what is on the screen can be read aloud.
[[nodiscard]] bool offered(const State& state);
/// Whether it is.
[[nodiscard]] bool speaks(const State& state);
/// Whether what is touched is told first and does nothing until it is touched again.
[[nodiscard]] bool swallows_tap(const State& state);
/// A page whose keys are not read out: what is typed there is nobody else's business.
[[nodiscard]] bool keeps_keys_quiet(const State& state);

/// The question, or what else the page says, and how it is answered, in the language on the screen.
[[nodiscard]] std::string announcement(const State& state);
/// What the page says, without how to go on.
[[nodiscard]] std::vector<std::string> page_texts(const State& state);

/// What `update` does with an event of this folder.
void step(State& state, const Event& event, Now now, Effects& effects);
/// A finger came down: the ring goes, and so does what is being said.
void touched(State& state, Effects& effects);

/// What of a state is heard when an event changes it.
struct Heard {
    bool listening = false;
    std::uint64_t showing = 0;
    std::size_t amount = 0;  ///< how much stands on the screen that somebody put there
    bool fault = false;      ///< a contact was refused
};
[[nodiscard]] Heard heard(const State& state);
/// After every event: switches the sound, tells by a tone that something was taken or taken back, and why a contact
/// was refused.
void follow(State& state, const Heard& before, Effects& effects);

/// Says that the mode is on, and to whoever touches, who may have started it by chance, how to go on.
void draw_badge(Ui& ui, const State& state);

}  // namespace milepost::kiosk::speech
