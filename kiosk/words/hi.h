#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kHindi[] = {
    {Accessibility, "सुलभता"},
    {Back, "वापस"},
    {ChangeAnswer, "जवाब बदलें"},
    {ChooseSeveral, "एक से अधिक विकल्प चुने जा सकते हैं"},
    {Close, "बंद करें"},
    {Continue, "जारी रखें"},
    {Done, "हो गया"},
    {Finish, "समाप्त करें"},
    {HighContrast, "हाई कंट्रास्ट"},
    {LargerText, "बड़े अक्षर"},
    {Next, "आगे"},
    {OutOfService, "सेवा उपलब्ध नहीं है"},
    {OutOfServiceHint, "अभी जवाब सहेजे नहीं जा सकते। कृपया किसी कर्मचारी को बताएँ।"},
    {PrivacyAbout, "हम यहाँ चुने गए जवाब, समय, भाषा और उपकरण की जानकारी रखते हैं। आप कौन हैं, यह हम नहीं जानते।"},
    {PrivacyLink, "मेरे जवाब का क्या होता है?"},
    {PrivacyPurpose, "इस उपकरण को चलाने वाली संस्था आपके जवाब का उपयोग बाकी सभी जवाबों के साथ सुधार के लिए करती है और जब तक नतीजों की तुलना होती है, तब तक इसे रखती है।"},
    {PrivacySensors, "यह उपकरण कैमरे या माइक्रोफ़ोन का उपयोग नहीं करता।"},
    {Progress, "{m} में से सवाल {n}"},
    {Saving, "सहेजा जा रहा है…"},
    {Skip, "छोड़ें"},
    {StartOver, "फिर से शुरू करें"},
    {StillThere, "क्या आप अभी भी यहाँ हैं?"},
    {StillThereHint, "वरना यह अगले व्यक्ति के लिए बंद हो जाएगा।"},
    {ThankYou, "धन्यवाद!"},
    {TypingUnavailable, "इस उपकरण पर अभी लिखना संभव नहीं है।"},
};

}  // namespace milepost::kiosk::words
