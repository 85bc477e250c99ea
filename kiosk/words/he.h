#pragma once

#include "kiosk/words/words.h"

namespace milepost::kiosk::words {

inline constexpr Text kHebrew[] = {
    {Accessibility, "נגישות"},
    {AgreeAndSend, "הסכמה ושליחה"},
    {Back, "חזרה"},
    {ChangeAnswer, "שינוי התשובה"},
    {ChooseSeveral, "אפשר לבחור יותר מתשובה אחת"},
    {Close, "סגירה"},
    {ContactEmail, "דוא״ל"},
    {ContactKept, "פרטי הקשר שמורים ומוצפנים. מה שייכתב עכשיו יחליף אותם."},
    {ContactPhone, "טלפון"},
    {Continue, "המשך"},
    {Done, "אישור"},
    {EmailNeedsAt, "בכתובת דוא״ל יש את הסימן @"},
    {EmailNeedsDomain, "חסר שם המתחם אחרי הסימן @"},
    {EmailNeedsName, "חסר החלק שלפני הסימן @"},
    {EmailOddSign, "יש כאן סימן שאינו מופיע בכתובות דוא״ל"},
    {Finish, "סיום"},
    {HighContrast, "ניגודיות גבוהה"},
    {LargerText, "טקסט גדול יותר"},
    {Next, "הבא"},
    {OutOfService, "לא בשירות"},
    {OutOfServiceHint, "כרגע לא ניתן לשמור תשובות. נא להודיע לצוות המקום."},
    {PhoneOddSign, "במספר טלפון יש רק ספרות וסימן + בתחילתו"},
    {PhoneTooLong, "זה ארוך מדי למספר טלפון"},
    {PhoneTooShort, "זה קצר מדי למספר טלפון"},
    {PrivacyAbout, "אנו שומרים את מה שנבחר ונכתב כאן, יחד עם השעה, השפה והמכשיר. זהות המשיבים אינה ידועה לנו, אלא אם נמסרה לנו."},
    {PrivacyLink, "מה קורה עם התשובה שלי?"},
    {PrivacyPurpose, "מפעיל המכשיר משתמש בתשובה, יחד עם כל התשובות האחרות, כדי להשתפר, ושומר אותה כל עוד הוא משווה תוצאות."},
    {PrivacySensors, "המכשיר אינו משתמש במצלמה או במיקרופון."},
    {Progress, "שאלה {n} מתוך {m}"},
    {Receipt, "כדאי לרשום את הקוד הזה למקרה שתבקשו למחוק את התשובות"},
    {Saving, "מתבצעת שמירה…"},
    {Skip, "דילוג"},
    {StartOver, "התחלה מחדש"},
    {StillThere, "עדיין כאן?"},
    {StillThereHint, "אחרת המסך ייסגר לטובת הבאים בתור."},
    {ThankYou, "תודה רבה!"},
    {WriteHere, "כתבו כאן"},
};

}  // namespace milepost::kiosk::words
