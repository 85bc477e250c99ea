#include "kiosk/strings.h"

#include "kiosk/words/ar.h"
#include "kiosk/words/de.h"
#include "kiosk/words/en.h"
#include "kiosk/words/es.h"
#include "kiosk/words/fr.h"
#include "kiosk/words/he.h"
#include "kiosk/words/hi.h"
#include "kiosk/words/it.h"
#include "kiosk/words/ja.h"
#include "kiosk/words/ko.h"
#include "kiosk/words/nl.h"
#include "kiosk/words/pl.h"
#include "kiosk/words/pt.h"
#include "kiosk/words/ru.h"
#include "kiosk/words/th.h"
#include "kiosk/words/tr.h"
#include "kiosk/words/uk.h"
#include "kiosk/words/zh_hans.h"
#include "kiosk/words/zh_hant.h"
#include "surveys/model/label_words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace milepost::kiosk {

namespace {

/// In the order of Word.
using Texts = std::array<std::string_view, kWordCount>;

/// Does not compile where a language lacks a word or has it twice; the compiler then names both.
template <const auto& kTexts, Word kWord>
consteval std::string_view text_of() {
    static_assert(std::ranges::count(kTexts, kWord, &words::Text::word) == 1, "every word once in every language");
    return std::ranges::find(kTexts, kWord, &words::Text::word)->text;
}

template <const auto& kTexts>
consteval Texts every_word() {
    return []<std::size_t... kWords>(std::index_sequence<kWords...>) {
        return Texts{text_of<kTexts, static_cast<Word>(kWords)>()...};
    }(std::make_index_sequence<kWordCount>{});
}

struct Spoken {
    std::string_view language;
    Texts texts;
};

/// English first: it speaks where we have no words.
constexpr std::array kSpoken{
    Spoken{"en", every_word<words::kEnglish>()},
    Spoken{"de", every_word<words::kGerman>()},
    Spoken{"fr", every_word<words::kFrench>()},
    Spoken{"es", every_word<words::kSpanish>()},
    Spoken{"it", every_word<words::kItalian>()},
    Spoken{"pt", every_word<words::kPortuguese>()},
    Spoken{"nl", every_word<words::kDutch>()},
    Spoken{"pl", every_word<words::kPolish>()},
    Spoken{"ru", every_word<words::kRussian>()},
    Spoken{"uk", every_word<words::kUkrainian>()},
    Spoken{"tr", every_word<words::kTurkish>()},
    Spoken{"ar", every_word<words::kArabic>()},
    Spoken{"he", every_word<words::kHebrew>()},
    Spoken{"hi", every_word<words::kHindi>()},
    Spoken{"th", every_word<words::kThai>()},
    Spoken{"ja", every_word<words::kJapanese>()},
    Spoken{"ko", every_word<words::kKorean>()},
    Spoken{"zh-Hans", every_word<words::kSimplifiedChinese>()},
    Spoken{"zh-Hant", every_word<words::kTraditionalChinese>()},
};

constexpr auto kLanguages = [] {
    std::array<std::string_view, kSpoken.size()> languages;
    std::ranges::transform(kSpoken, languages.begin(), &Spoken::language);
    return languages;
}();

void replace(std::string& text, std::string_view mark, const std::string& with) {
    const auto at = text.find(mark);
    if (at != std::string::npos) {
        text.replace(at, mark.size(), with);
    }
}

}  // namespace

std::string_view say(Word word, std::string_view language) {
    const auto found = std::ranges::find(kSpoken, surveys::kept_as(language), &Spoken::language);
    const Spoken& spoken = found == kSpoken.end() ? kSpoken.front() : *found;
    return spoken.texts[static_cast<std::size_t>(word)];
}

std::string in_digits(int number, std::string_view language) {
    std::string plain = std::to_string(number);
    // Of our languages only Arabic is shown with digits of its own; Hindi and Thai screens use 0-9 (CLDR).
    if (surveys::kept_as(language) != "ar") {
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

std::string say_opening(const protocol::OpeningTime& opening, std::string_view language) {
    const auto monday = static_cast<int>(Word::OpensMonday);
    const Word day = opening.days_ahead == 0   ? Word::OpensToday
                     : opening.days_ahead == 1 ? Word::OpensTomorrow
                                               : static_cast<Word>(monday + opening.weekday - 1);
    const int minutes = opening.minute_of_day % 60;
    const std::string tens = minutes < 10 ? in_digits(0, language) : "";
    std::string text{say(Word::OpensAt, language)};
    replace(text, "{day}", std::string{say(day, language)});
    replace(text, "{time}",
            in_digits(opening.minute_of_day / 60, language) + ":" + tens + in_digits(minutes, language));
    return text;
}

std::span<const std::string_view> spoken_languages() {
    return kLanguages;
}

}  // namespace milepost::kiosk
