#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace milepost::kiosk::staff {

/// The languages of the staff's pages, English first.
[[nodiscard]] std::span<const std::string_view> languages();
/// The one of them that a language is served in: "de" for "de-AT", English for one that we do not speak.
[[nodiscard]] std::string_view served_in(std::string_view language);

/// What the staff's pages say. `{n}` and the like are filled in.
enum class Word {
    BackToCustomers,
    Before8Weeks,
    BeforeWeekday,
    BetweenLow,
    Calibrate,
    CalibrateHint,
    CalibrateKept,
    CardBackside,
    ChangeImproved,
    ChangeNoData,
    ChangeNone,
    ChangeWorse,
    ClockHoldover,
    ClockSynced,
    ClockUnset,
    ClosedForNow,
    ClosedForNowHint,
    Comments,
    Device,
    DeviceClock,
    DeviceFingerprint,
    DeviceId,
    DeviceLastContact,
    DeviceLastError,
    DeviceNotEnrolled,
    DeviceOldest,
    DeviceStorage,
    DeviceStore,
    DeviceTouchpoint,
    DeviceUnsent,
    DeviceVersion,
    Excluded,
    ExcludedSum,
    Export,
    ExportDone,
    ExportDoneHint,
    ExportFailed,
    ExportFull,
    ExportHint,
    ExportIo,
    ExportNoStick,
    ExportRefused,
    ExportRunning,
    ExportStart,
    FlagAfterHours,
    FlagBurst,
    FlagRepeat,
    FlagTest,
    FlagTooFast,
    FlagWipe,
    Hours,
    HoursAgo,
    JustNow,
    Language,
    Last7Days,
    LongAgo,
    MinutesAgo,
    Never,
    NoPin,
    NoPinHint,
    NoResponses,
    None,
    NoneExcluded,
    Off,
    On,
    PageOf,
    Pause,
    PeriodToday,
    PeriodWeek,
    PeriodYesterday,
    PinBlocked,
    PinChecking,
    PinTitle,
    PinWrong,
    Previous,
    Reading,
    ReadingFailed,
    ResponseCount,
    Results,
    Resume,
    Save,
    Staff,
    StorageFree,
    StorageKept,
    StorageLost,
    Test,
    TestMode,
    TooFew,
    TouchTest,
    TouchTestDone,
    TouchTestHint,
    Undated,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
};
inline constexpr int kWordCount = static_cast<int>(Word::Sunday) + 1;

/// In the language that `language` is served in.
[[nodiscard]] std::string_view say(Word word, std::string_view language);
/// With every `{name}` replaced.
[[nodiscard]] std::string say(Word word, std::string_view language,
                              std::initializer_list<std::pair<std::string_view, std::string>> filled);

/// A text with every `{name}` replaced.
[[nodiscard]] std::string fill(std::string text,
                               std::initializer_list<std::pair<std::string_view, std::string>> filled);

/// In the digits and with the decimal mark of the language; a minus is U+2212.
[[nodiscard]] std::string in_words(std::int64_t number, std::string_view language);
[[nodiscard]] std::string in_words(double number, int decimals, std::string_view language);
/// "1:30", in the digits of the language.
[[nodiscard]] std::string minutes(std::int64_t seconds, std::string_view language);

}  // namespace milepost::kiosk::staff
