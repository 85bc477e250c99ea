#include "kiosk/app.h"

#include "kiosk/steps.h"

#include <algorithm>

namespace milepost::kiosk {

namespace {

using namespace std::chrono_literals;
using surveys::Ended;
using Phase = surveys::Session::Phase;

constexpr auto kHold = 220ms;
constexpr auto kOneTap = 500ms;

struct Updater {
    State& state;
    Now now;
    Effects& effects;
    Visit& visit = state.visit;

    [[nodiscard]] bool asking() const { return screen_of(state) == Screen::Question; }
    /// A question that can still be answered: nothing is on its way to the thank-you but a held answer.
    [[nodiscard]] bool answerable() const { return asking() && (!visit.finishing || visit.hold); }

    void operator()(const TouchedDown& event) {
        ++state.contacts;
        if (screen_of(state) != Screen::StillThere) {
            state.last_touch = now;
        }
        visit.breath.reset();
        state.new_id = event.new_id;
    }
    void operator()(const TouchedUp&) { state.contacts = std::max(0, state.contacts - 1); }
    void operator()(const Wiped&) {
        state.last_wipe = now;
        if (visit.begun) {
            visit.flags.insert("wipe");
        }
    }

    void operator()(const Answered& event) {
        if (!answerable() || (visit.hold && visit.hold->value == event.value)) {
            return;
        }
        begin(state);
        if (visit.hold) {
            visit.session = visit.hold->before;
            visit.hold.reset();
        }
        const surveys::Session before = visit.session;
        if (!visit.session.answer_value(event.value, session_time(now))) {
            return;
        }
        note_time(visit, before.question().id, true, now);
        visit.hold = Visit::Hold{before, event.value, now + kHold};
        go_on(state, now, effects);
    }

    void operator()(const Toggled& event) {
        if (!asking() || visit.hold || visit.finishing) {
            return;
        }
        const bool same_tap =
            visit.last_toggle && visit.last_toggle->option == event.option && now < visit.last_toggle->at + kOneTap;
        if (same_tap) {
            return;
        }
        begin(state);
        visit.last_toggle = Visit::Toggle{event.option, now};
        if (std::erase(visit.chosen, event.option) == 0) {
            visit.chosen.push_back(event.option);
        }
    }

    void operator()(const WentNext&) {
        if (!asking() || visit.hold || visit.finishing) {
            return;
        }
        const std::string question = visit.session.question().id;
        if (visit.session.answer_options(visit.chosen, session_time(now))) {
            note_time(visit, question, true, now);
            go_on(state, now, effects);
        }
    }

    void operator()(const Skipped&) {
        if (!asking() || visit.hold || visit.finishing || !visit.session.can_skip()) {
            return;
        }
        begin(state);
        note_time(visit, visit.session.question().id, false, now);
        if (visit.session.skip(session_time(now))) {
            go_on(state, now, effects);
        }
    }

    void operator()(const WentBack&) {
        if (!answerable()) {
            return;
        }
        if (visit.hold) {
            visit.session = visit.hold->before;
            visit.hold.reset();
        } else if (!visit.session.back(session_time(now))) {
            return;
        }
        state.keeping.keep(visit, now, effects);
        visit.turn_page();
    }

    void operator()(const Reopened&) {
        if (visit.thanked && visit.session.back(session_time(now))) {
            visit.thanked.reset();
            state.keeping.keep(visit, now, effects);
            visit.turn_page();
        }
    }

    void operator()(const StartedOver&) {
        if (asking() || visit.still_there) {
            close(state, Ended::Left, now, effects);
        }
    }
    void operator()(const Dismissed&) {
        if (visit.thanked) {
            close(state, Ended::Complete, now, effects);
        }
    }
    void operator()(const Continued&) {
        if (visit.still_there) {
            visit.still_there = false;
            state.last_touch = now;
        }
    }

    void operator()(const Opened& event) {
        if (asking() && !visit.hold && !visit.finishing) {
            visit.panel = event.panel;
        }
    }
    void operator()(const Closed&) { visit.panel.reset(); }
    void operator()(const LanguagePicked& event) {
        if (visit.panel == Screen::Language && visit.session.change_language(event.tag)) {
            visit.language = event.tag;
            visit.language_picked = true;
            visit.panel.reset();
        }
    }
    void operator()(const LargeTextSwitched&) {
        if (visit.panel == Screen::Accessibility) {
            visit.large_text = !visit.large_text;
        }
    }
    void operator()(const HighContrastSwitched&) {
        if (visit.panel == Screen::Accessibility) {
            visit.high_contrast = !visit.high_contrast;
        }
    }

    void operator()(const Presented&) {
        if (asking()) {
            visit.shown = visit.shown.value_or(now);
            visit.text_shown = visit.text_shown.value_or(now);
        }
    }

    void operator()(const Kept& event) {
        if (!event.ok) {
            go_out_of_service(state, now);
        } else if (visit.finishing && event.number >= visit.finishing->number) {
            visit.finishing->kept = true;
            thank_if_kept(visit, now);
        }
    }

    void operator()(const Appended& event) {
        auto& closing = state.keeping.closing;
        if (!event.ok) {
            go_out_of_service(state, now);
            return;
        }
        std::erase_if(closing, [&](const surveys::Response& response) { return response.id == event.id; });
        if (state.out_of_service) {
            try_to_serve(state, now, effects);
        } else if (closing.empty() && state.keeping.keep_wanted) {
            state.keeping.keep(visit, now, effects);
        }
    }

    void operator()(const Stopping&) {
        const bool complete = visit.session.phase() == Phase::Done;
        close(state, complete ? Ended::Complete : Ended::Left, now, effects);
    }

    void operator()(const Tick&) { tick(state, now, effects); }
};

}  // namespace

std::string_view to_string(Screen screen) {
    switch (screen) {
        case Screen::Question:
            return "question";
        case Screen::Thanks:
            return "thanks";
        case Screen::StillThere:
            return "still_there";
        case Screen::Language:
            return "language";
        case Screen::Accessibility:
            return "accessibility";
        case Screen::Privacy:
            return "privacy";
        case Screen::Saving:
            return "saving";
        case Screen::OutOfService:
            return "out_of_service";
    }
    return "";
}

Screen screen_of(const State& state) {
    const Visit& visit = state.visit;
    if (state.out_of_service) {
        return Screen::OutOfService;
    }
    if (visit.still_there) {
        return Screen::StillThere;
    }
    if (visit.thanked) {
        return Screen::Thanks;
    }
    if (visit.finishing && visit.finishing->slow) {
        return Screen::Saving;
    }
    return visit.panel.value_or(Screen::Question);
}

Page page_of(const State& state) {
    return {screen_of(state), state.visit.showing, state.visit.language};
}

Effects update(State& state, const Event& event, Now now) {
    Effects effects;
    std::visit(Updater{state, now, effects}, event);
    return effects;
}

}  // namespace milepost::kiosk
