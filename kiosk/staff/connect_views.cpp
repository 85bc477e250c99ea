#include "kiosk/staff/setup_words.h"
#include "kiosk/staff/views.h"
#include "kiosk/staff/words.h"
#include "kiosk/strings.h"

#include <sstream>

namespace milepost::kiosk::staff {

namespace {

using EnrolOutcome = protocol::EnrolOutcome;
using NetworkStep = protocol::NetworkStep;
using Step = Connecting::Step;
using Why = NetworkStep::Why;

std::string words(const State& state, SetUpWord word) {
    return std::string{say(word, state.language)};
}

SetUpWord failure_word(const std::optional<protocol::EnrolReply>& reply) {
    switch (reply ? reply->outcome : EnrolOutcome::Enrolled) {
        case EnrolOutcome::Address:
            return SetUpWord::FailAddress;
        case EnrolOutcome::Name:
            return SetUpWord::FailName;
        case EnrolOutcome::Unreachable:
            return SetUpWord::FailUnreachable;
        case EnrolOutcome::Certificate:
            return SetUpWord::FailCertificate;
        case EnrolOutcome::NotAStore:
            return SetUpWord::FailNotAStore;
        case EnrolOutcome::Code:
            return SetUpWord::FailCode;
        case EnrolOutcome::Busy:
            return SetUpWord::FailBusy;
        case EnrolOutcome::OtherStore:
            return SetUpWord::FailOtherStore;
        case EnrolOutcome::Failed:
            return SetUpWord::FailDevice;
        case EnrolOutcome::Enrolled:
            break;
    }
    return SetUpWord::AgentSilent;
}

SetUpWord word_of(NetworkStep::State state) {
    switch (state) {
        case NetworkStep::State::Ok:
            return SetUpWord::StateOk;
        case NetworkStep::State::Failed:
            return SetUpWord::StateFailed;
        case NetworkStep::State::NotNeeded:
            return SetUpWord::StateNotNeeded;
        case NetworkStep::State::NotTried:
            break;
    }
    return SetUpWord::StateNotTried;
}

/// The way out of the first failure, or that there is none.
SetUpWord hint_word(const protocol::NetworkReply& reply) {
    Why why = reply.time.why;
    for (const NetworkStep* step : reply.steps()) {
        if (step->state == NetworkStep::State::Failed) {
            why = step->why;
            break;
        }
    }
    switch (why) {
        case Why::Address:
            return SetUpWord::NetAddress;
        case Why::NoName:
            return SetUpWord::NetNoName;
        case Why::NoNetwork:
            return SetUpWord::NetNoNetwork;
        case Why::Refused:
            return SetUpWord::NetRefused;
        case Why::Silent:
            return SetUpWord::NetSilent;
        case Why::Proxy:
            return SetUpWord::NetProxy;
        case Why::Untrusted:
            return SetUpWord::NetUntrusted;
        case Why::Dates:
            return SetUpWord::NetDates;
        case Why::NotAStore:
            return SetUpWord::NetNotAStore;
        case Why::OtherStore:
            return SetUpWord::NetOtherStore;
        case Why::NotEnrolled:
            return SetUpWord::NetNotEnrolled;
        case Why::None:
            break;
    }
    return SetUpWord::NetAllGood;
}

std::vector<std::string> split(const std::string& text) {
    std::istringstream stream{text};
    std::vector<std::string> parts;
    for (std::string part; stream >> part;) {
        parts.push_back(part);
    }
    return parts;
}

}  // namespace

ConnectView view_connect(const State& state) {
    const Connecting& connecting = state.connecting;
    ConnectView view{.step = connecting.step,
                     .entry = &connecting.typing(),
                     .way_on = std::string{kiosk::say(kiosk::Word::Next, state.language)},
                     .can_go_on = connecting.can_go_on()};
    if (state.setting_up) {
        view.later = words(state, SetUpWord::Later);
    }
    switch (connecting.step) {
        case Step::Address:
            view.title = words(state, SetUpWord::AddressTitle);
            view.hint = words(state, SetUpWord::AddressHint);
            view.placeholder = "store.example.com";
            break;
        case Step::Code:
            view.title = words(state, SetUpWord::CodeTitle);
            view.hint = words(state, SetUpWord::CodeHint);
            view.placeholder = "XXXXX-XXXXX-XXXXX";
            break;
        case Step::Asking:
            view.title = words(state, SetUpWord::Connecting);
            break;
        case Step::Compare:
            view.title = words(state, SetUpWord::CompareTitle);
            view.hint = words(state, SetUpWord::CompareHint);
            view.words = split(connecting.reply->fingerprint);
            view.way_on = std::string{kiosk::say(kiosk::Word::Done, state.language)};
            view.can_go_on = true;
            break;
        case Step::Failed:
            view.title = words(state, SetUpWord::ConnectFailed);
            view.hint = words(state, failure_word(connecting.reply));
            view.way_on = words(state, SetUpWord::TryAgain);
            view.can_go_on = true;
            break;
    }
    return view;
}

NetworkView view_network(const State& state) {
    NetworkView view{.title = words(state, SetUpWord::NetworkTest), .again = words(state, SetUpWord::TestAgain)};
    const NetworkTest& test = state.network;
    view.can_test_again = test.stage != NetworkTest::Stage::Running;
    if (test.stage != NetworkTest::Stage::Told) {
        const bool silent = test.stage == NetworkTest::Stage::Silent;
        view.notice = words(state, silent ? SetUpWord::AgentSilent : SetUpWord::Testing);
        return view;
    }
    constexpr SetUpWord kLabels[] = {SetUpWord::StepName, SetUpWord::StepReached, SetUpWord::StepCertificate,
                                     SetUpWord::StepTime};
    const auto steps = test.reply.steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        view.steps.push_back({steps[i]->state, words(state, kLabels[i]), words(state, word_of(steps[i]->state))});
    }
    view.hint = say(hint_word(test.reply), state.language,
                    {{"host", test.reply.host}, {"port", std::to_string(test.reply.port)}});
    return view;
}

}  // namespace milepost::kiosk::staff
