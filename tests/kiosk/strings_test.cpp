#include "kiosk/strings.h"

#include <catch2/catch.hpp>

using namespace milepost::kiosk;

TEST_CASE("strings: every word exists in every language and differs from the English one") {
    for (const std::string_view language : spoken_languages()) {
        for (int i = 0; i < kWordCount; ++i) {
            const auto word = static_cast<Word>(i);
            INFO(language << " word " << i);
            CHECK_FALSE(say(word, language).empty());
            if (language != "en") {
                CHECK(say(word, language) != say(word, "en"));
            }
        }
    }
}

TEST_CASE("strings: a regional language speaks its base language and an unknown one English") {
    CHECK(say(Word::Back, "de-AT") == "Zurück");
    CHECK(say(Word::Back, "xx") == "Back");
}

TEST_CASE("strings: progress is told in the language's digits") {
    CHECK(say_progress(2, 4, "en") == "Question 2 of 4");
    CHECK(say_progress(2, 4, "de") == "Frage 2 von 4");
    CHECK(say_progress(2, 10, "ar") == "السؤال ٢ من ١٠");
}
