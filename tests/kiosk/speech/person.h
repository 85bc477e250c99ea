#pragma once

#include "kiosk/screens/screens.h"
#include "kiosk/speech/keypad.h"
#include "kiosk/speech/speech.h"
#include "tests/kiosk/paper.h"
#include "tests/surveys/every_kind.h"

#include <algorithm>
#include <string>
#include <vector>

namespace milepost::kiosk::speech {

/// Somebody in front of a kiosk with no window and a disk that never fails, by keys or fingers; what is said to them.
struct Person {
    using Code = platform::KeyStroke::Key;
    using Phase = platform::KeyStroke::Phase;

    Now now{std::chrono::seconds{1000}};
    Layout layout{1280, 800, 257};
    State state;
    Touch touch{layout};
    Paper paper{};
    Keypad keypad{};
    std::optional<Page> page{};
    std::optional<Page> guided{};
    std::vector<Effect> effects{};  ///< of this folder, since they were last cleared

    explicit Person(const surveys::Survey& survey = surveys::test::every_kind(), const std::string& language = "en")
        : state(survey, {.touchpoint = "door", .language = language}, now) {
        state.speech = {.ready = true, .voices = {"en-gb", "de", "ar"}};
        send(Presented{});
    }

    void send(const kiosk::Event& event) {
        for (const kiosk::Effect& effect : update(state, event, now)) {
            if (const auto* keep = std::get_if<KeepOpen>(&effect)) {
                update(state, Kept{keep->number, true}, now);
            } else if (const auto* append = std::get_if<kiosk::Append>(&effect)) {
                update(state, Appended{append->response.id, true}, now);
                logged.push_back(append->response);
            } else if (const auto* ours = std::get_if<speech::Effect>(&effect)) {
                effects.push_back(*ours);
            }
        }
    }
    std::vector<surveys::Response> logged{};

    Ui ui() {
        const std::string& language = state.staff.page ? state.staff.language : state.visit.language;
        return {paper,
                touch,
                layout,
                {.large = state.visit.large_text,
                 .language = language,
                 .right_to_left = surveys::is_right_to_left(language)},
                {}};
    }
    std::vector<Target> targets() {
        Ui drawn = ui();
        static_cast<void>(draw_screen(drawn, state));
        return drawn.targets();
    }
    void take(const Tap& tap) {
        Ui asked = ui();
        asked.take_tap(tap);
        if (const auto event = draw_screen(asked, state)) send(*event);
    }
    /// What the stage does at the end of every build.
    void settle() {
        send(Tick{});
        if (page_of(state) != page) keypad.screen_changed();
        page = page_of(state);
        send(Presented{});
        const Guide& guide = state.visit.guide;
        if (!guide.on()) {
            guided.reset();
            return;
        }
        const auto there = targets();
        const Target* at = find_target(there, guide.focus);
        const Target* first = guide.keypad ? first_focus(there, keeps_keys_quiet(state)) : nullptr;
        if (guided != page) {
            guided = page;
            send(speech::Event{PageCame{first ? first->name : "", first ? first->spoken : ""}});
        } else if (guide.keypad && first && !(at && at->enabled)) {
            send(speech::Event{FocusMoved{first->name, first->spoken}});
        }
    }
    void wait(std::chrono::milliseconds time) {
        now += time;
        settle();
    }
    void stroke(Code key, Phase phase, int digit) {
        const bool was_on = state.visit.guide.keypad;
        if (phase == Phase::Down) send(speech::Event{KeyStruck{"01935b2e-0000-7000-8000-000000000001"}});
        if (!was_on) return;
        const bool rtl = surveys::is_right_to_left(state.visit.language);
        const auto there = targets();
        const auto deed =
            keypad.handle({.key = key, .phase = phase, .digit = digit, .at = now}, there, state.visit.guide.focus, rtl);
        if (!deed) return;
        if (const auto* moved = std::get_if<Keypad::Moved>(&*deed)) {
            send(speech::Event{FocusMoved{moved->to->name, moved->to->spoken}});
        } else if (const auto* tap = std::get_if<Tap>(&*deed)) {
            take(*tap);
        } else if (const auto* direct = std::get_if<Keypad::Direct>(&*deed)) {
            take(direct->tap);
            const auto targets_now = targets();
            if (const Target* on = direct->typed ? first_focus(targets_now, false) : nullptr) {
                send(speech::Event{FocusMoved{on->name, ""}});
            }
        }
    }
    /// A whole strike, and a second's rest.
    void strike(Code key, int digit = 0) {
        effects.clear();
        stroke(key, Phase::Down, digit);
        settle();
        now += std::chrono::milliseconds{60};
        stroke(key, Phase::Up, digit);
        settle();
        wait(std::chrono::seconds{1});
    }
    /// By tabs; false where the ring never gets there.
    bool go_to(const std::string& target) {
        for (int i = 0; i < 80 && state.visit.guide.focus != target; ++i) strike(Code::Tab);
        return state.visit.guide.focus == target;
    }
    /// A finger on the target and off again.
    void tap(const std::string& name) {
        effects.clear();
        const auto there = targets();
        const Target* target = find_target(there, name);
        REQUIRE(target);
        send(TouchedDown{"01935b2e-0000-7000-8000-000000000001"});
        send(speech::Event{Pointed{target->name, target->spoken}});
        send(TouchedUp{});
        if (!swallows_tap(state)) take({.name = name, .down = now});
        settle();
        wait(std::chrono::seconds{1});
    }

    template <class Wanted>
    [[nodiscard]] std::vector<Wanted> all() const {
        std::vector<Wanted> found;
        for (const Effect& effect : effects) {
            if (const auto* one = std::get_if<Wanted>(&effect)) found.push_back(*one);
        }
        return found;
    }
    /// All that was said since the last strike or tap.
    [[nodiscard]] std::string said() const {
        std::string text;
        for (const Say& one : all<Say>()) text += one.text + "\n";
        return text;
    }
    [[nodiscard]] bool heard(const std::string& part) const { return said().find(part) != std::string::npos; }
    [[nodiscard]] const std::string& question() const { return state.visit.seen().question().id; }
    [[nodiscard]] const std::string& focus() const { return state.visit.guide.focus; }
};

}  // namespace milepost::kiosk::speech
