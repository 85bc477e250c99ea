#include "kiosk/strings.h"

#include <algorithm>
#include <array>

namespace milepost::kiosk {

namespace {

constexpr std::array<std::string_view, 3> kLanguages{"en", "de", "ar"};
using Row = std::array<std::string_view, kLanguages.size()>;

/// In the order of Word and of kLanguages.
constexpr std::array<Row, kWordCount> kWords{{
    {"Accessibility", "Barrierefreiheit", "سهولة الوصول"},
    {"Agree and send", "Zustimmen und senden", "أوافق وأرسل"},
    {"Back", "Zurück", "رجوع"},
    {"Change my answer", "Antwort ändern", "تغيير إجابتي"},
    {"You can choose more than one", "Mehrere Antworten möglich", "يمكنك اختيار أكثر من إجابة"},
    {"Close", "Schließen", "إغلاق"},
    {"E-mail", "E-Mail", "البريد الإلكتروني"},
    {"Your contact is kept, encrypted. What you write now takes its place.",
     "Ihr Kontakt ist verschlüsselt gespeichert. Was Sie jetzt schreiben, ersetzt ihn.",
     "بيانات التواصل محفوظة ومشفّرة. ما تكتبه الآن يحلّ محلها."},
    {"Phone", "Telefon", "الهاتف"},
    {"Continue", "Weitermachen", "متابعة"},
    {"Done", "Fertig", "تم"},
    {"An e-mail address has an @, like name@example.com",
     "In einer E-Mail-Adresse steht ein @, wie in name@example.com",
     "يحتوي عنوان البريد الإلكتروني على ‎@‎ مثل ‎name@example.com‎"},
    {"Something like example.com belongs behind the @", "Hinter das @ gehört etwas wie example.com",
     "يجب أن يأتي بعد ‎@‎ شيء مثل ‎example.com‎"},
    {"The part before the @ is missing", "Vor dem @ fehlt der Name", "الجزء الذي يسبق ‎@‎ مفقود"},
    {"There is a sign in it that no e-mail address has", "Darin ist ein Zeichen, das in keiner E-Mail-Adresse steht",
     "يوجد رمز لا يُستخدم في عناوين البريد الإلكتروني"},
    {"Finish", "Abschließen", "إنهاء"},
    {"High contrast", "Hoher Kontrast", "تباين عالٍ"},
    {"Larger text", "Größere Schrift", "نص أكبر"},
    {"Next", "Weiter", "التالي"},
    {"Out of service", "Außer Betrieb", "خارج الخدمة"},
    {"We cannot keep answers right now. Please tell a member of staff.",
     "Antworten können gerade nicht gespeichert werden. Bitte sagen Sie unserem Personal Bescheid.",
     "لا يمكننا حفظ الإجابات الآن. يُرجى إبلاغ أحد الموظفين."},
    {"A phone number has only digits, and a + in front", "Eine Telefonnummer hat nur Ziffern und vorne ein +",
     "يتكوّن رقم الهاتف من أرقام فقط مع علامة + في بدايته"},
    {"That is too long for a phone number", "Das ist zu lang für eine Telefonnummer", "هذا أطول من أن يكون رقم هاتف"},
    {"That is too short for a phone number", "Das ist zu kurz für eine Telefonnummer", "هذا أقصر من أن يكون رقم هاتف"},
    {"We keep what you tap and write here, with the time, the language and which device it was. We do not know who "
     "you are unless you tell us.",
     "Wir speichern, was Sie hier antippen und schreiben, dazu Zeit, Sprache und welches Gerät es war. Wer Sie sind, "
     "wissen wir nicht, außer Sie sagen es uns.",
     "نحفظ ما تختاره وما تكتبه هنا مع الوقت واللغة والجهاز المستخدم. لا نعرف من أنت ما لم تخبرنا."},
    {"What happens with my answer?", "Was passiert mit meiner Antwort?", "ماذا يحدث لإجابتي؟"},
    {"The company that runs this device uses it to improve, together with everybody else’s answers, and keeps it "
     "for as long as it compares results.",
     "Der Betreiber dieses Geräts nutzt sie zusammen mit allen anderen Antworten, um besser zu werden, und "
     "bewahrt sie auf, solange er Ergebnisse vergleicht.",
     "تستخدمها الجهة المشغّلة لهذا الجهاز مع إجابات الآخرين لتحسين خدماتها، وتحتفظ بها ما دامت تقارن النتائج."},
    {"This device has no camera and no microphone in use.", "Dieses Gerät benutzt weder Kamera noch Mikrofon.",
     "لا يستخدم هذا الجهاز أي كاميرا أو ميكروفون."},
    {"Question {n} of {m}", "Frage {n} von {m}", "السؤال {n} من {m}"},
    {"Note this code if you may want to have your answers erased",
     "Notieren Sie diesen Code, falls Sie Ihre Antworten löschen lassen möchten",
     "دوّن هذا الرمز إن أردت حذف إجاباتك لاحقًا"},
    {"Saving…", "Wird gespeichert …", "جارٍ الحفظ…"},
    {"Skip", "Überspringen", "تخطٍّ"},
    {"Start over", "Neu beginnen", "البدء من جديد"},
    {"Are you still there?", "Sind Sie noch da?", "هل ما زلت هنا؟"},
    {"Otherwise this closes for the next person.", "Sonst wird hier für die nächste Person geschlossen.",
     "وإلا فستُغلق هذه الشاشة للشخص التالي."},
    {"Thank you!", "Vielen Dank!", "شكرًا لك!"},
    {"Write here", "Hier schreiben", "اكتب هنا"},
}};

std::size_t column_of(std::string_view language) {
    for (const std::string_view tag : {language, language.substr(0, language.find('-'))}) {
        const auto found = std::ranges::find(kLanguages, tag);
        if (found != kLanguages.end()) {
            return static_cast<std::size_t>(found - kLanguages.begin());
        }
    }
    return 0;
}

void replace(std::string& text, std::string_view mark, const std::string& with) {
    const auto at = text.find(mark);
    if (at != std::string::npos) {
        text.replace(at, mark.size(), with);
    }
}

}  // namespace

std::string_view say(Word word, std::string_view language) {
    return kWords[static_cast<std::size_t>(word)][column_of(language)];
}

std::string in_digits(int number, std::string_view language) {
    const std::string plain = std::to_string(number);
    if (language.substr(0, language.find('-')) != "ar") {
        return plain;
    }
    std::string digits;
    for (const char digit : plain) {
        // U+0660 ARABIC-INDIC DIGIT ZERO and its nine successors are D9 A0 … D9 A9 in UTF-8.
        digits += '\xD9';
        digits += static_cast<char>(0xA0 + (digit - '0'));
    }
    return digits;
}

std::string say_progress(int place, int of, std::string_view language) {
    std::string text{say(Word::Progress, language)};
    replace(text, "{n}", in_digits(place, language));
    replace(text, "{m}", in_digits(of, language));
    return text;
}

std::span<const std::string_view> spoken_languages() {
    return kLanguages;
}

}  // namespace milepost::kiosk
