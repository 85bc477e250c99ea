#include "kiosk/staff/words.h"

#include "kiosk/strings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace milepost::kiosk::staff {

namespace {

constexpr std::array<std::string_view, 3> kLanguages{"en", "de", "ar"};
using Row = std::array<std::string_view, kLanguages.size()>;

/// In the order of Word and of kLanguages.
constexpr std::array<Row, kWordCount> kWords{{
    {"Back to customers", "Zurück zu den Kunden", "العودة إلى الزبائن"},
    {"8 weeks before", "8 Wochen davor", "الأسابيع الثمانية السابقة"},
    {"Last 8 {day}", "Letzte 8 {day}", "آخر ٨ أيام من {day}"},
    {"95 %: {low} to {high}", "95 %: {low} bis {high}", "95٪: {low} إلى {high}"},
    {"Screen size", "Bildschirmgröße", "حجم الشاشة"},
    {"Hold a bank card to the screen, its left edge on the left line. Move the right line to the card’s right edge, "
     "then save.",
     "Halten Sie eine Bankkarte an den Bildschirm, die linke Kante an der linken Linie. Schieben Sie die rechte Linie "
     "an die rechte Kante und speichern Sie.",
     "ضع بطاقة مصرفية على الشاشة بحيث تكون حافتها عند الخط الأول. حرّك الخط الآخر إلى حافة البطاقة الأخرى ثم احفظ."},
    {"Saved: {mm} mm diagonal, used from the next start", "Gespeichert: {mm} mm Diagonale, gilt ab dem nächsten Start",
     "تم الحفظ: القطر {mm} مم، يُستخدم من التشغيل التالي"},
    {"Bank card, 85.60 mm", "Bankkarte, 85,60 mm", "بطاقة مصرفية، 85٫60 مم"},
    {"improved", "besser geworden", "تحسّن"},
    {"not enough data to compare", "zu wenig Daten für einen Vergleich", "لا توجد بيانات كافية للمقارنة"},
    {"no clear change", "keine klare Änderung", "لا تغيّر واضح"},
    {"worse", "schlechter geworden", "تراجع"},
    {"was right at this start, runs free now", "stimmte seit diesem Start, läuft jetzt frei",
     "كانت مضبوطة منذ التشغيل، وتعمل الآن دون ضبط"},
    {"right: set by the network", "stimmt: vom Netz gestellt", "مضبوطة من الشبكة"},
    {"not known to be right", "nicht bestätigt", "غير مؤكدة"},
    {"Closed for the moment", "Im Moment geschlossen", "مغلق في الوقت الحالي"},
    {"Please come back later.", "Bitte kommen Sie später wieder.", "يُرجى العودة لاحقًا."},
    {"Latest comments", "Neueste Kommentare", "أحدث التعليقات"},
    {"This device", "Dieses Gerät", "هذا الجهاز"},
    {"Clock", "Uhr", "الساعة"},
    {"Fingerprint", "Fingerabdruck", "البصمة"},
    {"Device", "Gerät", "الجهاز"},
    {"Last contact with the store", "Letzter Kontakt zum Speicher", "آخر اتصال بالمخزن"},
    {"Last error", "Letzter Fehler", "آخر خطأ"},
    {"not enrolled", "nicht angemeldet", "غير مسجّل"},
    {"Oldest of them", "Der älteste davon", "أقدمها"},
    {"Storage", "Speicherplatz", "التخزين"},
    {"Store", "Speicher", "المخزن"},
    {"Touchpoint", "Messpunkt", "نقطة التماس"},
    {"Records not yet sent", "Noch nicht gesendet", "سجلات لم تُرسل بعد"},
    {"Version", "Version", "الإصدار"},
    {"Excluded responses", "Ausgeschlossene Antworten", "إجابات مستبعدة"},
    {"{n} of {m} responses do not count in scores", "{n} von {m} Antworten zählen nicht in den Werten",
     "{n} من {m} إجابات لا تُحتسب في النتائج"},
    {"Export to USB stick", "Auf USB-Stick exportieren", "تصدير إلى ذاكرة USB"},
    {"{n} responses are on the stick", "{n} Antworten sind auf dem Stick", "تم نسخ {n} إجابة إلى الذاكرة"},
    {"In the folder {folder}. The stick can be pulled out now.",
     "Im Ordner {folder}. Der Stick kann jetzt abgezogen werden.", "في المجلد {folder}. يمكن الآن إزالة الذاكرة."},
    {"The export failed", "Der Export ist fehlgeschlagen", "فشل التصدير"},
    {"The stick is full. Make room on it, or use another one.",
     "Der Stick ist voll. Schaffen Sie Platz oder nehmen Sie einen anderen.",
     "الذاكرة ممتلئة. أفرغ مساحة أو استخدم غيرها."},
    {"Put a USB stick in. All responses are copied as a table for spreadsheets, with the log that proves that none is "
     "missing.",
     "Stecken Sie einen USB-Stick ein. Alle Antworten werden als Tabelle kopiert, dazu das Protokoll, das belegt, dass "
     "keine fehlt.",
     "أدخل ذاكرة USB. تُنسخ كل الإجابات كجدول مع السجل الذي يثبت عدم فقدان أي منها."},
    {"The stick could not be written. Try another one.",
     "Der Stick ließ sich nicht beschreiben. Versuchen Sie einen anderen.", "تعذرت الكتابة على الذاكرة. جرّب غيرها."},
    {"No USB stick was found. Put one in, wait a moment, try again.",
     "Kein USB-Stick gefunden. Stecken Sie einen ein, warten Sie kurz und versuchen Sie es noch einmal.",
     "لم يُعثر على ذاكرة USB. أدخل واحدة وانتظر قليلًا ثم أعد المحاولة."},
    {"This stick is write-protected. Use another one.", "Dieser Stick ist schreibgeschützt. Nehmen Sie einen anderen.",
     "هذه الذاكرة محمية من الكتابة. استخدم غيرها."},
    {"Copying… {n} %", "Wird kopiert … {n} %", "جارٍ النسخ… {n}٪"},
    {"Start the export", "Export starten", "بدء التصدير"},
    {"outside opening hours", "außerhalb der Öffnungszeiten", "خارج ساعات العمل"},
    {"many in a short time", "viele in kurzer Zeit", "كثيرة في وقت قصير"},
    {"right after the one before", "gleich nach der vorigen", "مباشرة بعد السابقة"},
    {"test mode", "Testmodus", "وضع الاختبار"},
    {"answered too fast", "zu schnell geantwortet", "إجابة سريعة جدًا"},
    {"the screen was being wiped", "der Bildschirm wurde gewischt", "أثناء مسح الشاشة"},
    {"Responses by the hour", "Antworten nach Stunden", "الإجابات حسب الساعة"},
    {"{n} h ago", "vor {n} Std.", "قبل {n} ساعة"},
    {"just now", "gerade eben", "الآن"},
    {"Language of these pages", "Sprache dieser Seiten", "لغة هذه الصفحات"},
    {"Last 7 days", "Letzte 7 Tage", "آخر ٧ أيام"},
    {"{n} days ago", "vor {n} Tagen", "قبل {n} يوم"},
    {"{n} min ago", "vor {n} min", "قبل {n} دقيقة"},
    {"never", "nie", "أبدًا"},
    {"No staff PIN is set", "Keine Mitarbeiter-PIN gesetzt", "لم يُعيَّن رمز الموظفين"},
    {"To set one, stop the kiosk and run on this device:",
     "Um eine zu setzen, beenden Sie den Kiosk und rufen Sie auf diesem Gerät auf:",
     "لتعيينه أوقف الكشك وشغّل على هذا الجهاز:"},
    {"No responses yet", "Noch keine Antworten", "لا إجابات بعد"},
    {"none", "keiner", "لا يوجد"},
    {"All responses count.", "Alle Antworten zählen.", "كل الإجابات محتسبة."},
    {"off", "aus", "متوقف"},
    {"on", "an", "يعمل"},
    {"{n} of {m}", "{n} von {m}", "{n} من {m}"},
    {"Close for the moment", "Vorübergehend schließen", "إغلاق مؤقت"},
    {"Today", "Heute", "اليوم"},
    {"7 days", "7 Tage", "٧ أيام"},
    {"Yesterday", "Gestern", "أمس"},
    {"Too many wrong tries. Wait {time}.", "Zu viele Fehlversuche. Bitte {time} warten.",
     "محاولات خاطئة كثيرة. انتظر {time}."},
    {"Checking…", "Wird geprüft …", "جارٍ التحقق…"},
    {"Staff PIN", "Mitarbeiter-PIN", "رمز الموظفين"},
    {"Wrong PIN", "Falsche PIN", "رمز خاطئ"},
    {"Previous", "Vorige", "السابق"},
    {"Reading…", "Wird gelesen …", "جارٍ القراءة…"},
    {"The results cannot be read", "Die Ergebnisse können nicht gelesen werden", "تعذرت قراءة النتائج"},
    {"{n} responses", "{n} Antworten", "{n} إجابة"},
    {"Results", "Ergebnisse", "النتائج"},
    {"Open again", "Wieder öffnen", "إعادة الفتح"},
    {"Save", "Speichern", "حفظ"},
    {"Staff", "Mitarbeiter", "الموظفون"},
    {"{n} free", "{n} frei", "{n} متاحة"},
    {"kept at a power cut", "bleibt bei Stromausfall", "يبقى عند انقطاع الكهرباء"},
    {"lost at a power cut!", "bei Stromausfall verloren!", "يُفقد عند انقطاع الكهرباء!"},
    {"TEST", "TEST", "اختبار"},
    {"Test mode", "Testmodus", "وضع الاختبار"},
    {"n = {n}, too few", "n = {n}, zu wenige", "n = {n}، قليلة جدًا"},
    {"Touch test", "Berührungstest", "اختبار اللمس"},
    {"Every field works", "Alle Felder funktionieren", "كل الحقول تعمل"},
    {"Touch every field", "Berühren Sie jedes Feld", "المس كل الحقول"},
    {"{n} more responses have no trusted time and stand on no day.",
     "{n} weitere Antworten haben keine verlässliche Zeit und stehen bei keinem Tag.",
     "{n} إجابة أخرى بلا وقت موثوق ولا تُحسب لأي يوم."},
    {"Mondays", "Montage", "الاثنين"},
    {"Tuesdays", "Dienstage", "الثلاثاء"},
    {"Wednesdays", "Mittwoche", "الأربعاء"},
    {"Thursdays", "Donnerstage", "الخميس"},
    {"Fridays", "Freitage", "الجمعة"},
    {"Saturdays", "Samstage", "السبت"},
    {"Sundays", "Sonntage", "الأحد"},
}};

std::size_t column_of(std::string_view language) {
    const auto found = std::ranges::find(kLanguages, language.substr(0, language.find('-')));
    return found == kLanguages.end() ? 0 : static_cast<std::size_t>(found - kLanguages.begin());
}

void replace_all(std::string& text, std::string_view mark, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += with.size()) {
        text.replace(at, mark.size(), with);
    }
}

/// ASCII digits and decimal point as the language writes them.
std::string written(const std::string& plain, std::string_view language) {
    const std::string_view base = language.substr(0, language.find('-'));
    const bool arabic = base == "ar";
    std::string text;
    for (const char c : plain) {
        if (c >= '0' && c <= '9') {
            text += in_digits(c - '0', language);
        } else if (c == '.') {
            text += arabic ? "٫" : base == "de" ? "," : ".";
        } else if (c == '-') {
            text += "−";
        } else {
            text += c;
        }
    }
    return text;
}

}  // namespace

std::span<const std::string_view> languages() {
    return kLanguages;
}

std::string_view served_in(std::string_view language) {
    return kLanguages[column_of(language)];
}

std::string_view say(Word word, std::string_view language) {
    return kWords[static_cast<std::size_t>(word)][column_of(language)];
}

std::string say(Word word, std::string_view language,
                std::initializer_list<std::pair<std::string_view, std::string>> filled) {
    return fill(std::string{say(word, language)}, filled);
}

std::string fill(std::string text, std::initializer_list<std::pair<std::string_view, std::string>> filled) {
    for (const auto& [name, value] : filled) {
        replace_all(text, fmt::format("{{{}}}", name), value);
    }
    return text;
}

std::string in_words(std::int64_t number, std::string_view language) {
    return written(std::to_string(number), language);
}

std::string in_words(double number, int decimals, std::string_view language) {
    std::string plain = fmt::format("{:.{}f}", number, decimals);
    const bool is_zero = plain.find_first_not_of("-0.") == std::string::npos;
    return written(is_zero && plain.starts_with('-') ? plain.substr(1) : plain, language);
}

std::string minutes(std::int64_t seconds, std::string_view language) {
    return written(fmt::format("{}:{:02}", seconds / 60, seconds % 60), language);
}

}  // namespace milepost::kiosk::staff
