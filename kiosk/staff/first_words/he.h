#pragma once

#include "kiosk/staff/first_words/first_words.h"

namespace milepost::kiosk::staff::first_words {

inline constexpr Text kHebrew[] = {
    {AddressHint, "היא מופיעה בדף האינטרנט של השרת."},
    {AddressTitle, "כתובת השרת"},
    {CodeHint, "נוצר בשרת, תקף 15 דקות"},
    {CodeTitle, "קוד רישום"},
    {CompareHint, "דף השרת מציג ליד המכשיר הזה את אותן ארבע מילים. אם הן שונות, בטלו שם את המכשיר ובדקו את הכתובת."},
    {CompareTitle, "מחובר. השוו את המילים האלה:"},
    {Connect, "התחברות לשרת"},
    {ConnectFailed, "אין חיבור"},
    {ConnectHint, "עם הכתובת שלו וקוד שנוצר שם"},
    {Connecting, "מתחבר…"},
    {FailAddress, "זו אינה כתובת של שרת. היא נראית כמו store.example.com או store.example.com:8443."},
    {FailCode, "השרת אינו מקבל את הקוד: הוא הוקלד בטעות, ישן מ-15 דקות או כבר נוצל. בקשו שייצרו קוד חדש."},
    {FailName, "שם השרת לא נמצא. בדקו את הכתובת ואת החיבור של המכשיר לרשת."},
    {FailUnreachable, "השרת אינו עונה. בדקו את הכתובת ושהוא פועל. בדיקת הרשת מראה עד לאן המכשיר מגיע."},
    {Later, "אחר כך"},
    {NewPin, "בחרו קוד לצוות"},
    {NewPinAgain, "הקלידו שוב"},
    {NewPinDiffers, "השניים לא היו זהים. בחרו מחדש."},
    {NewPinFailed, "לא ניתן היה לשמור את הקוד. נסו שוב."},
    {NewPinHint, "6 עד 12 ספרות"},
    {SetUp, "הגדרה"},
    {SetUpDone, "מוכן ללקוחות"},
    {SetUpDoneHint, "לדפי הצוות החזיקו 3 שניות את הפינה העליונה שבה מתחילה הקריאה, ואז הקלידו את הקוד."},
    {SetUpDoneStore, "עד שהשרת ישלח סקר יוצג סקר לדוגמה."},
    {SetUpHow, "איך ישמש הקיוסק הזה?"},
    {SetUpSample, "איזה סקר להציג?"},
    {Start, "התחלה"},
    {TryAgain, "נסו שוב"},
    {TryOut, "לנסות בלי שרת"},
    {TryOutHint, "עם סקר לדוגמה. התשובות נשארות במכשיר הזה."},
};

}  // namespace milepost::kiosk::staff::first_words
