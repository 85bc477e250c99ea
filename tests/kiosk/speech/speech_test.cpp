#include "kiosk/speech/speech.h"

#include "surveys/model/label_words.h"
#include "tests/kiosk/speech/person.h"

#include <catch2/catch.hpp>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::speech;
using namespace std::chrono_literals;
using Code = Person::Code;

TEST_CASE("speech: the first key brings the ring and reads the question and answers nothing") {
    Person person;
    person.strike(GENERATE(Code::Enter, Code::Right, Code::Star));
    CHECK(person.state.visit.guide.keypad);
    CHECK(person.focus() == "answer:1");
    CHECK(person.heard("How satisfied were you"));
    CHECK(person.heard("Very dissatisfied"));
    CHECK(person.heard("arrow keys"));
    CHECK_FALSE(person.state.visit.begun);
    CHECK(person.all<SwitchSound>().size() == 1);
}

TEST_CASE("speech: a digit as the first key answers nothing") {
    Person person;
    person.strike(Code::Digit, 1);
    CHECK_FALSE(person.state.visit.begun);
    person.strike(Code::Digit, 4);
    CHECK(person.state.visit.begun);
    CHECK(person.question() == "likely");
}

TEST_CASE("speech: a move of the ring says what it is on and nothing else") {
    Person person;
    person.strike(Code::Right);
    person.strike(Code::Right);
    CHECK(person.said() == "2, Dissatisfied\n");
}

TEST_CASE("speech: a held arrow leaves no queue of names") {
    Person person;
    person.strike(Code::Right);
    person.effects.clear();
    person.stroke(Code::Right, Person::Phase::Down, 0);
    for (int i = 0; i < 5; ++i) person.stroke(Code::Right, Person::Phase::Again, 0);
    REQUIRE(person.all<Say>().size() == 6);
    for (std::size_t i = 0; i < person.effects.size(); ++i) {
        if (std::holds_alternative<Say>(person.effects[i])) {
            REQUIRE(i > 0);
            CHECK(std::holds_alternative<Hush>(person.effects[i - 1]));
        }
    }
}

TEST_CASE("speech: whatever people do silences what is being said first") {
    Person person;
    person.strike(Code::Right);
    const bool by_key = GENERATE(true, false);
    person.effects.clear();
    if (by_key) {
        person.send(speech::Event{KeyStruck{"id"}});
    } else {
        person.send(TouchedDown{"id"});
    }
    REQUIRE_FALSE(person.effects.empty());
    CHECK(std::holds_alternative<Hush>(person.effects.front()));
}

TEST_CASE("speech: what was chosen or typed is never said") {
    Person person;
    person.strike(Code::Right);
    person.strike(Code::Digit, 4);
    CHECK(person.question() == "likely");
    CHECK_FALSE(person.heard("Satisfied"));
    while (person.question() != "nights") {
        person.state.visit.session.can_skip() ? person.send(Skipped{}) : person.send(Answered{1});
        if (person.state.visit.seen().question().kind == surveys::Kind::Multi) {
            person.send(Toggled{"pool"});
            person.send(WentNext{});
        } else if (!person.state.visit.seen().options().empty()) {
            person.send(Picked{person.state.visit.seen().options().front()->id});
        }
        person.wait(1s);
    }
    person.strike(Code::Digit, 7);
    CHECK(person.state.visit.entered == "7");
    CHECK(person.said().empty());
    REQUIRE(person.all<Play>().size() == 1);
    CHECK(person.all<Play>().front().tone == platform::Tone::On);
    CHECK(person.focus() == "next");
    person.strike(Code::Backspace);
    REQUIRE(person.all<Play>().size() == 1);
    CHECK(person.all<Play>().front().tone == platform::Tone::Off);
}

TEST_CASE("speech: nothing of a contact's keys is said") {
    surveys::Survey survey = surveys::test::every_kind();
    std::erase_if(survey.questions, [](const surveys::Question& question) {
        return question.id != "satisfied" && question.id != "reply";
    });
    Person person{survey};
    person.strike(Code::Right);
    person.strike(Code::Digit, 4);
    REQUIRE(person.go_to("way:email"));
    CHECK(person.heard("E-mail"));
    person.strike(Code::Enter);
    REQUIRE(keeps_keys_quiet(person.state));
    CHECK(person.heard("not read out"));
    CHECK_FALSE(person.focus().starts_with("key:"));
    REQUIRE(person.go_to("key:a"));
    CHECK(person.said().empty());
    person.strike(Code::Enter);
    CHECK(person.state.visit.entry->field.text() == "a");
    CHECK(person.said().empty());
    REQUIRE(person.go_to("next"));
    CHECK(person.said() == "Next\n");
    // Why it cannot be taken is said, and does not quote it.
    person.strike(Code::Enter);
    CHECK(person.heard("has an @"));
}

TEST_CASE("speech: a finger hears first and acts second") {
    Person person;
    person.send(TouchedDown{"id"});
    person.now += 2s;
    person.send(speech::Event{Rested{}});
    person.send(TouchedUp{});
    person.settle();
    REQUIRE(speaks(person.state));
    CHECK(person.heard("How satisfied were you"));
    CHECK(person.heard("Touch the screen"));

    person.tap("answer:2");
    CHECK(person.said() == "2, Dissatisfied\n");
    CHECK_FALSE(person.state.visit.begun);
    person.tap("answer:4");
    CHECK_FALSE(person.state.visit.begun);
    person.tap("answer:4");
    CHECK(person.state.visit.begun);
    CHECK(person.question() == "likely");
    // What the last screen's touch said arms nothing here.
    person.tap("answer:4");
    CHECK(person.question() == "likely");
}

TEST_CASE("speech: a touch takes the ring away and keeps the speech") {
    Person person;
    person.strike(Code::Right);
    person.tap("answer:3");
    CHECK_FALSE(person.state.visit.guide.keypad);
    CHECK(person.focus().empty());
    CHECK(speaks(person.state));
}

TEST_CASE("speech: a headset that is plugged in starts it and one that is pulled out does not") {
    const bool came = GENERATE(true, false);
    Person person;
    person.send(speech::Event{SoundChanged{came}});
    CHECK(speaks(person.state) == came);
    CHECK(person.all<LookForDevice>().size() == 1);
}

TEST_CASE("speech: the volume goes in ten steps and is the usual one for the next person") {
    Person person;
    person.strike(Code::Right);
    for (int i = 0; i < 20; ++i) person.send(speech::Event{VolumeTurned{1}});
    CHECK(person.state.visit.guide.volume == kMostVolume);
    CHECK(person.heard("Volume 10"));
    CHECK(person.all<Say>().back().volume == kMostVolume);
    for (int i = 0; i < 20; ++i) person.send(speech::Event{VolumeTurned{-1}});
    CHECK(person.state.visit.guide.volume == 1);
    person.send(StartedOver{});
    CHECK(person.state.visit.guide.volume == kUsualVolume);
    CHECK_FALSE(person.state.visit.guide.on());
    CHECK_FALSE(person.all<SwitchSound>().back().on);
}

TEST_CASE("speech: it is repeated on request and switched off and on") {
    Person person;
    person.strike(Code::Right);
    person.effects.clear();
    person.send(speech::Event{Repeated{}});
    CHECK(person.heard("How satisfied were you"));
    person.effects.clear();
    person.send(speech::Event{SpeechSwitched{}});
    CHECK_FALSE(speaks(person.state));
    CHECK(person.all<Hush>().size() == 1);
    person.send(speech::Event{Repeated{}});
    CHECK(person.said().empty());
    person.send(speech::Event{SpeechSwitched{}});
    CHECK(person.heard("How satisfied were you"));
}

TEST_CASE("speech: still there is asked after 90 s with a chime before the words") {
    Person person;
    person.strike(Code::Right);
    person.strike(Code::Digit, 4);
    person.effects.clear();
    person.wait(88s);
    CHECK(screen_of(person.state) == Screen::Question);
    CHECK(person.effects.empty());
    person.wait(2s);
    REQUIRE(screen_of(person.state) == Screen::StillThere);
    REQUIRE(person.effects.size() == 3);
    CHECK(std::holds_alternative<Hush>(person.effects[0]));
    REQUIRE(std::holds_alternative<Play>(person.effects[1]));
    CHECK(std::get<Play>(person.effects[1]).tone == platform::Tone::Chime);
    CHECK(person.heard("still there"));
    CHECK(person.focus() == "continue");
    // The key that wakes them goes on with what they were at.
    person.strike(Code::Enter);
    CHECK(screen_of(person.state) == Screen::Question);
    person.wait(90s);
    person.wait(25s);
    CHECK_FALSE(person.state.visit.guide.on());
    REQUIRE(person.logged.size() == 1);
    CHECK(person.logged.front().mode == std::vector<std::string>{"keypad", "speech"});
}

TEST_CASE("speech: nothing is left of a person who has gone") {
    Person person;
    person.strike(Code::Right);
    person.strike(Code::Digit, 4);
    person.send(StartedOver{});
    person.effects.clear();
    person.settle();
    person.send(TouchedDown{"id"});
    person.send(TouchedUp{});
    person.send(Answered{5});
    person.wait(1s);
    CHECK(person.effects.empty());
    CHECK(person.state.visit.response(surveys::Ended::Left, person.now).mode.empty());
}

TEST_CASE("speech: without a voice there are keys and no speech") {
    const auto [ready, language] = GENERATE(table<bool, std::string>({{false, "en"}, {true, "ja"}, {true, "xx"}}));
    surveys::Survey survey = surveys::test::every_kind();
    survey.languages = {language};
    Person person{survey, language};
    person.state.speech.ready = ready;
    person.strike(Code::Right);
    CHECK(person.focus() == "answer:1");
    CHECK_FALSE(person.state.visit.guide.listening);
    CHECK(person.said().empty());
    person.strike(Code::Digit, 4);
    CHECK(person.question() == "likely");
    CHECK(person.state.visit.response(surveys::Ended::Left, person.now).mode == std::vector<std::string>{"keypad"});
}

TEST_CASE("speech: on the attract screen a language with a voice is found") {
    surveys::Survey survey = surveys::test::every_kind();
    survey.languages = {"ja", "de"};
    Person person{survey, "ja"};
    person.strike(Code::Right);
    CHECK(person.state.visit.language == "de");
    CHECK(person.heard("Wie zufrieden"));
    CHECK(person.all<Say>().front().voice == "de");
}

TEST_CASE("speech: while the helper is gone touch works as ever and speech comes back with it") {
    Person person;
    person.send(speech::Event{SoundChanged{true}});
    person.settle();
    person.send(speech::Event{OfferChanged{{.ready = false, .voices = {}}}});
    CHECK_FALSE(speaks(person.state));
    person.tap("answer:2");
    CHECK(person.state.visit.begun);
    person.send(speech::Event{OfferChanged{{.ready = true, .voices = {"en-gb"}}}});
    CHECK(speaks(person.state));
}

TEST_CASE("speech: a finger that rests starts nothing where nothing can be said") {
    Person person;
    person.state.speech.ready = false;
    person.send(speech::Event{Rested{}});
    CHECK_FALSE(person.state.visit.guide.on());
}

TEST_CASE("speech: the languages it is not offered in are those without a usable voice") {
    for (const auto& words : surveys::label_words()) {
        INFO(words.language);
        const bool unusable = words.language.starts_with("zh") || words.language == "ja" || words.language == "th" ||
                              words.language == "he";
        CHECK(voice_for(words.language).has_value() != unusable);
    }
    CHECK(voice_for("de-AT") == voice_for("de"));
    CHECK_FALSE(voice_for("tlh"));
}

TEST_CASE("touch: a finger that rests two seconds is told once and its tap is given up") {
    const Layout layout{1280, 800, 257};
    Touch touch{layout};
    const std::vector<Target> targets{{.name = "answer:4", .box = {0, 0, 300, 300}}};
    const Now down{1000s};
    using P = platform::Pointer;
    touch.handle({.phase = P::Phase::Down, .contact = 1, .x = 100, .y = 100, .at = down}, targets);
    CHECK(touch.next_rest() == down + 2s);
    CHECK_FALSE(touch.take_rest(down + 1999ms, std::nullopt));
    CHECK(touch.take_rest(down + 2s, std::nullopt));
    CHECK_FALSE(touch.take_rest(down + 3s, std::nullopt));
    CHECK_FALSE(touch.handle({.phase = P::Phase::Up, .contact = 1, .x = 100, .y = 100, .at = down + 3s}, targets));
}

TEST_CASE("touch: a finger that moves or holds a key or the corner does not rest") {
    const Layout layout{1280, 800, 257};
    Touch touch{layout};
    const std::vector<Target> targets{{.name = "key:e", .box = {0, 0, 300, 300}, .hold = Target::Hold::Once}};
    const Now down{1000s};
    using P = platform::Pointer;
    const bool on_key = GENERATE(true, false);
    const float x = on_key ? 100 : 600;
    touch.handle({.phase = P::Phase::Down, .contact = 1, .x = x, .y = 100, .at = down}, targets);
    if (!on_key) {
        touch.handle({.phase = P::Phase::Move, .contact = 1, .x = x + layout.mm(12), .y = 100, .at = down}, targets);
    }
    touch.handle({.phase = P::Phase::Down, .contact = 2, .x = 900, .y = 700, .at = down}, targets);
    CHECK_FALSE(touch.take_rest(down + 5s, 2));
}
