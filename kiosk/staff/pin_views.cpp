#include "kiosk/staff/setup_words.h"
#include "kiosk/staff/views.h"
#include "kiosk/staff/words.h"
#include "kiosk/strings.h"
#include "sync/protocol/unlock.h"

namespace milepost::kiosk::staff {

namespace {

using PinNote = State::PinNote;

std::string words(const State& state, Word word) {
    return std::string{say(word, state.language)};
}
std::string words(const State& state, SetUpWord word) {
    return std::string{say(word, state.language)};
}

/// "1234 5678", always in these digits: it is typed into a computer.
std::string halves(const std::string& digits) {
    return digits.size() < 2 ? digits
                             : digits.substr(0, digits.size() / 2) + "\u00A0" + digits.substr(digits.size() / 2);
}

/// Why no digit is taken, or what was wrong.
void put_hint(const State& state, SetUpWord wrong, PinView& view) {
    if (state.seconds_blocked > 0) {
        view.hint = say(Word::PinBlocked, state.language, {{"time", minutes(state.seconds_blocked, state.language)}});
        view.alarming = true;
    } else if (state.checking) {
        view.hint = words(state, Word::PinChecking);
    } else if (state.pin_note == PinNote::NoAgent) {
        view.hint = words(state, SetUpWord::AgentSilent);
        view.alarming = true;
    } else if (state.refused || state.pin_note == PinNote::WrongAnswer) {
        view.hint = state.page == Page::Pin ? words(state, Word::PinWrong) : words(state, wrong);
        view.alarming = true;
    }
}

}  // namespace

PinView view_pin(const State& state) {
    PinView view{.title = words(state, Word::PinTitle),
                 .ways = {{"lost", words(state, SetUpWord::LostPin)}, {"leave", words(state, Word::BackToCustomers)}},
                 .digits = state.typed.size()};
    put_hint(state, SetUpWord::UnlockWrong, view);
    view.takes_digits = state.seconds_blocked == 0 && !state.checking;
    view.can_enter = view.takes_digits && state.typed.size() >= kLeastPinDigits;
    return view;
}

PinView view_new_pin(const State& state) {
    const bool again = !state.first_pin.empty();
    PinView view{.title = words(state, again ? SetUpWord::NewPinAgain : SetUpWord::NewPin),
                 .hint = words(state, SetUpWord::NewPinHint),
                 .digits = state.typed.size(),
                 .takes_digits = !state.checking};
    if (state.setting_up) {
        view.ways = {{"back", std::string{kiosk::say(kiosk::Word::Back, state.language)}},
                     {"leave", words(state, SetUpWord::Later)}};
    } else if (state.may_choose_pin) {
        view.ways = {{"leave", words(state, Word::BackToCustomers)}};
    } else {
        view.ways = {{"menu", std::string{kiosk::say(kiosk::Word::Back, state.language)}}};
    }
    if (again) {
        view.hint = words(state, SetUpWord::NewPinAgain);
    } else if (state.pin_note == PinNote::Differs || state.pin_note == PinNote::Failed) {
        view.hint =
            words(state, state.pin_note == PinNote::Differs ? SetUpWord::NewPinDiffers : SetUpWord::NewPinFailed);
        view.alarming = true;
    }
    view.can_enter = view.takes_digits && state.typed.size() >= kLeastPinDigits;
    return view;
}

PinView view_lost_pin(const State& state) {
    PinView view{.title = words(state, SetUpWord::LostPin),
                 .ways = {{"back", words(state, SetUpWord::NoLongerLost)}},
                 .hint = words(state, SetUpWord::ChallengeAnswer),
                 .challenge = halves(state.challenge),
                 .digits = state.typed.size()};
    view.explanation =
        say(SetUpWord::ChallengeHint, state.language, {{"device", state.device_id}, {"challenge", state.challenge}});
    put_hint(state, SetUpWord::UnlockWrong, view);
    view.takes_digits = state.seconds_blocked == 0 && !state.checking;
    view.can_enter = view.takes_digits && state.typed.size() == protocol::kUnlockDigits;
    return view;
}

NoticeView view_helpless(const State& state) {
    return {.title = words(state, SetUpWord::LostPin),
            .text = words(state, SetUpWord::ChallengeNone),
            .command = "milepost-kiosk staff-pin --data " + state.data};
}

}  // namespace milepost::kiosk::staff
