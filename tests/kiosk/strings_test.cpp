#include "kiosk/strings.h"

#include "kiosk/ruler.h"
#include "kiosk/screens/screens.h"
#include "surveys/model/label_words.h"
#include "surveys/model/local_text.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

using namespace milepost;
using namespace milepost::kiosk;

namespace {

struct Panel {
    int width;
    int height;
    double diagonal_mm;
};

/// Screens that show only the kiosk's own words, in its own fonts.
class Glass {
public:
    Glass(const Panel& panel, bool large) : layout_(panel.width, panel.height, panel.diagonal_mm), large_(large) {}

    /// What is drawn from now on is in this language.
    void speak(const std::string& language) { language_ = language; }

    template <class Draw>
    void check(const Draw& draw) {
        ruler_.clear();
        const Touch touch{layout_};
        Ui ui{ruler_,
              touch,
              layout_,
              {.large = large_, .language = language_, .right_to_left = surveys::is_right_to_left(language_)},
              {}};
        draw(ui);
        for (const Ruler::Drawn& drawn : ruler_.drawn()) check(ui, drawn);
    }

private:
    void check(const Ui& ui, const Ruler::Drawn& drawn) {
        INFO(drawn.text << " at " << drawn.style.size << " px, " << drawn.size.width << " of " << drawn.style.width);
        CHECK_FALSE(drawn.size.cut);
        const Box box{drawn.x, drawn.y, drawn.size.width, drawn.size.height};
        CHECK(box.x >= 0);
        CHECK(box.y >= 0);
        CHECK(box.right() <= layout_.width());
        CHECK(box.bottom() <= layout_.height());
        for (const Target& target : ui.targets()) {
            const bool inside = box.x >= target.box.x - 1 && box.right() <= target.box.right() + 1;
            INFO(target.name << " from " << target.box.x << " to " << target.box.right());
            CHECK((target.is_surface || inside || !target.box.overlaps(box)));
        }
    }

    Ruler ruler_{platform::Typesetter::make().value()};
    Layout layout_;
    bool large_;
    std::string language_ = "en";
};

HeaderView header_in(const std::string& language) {
    return {.title = "1", .title_language = language, .language_name = std::string{surveys::endonym(language)}};
}

/// With as little as possible that is not the kiosk's own.
QuestionView question(Manner manner, const std::string& language) {
    QuestionView view{.header = header_in(language), .manner = manner, .text = "1", .of = 3};
    for (int i = 1; i <= 5; ++i)
        view.choices.push_back({.name = std::to_string(i), .label = "1", .value = i, .mood = i});
    return view;
}

/// As from the second question on.
QuestionView later(QuestionView view) {
    view.header.can_start_over = view.can_go_back = view.can_skip = view.can_go_on = true;
    view.place = 2;
    view.first = false;
    return view;
}

/// The pages of what is answered in writing, with every note that can stand there.
void check_writing(Glass& glass, const std::string& language) {
    const auto page = [&](const Entry& entry, const std::string& note, bool is_fault) {
        QuestionView view = later(question(Manner::Writing, language));
        view.choices.clear();
        view.writing = {.entry = &entry, .consent = "1", .note = note, .note_is_fault = is_fault};
        glass.check([&](Ui& ui) { draw_question(ui, view); });
    };
    page(Entry{{.kind = surveys::Kind::Text}, language, {language, "en"}}, "", false);
    using surveys::ContactWay;
    Entry contact{
        {.kind = surveys::Kind::Contact, .ways = {ContactWay::Email, ContactWay::Phone}}, language, {language}};
    page(contact, "", false);
    contact.step = Entry::Step::Typing;
    for (const Word word :
         {Word::ContactKept, Word::EmailNeedsAt, Word::EmailNeedsDomain, Word::EmailNeedsName, Word::EmailOddSign}) {
        page(contact, std::string{say(word, language)}, word != Word::ContactKept);
    }
    contact.way = ContactWay::Phone;
    for (const Word word : {Word::PhoneOddSign, Word::PhoneTooLong, Word::PhoneTooShort}) {
        page(contact, std::string{say(word, language)}, true);
    }
    contact.step = Entry::Step::Consent;
    page(contact, "", false);
}

void check_screens(Glass& glass, const std::string& language) {
    const HeaderView header = header_in(language);
    glass.check([&](Ui& ui) { draw_question(ui, question(Manner::Faces, language)); });
    for (const Manner manner : {Manner::Faces, Manner::SomeOf, Manner::Reading}) {
        glass.check([&](Ui& ui) { draw_question(ui, later(question(manner, language))); });
    }
    check_writing(glass, language);
    glass.check([&](Ui& ui) { draw_accessibility(ui, {}, header); });
    glass.check([&](Ui& ui) { draw_privacy(ui, header); });
    glass.check([&](Ui& ui) { draw_saving(ui, header); });
    glass.check([&](Ui& ui) { draw_thanks(ui, {.text = std::string{say(Word::ThankYou, language)}}, header); });
    glass.check([&](Ui& ui) {
        draw_thanks(ui, {.text = std::string{say(Word::ThankYou, language)}, .receipt = "7K3P-9QXM"}, header);
    });
    glass.check([&](Ui& ui) { draw_out_of_service(ui, header); });
    for (int ahead = 0; ahead < 8; ++ahead) {
        const protocol::OpeningTime opening{ahead, ahead % 7 + 1, 19 * 60 + 30};
        const ClosedView view{
            {{language, std::string{say(Word::ClosedNow, language)}, say_opening(opening, language)}}};
        glass.check([&](Ui& ui) { draw_closed(ui, view, header); });
    }
}

}  // namespace

TEST_CASE("strings: the kiosk speaks every language that scales have words in") {
    std::vector<std::string_view> labelled;
    for (const surveys::LabelWords& words : surveys::label_words()) labelled.push_back(words.language);
    CHECK(std::ranges::is_permutation(spoken_languages(), labelled));
    CHECK(spoken_languages().front() == "en");
}

TEST_CASE("strings: every word is said in every language and differs from the English one") {
    for (const std::string_view language : spoken_languages()) {
        for (int i = 0; i < kWordCount; ++i) {
            const auto word = static_cast<Word>(i);
            INFO(language << ": " << say(word, "en"));
            CHECK_FALSE(say(word, language).empty());
            if (language != "en") {
                CHECK(say(word, language) != say(word, "en"));
            }
        }
    }
}

TEST_CASE("strings: a region speaks its language and an unknown language English") {
    const auto [tag, close] = GENERATE(table<std::string, std::string>({
        {"de-AT", "Schließen"},
        {"pt-BR", "Fechar"},
        {"zh", "关闭"},
        {"zh-CN", "关闭"},
        {"zh-Hans-HK", "关闭"},
        {"zh-TW", "關閉"},
        {"zh-HK", "關閉"},
        {"zh-MO", "關閉"},
        {"zh-Hant-CN", "關閉"},
        {"xx", "Close"},
        {"", "Close"},
    }));
    INFO(tag);
    CHECK(say(Word::Close, tag) == close);
}

TEST_CASE("strings: progress is told in the language's digits") {
    CHECK(say_progress(2, 4, "en") == "Question 2 of 4");
    CHECK(say_progress(2, 4, "de") == "Frage 2 von 4");
    CHECK(say_progress(2, 10, "ar") == "السؤال ٢ من ١٠");
    CHECK(say_progress(2, 10, "ar-EG") == "السؤال ٢ من ١٠");
    CHECK(say_progress(2, 10, "hi") == "10 में से सवाल 2");
}

TEST_CASE("strings: progress tells both numbers in every language") {
    for (const std::string_view language : spoken_languages()) {
        const std::string progress = say_progress(3, 7, language);
        INFO(progress);
        CHECK(progress.find(in_digits(3, language)) != std::string::npos);
        CHECK(progress.find(in_digits(7, language)) != std::string::npos);
        CHECK(progress.find_first_of("{}") == std::string::npos);
    }
}

TEST_CASE("strings: when it opens is told with its day and its time in every language") {
    CHECK(say_opening({0, 6, 9 * 60}, "en") == "We open today at 9:00");
    CHECK(say_opening({1, 7, 9 * 60 + 5}, "en") == "We open tomorrow at 9:05");
    CHECK(say_opening({7, 1, 14 * 60 + 30}, "de") == "Wir öffnen am Montag um 14:30 Uhr");
    CHECK(say_opening({2, 3, 9 * 60}, "ar") == "نفتح يوم الأربعاء الساعة ٩:٠٠");
    CHECK(say_opening({3, 2, 9 * 60}, "ru") == "Откроемся во вторник в 9:00");
    for (const std::string_view language : spoken_languages()) {
        std::vector<std::string> days;
        for (int weekday = 1; weekday <= 7; ++weekday)
            days.push_back(say_opening({3, weekday, 17 * 60 + 45}, language));
        for (const std::string& said : days) {
            INFO(said);
            CHECK(std::ranges::count(days, said) == 1);
            CHECK(said.find(in_digits(17, language) + ":" + in_digits(45, language)) != std::string::npos);
            CHECK(said.find_first_of("{}") == std::string::npos);
        }
    }
}

TEST_CASE("strings: our fonts have the signs of every word") {
    Ruler ruler{platform::Typesetter::make().value()};
    for (const std::string_view language : spoken_languages()) {
        for (int i = 0; i < kWordCount; ++i) {
            const std::string text{say(static_cast<Word>(i), language)};
            INFO(text);
            CHECK(ruler.lacking(text, std::string{language}).empty());
        }
    }
}

TEST_CASE("strings: the words of every language have their room") {
    const auto panel =
        GENERATE(Panel{1280, 800, 257}, Panel{1024, 600, 257}, Panel{800, 480, 178}, Panel{800, 1280, 257});
    const bool large = GENERATE(false, true);
    Glass glass{panel, large};
    for (const std::string_view language : spoken_languages()) {
        INFO(panel.width << "x" << panel.height << " " << language << (large ? " large" : ""));
        glass.speak(std::string{language});
        check_screens(glass, std::string{language});
        glass.check([](Ui& ui) { draw_still_there(ui, {}); });
    }
}
