#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kArabic[] = {
    {Accessibility, "سهولة الوصول"},
    {AgreeAndSend, "أوافق وأرسل"},
    {Back, "رجوع"},
    {ChangeAnswer, "تغيير إجابتي"},
    {ChooseSeveral, "يمكنك اختيار أكثر من إجابة"},
    {Close, "إغلاق"},
    {ContactEmail, "البريد الإلكتروني"},
    {ContactKept, "بيانات التواصل محفوظة ومشفّرة. ما تكتبه الآن يحلّ محلها."},
    {ContactPhone, "الهاتف"},
    {Continue, "متابعة"},
    {Done, "تم"},
    {EmailNeedsAt, "يحتوي عنوان البريد الإلكتروني على الرمز @"},
    {EmailNeedsDomain, "ينقص اسم النطاق بعد الرمز @"},
    {EmailNeedsName, "الجزء الذي يسبق الرمز @ مفقود"},
    {EmailOddSign, "يوجد رمز لا يُستخدم في عناوين البريد الإلكتروني"},
    {Finish, "إنهاء"},
    {HighContrast, "تباين عالٍ"},
    {LargerText, "نص أكبر"},
    {Next, "التالي"},
    {OutOfService, "خارج الخدمة"},
    {OutOfServiceHint, "لا يمكننا حفظ الإجابات الآن. يُرجى إبلاغ أحد الموظفين."},
    {PhoneOddSign, "يتكوّن رقم الهاتف من أرقام فقط مع علامة + في بدايته"},
    {PhoneTooLong, "هذا أطول من أن يكون رقم هاتف"},
    {PhoneTooShort, "هذا أقصر من أن يكون رقم هاتف"},
    {PrivacyAbout, "نحفظ ما تختاره وما تكتبه هنا مع الوقت واللغة والجهاز المستخدم. لا نعرف من أنت ما لم تخبرنا."},
    {PrivacyLink, "ماذا يحدث لإجابتي؟"},
    {PrivacyPurpose, "تستخدمها الجهة المشغّلة لهذا الجهاز مع إجابات الآخرين لتحسين خدماتها، وتحتفظ بها ما دامت تقارن النتائج."},
    {PrivacySensors, "لا يستخدم هذا الجهاز أي كاميرا أو ميكروفون."},
    {Progress, "السؤال {n} من {m}"},
    {Receipt, "دوّن هذا الرمز إن أردت حذف إجاباتك لاحقًا"},
    {Saving, "جارٍ الحفظ…"},
    {Skip, "تخطٍّ"},
    {StartOver, "البدء من جديد"},
    {StillThere, "هل ما زلت هنا؟"},
    {StillThereHint, "وإلا فستُغلق هذه الشاشة للشخص التالي."},
    {ThankYou, "شكرًا لك!"},
    {WriteHere, "اكتب هنا"},
};

}  // namespace milepost::kiosk::words
