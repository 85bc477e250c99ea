#include "surveys/model/label_words.h"

#include <algorithm>

namespace milepost::surveys {

namespace {

constexpr std::array<LabelWords, 19> kWords{{
    {.language = "en",
     .satisfied = {"Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"},
     .good = {"Very bad", "Bad", "Okay", "Good", "Very good"},
     .happy = {"Very unhappy", "Unhappy", "Neutral", "Happy", "Very happy"},
     .likely = {"Not at all likely", "Extremely likely"},
     .easy = {"Very difficult", "Very easy"}},
    {.language = "de",
     .satisfied = {"Sehr unzufrieden", "Unzufrieden", "Teils, teils", "Zufrieden", "Sehr zufrieden"},
     .good = {"Sehr schlecht", "Schlecht", "Teils, teils", "Gut", "Sehr gut"},
     .happy = {"Sehr schlecht", "Schlecht", "Neutral", "Gut", "Sehr gut"},
     .likely = {"Überhaupt nicht wahrscheinlich", "Äußerst wahrscheinlich"},
     .easy = {"Sehr schwierig", "Sehr einfach"}},
    {.language = "fr",
     .satisfied = {"Très insatisfaisant", "Insatisfaisant", "Neutre", "Satisfaisant", "Très satisfaisant"},
     .good = {"Très mal", "Mal", "Ni bien ni mal", "Bien", "Très bien"},
     .happy = {"Très mal", "Mal", "Ni bien ni mal", "Bien", "Très bien"},
     .likely = {"Pas du tout probable", "Extrêmement probable"},
     .easy = {"Très difficile", "Très facile"}},
    {.language = "es",
     .satisfied = {"Muy insatisfactorio", "Insatisfactorio", "Neutral", "Satisfactorio", "Muy satisfactorio"},
     .good = {"Muy mal", "Mal", "Ni bien ni mal", "Bien", "Muy bien"},
     .happy = {"Muy mal", "Mal", "Ni bien ni mal", "Bien", "Muy bien"},
     .likely = {"Nada probable", "Extremadamente probable"},
     .easy = {"Muy difícil", "Muy fácil"}},
    {.language = "it",
     .satisfied = {"Per niente soddisfacente", "Poco soddisfacente", "Neutro", "Soddisfacente", "Molto soddisfacente"},
     .good = {"Molto male", "Male", "Né bene né male", "Bene", "Molto bene"},
     .happy = {"Molto male", "Male", "Né bene né male", "Bene", "Molto bene"},
     .likely = {"Per nulla probabile", "Estremamente probabile"},
     .easy = {"Molto difficile", "Molto facile"}},
    {.language = "pt",
     .satisfied = {"Muito insatisfatório", "Insatisfatório", "Neutro", "Satisfatório", "Muito satisfatório"},
     .good = {"Muito mal", "Mal", "Nem bem nem mal", "Bem", "Muito bem"},
     .happy = {"Muito mal", "Mal", "Nem bem nem mal", "Bem", "Muito bem"},
     .likely = {"Nada provável", "Extremamente provável"},
     .easy = {"Muito difícil", "Muito fácil"}},
    {.language = "nl",
     .satisfied = {"Zeer ontevreden", "Ontevreden", "Neutraal", "Tevreden", "Zeer tevreden"},
     .good = {"Zeer slecht", "Slecht", "Neutraal", "Goed", "Zeer goed"},
     .happy = {"Zeer slecht", "Slecht", "Neutraal", "Goed", "Zeer goed"},
     .likely = {"Helemaal niet waarschijnlijk", "Uiterst waarschijnlijk"},
     .easy = {"Zeer moeilijk", "Zeer makkelijk"}},
    {.language = "pl",
     .satisfied = {"Duże niezadowolenie", "Niezadowolenie", "Neutralnie", "Zadowolenie", "Duże zadowolenie"},
     .good = {"Bardzo źle", "Źle", "Ani dobrze, ani źle", "Dobrze", "Bardzo dobrze"},
     .happy = {"Bardzo źle", "Źle", "Ani dobrze, ani źle", "Dobrze", "Bardzo dobrze"},
     .likely = {"Bardzo mało prawdopodobne", "Bardzo prawdopodobne"},
     .easy = {"Bardzo trudno", "Bardzo łatwo"}},
    {.language = "ru",
     .satisfied = {"Очень недовольны", "Недовольны", "Нейтрально", "Довольны", "Очень довольны"},
     .good = {"Очень плохо", "Плохо", "Ни хорошо, ни плохо", "Хорошо", "Очень хорошо"},
     .happy = {"Очень плохо", "Плохо", "Ни хорошо, ни плохо", "Хорошо", "Очень хорошо"},
     .likely = {"Крайне маловероятно", "Крайне вероятно"},
     .easy = {"Очень трудно", "Очень легко"}},
    {.language = "uk",
     .satisfied = {"Дуже незадоволені", "Незадоволені", "Нейтрально", "Задоволені", "Дуже задоволені"},
     .good = {"Дуже погано", "Погано", "Ні добре, ні погано", "Добре", "Дуже добре"},
     .happy = {"Дуже погано", "Погано", "Ні добре, ні погано", "Добре", "Дуже добре"},
     .likely = {"Украй малоймовірно", "Украй імовірно"},
     .easy = {"Дуже важко", "Дуже легко"}},
    {.language = "tr",
     .satisfied = {"Hiç memnun değilim", "Memnun değilim", "Ne memnunum ne değilim", "Memnunum", "Çok memnunum"},
     .good = {"Çok kötü", "Kötü", "Orta", "İyi", "Çok iyi"},
     .happy = {"Çok mutsuz", "Mutsuz", "Ne mutlu ne mutsuz", "Mutlu", "Çok mutlu"},
     .likely = {"Hiç olası değil", "Son derece olası"},
     .easy = {"Çok zor", "Çok kolay"}},
    {.language = "ar",
     .satisfied = {"غير مُرضٍ إطلاقًا", "غير مُرضٍ", "محايد", "مُرضٍ", "مُرضٍ جدًا"},
     .good = {"سيئ جدًا", "سيئ", "متوسط", "جيد", "جيد جدًا"},
     .happy = {"سيئ جدًا", "سيئ", "محايد", "جيد", "جيد جدًا"},
     .likely = {"غير محتمل إطلاقًا", "محتمل للغاية"},
     .easy = {"صعب جدًا", "سهل جدًا"}},
    {.language = "he",
     .satisfied = {"מאוד לא מרוצה", "לא מרוצה", "נייטרלי", "מרוצה", "מרוצה מאוד"},
     .good = {"גרוע מאוד", "גרוע", "בינוני", "טוב", "טוב מאוד"},
     .happy = {"רע מאוד", "רע", "לא טוב ולא רע", "טוב", "טוב מאוד"},
     .likely = {"כלל לא סביר", "סביר ביותר"},
     .easy = {"קשה מאוד", "קל מאוד"}},
    {.language = "hi",
     .satisfied = {"बहुत असंतुष्ट", "असंतुष्ट", "तटस्थ", "संतुष्ट", "बहुत संतुष्ट"},
     .good = {"बहुत खराब", "खराब", "ठीक-ठाक", "अच्छा", "बहुत अच्छा"},
     .happy = {"बहुत दुखी", "दुखी", "सामान्य", "खुश", "बहुत खुश"},
     .likely = {"बिल्कुल संभावना नहीं", "बहुत अधिक संभावना"},
     .easy = {"बहुत कठिन", "बहुत आसान"}},
    {.language = "th",
     .satisfied = {"ไม่พอใจมาก", "ไม่พอใจ", "เฉย ๆ", "พอใจ", "พอใจมาก"},
     .good = {"แย่มาก", "แย่", "ปานกลาง", "ดี", "ดีมาก"},
     .happy = {"รู้สึกแย่มาก", "รู้สึกแย่", "เฉย ๆ", "รู้สึกดี", "รู้สึกดีมาก"},
     .likely = {"ไม่มีแนวโน้มเลย", "มีแนวโน้มสูงมาก"},
     .easy = {"ยากมาก", "ง่ายมาก"}},
    {.language = "ja",
     .satisfied = {"とても不満", "不満", "どちらともいえない", "満足", "とても満足"},
     .good = {"とても悪い", "悪い", "ふつう", "良い", "とても良い"},
     .happy = {"とても嫌な気分", "嫌な気分", "どちらともいえない", "良い気分", "とても良い気分"},
     .likely = {"可能性はまったくない", "可能性は非常に高い"},
     .easy = {"とても難しい", "とても簡単"}},
    {.language = "ko",
     .satisfied = {"매우 불만족", "불만족", "보통", "만족", "매우 만족"},
     .good = {"매우 나쁨", "나쁨", "보통", "좋음", "매우 좋음"},
     .happy = {"매우 나쁨", "나쁨", "보통", "좋음", "매우 좋음"},
     .likely = {"가능성이 전혀 없음", "가능성이 매우 높음"},
     .easy = {"매우 어려움", "매우 쉬움"}},
    {.language = "zh-Hans",
     .satisfied = {"非常不满意", "不满意", "一般", "满意", "非常满意"},
     .good = {"非常差", "差", "一般", "好", "非常好"},
     .happy = {"非常不开心", "不开心", "一般", "开心", "非常开心"},
     .likely = {"完全不可能", "非常可能"},
     .easy = {"非常困难", "非常容易"}},
    {.language = "zh-Hant",
     .satisfied = {"非常不滿意", "不滿意", "普通", "滿意", "非常滿意"},
     .good = {"非常差", "差", "普通", "好", "非常好"},
     .happy = {"非常不開心", "不開心", "普通", "開心", "非常開心"},
     .likely = {"完全不可能", "非常可能"},
     .easy = {"非常困難", "非常容易"}},
}};

/// Where Chinese is written in traditional characters without the tag saying so.
constexpr std::array<std::string_view, 3> kTraditional{"TW", "HK", "MO"};

bool has_subtag(std::string_view tag, std::string_view subtag) {
    while (!tag.empty()) {
        const auto end = std::min(tag.find('-'), tag.size());
        if (tag.substr(0, end) == subtag) return true;
        tag.remove_prefix(std::min(end + 1, tag.size()));
    }
    return false;
}

}  // namespace

std::span<const LabelWords> label_words() {
    return kWords;
}

std::string_view kept_as(std::string_view language) {
    const std::string_view primary = language.substr(0, language.find('-'));
    if (primary != "zh") return primary;
    if (has_subtag(language, "Hans")) return "zh-Hans";
    const bool traditional =
        has_subtag(language, "Hant") ||
        std::ranges::any_of(kTraditional, [language](std::string_view region) { return has_subtag(language, region); });
    return traditional ? "zh-Hant" : "zh-Hans";
}

}  // namespace milepost::surveys
