#pragma once

#include "sync/protocol/opening_hours.h"

#include <span>
#include <string>
#include <string_view>

namespace milepost::kiosk {

/// What the kiosk itself says (kiosk/words/); everything else comes from the survey.
enum class Word {
    Accessibility,
    AgreeAndSend,  ///< the consent above it
    Back,
    ChangeAnswer,
    ChooseSeveral,  ///< under a question with several answers
    Close,
    ClosedNow,  ///< outside opening hours
    ContactEmail,
    ContactKept,  ///< a contact was given before
    ContactPhone,
    Continue,
    Done,
    EmailNeedsAt,
    EmailNeedsDomain,
    EmailNeedsName,
    EmailOddSign,
    Finish,
    HighContrast,
    KeyErase,   ///< these: keys of the keyboard, said aloud
    KeyLayout,  ///< to other letters
    KeyLeft,
    KeyRight,
    KeyShift,
    KeySigns,  ///< to digits and signs
    KeySpace,
    LargerText,
    LowLayout,  ///< everything to touch in the lower part of the screen
    Next,
    OpensAt,  ///< "{day}" is one of the next nine, as it stands in this sentence; "{time}"
    OpensToday,
    OpensTomorrow,
    OpensMonday,
    OpensTuesday,
    OpensWednesday,
    OpensThursday,
    OpensFriday,
    OpensSaturday,
    OpensSunday,
    OutOfService,
    OutOfServiceHint,
    PhoneOddSign,
    PhoneTooLong,
    PhoneTooShort,
    PrivacyAbout,  ///< what is kept
    PrivacyLink,
    PrivacyPurpose,  ///< for what, by whom, for how long
    PrivacySensors,  ///< no camera, no microphone
    Progress,        ///< "Question {n} of {m}"
    Receipt,         ///< beside the code
    Saving,
    Skip,
    SpeechKeys,     ///< how to go on, said aloud to whoever uses keys
    SpeechOn,       ///< the hint that everything is read aloud
    SpeechOnTouch,  ///< the same to whoever touches, where there is room: each touch twice
    SpeechPrivate,  ///< said where a contact is typed
    SpeechTouch,    ///< how to go on, said aloud to whoever touches
    SpeechVolume,   ///< "Volume {n}"
    StartOver,
    StillThere,
    StillThereHint,
    ThankYou,
    WriteHere,
};

/// In `language`, else in the one whose words it shares ("de" for "de-AT", "zh-Hant" for "zh-TW"), else in English.
[[nodiscard]] std::string_view say(Word word, std::string_view language);
/// "Question 2 of 4", in the language's digits.
[[nodiscard]] std::string say_progress(int place, int of, std::string_view language);
/// "We open tomorrow at 9:00".
[[nodiscard]] std::string say_opening(const protocol::OpeningTime& opening, std::string_view language);
/// A whole number in the digits of the language: ٢ in Arabic.
[[nodiscard]] std::string in_digits(int number, std::string_view language);

/// The languages that the kiosk speaks, English first, each a file of kiosk/words/.
[[nodiscard]] std::span<const std::string_view> spoken_languages();
inline constexpr int kWordCount = static_cast<int>(Word::WriteHere) + 1;

}  // namespace milepost::kiosk
