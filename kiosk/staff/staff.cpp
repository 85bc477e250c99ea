#include "kiosk/staff/staff.h"

#include "kiosk/staff/moves.h"
#include "kiosk/staff/words.h"
#include "platform/crypto.h"

#include <fmt/format.h>

#include <algorithm>

namespace milepost::kiosk::staff {

namespace {

using namespace std::chrono_literals;

constexpr auto kHold = 3s;
constexpr auto kIdle = 60s;
/// Staff's fingers do not tremble more than customers'.
constexpr auto kRepeatFilter = 80ms;

struct Updater {
    State& state;
    Now now;
    Effects& effects;

    [[nodiscard]] bool on(Page page) const { return state.page == page; }
    /// Behind the PIN.
    [[nodiscard]] bool signed_in() const {
        return state.page && !state.setting_up && !on(Page::Pin) && !on(Page::NoPin) && !on(Page::LostPin) &&
               !state.may_choose_pin;
    }

    void show(Page page) { staff::show(state, page); }
    void leave() {
        state.page.reset();
        state.language = served_in(state.language);
        state.may_choose_pin = false;
        state.connecting = Connecting{};
        platform::wipe(state.first_pin);
        ++state.showing;
        ++state.last_asked;  // what is still being read or checked is nobody's any more
        state.typed.clear();
        state.checking = false;
        state.results.reset();
        state.device.reset();
        if (state.exporting.stage != Exporting::Stage::Running) {
            state.exporting = {};
        }
    }
    void keep(std::string_view key, std::string value) {
        effects.push_back(KeepSetting{std::string{key}, std::move(value)});
    }
    void read_results() {
        state.results.reset();
        effects.push_back(ReadResults{++state.last_asked, state.period, state.language});
    }

    void operator()(const CornerDown&) {
        if (!state.page) {
            state.held = now;
        }
    }
    void operator()(const CornerUp&) { state.held.reset(); }
    void operator()(const Touched&) { state.last_touch = now; }

    void operator()(const PinTyped& event) {
        state.refused = false;
        state.pin_note = State::PinNote::None;
        const bool waits = !on(Page::NewPin) && now < state.blocked_until;
        if (takes_digits(state) && !state.checking && !waits && state.typed.size() < most_digits(state)) {
            state.typed += event.digit;
        }
    }
    void operator()(const PinErased&) {
        if (!state.typed.empty() && !state.checking) {
            state.typed.pop_back();
        }
    }
    void operator()(const PinEntered&) {
        if (on(Page::NewPin)) {
            enter_new_pin(state, effects);
            return;
        }
        if (on(Page::LostPin)) {
            enter_unlock_answer(state, now, effects);
            return;
        }
        if (!on(Page::Pin) || state.checking || now < state.blocked_until || state.typed.size() < kLeastPinDigits) {
            return;
        }
        state.checking = true;
        effects.push_back(CheckPin{++state.last_asked, state.typed, ++state.failures});
        state.typed.clear();
    }
    void operator()(const PinChecked& event) {
        if (!event.right) {
            refuse(state, now, effects);
            return;
        }
        state.failures = 0;
        state.checking = false;
        effects.push_back(KeepFailures{0});
        if (event.number == state.last_asked && on(Page::Pin)) {
            effects.push_back(Note{"sign_in"});
            keep(kChallengeSetting, "");  // an answer that was not needed is good for nothing any more
            state.challenge.clear();
            show(Page::Menu);
        }
    }

    void operator()(const Went& event) {
        if (!signed_in() && !may_go_unsigned(state, event.page)) {
            return;
        }
        show(event.page);
        if (event.page == Page::Connect) {
            state.connecting = Connecting{state.language};
        } else if (event.page == Page::Results) {
            state.period = Period::Today;
            read_results();
        } else if (event.page == Page::Device) {
            state.device.reset();
            effects.push_back(ReadDevice{++state.last_asked});
        } else if (event.page == Page::Calibration) {
            state.card_px = 0;
            state.card_kept = false;
        } else if (event.page == Page::Preview) {
            state.preview_language = 0;
        } else if (event.page == Page::TouchTest) {
            state.cells.clear();
        } else if (event.page == Page::Export && state.exporting.stage != Exporting::Stage::Running) {
            state.exporting = {};
        }
    }
    void operator()(const Left&) {
        if (on(Page::SetUpDone)) {
            state.setting_up = false;
        }
        leave();
    }

    void operator()(const Wrote& event) {
        if (on(Page::Connect) && state.connecting.is_typing()) {
            state.connecting.write(event.act, kRepeatFilter, now);
        }
    }
    void operator()(const WentOn&) { go_on_connecting(state, effects); }
    void operator()(const SteppedBack&) { step_back(state); }
    void operator()(const NetworkTestAsked&) {
        if (signed_in() || on(Page::Connect) || on(Page::Network)) {
            test_network(state, effects);
        }
    }
    void operator()(const AgentAnswered& event) { take_answer(state, event, now, effects); }
    void operator()(const PinLost&) {
        if (on(Page::Pin)) {
            show(Page::LostPin);
            effects.push_back(MakeChallenge{});
        }
    }
    void operator()(const ChallengeMade& event) {
        state.challenge = event.challenge;
        state.device_id = event.device_id;
    }
    void operator()(const PinSet& event) { take_new_pin(state, event, effects); }
    void operator()(const PinCame&) {
        state.has_pin = true;
        state.failures = 0;
        state.blocked_until = {};
    }
    void operator()(const BrightnessPicked& event) {
        if (on(Page::Brightness)) {
            state.brightness = std::clamp(event.percent, kLeastBrightness, kFullBrightness);
            keep(kBrightnessSetting, std::to_string(state.brightness));
            effects.push_back(SetBrightness{state.brightness});
        }
    }
    void operator()(const PreviewLanguageTurned&) {
        if (on(Page::Preview)) {
            ++state.preview_language;
            ++state.showing;
        }
    }
    void operator()(const Shaded& event) { state.shade = event.shade; }
    void operator()(const CustomersLanguagePicked& event) {
        if (on(Page::SetUpLanguage)) {
            pick_customers_language(state, event.tag, effects);
        }
    }
    void operator()(const SamplePicked& event) {
        if (on(Page::SetUpSample)) {
            pick_sample(state, event.id, effects);
        }
    }

    void operator()(const PeriodPicked& event) {
        if (on(Page::Results)) {
            state.period = event.period;
            state.leaf = 0;
            ++state.showing;
            read_results();
        }
    }
    void operator()(const Turned& event) {
        if (signed_in() || on(Page::SetUpLanguage)) {
            state.leaf = std::max(0, event.leaf);
            ++state.showing;
        }
    }
    void operator()(const ResultsRead& event) {
        if (on(Page::Results) && event.number == state.last_asked) {
            state.results = event.results;
            ++state.showing;
        }
    }
    void operator()(const DeviceRead& event) {
        if (on(Page::Device) && event.number == state.last_asked) {
            state.device = event.info;
            ++state.showing;
        }
    }

    void operator()(const PauseSwitched&) {
        if (signed_in()) {
            state.paused = !state.paused;
            keep(kPausedSetting, state.paused ? "1" : "0");
            effects.push_back(Note{state.paused ? "pause" : "resume"});
        }
    }
    void operator()(const TestSwitched&) {
        if (signed_in()) {
            state.testing = !state.testing;
            keep(kTestModeSetting, state.testing ? "1" : "0");
            effects.push_back(Note{state.testing ? "test_mode_on" : "test_mode_off"});
        }
    }
    void operator()(const LanguagePicked& event) {
        if (on(Page::Language)) {
            state.language = event.tag;
            keep(kStaffLanguageSetting, event.tag);
            show(Page::Menu);
        }
    }

    void operator()(const ExportAsked&) {
        if (on(Page::Export) && state.exporting.stage != Exporting::Stage::Running) {
            state.exporting = {.stage = Exporting::Stage::Running};
            ++state.showing;
            effects.push_back(Export{});
        }
    }
    void operator()(const ExportMoved& event) {
        state.exporting.percent = event.percent;
        state.last_touch = now;
    }
    void operator()(const ExportEnded& event) {
        state.exporting = event.result;
        state.last_touch = now;
        ++state.showing;
        if (event.result.stage == Exporting::Stage::Done) {
            effects.push_back(Note{"export"});
        }
    }

    void operator()(const CardSized& event) {
        if (on(Page::Calibration)) {
            state.card_px = event.width_px;
            state.card_kept = false;
        }
    }
    void operator()(const CardKept& event) {
        if (on(Page::Calibration)) {
            state.card_kept = true;
            keep(kDiagonalSetting, fmt::format("{:.1f}", event.diagonal_mm));
            effects.push_back(Note{"calibrate"});
        }
    }
    void operator()(const CellTouched& event) {
        if (on(Page::TouchTest)) {
            state.cells.insert(event.cell);
        }
    }

    void operator()(const Tick&) {
        if (state.held && now >= *state.held + kHold) {
            state.held.reset();
            state.last_touch = now;
            if (state.setting_up) {
                begin_set_up(state, now);
            } else {
                show(state.has_pin ? Page::Pin : Page::NoPin);
            }
        }
        if (state.page && !stays(state) && now >= state.last_touch + kIdle) {
            leave();
        }
    }
};

}  // namespace

std::string_view to_string(Page page) {
    switch (page) {
        case Page::NoPin:
            return "no_pin";
        case Page::Pin:
            return "pin";
        case Page::Menu:
            return "menu";
        case Page::Results:
            return "results";
        case Page::Device:
            return "device";
        case Page::Export:
            return "export";
        case Page::Language:
            return "language";
        case Page::Calibration:
            return "calibration";
        case Page::TouchTest:
            return "touch_test";
        case Page::LostPin:
            return "lost_pin";
        case Page::Connect:
            return "connect";
        case Page::Network:
            return "network";
        case Page::Screen:
            return "screen";
        case Page::Brightness:
            return "brightness";
        case Page::NewPin:
            return "new_pin";
        case Page::Preview:
            return "preview";
        case Page::SetUpLanguage:
            return "set_up_language";
        case Page::SetUpHow:
            return "set_up_how";
        case Page::SetUpSample:
            return "set_up_sample";
        case Page::SetUpDone:
            return "set_up_done";
    }
    return "";
}

State start(const StaffSettings& settings, const std::string& language, const platform::Stamp& stamp, Now now) {
    State state;
    state.has_pin = settings.has_pin;
    state.failures = settings.tries.failures;
    state.blocked_until = now + wait_left(settings.tries, stamp);
    state.paused = settings.paused;
    state.testing = settings.testing;
    state.brightness = settings.brightness;
    state.language = served_in(settings.language.empty() ? language : settings.language);
    return state;
}

StaffSettings settings_of(const State& state, StaffSettings before, const platform::Stamp& stamp, Now now) {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    const auto left = duration_cast<milliseconds>(std::max(Now::duration{}, state.blocked_until - now));
    const auto since = std::max(milliseconds{}, wait_after(state.failures) - left);
    before.has_pin = state.has_pin;
    before.tries = {.failures = state.failures, .boot = stamp.boot, .mono_ms = stamp.mono_ms - since.count()};
    before.paused = state.paused;
    before.testing = state.testing;
    before.language = state.language;
    before.brightness = state.brightness;
    return before;
}

void begin_set_up(State& state, Now now) {
    state.setting_up = true;
    state.last_touch = now;
    show(state, Page::SetUpLanguage);
}

Effects update(State& state, const Event& event, Now now) {
    Effects effects;
    std::visit(Updater{state, now, effects}, event);
    const auto blocked = std::max(Now::duration{}, state.blocked_until - now);
    state.seconds_blocked = std::chrono::ceil<std::chrono::seconds>(blocked).count();
    return effects;
}

std::optional<Now> wakes_at(const State& state) {
    std::optional<Now> next;
    const auto wake = [&](Now at) { next = std::min(next.value_or(at), at); };
    if (state.held) {
        wake(*state.held + kHold);
    }
    if (state.page && !stays(state)) {
        wake(state.last_touch + kIdle);
    }
    if ((state.page == Page::Pin || state.page == Page::LostPin) && state.seconds_blocked > 0) {
        // The seconds that are left are told as they go.
        wake(state.blocked_until - std::chrono::seconds{state.seconds_blocked - 1});
    }
    return next;
}

}  // namespace milepost::kiosk::staff
