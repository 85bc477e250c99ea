#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kEnglish[] = {
    {Accessibility, "Accessibility"},
    {Back, "Back"},
    {ChangeAnswer, "Change my answer"},
    {ChooseSeveral, "You can choose more than one"},
    {Close, "Close"},
    {Continue, "Continue"},
    {Done, "Done"},
    {Finish, "Finish"},
    {HighContrast, "High contrast"},
    {LargerText, "Larger text"},
    {Next, "Next"},
    {OutOfService, "Out of service"},
    {OutOfServiceHint, "We cannot keep answers right now. Please tell a member of staff."},
    {PrivacyAbout, "We keep what you tap here, with the time, the language and which device it was. We do not know who you are."},
    {PrivacyLink, "What happens with my answer?"},
    {PrivacyPurpose, "The company that runs this device uses it to improve, together with everybody else’s answers, and keeps it for as long as it compares results."},
    {PrivacySensors, "This device has no camera and no microphone in use."},
    {Progress, "Question {n} of {m}"},
    {Saving, "Saving…"},
    {Skip, "Skip"},
    {StartOver, "Start over"},
    {StillThere, "Are you still there?"},
    {StillThereHint, "Otherwise this closes for the next person."},
    {ThankYou, "Thank you!"},
    {TypingUnavailable, "Typing is not available on this kiosk yet."},
};

}  // namespace milepost::kiosk::words
