#include "kiosk/speech/speech.h"

#include "kiosk/screens/views.h"
#include "kiosk/steps.h"
#include "kiosk/strings.h"

#include <algorithm>

namespace milepost::kiosk::speech {

namespace {

bool has_voice(const State& state, std::string_view language) {
    const auto voice = voice_for(language);
    return voice && std::ranges::find(state.speech.voices, *voice) != state.speech.voices.end();
}

void hush(const State& state, Effects& effects) {
    if (state.visit.guide.listening) {
        effects.emplace_back(Effect{Hush{}});
    }
}

/// After what is being said.
void add(const State& state, std::string text, Effects& effects) {
    if (speaks(state) && !text.empty()) {
        const std::string voice{*voice_for(state.visit.language)};
        effects.emplace_back(Effect{Say{std::move(text), voice, state.visit.guide.volume}});
    }
}

/// In place of what is being said: a held arrow leaves no queue.
void utter(const State& state, std::string text, Effects& effects) {
    if (!text.empty()) {
        hush(state, effects);
        add(state, std::move(text), effects);
    }
}

/// Nobody has chosen the language of the attract screen yet: one that has a voice.
void find_voice(State& state) {
    Visit& visit = state.visit;
    if (visit.begun || visit.language_picked || has_voice(state, visit.language)) {
        return;
    }
    const auto& languages = visit.session.survey().languages;
    const auto found =
        std::ranges::find_if(languages, [&](const std::string& language) { return has_voice(state, language); });
    if (found != languages.end()) {
        visit.language = *found;
        visit.text_shown.reset();
    }
}

void start_listening(State& state) {
    if (!state.speech.ready || state.staff.page) {
        return;
    }
    find_voice(state);
    if (offered(state)) {
        state.visit.guide.listening = true;
        state.visit.guide.used_speech = true;
    }
}

std::string volume_text(const State& state) {
    std::string text{say(Word::SpeechVolume, state.visit.language)};
    if (const auto at = text.find("{n}"); at != std::string::npos) {
        text.replace(at, 3, std::to_string(state.visit.guide.volume));
    }
    return text;
}

bool is_key(const std::string& target) {
    return target.starts_with(kKeyPrefix) || target.starts_with("held:");
}

struct Step {
    State& state;
    Now now;
    Effects& effects;
    Guide& guide = state.visit.guide;

    void operator()(const KeyStruck& event) {
        hush(state, effects);
        if (screen_of(state) != Screen::StillThere) {
            state.last_touch = now;
        }
        state.visit.breath.reset();
        state.new_id = event.new_id;
        state.local = event.local;
        if (!guide.keypad) {
            guide.keypad = true;
            guide.used_keypad = true;
            start_listening(state);
        }
        staff_step(state, staff::Touched{}, now, effects);
    }
    void operator()(const FocusMoved& event) {
        guide.focus = event.name;
        guide.focus_said = is_key(event.name) && keeps_keys_quiet(state) ? "" : event.spoken;
        utter(state, guide.focus_said, effects);
    }
    void operator()(const Pointed& event) {
        if (!speaks(state)) {
            return;
        }
        guide.second_touch = !event.name.empty() && guide.pointed == event.name;
        guide.pointed = event.name;
        if (!guide.second_touch && !(is_key(event.name) && keeps_keys_quiet(state))) {
            utter(state, event.spoken, effects);
        }
    }
    void operator()(const Rested&) {
        if (screen_of(state) == Screen::Question && !guide.listening) {
            start_listening(state);
        }
    }
    void operator()(const Repeated&) { utter(state, announcement(state), effects); }
    void operator()(const VolumeTurned& event) {
        guide.volume = std::clamp(guide.volume + event.by, 1, kMostVolume);
        utter(state, volume_text(state), effects);
    }
    void operator()(const SpeechSwitched&) {
        if (guide.listening) {
            guide.listening = false;
        } else {
            start_listening(state);
            utter(state, announcement(state), effects);
        }
    }
    void operator()(const PageCame& event) {
        guide.focus = event.focus;
        guide.focus_said = is_key(event.focus) && keeps_keys_quiet(state) ? "" : event.spoken;
        guide.pointed.clear();
        guide.second_touch = false;
        hush(state, effects);
        if (speaks(state) && screen_of(state) == Screen::StillThere) {
            effects.emplace_back(Effect{Play{platform::Tone::Chime, guide.volume}});
        }
        add(state, announcement(state), effects);
    }
    void operator()(const SoundChanged& event) {
        effects.emplace_back(Effect{LookForDevice{}});
        if (event.came && screen_of(state) == Screen::Question) {
            start_listening(state);
        }
    }
    void operator()(const OfferChanged& event) { state.speech = event.offer; }
};

}  // namespace

bool offered(const State& state) {
    return state.speech.ready && !state.staff.page && has_voice(state, state.visit.language);
}

bool speaks(const State& state) {
    return state.visit.guide.listening && offered(state);
}

bool swallows_tap(const State& state) {
    return speaks(state) && !state.visit.guide.second_touch;
}

bool keeps_keys_quiet(const State& state) {
    const auto& entry = state.visit.entry;
    return screen_of(state) == Screen::Question && entry && entry->is_contact() && entry->step == Entry::Step::Typing;
}

void step(State& state, const Event& event, Now now, Effects& effects) {
    std::visit(Step{state, now, effects}, event);
}

void touched(State& state, Effects& effects) {
    hush(state, effects);
    state.visit.guide.keypad = false;
    state.visit.guide.focus.clear();
    state.visit.guide.focus_said.clear();
}

Heard heard(const State& state) {
    const Visit& visit = state.visit;
    const auto written = visit.entry ? static_cast<std::size_t>(visit.entry->field.chars()) : 0;
    const std::size_t switches = (visit.large_text ? 1U : 0U) + (visit.high_contrast ? 1U : 0U);
    return {.listening = visit.guide.listening,
            .showing = visit.showing,
            .amount = visit.chosen.size() + visit.entered.size() + written + switches,
            .fault = visit.entry && visit.entry->fault != ContactFault::None};
}

void follow(State& state, const Heard& before, Effects& effects) {
    const Heard after = heard(state);
    const int volume = state.visit.guide.volume;
    if (before.listening && !after.listening) {
        effects.emplace_back(Effect{Hush{}});
    }
    if (before.listening != after.listening) {
        effects.emplace_back(Effect{SwitchSound{after.listening}});
    }
    if (!speaks(state) || before.showing != after.showing) {
        return;
    }
    if (before.amount != after.amount) {
        using platform::Tone;
        effects.emplace_back(Effect{Play{after.amount > before.amount ? Tone::On : Tone::Off, volume}});
    }
    if (!before.fault && after.fault) {
        add(state, view_question(state).writing.note, effects);
    }
}

}  // namespace milepost::kiosk::speech
