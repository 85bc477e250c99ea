#include "kiosk/staff/moves.h"
#include "kiosk/staff/words.h"
#include "platform/crypto.h"

namespace milepost::kiosk::staff {

namespace {

using Step = Connecting::Step;
using EnrolOutcome = protocol::EnrolOutcome;

/// Behind "Connect to a store", and behind the sample: a PIN where there is none, then customers.
void finish_set_up(State& state, Effects& effects) {
    if (state.has_pin) {
        effects.push_back(KeepSetting{std::string{kSetUpSetting}, std::string{kSetUpDone}});
    }
    show(state, state.has_pin ? Page::SetUpDone : Page::NewPin);
}

void ask_to_enrol(State& state, Effects& effects) {
    Connecting& connecting = state.connecting;
    connecting.step = Step::Asking;
    connecting.reply.reset();
    effects.push_back(AskAgent{++state.last_asked, protocol::EnrolWish{.store_url = connecting.address.field.text(),
                                                                       .code = connecting.code.field.text()}});
}

void take_enrolment(State& state, bool waits, const std::optional<protocol::EnrolReply>& reply, Effects& effects) {
    const bool enrolled = reply && reply->outcome == EnrolOutcome::Enrolled;
    if (enrolled) {
        effects.push_back(Reassign{});
        effects.push_back(Note{"enrol"});
        state.connected_in_set_up = state.setting_up;
        state.device_id = reply->device;
    }
    if (!waits) {
        return;
    }
    Connecting& connecting = state.connecting;
    connecting.reply = reply;
    connecting.step = enrolled ? Step::Compare : Step::Failed;
    // One that was not taken must be another one the next time; after any other failure it is still good.
    if (enrolled || (reply && reply->outcome == EnrolOutcome::Code)) {
        connecting.code.field.clear();
    }
    ++state.showing;
}

void take_network(State& state, const std::optional<protocol::NetworkReply>& reply) {
    state.network.stage = reply ? NetworkTest::Stage::Told : NetworkTest::Stage::Silent;
    state.network.reply = reply.value_or(protocol::NetworkReply{});
    ++state.showing;
}

template <class Kind>
std::optional<Kind> kind_of(const std::optional<protocol::Reply>& reply) {
    const auto* kind = reply ? std::get_if<Kind>(&*reply) : nullptr;
    return kind == nullptr ? std::nullopt : std::optional{*kind};
}

}  // namespace

void show(State& state, Page page) {
    state.page = page;
    ++state.showing;
    state.leaf = 0;
    state.typed.clear();
    state.refused = false;
    state.checking = false;
    state.pin_note = State::PinNote::None;
    platform::wipe(state.first_pin);
}

bool stays(const State& state) {
    const bool exporting = state.page == Page::Export && state.exporting.stage == Exporting::Stage::Running;
    const bool enrolling = state.page == Page::Connect && state.connecting.step == Step::Asking;
    const bool testing = state.page == Page::Network && state.network.stage == NetworkTest::Stage::Running;
    return state.setting_up || exporting || enrolling || testing;
}

bool may_go_unsigned(const State& state, Page page) {
    return state.setting_up && (page == Page::Connect || page == Page::SetUpLanguage || page == Page::SetUpHow ||
                                page == Page::SetUpSample);
}

void go_on_connecting(State& state, Effects& effects) {
    Connecting& connecting = state.connecting;
    if (state.page != Page::Connect) {
        return;
    }
    if (connecting.step == Step::Failed) {
        const bool code = connecting.reply && connecting.reply->outcome == EnrolOutcome::Code;
        connecting.step = code ? Step::Code : Step::Address;
    } else if (connecting.step == Step::Compare) {
        effects.push_back(BelieveStore{});
        if (state.setting_up) {
            finish_set_up(state, effects);
        } else {
            show(state, Page::Device);
            effects.push_back(ReadDevice{++state.last_asked});
        }
        return;
    } else if (!connecting.can_go_on()) {
        return;
    } else if (connecting.step == Step::Address) {
        connecting.step = Step::Code;
    } else if (connecting.step == Step::Code) {
        ask_to_enrol(state, effects);
    }
    ++state.showing;
}

void step_back(State& state) {
    const auto leads_to = [&](Page page) { show(state, page); };
    if (state.page == Page::Connect) {
        if (state.connecting.step == Step::Code || state.connecting.step == Step::Failed) {
            state.connecting.step = Step::Address;
            ++state.showing;
        } else if (state.connecting.step == Step::Address) {
            leads_to(state.setting_up ? Page::SetUpHow : Page::Device);
        }
    } else if (state.page == Page::Network) {
        leads_to(state.behind_network);
    } else if (state.page == Page::LostPin) {
        leads_to(Page::Pin);
    } else if (state.page == Page::SetUpHow) {
        leads_to(Page::SetUpLanguage);
    } else if (state.page == Page::SetUpSample || (state.page == Page::NewPin && state.setting_up)) {
        leads_to(Page::SetUpHow);
    }
}

/// Of the store that is being connected to, else of ours.
void test_network(State& state, Effects& effects) {
    const bool connecting = state.page == Page::Connect || state.behind_network == Page::Connect;
    if (state.page != Page::Network) {
        state.behind_network = state.page == Page::Connect ? Page::Connect : Page::Device;
    }
    const bool typed = state.behind_network == Page::Connect && connecting;
    state.network = {};
    show(state, Page::Network);
    effects.push_back(
        AskAgent{++state.last_asked,
                 protocol::NetworkTestWish{.store_url = typed ? state.connecting.address.field.text() : ""}});
}

void take_answer(State& state, const AgentAnswered& event, Now now, Effects& effects) {
    const bool awaited = event.number == state.last_asked;
    if (const auto enrolled = kind_of<protocol::EnrolReply>(event.reply); enrolled) {
        const bool waits = awaited && state.page == Page::Connect && state.connecting.step == Step::Asking;
        take_enrolment(state, waits, enrolled, effects);
        return;
    }
    if (const auto unlocked = kind_of<protocol::UnlockReply>(event.reply); unlocked) {
        take_unlock_answer(state, unlocked, now, effects);
        return;
    }
    if (!awaited) {
        return;
    }
    if (state.page == Page::Connect && state.connecting.step == Step::Asking) {
        take_enrolment(state, true, std::nullopt, effects);
    } else if (state.page == Page::Network) {
        take_network(state, kind_of<protocol::NetworkReply>(event.reply));
    } else if (state.page == Page::LostPin) {
        take_unlock_answer(state, std::nullopt, now, effects);
    }
}

void pick_customers_language(State& state, const std::string& tag, Effects& effects) {
    state.language = tag;  // until the set-up is left: the staff's pages speak fewer
    state.customers_language = tag;
    effects.push_back(KeepSetting{std::string{kCustomersLanguageSetting}, tag});
    effects.push_back(KeepSetting{std::string{kStaffLanguageSetting}, std::string{served_in(tag)}});
    effects.push_back(Reassign{.sample = {}, .language = tag});
    if (state.device_id.empty()) {
        show(state, Page::SetUpHow);
    } else {
        finish_set_up(state, effects);  // it was left after the store had taken this device
    }
}

void pick_sample(State& state, const std::string& id, Effects& effects) {
    effects.push_back(KeepSetting{std::string{kSampleSetting}, id});
    effects.push_back(Reassign{.sample = id, .language = state.customers_language});
    finish_set_up(state, effects);
}

}  // namespace milepost::kiosk::staff
