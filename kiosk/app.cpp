#include "kiosk/app.h"

#include "kiosk/speech/speech.h"
#include "kiosk/steps.h"

#include <algorithm>
#include <charconv>

namespace milepost::kiosk {

namespace {

using namespace std::chrono_literals;
using surveys::Ended;
using Phase = surveys::Session::Phase;

constexpr auto kHold = 220ms;
constexpr auto kOneTap = 500ms;

std::optional<int> whole_number(const std::string& digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool good = !digits.empty() && error == std::errc{} && end == digits.data() + digits.size();
    return good ? std::optional{value} : std::nullopt;
}

/// "None of these" stands alone: choosing it takes the others away, and the other way round. Beyond the most
/// that may be chosen nothing is added.
void toggle(std::vector<std::string>& chosen, const surveys::Question& question, const std::string& id) {
    if (std::erase(chosen, id) > 0) {
        return;
    }
    const surveys::Option* option = question.find(id);
    if (option == nullptr) {
        return;
    }
    std::erase_if(chosen, [&](const std::string& other) { return option->none || question.find(other)->none; });
    if (question.most_picks == 0 || static_cast<int>(chosen.size()) < question.most_picks) {
        chosen.push_back(id);
    }
}

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
        speech::touched(state, effects);
        if (screen_of(state) != Screen::StillThere) {
            state.last_touch = now;
        }
        visit.breath.reset();
        wake_up(state.rest);
        state.new_id = event.new_id;
        state.local = event.local;
        staff_step(state, staff::Touched{}, now, effects);
    }
    void operator()(const TouchedUp&) { state.contacts = std::max(0, state.contacts - 1); }
    void operator()(const Wiped&) {
        state.last_wipe = now;
        if (visit.begun) {
            visit.flags.insert("wipe");
        }
    }

    void operator()(const Answered& event) {
        if (!visit.hold || visit.hold->value != event.value) {
            answer_and_hold(event.value, "",
                            [&] { return visit.session.answer_value(event.value, session_time(now)); });
        }
    }
    void operator()(const Picked& event) {
        if (!visit.hold || visit.hold->option != event.option) {
            answer_and_hold(std::nullopt, event.option,
                            [&] { return visit.session.answer_options({event.option}, session_time(now)); });
        }
    }
    /// One tap answers and leads on, once it has been seen what was tapped; until then another one corrects it.
    template <class Answer>
    void answer_and_hold(std::optional<int> value, std::string option, Answer answer) {
        if (!answerable()) {
            return;
        }
        begin(state);
        if (visit.hold) {
            visit.session = visit.hold->before;
            visit.hold.reset();
        }
        const surveys::Session before = visit.session;
        if (!answer()) {
            return;
        }
        note_time(visit, before.question().id, true, now);
        visit.hold = Visit::Hold{before, value, std::move(option), now + kHold, now};
        go_on(state, now, effects);
    }

    void operator()(const Typed& event) {
        const surveys::Question& question = visit.session.question();
        if (!asking() || visit.hold || visit.finishing || question.kind != surveys::Kind::Number) {
            return;
        }
        begin(state);
        const std::string longer = visit.entered == "0" ? std::string{event.digit} : visit.entered + event.digit;
        if (longer.size() <= std::to_string(question.most).size()) {
            visit.entered = longer;
        }
    }
    void operator()(const Erased&) {
        if (asking() && !visit.hold && !visit.finishing && !visit.entered.empty()) {
            visit.entered.pop_back();
        }
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
        toggle(visit.chosen, visit.session.question(), event.option);
    }

    void operator()(const WentNext&) {
        if (!asking() || visit.hold || visit.finishing) {
            return;
        }
        begin(state);
        const surveys::Question& question = visit.session.question();
        if (answer_what_stands()) {
            note_time(visit, question.id, question.kind != surveys::Kind::Info, now);
            go_on(state, now, effects);
        }
    }
    /// What was put together on the screen: options, a number, a text, a contact, or that a page was read.
    bool answer_what_stands() {
        switch (visit.session.question().kind) {
            case surveys::Kind::Multi:
                return visit.session.answer_options(visit.chosen, session_time(now));
            case surveys::Kind::Number: {
                const std::optional<int> number = whole_number(visit.entered);
                return number && visit.session.answer_value(*number, session_time(now));
            }
            case surveys::Kind::Info:
                return visit.session.acknowledge(session_time(now));
            case surveys::Kind::Text:
                return visit.entry && visit.session.answer_text(visit.entry->field.text(), session_time(now));
            case surveys::Kind::Contact:
                return visit.entry && answer_contact(state, now);
            default:
                return false;
        }
    }

    void operator()(const Wrote& event) {
        if (!asking() || visit.hold || visit.finishing || !visit.entry) {
            return;
        }
        begin(state);
        const Entry::Step step = visit.entry->step;
        visit.entry->act(event.act, state.setup.repeat_filter, now);
        visit.showing += visit.entry->step != step ? 1 : 0;
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
        if (visit.entry && visit.entry->step_back()) {
            ++visit.showing;
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
            if (visit.entry) {
                visit.entry->follow_language(event.tag);
            }
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

    void operator()(const LowLayoutSwitched&) {
        if (visit.panel == Screen::Accessibility) {
            visit.low_layout = !visit.low_layout;
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

    void operator()(const Assigned& event) { assign(state, event, now, effects); }

    void operator()(const Stopping&) {
        const bool complete = visit.session.phase() == Phase::Done;
        close(state, complete ? Ended::Complete : Ended::Left, now, effects);
    }

    void operator()(const Tick&) { tick(state, now, effects); }
    void operator()(const ClockRead& event) { read_hours(state, event.local, now); }
    void operator()(const staff::Event& event) { staff_step(state, event, now, effects); }
    void operator()(const speech::Event& event) { speech::step(state, event, now, effects); }
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
        case Screen::Paused:
            return "paused";
        case Screen::Closed:
            return "closed";
        case Screen::Staff:
            return "staff";
    }
    return "";
}

Screen screen_of(const State& state) {
    const Visit& visit = state.visit;
    if (state.staff.page) {
        return Screen::Staff;
    }
    if (state.out_of_service) {
        return Screen::OutOfService;
    }
    if (state.rest.shut && !visit.engaged()) {
        return Screen::Closed;
    }
    if (state.staff.paused) {
        return Screen::Paused;
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
    if (state.staff.page) {
        return {Screen::Staff, state.staff.showing, state.staff.language};
    }
    return {screen_of(state), state.visit.showing, state.visit.language};
}

Effects update(State& state, const Event& event, Now now) {
    Effects effects;
    const speech::Heard before = speech::heard(state);
    std::visit(Updater{state, now, effects}, event);
    speech::follow(state, before, effects);
    return effects;
}

}  // namespace milepost::kiosk
