#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kEnglish[] = {
    {Accessibility, "Accessibility"},
    {AgreeAndSend, "Agree and send"},
    {Back, "Back"},
    {ChangeAnswer, "Change my answer"},
    {ChooseSeveral, "You can choose more than one"},
    {Close, "Close"},
    {ContactEmail, "E-mail"},
    {ContactKept, "Your contact is kept, encrypted. What you write now takes its place."},
    {ContactPhone, "Phone"},
    {Continue, "Continue"},
    {Done, "Done"},
    {EmailNeedsAt, "An e-mail address has an @, like name@example.com"},
    {EmailNeedsDomain, "Something like example.com belongs after the @"},
    {EmailNeedsName, "The part before the @ is missing"},
    {EmailOddSign, "It has a sign that no e-mail address has"},
    {Finish, "Finish"},
    {HighContrast, "High contrast"},
    {LargerText, "Larger text"},
    {Next, "Next"},
    {OutOfService, "Out of service"},
    {OutOfServiceHint, "We cannot keep answers right now. Please tell a member of staff."},
    {PhoneOddSign, "A phone number has only digits, and a + in front"},
    {PhoneTooLong, "That is too long for a phone number"},
    {PhoneTooShort, "That is too short for a phone number"},
    {PrivacyAbout, "We keep what you tap and write here, with the time, the language and which device it was. We do not know who you are unless you tell us."},
    {PrivacyLink, "What happens with my answer?"},
    {PrivacyPurpose, "The company that runs this device uses it to improve, together with everybody else’s answers, and keeps it for as long as it compares results."},
    {PrivacySensors, "This device has no camera and no microphone in use."},
    {Progress, "Question {n} of {m}"},
    {Receipt, "Note this code if you may want your answers erased"},
    {Saving, "Saving…"},
    {Skip, "Skip"},
    {StartOver, "Start over"},
    {StillThere, "Are you still there?"},
    {StillThereHint, "Otherwise this closes for the next person."},
    {ThankYou, "Thank you!"},
    {WriteHere, "Write here"},
};

}  // namespace milepost::kiosk::words
