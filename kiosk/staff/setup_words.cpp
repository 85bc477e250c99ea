#include "kiosk/staff/setup_words.h"

#include "kiosk/staff/first_words/es.h"
#include "kiosk/staff/first_words/fr.h"
#include "kiosk/staff/first_words/he.h"
#include "kiosk/staff/first_words/hi.h"
#include "kiosk/staff/first_words/it.h"
#include "kiosk/staff/first_words/ja.h"
#include "kiosk/staff/first_words/ko.h"
#include "kiosk/staff/first_words/nl.h"
#include "kiosk/staff/first_words/pl.h"
#include "kiosk/staff/first_words/pt.h"
#include "kiosk/staff/first_words/ru.h"
#include "kiosk/staff/first_words/th.h"
#include "kiosk/staff/first_words/tr.h"
#include "kiosk/staff/first_words/uk.h"
#include "kiosk/staff/first_words/zh_hans.h"
#include "kiosk/staff/first_words/zh_hant.h"
#include "kiosk/staff/words.h"
#include "surveys/model/label_words.h"

#include <algorithm>
#include <array>
#include <span>

namespace milepost::kiosk::staff {

namespace {

/// In English, German, Arabic: the order of languages().
using Row = std::array<std::string_view, 3>;

/// In the order of SetUpWord.
constexpr std::array<Row, kSetUpWordCount> kWords{{
    {"It stands on the store’s web page.", "Sie steht auf der Webseite des Speichers.",
     "تجده في صفحة المخزن على الويب."},
    {"The store’s address", "Adresse des Speichers", "عنوان المخزن"},
    {"The sync service of this device does not answer. Restart the device; if that does not help, have milepost-sync "
     "looked at.",
     "Der Sendedienst dieses Geräts antwortet nicht. Starten Sie das Gerät neu; hilft das nicht, lassen Sie "
     "milepost-sync prüfen.",
     "خدمة المزامنة في هذا الجهاز لا تستجيب. أعد تشغيل الجهاز، وإن لم ينفع ذلك فاطلب فحص milepost-sync."},
    {"Brightness", "Helligkeit", "السطوع"},
    {"Or on this device, with the kiosk stopped:", "Oder auf diesem Gerät, bei beendetem Kiosk:",
     "أو على هذا الجهاز بعد إيقاف الكشك:"},
    {"Challenge", "Aufgabe", "رقم التحدي"},
    {"Type the answer", "Antwort eintippen", "اكتب الإجابة"},
    {"Read this out to whoever runs the store. They run “milepost-store device unlock {device} {challenge}” and tell "
     "you "
     "eight digits.",
     "Sagen Sie dies dem, der den Speicher betreibt. Dort liefert „milepost-store device unlock {device} {challenge}“ "
     "acht Ziffern.",
     "اقرأ هذا لمن يدير المخزن. يشغّل الأمر milepost-store device unlock {device} {challenge} ويعطيك ثمانية أرقام."},
    {"This device is connected to no store that could answer. With the kiosk stopped, run on this device:",
     "Dieses Gerät ist mit keinem Speicher verbunden, der antworten könnte. Rufen Sie bei beendetem Kiosk auf diesem "
     "Gerät auf:",
     "هذا الجهاز غير متصل بمخزن يمكنه الإجابة. أوقف الكشك وشغّل على هذا الجهاز:"},
    {"Change PIN", "PIN ändern", "تغيير الرمز"},
    {"Made at the store, good for 15 minutes", "Am Speicher erstellt, 15 Minuten gültig",
     "يُنشأ في المخزن ويصلح 15 دقيقة"},
    {"Enrolment code", "Anmeldecode", "رمز التسجيل"},
    {"The store’s page shows the same four words beside this device. If they differ, revoke the device there and check "
     "the address.",
     "Die Seite des Speichers zeigt bei diesem Gerät dieselben vier Wörter. Sind es andere, sperren Sie das Gerät dort "
     "und prüfen Sie die Adresse.",
     "تعرض صفحة المخزن الكلمات الأربع نفسها بجانب هذا الجهاز. إن اختلفت فألغِ الجهاز هناك وتحقق من العنوان."},
    {"Connected. Compare these words:", "Verbunden. Vergleichen Sie diese Wörter:", "تم الاتصال. قارن هذه الكلمات:"},
    {"Connect to a store", "Mit einem Speicher verbinden", "الاتصال بمخزن"},
    {"Not connected", "Nicht verbunden", "لم يتم الاتصال"},
    {"With its address and a code that is made there", "Mit seiner Adresse und einem Code, der dort erstellt wird",
     "بعنوانه ورمز يُنشأ هناك"},
    {"Connecting…", "Wird verbunden …", "جارٍ الاتصال…"},
    {"That is no address of a store. It looks like store.example.com or store.example.com:8443.",
     "Das ist keine Adresse eines Speichers. Sie sieht aus wie store.example.com oder store.example.com:8443.",
     "هذا ليس عنوان مخزن. يكون مثل store.example.com أو store.example.com:8443."},
    {"The store has seen too many tries. Wait a minute, then try again.",
     "Der Speicher hat zu viele Versuche gesehen. Warten Sie eine Minute und versuchen Sie es noch einmal.",
     "محاولات كثيرة جدًا. انتظر دقيقة ثم أعد المحاولة."},
    {"The store’s certificate is not trusted here. Check the address, and ask whoever runs the store.",
     "Dem Zertifikat des Speichers wird hier nicht vertraut. Prüfen Sie die Adresse und fragen Sie den Betreiber des "
     "Speichers.",
     "شهادة المخزن غير موثوقة هنا. تحقق من العنوان واسأل من يدير المخزن."},
    {"The store does not take this code. It may be mistyped, older than 15 minutes, or used already. Have a new one "
     "made there.",
     "Der Speicher nimmt diesen Code nicht. Er ist vertippt, älter als 15 Minuten oder schon benutzt. Lassen Sie dort "
     "einen neuen erstellen.",
     "المخزن لا يقبل هذا الرمز. ربما كُتب خطأ أو مضى عليه أكثر من 15 دقيقة أو استُخدم. اطلب إنشاء رمز جديد هناك."},
    {"This device could not keep the enrolment. Its disk may be full or damaged.",
     "Dieses Gerät konnte die Anmeldung nicht speichern. Der Datenträger ist vielleicht voll oder beschädigt.",
     "تعذر على هذا الجهاز حفظ التسجيل. ربما القرص ممتلئ أو تالف."},
    {"The store’s name was not found. Check the address, and that this device has a network.",
     "Der Name des Speichers wurde nicht gefunden. Prüfen Sie die Adresse und ob dieses Gerät ein Netz hat.",
     "لم يُعثر على اسم المخزن. تحقق من العنوان ومن اتصال الجهاز بالشبكة."},
    {"Something else answered: a log-in page of the network, or another server. Check the address.",
     "Etwas anderes hat geantwortet: eine Anmeldeseite des Netzes oder ein anderer Server. Prüfen Sie die Adresse.",
     "أجاب شيء آخر: صفحة دخول للشبكة أو خادم آخر. تحقق من العنوان."},
    {"This device still keeps answers that belong to another store. They have to be sent there first, or it needs an "
     "empty data directory.",
     "Dieses Gerät hat noch Antworten für einen anderen Speicher. Sie müssen erst dorthin gesendet werden, oder es "
     "braucht ein leeres Datenverzeichnis.",
     "ما زال هذا الجهاز يحتفظ بإجابات لمخزن آخر. يجب إرسالها إليه أولًا، أو استخدام مجلد بيانات فارغ."},
    {"The store does not answer. Check the address, and that the store runs. The network test tells how far this "
     "device "
     "gets.",
     "Der Speicher antwortet nicht. Prüfen Sie die Adresse und ob er läuft. Der Netztest zeigt, wie weit dieses Gerät "
     "kommt.",
     "المخزن لا يجيب. تحقق من العنوان ومن أنه يعمل. يبيّن اختبار الشبكة إلى أين يصل هذا الجهاز."},
    {"PIN lost?", "PIN vergessen?", "نسيت الرمز؟"},
    {"{host} is no address of a store. It looks like store.example.com.",
     "{host} ist keine Adresse eines Speichers. Sie sieht aus wie store.example.com.",
     "{host} ليس عنوان مخزن. يكون مثل store.example.com."},
    {"Everything works, as far as {host}.", "Alles funktioniert, bis zu {host}.", "كل شيء يعمل حتى {host}."},
    {"The store’s certificate is out of date, or this device’s clock is wrong. Ask whoever runs the store.",
     "Das Zertifikat des Speichers ist abgelaufen, oder die Uhr dieses Geräts geht falsch. Fragen Sie den Betreiber "
     "des "
     "Speichers.",
     "انتهت صلاحية شهادة المخزن أو أن ساعة هذا الجهاز خاطئة. اسأل من يدير المخزن."},
    {"The name {host} was not found. Check the cable or the Wi-Fi; ask whoever runs the network about its name server.",
     "Der Name {host} wurde nicht gefunden. Prüfen Sie Kabel oder WLAN; fragen Sie den Betreiber des Netzes nach dem "
     "Namensdienst.",
     "لم يُعثر على الاسم {host}. تحقق من الكابل أو الشبكة اللاسلكية، واسأل مدير الشبكة عن خادم الأسماء."},
    {"No network leads to {host}. Check the cable or the Wi-Fi.",
     "Kein Netz führt zu {host}. Prüfen Sie Kabel oder WLAN.",
     "لا توجد شبكة تصل إلى {host}. تحقق من الكابل أو الشبكة اللاسلكية."},
    {"Something else than a store answers at {host}: perhaps a log-in page of the network. Ask whoever runs the "
     "network "
     "to let this device through.",
     "Bei {host} antwortet etwas anderes als ein Speicher, vielleicht eine Anmeldeseite des Netzes. Bitten Sie den "
     "Betreiber des Netzes, dieses Gerät durchzulassen.",
     "يجيب عند {host} شيء غير المخزن، ربما صفحة دخول للشبكة. اطلب من مدير الشبكة السماح لهذا الجهاز."},
    {"Everything works, as far as {host}. This device is not enrolled there yet.",
     "Alles funktioniert, bis zu {host}. Dieses Gerät ist dort noch nicht angemeldet.",
     "كل شيء يعمل حتى {host}. هذا الجهاز غير مسجّل هناك بعد."},
    {"A store with another key than ours answers at {host}. Ask whoever runs the store.",
     "Bei {host} antwortet ein Speicher mit einem anderen Schlüssel. Fragen Sie den Betreiber des Speichers.",
     "يجيب عند {host} مخزن بمفتاح مختلف. اسأل من يدير المخزن."},
    {"The network’s proxy cannot be reached, or does not let this device through to {host}. Ask whoever runs the "
     "network.",
     "Der Proxy des Netzes ist nicht erreichbar oder lässt dieses Gerät nicht zu {host} durch. Fragen Sie den "
     "Betreiber "
     "des Netzes.",
     "تعذر الوصول إلى وكيل الشبكة، أو أنه لا يسمح لهذا الجهاز بالوصول إلى {host}. اسأل مدير الشبكة."},
    {"Nothing listens at port {port} of {host}. Check that the store runs.",
     "An Port {port} von {host} antwortet niemand. Prüfen Sie, ob der Speicher läuft.",
     "لا شيء يستجيب على المنفذ {port} في {host}. تحقق من أن المخزن يعمل."},
    {"{host} does not answer. Ask whoever runs the network to open port {port} to {host}.",
     "{host} antwortet nicht. Bitten Sie den Betreiber des Netzes, Port {port} zu {host} zu öffnen.",
     "{host} لا يجيب. اطلب من مدير الشبكة فتح المنفذ {port} إلى {host}."},
    {"The certificate of {host} is not trusted: a wrong address, or something in between reads along. Ask whoever runs "
     "the network.",
     "Dem Zertifikat von {host} wird nicht vertraut: falsche Adresse, oder etwas dazwischen liest mit. Fragen Sie den "
     "Betreiber des Netzes.",
     "شهادة {host} غير موثوقة: عنوان خاطئ أو جهاز وسيط يتنصت. اسأل مدير الشبكة."},
    {"Network test", "Netztest", "اختبار الشبكة"},
    {"Choose a staff PIN", "Mitarbeiter-PIN wählen", "اختر رمز الموظفين"},
    {"Type it again", "Noch einmal eintippen", "اكتبه مرة أخرى"},
    {"The two were not the same. Choose again.", "Die beiden waren nicht gleich. Wählen Sie noch einmal.",
     "لم يتطابق الرمزان. اختر مجددًا."},
    {"The PIN could not be kept. Try again.", "Die PIN ließ sich nicht speichern. Versuchen Sie es noch einmal.",
     "تعذر حفظ الرمز. أعد المحاولة."},
    {"6 to 12 digits", "6 bis 12 Ziffern", "من 6 إلى 12 رقمًا"},
    {"Back to the PIN", "Zurück zur PIN", "عودة إلى الرمز"},
    {"Survey preview", "Vorschau der Umfrage", "معاينة الاستبيان"},
    {"Screen", "Bildschirm", "الشاشة"},
    {"Set-up", "Einrichtung", "الإعداد"},
    {"Ready for customers", "Bereit für Kunden", "جاهز للزبائن"},
    {"For the staff’s pages, hold the top corner where reading starts for 3 seconds, then type the PIN.",
     "Für die Mitarbeiterseiten halten Sie die obere Ecke am Zeilenanfang 3 Sekunden und tippen dann die PIN ein.",
     "لفتح صفحات الموظفين اضغط الزاوية العليا عند بداية السطر 3 ثوانٍ ثم اكتب الرمز."},
    {"Until the store sends a survey, a sample is asked.",
     "Bis der Speicher eine Umfrage sendet, wird ein Beispiel gefragt.",
     "يُعرض استبيان نموذجي حتى يرسل المخزن استبيانًا."},
    {"How will this kiosk be used?", "Wie wird dieser Kiosk genutzt?", "كيف سيُستخدم هذا الكشك؟"},
    {"Language", "Sprache", "اللغة"},
    {"Which survey shall it ask?", "Welche Umfrage soll er stellen?", "أي استبيان سيعرض؟"},
    {"Start", "Starten", "ابدأ"},
    {"failed", "fehlgeschlagen", "فشل"},
    {"not needed here", "hier nicht nötig", "غير لازم هنا"},
    {"not tried", "nicht versucht", "لم يُجرَّب"},
    {"ok", "in Ordnung", "سليم"},
    {"Certificate trusted", "Zertifikat vertrauenswürdig", "الشهادة موثوقة"},
    {"Name found", "Name gefunden", "العثور على الاسم"},
    {"Store reached", "Speicher erreicht", "الوصول إلى المخزن"},
    {"Signed time received", "Signierte Zeit erhalten", "استلام الوقت الموقَّع"},
    {"Test again", "Noch einmal testen", "اختبار مجددًا"},
    {"Testing…", "Wird getestet …", "جارٍ الاختبار…"},
    {"Try again", "Noch einmal", "أعد المحاولة"},
    {"Try it without a store", "Ohne Speicher ausprobieren", "تجربة دون مخزن"},
    {"With a sample survey. Answers stay on this device.",
     "Mit einer Beispielumfrage. Antworten bleiben auf diesem Gerät.",
     "باستبيان نموذجي. تبقى الإجابات على هذا الجهاز."},
    {"Wrong answer", "Falsche Antwort", "إجابة خاطئة"},
    {"Later", "Später", "لاحقًا"},
}};

struct Spoken {
    std::string_view language;
    std::span<const first_words::Text> texts;
};
constexpr std::array kFirstStart{
    Spoken{"fr", first_words::kFrench},
    Spoken{"es", first_words::kSpanish},
    Spoken{"it", first_words::kItalian},
    Spoken{"pt", first_words::kPortuguese},
    Spoken{"nl", first_words::kDutch},
    Spoken{"pl", first_words::kPolish},
    Spoken{"ru", first_words::kRussian},
    Spoken{"uk", first_words::kUkrainian},
    Spoken{"tr", first_words::kTurkish},
    Spoken{"he", first_words::kHebrew},
    Spoken{"hi", first_words::kHindi},
    Spoken{"th", first_words::kThai},
    Spoken{"ja", first_words::kJapanese},
    Spoken{"ko", first_words::kKorean},
    Spoken{"zh-Hans", first_words::kSimplifiedChinese},
    Spoken{"zh-Hant", first_words::kTraditionalChinese},
};

/// Of a language that the staff's pages do not speak; nullptr: not in it.
const first_words::Text* first_word(SetUpWord word, std::string_view language) {
    const auto spoken = std::ranges::find(kFirstStart, surveys::kept_as(language), &Spoken::language);
    if (spoken == kFirstStart.end()) {
        return nullptr;
    }
    const auto found = std::ranges::find(spoken->texts, word, &first_words::Text::word);
    return found == spoken->texts.end() ? nullptr : &*found;
}

}  // namespace

std::string_view say(SetUpWord word, std::string_view language) {
    if (const first_words::Text* own = first_word(word, language)) {
        return own->text;
    }
    const auto column = std::ranges::find(languages(), served_in(language)) - languages().begin();
    return kWords[static_cast<std::size_t>(word)][static_cast<std::size_t>(column)];
}

std::string say(SetUpWord word, std::string_view language,
                std::initializer_list<std::pair<std::string_view, std::string>> filled) {
    return fill(std::string{say(word, language)}, filled);
}

}  // namespace milepost::kiosk::staff
