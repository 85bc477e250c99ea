#pragma once

#include "surveys/reading/survey_reader.h"

#include <catch2/catch.hpp>

namespace milepost::surveys::test {

/// A survey with one question of every kind, in the order of kKinds but for an emotion of each sort; none
/// depends on another.
inline constexpr const char* kEveryKind = R"toml(
id = "every-kind"
title = "Every kind"
languages = ["en", "de", "ar"]
long = true
thanks = { en = "Thank you!", de = "Danke!", ar = "شكرًا!" }

[[question]]
id = "satisfied"
kind = "csat"
text = { en = "How satisfied were you with your visit today?", de = "Wie zufrieden waren Sie heute mit Ihrem Besuch?", ar = "ما مدى رضاك عن زيارتك اليوم؟" }

[[question]]
id = "likely"
kind = "nps"
text = { en = "How likely are you to recommend us?", de = "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", ar = "ما مدى احتمال أن توصي بنا؟" }

[[question]]
id = "easy"
kind = "ces"
text = { en = "How easy or difficult was it to get help?", de = "Wie leicht oder schwer war es, Hilfe zu bekommen?", ar = "ما مدى سهولة أو صعوبة الحصول على المساعدة؟" }

[[question]]
id = "mood"
kind = "emotion"
text = { en = "How do you feel?", de = "Wie fühlen Sie sich?", ar = "كيف تشعر؟" }

[[question]]
id = "feeling"
kind = "emotion"
text = { en = "Which word fits best?", de = "Welches Wort passt am besten?", ar = "أي كلمة هي الأنسب؟" }
options = [
    { id = "delighted", valence = 2, text = { en = "Delighted", de = "Begeistert", ar = "سعيد جدًا" } },
    { id = "calm", valence = 1, text = { en = "Calm", de = "Ruhig", ar = "هادئ" } },
    { id = "neutral", valence = 0, text = { en = "Neutral", de = "Neutral", ar = "محايد" } },
    { id = "anxious", valence = -1, text = { en = "Anxious", de = "Besorgt", ar = "قلق" } },
    { id = "frustrated", valence = -2, text = { en = "Frustrated", de = "Frustriert", ar = "محبط" } },
]

[[question]]
id = "washroom"
kind = "smiley4"
text = { en = "How clean was the washroom?", de = "Wie sauber war der Waschraum?", ar = "ما مدى نظافة دورة المياه؟" }

[[question]]
id = "meal"
kind = "smiley5"
text = { en = "How was your meal?", de = "Wie war Ihr Essen?", ar = "كيف كانت وجبتك؟" }

[[question]]
id = "room"
kind = "stars"
text = { en = "How many stars for your room?", de = "Wie viele Sterne für Ihr Zimmer?", ar = "كم نجمة لغرفتك؟" }

[[question]]
id = "why"
kind = "choice"
text = { en = "What was the main reason for your rating?", de = "Was war der Hauptgrund für Ihre Bewertung?", ar = "ما السبب الرئيسي لتقييمك؟" }
options = [
    { id = "queue", friction = "delay", text = { en = "Waiting time", de = "Wartezeit", ar = "وقت الانتظار" } },
    { id = "staff", text = { en = "Staff", de = "Personal", ar = "الموظفون" } },
    { id = "other", fixed = true, text = { en = "Something else", de = "Etwas anderes", ar = "سبب آخر" } },
]
shuffle = true

[[question]]
id = "used"
kind = "multi"
max_picks = 2
text = { en = "What did you use today?", de = "Was haben Sie heute genutzt?", ar = "ماذا استخدمت اليوم؟" }
options = [
    { id = "pool", text = { en = "Pool", de = "Schwimmbad", ar = "المسبح" } },
    { id = "gym", text = { en = "Gym", de = "Fitnessraum", ar = "صالة الرياضة" } },
    { id = "bar", text = { en = "Bar", de = "Bar", ar = "البار" } },
    { id = "nothing", none = true, text = { en = "None of these", de = "Nichts davon", ar = "لا شيء مما سبق" } },
]

[[question]]
id = "nights"
kind = "number"
min = 1
max = 60
unit = { en = "nights", de = "Nächte", ar = "ليالٍ" }
text = { en = "How long did you stay?", de = "Wie lange waren Sie hier?", ar = "كم بقيت هنا؟" }

[[question]]
id = "comment"
kind = "text"
optional = true
text = { en = "Is there anything else you would like to tell us?", de = "Möchten Sie uns noch etwas mitteilen?", ar = "هل تود إخبارنا بأي شيء آخر؟" }

[[question]]
id = "reply"
kind = "contact"
optional = true
text = { en = "Would you like a reply?", de = "Möchten Sie eine Antwort?", ar = "هل ترغب في رد؟" }
consent = { version = 3, text = { en = "We use your address to reply and delete it after 90 days.", de = "Wir nutzen Ihre Adresse für die Antwort und löschen sie nach 90 Tagen.", ar = "نستخدم عنوانك للرد ونحذفه بعد 90 يومًا." } }

[[question]]
id = "goodbye"
kind = "info"
text = { en = "You stayed {nights.value} nights. Safe travels!", de = "Sie waren {nights.value} Nächte hier. Gute Reise!", ar = "بقيت {nights.value} ليالٍ. رحلة سعيدة!" }
)toml";

inline const Survey& every_kind() {
    static const Survey survey = [] {
        const auto read = read_survey(kEveryKind);
        if (!read) FAIL(describe("every-kind", read.error()));
        return *read;
    }();
    return survey;
}

}  // namespace milepost::surveys::test
