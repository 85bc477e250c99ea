#include "kiosk/staff/moves.h"
#include "platform/crypto.h"
#include "sync/protocol/unlock.h"

namespace milepost::kiosk::staff {

namespace {

using namespace std::chrono_literals;
using PinNote = State::PinNote;

}  // namespace

bool takes_digits(const State& state) {
    return state.page == Page::Pin || state.page == Page::NewPin ||
           (state.page == Page::LostPin && !state.challenge.empty() && !state.device_id.empty());
}

std::size_t most_digits(const State& state) {
    return state.page == Page::LostPin ? protocol::kUnlockDigits : kMostPinDigits;
}

void refuse(State& state, Now now, Effects& effects) {
    state.checking = false;
    state.refused = state.page == Page::Pin || state.page == Page::LostPin;
    const auto wait = wait_after(state.failures);
    if (wait > 0s) {
        state.blocked_until = now + wait;
        effects.push_back(Note{"pin_blocked"});
    }
}

void enter_new_pin(State& state, Effects& effects) {
    if (state.checking || state.typed.size() < kLeastPinDigits) {
        return;
    }
    if (state.first_pin.empty()) {
        state.first_pin = state.typed;
        platform::wipe(state.typed);
        ++state.showing;
        return;
    }
    if (state.first_pin != state.typed) {
        state.pin_note = PinNote::Differs;
        ++state.showing;
    } else {
        state.checking = true;
        effects.push_back(SetPin{++state.last_asked, state.typed});
    }
    platform::wipe(state.first_pin);
    platform::wipe(state.typed);
}

void take_new_pin(State& state, const PinSet& event, Effects& effects) {
    if (event.ok) {
        state.has_pin = true;
        state.failures = 0;
        state.blocked_until = {};
        effects.push_back(Note{"pin_set"});
    }
    if (event.number != state.last_asked || state.page != Page::NewPin) {
        return;
    }
    state.checking = false;
    if (!event.ok) {
        state.pin_note = PinNote::Failed;
        return;
    }
    state.may_choose_pin = false;
    if (state.setting_up) {
        effects.push_back(KeepSetting{std::string{kSetUpSetting}, std::string{kSetUpDone}});
    }
    show(state, state.setting_up ? Page::SetUpDone : Page::Menu);
}

void enter_unlock_answer(State& state, Now now, Effects& effects) {
    const bool whole = state.typed.size() == protocol::kUnlockDigits;
    if (state.checking || now < state.blocked_until || !whole || state.challenge.empty()) {
        return;
    }
    state.checking = true;
    effects.push_back(CheckUnlock{++state.last_asked, {state.challenge, state.typed}, ++state.failures});
    platform::wipe(state.typed);
}

void take_unlock_answer(State& state, const std::optional<protocol::UnlockReply>& reply, Now now, Effects& effects) {
    state.checking = false;
    if (!reply || !reply->enrolled) {
        // Nobody looked at it, so nobody learnt anything from it.
        state.failures = std::max(0, state.failures - 1);
        effects.push_back(KeepFailures{state.failures});
        state.pin_note = PinNote::NoAgent;
        return;
    }
    if (!reply->right) {
        refuse(state, now, effects);
        state.pin_note = PinNote::WrongAnswer;
        return;
    }
    state.failures = 0;
    effects.push_back(KeepFailures{0});
    effects.push_back(KeepSetting{std::string{kChallengeSetting}, ""});
    effects.push_back(Note{"unlocked"});
    state.challenge.clear();
    if (state.page == Page::LostPin) {
        state.may_choose_pin = true;
        show(state, Page::NewPin);
    }
}

}  // namespace milepost::kiosk::staff
