#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kHindi[] = {
    {Accessibility, "सुलभता"},
    {AgreeAndSend, "सहमति देकर भेजें"},
    {Back, "वापस"},
    {ChangeAnswer, "जवाब बदलें"},
    {ChooseSeveral, "एक से अधिक विकल्प चुने जा सकते हैं"},
    {Close, "बंद करें"},
    {ContactEmail, "ईमेल"},
    {ContactKept, "आपका संपर्क एन्क्रिप्ट करके रखा गया है। अब जो लिखेंगे, वह उसकी जगह लेगा।"},
    {ContactPhone, "फ़ोन"},
    {Continue, "जारी रखें"},
    {Done, "हो गया"},
    {EmailNeedsAt, "ईमेल पते में @ होता है, जैसे name@example.com"},
    {EmailNeedsDomain, "@ के बाद example.com जैसा कुछ होना चाहिए"},
    {EmailNeedsName, "@ से पहले का हिस्सा नहीं है"},
    {EmailOddSign, "इसमें ऐसा चिह्न है जो ईमेल पते में नहीं होता"},
    {Finish, "समाप्त करें"},
    {HighContrast, "हाई कंट्रास्ट"},
    {LargerText, "बड़े अक्षर"},
    {Next, "आगे"},
    {OutOfService, "सेवा उपलब्ध नहीं है"},
    {OutOfServiceHint, "अभी जवाब सहेजे नहीं जा सकते। कृपया किसी कर्मचारी को बताएँ।"},
    {PhoneOddSign, "फ़ोन नंबर में केवल अंक होते हैं और शुरू में +"},
    {PhoneTooLong, "यह फ़ोन नंबर के लिए बहुत लंबा है"},
    {PhoneTooShort, "यह फ़ोन नंबर के लिए बहुत छोटा है"},
    {PrivacyAbout, "हम यहाँ चुने और लिखे गए जवाब, समय, भाषा और उपकरण की जानकारी रखते हैं। आप कौन हैं, यह हम नहीं जानते, जब तक आप न बताएँ।"},
    {PrivacyLink, "मेरे जवाब का क्या होता है?"},
    {PrivacyPurpose, "इस उपकरण को चलाने वाली संस्था आपके जवाब का उपयोग बाकी सभी जवाबों के साथ सुधार के लिए करती है और जब तक नतीजों की तुलना होती है, तब तक इसे रखती है।"},
    {PrivacySensors, "यह उपकरण कैमरे या माइक्रोफ़ोन का उपयोग नहीं करता।"},
    {Progress, "{m} में से सवाल {n}"},
    {Receipt, "जवाब मिटवाना चाहें तो यह कोड लिख लें"},
    {Saving, "सहेजा जा रहा है…"},
    {Skip, "छोड़ें"},
    {StartOver, "फिर से शुरू करें"},
    {StillThere, "क्या आप अभी भी यहाँ हैं?"},
    {StillThereHint, "वरना यह अगले व्यक्ति के लिए बंद हो जाएगा।"},
    {ThankYou, "धन्यवाद!"},
    {WriteHere, "यहाँ लिखें"},
};

}  // namespace milepost::kiosk::words
