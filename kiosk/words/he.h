#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kHebrew[] = {
    {Accessibility, "נגישות"},
    {Back, "חזרה"},
    {ChangeAnswer, "שינוי התשובה"},
    {ChooseSeveral, "אפשר לבחור יותר מתשובה אחת"},
    {Close, "סגירה"},
    {Continue, "המשך"},
    {Done, "אישור"},
    {Finish, "סיום"},
    {HighContrast, "ניגודיות גבוהה"},
    {LargerText, "טקסט גדול יותר"},
    {Next, "הבא"},
    {OutOfService, "לא בשירות"},
    {OutOfServiceHint, "כרגע לא ניתן לשמור תשובות. נא להודיע לצוות המקום."},
    {PrivacyAbout, "אנו שומרים את מה שנבחר כאן, יחד עם השעה, השפה והמכשיר. זהות המשיבים אינה ידועה לנו."},
    {PrivacyLink, "מה קורה עם התשובה שלי?"},
    {PrivacyPurpose, "מפעיל המכשיר משתמש בתשובה, יחד עם כל התשובות האחרות, כדי להשתפר, ושומר אותה כל עוד הוא משווה תוצאות."},
    {PrivacySensors, "המכשיר אינו משתמש במצלמה או במיקרופון."},
    {Progress, "שאלה {n} מתוך {m}"},
    {Saving, "מתבצעת שמירה…"},
    {Skip, "דילוג"},
    {StartOver, "התחלה מחדש"},
    {StillThere, "עדיין כאן?"},
    {StillThereHint, "אחרת המסך ייסגר לטובת הבאים בתור."},
    {ThankYou, "תודה רבה!"},
    {TypingUnavailable, "עדיין לא ניתן להקליד במכשיר זה."},
};

}  // namespace milepost::kiosk::words
