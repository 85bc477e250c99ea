#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace milepost::kiosk::staff {

/// What the pages say by which a kiosk is set up: the first start, connecting to a store, the network test, PINs,
/// the screen. As `Word` (words.h), in the same languages.
enum class SetUpWord {
    AddressHint,
    AddressTitle,
    AgentSilent,
    Brightness,
    ByHand,
    Challenge,
    ChallengeAnswer,
    ChallengeHint,
    ChallengeNone,
    ChangePin,
    CodeHint,
    CodeTitle,
    CompareHint,
    CompareTitle,
    Connect,
    ConnectFailed,
    ConnectHint,
    Connecting,
    FailAddress,
    FailBusy,
    FailCertificate,
    FailCode,
    FailDevice,
    FailName,
    FailNotAStore,
    FailOtherStore,
    FailUnreachable,
    LostPin,
    NetAddress,
    NetAllGood,
    NetDates,
    NetNoName,
    NetNoNetwork,
    NetNotAStore,
    NetNotEnrolled,
    NetOtherStore,
    NetProxy,
    NetRefused,
    NetSilent,
    NetUntrusted,
    NetworkTest,
    NewPin,
    NewPinAgain,
    NewPinDiffers,
    NewPinFailed,
    NewPinHint,
    NoLongerLost,
    Preview,
    ScreenPage,
    SetUp,
    SetUpDone,
    SetUpDoneHint,
    SetUpDoneStore,
    SetUpHow,
    SetUpLanguage,
    SetUpSample,
    Start,
    StateFailed,
    StateNotNeeded,
    StateNotTried,
    StateOk,
    StepCertificate,
    StepName,
    StepReached,
    StepTime,
    TestAgain,
    Testing,
    TryAgain,
    TryOut,
    TryOutHint,
    UnlockWrong,
    Later,
};
inline constexpr int kSetUpWordCount = static_cast<int>(SetUpWord::Later) + 1;

[[nodiscard]] std::string_view say(SetUpWord word, std::string_view language);
/// With every `{name}` replaced.
[[nodiscard]] std::string say(SetUpWord word, std::string_view language,
                              std::initializer_list<std::pair<std::string_view, std::string>> filled);

}  // namespace milepost::kiosk::staff
