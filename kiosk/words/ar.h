#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kArabic[] = {
    {Accessibility, "سهولة الوصول"},
    {Back, "رجوع"},
    {ChangeAnswer, "تغيير إجابتي"},
    {ChooseSeveral, "يمكنك اختيار أكثر من إجابة"},
    {Close, "إغلاق"},
    {Continue, "متابعة"},
    {Done, "تم"},
    {Finish, "إنهاء"},
    {HighContrast, "تباين عالٍ"},
    {LargerText, "نص أكبر"},
    {Next, "التالي"},
    {OutOfService, "خارج الخدمة"},
    {OutOfServiceHint, "لا يمكننا حفظ الإجابات الآن. يُرجى إبلاغ أحد الموظفين."},
    {PrivacyAbout, "نحفظ ما تختاره هنا مع الوقت واللغة والجهاز المستخدم. لا نعرف من أنت."},
    {PrivacyLink, "ماذا يحدث لإجابتي؟"},
    {PrivacyPurpose, "تستخدمها الجهة المشغّلة لهذا الجهاز مع إجابات الآخرين لتحسين خدماتها، وتحتفظ بها ما دامت تقارن النتائج."},
    {PrivacySensors, "لا يستخدم هذا الجهاز أي كاميرا أو ميكروفون."},
    {Progress, "السؤال {n} من {m}"},
    {Saving, "جارٍ الحفظ…"},
    {Skip, "تخطٍّ"},
    {StartOver, "البدء من جديد"},
    {StillThere, "هل ما زلت هنا؟"},
    {StillThereHint, "وإلا فستُغلق هذه الشاشة للشخص التالي."},
    {ThankYou, "شكرًا لك!"},
    {TypingUnavailable, "الكتابة غير متاحة على هذا الجهاز بعد."},
};

}  // namespace milepost::kiosk::words
