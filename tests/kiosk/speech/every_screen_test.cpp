/// Every screen has a name for everything that is touched, and is used to its end by keys alone.

#include "tests/kiosk/speech/person.h"

#include <catch2/catch.hpp>

#include <set>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::speech;
using namespace std::chrono_literals;
using Code = Person::Code;

namespace {

void check_names(Person& person) {
    const auto targets = person.targets();
    INFO(to_string(screen_of(person.state)) << " " << person.question() << " " << person.state.visit.language);
    for (const Target& target : targets) {
        INFO(target.name);
        CHECK_FALSE(target.spoken.empty());
        CHECK(target.spoken.find("⌫") == std::string::npos);
        CHECK(target.spoken.find("⇧") == std::string::npos);
    }
}

/// Everything but the field and what lies behind everything, by tabs from wherever the ring is.
void check_reachable(Person& person) {
    std::set<std::string> wanted;
    for (const Target& target : person.targets()) {
        if (target.enabled && !target.is_surface && target.name != "field") wanted.insert(target.name);
    }
    std::set<std::string> reached;
    for (std::size_t i = 0; i <= wanted.size(); ++i) {
        person.strike(Code::Tab);
        reached.insert(person.focus());
    }
    INFO(to_string(screen_of(person.state)) << " " << person.question());
    CHECK(reached == wanted);
}

void act_on(Person& person, const std::string& target) {
    INFO(target << " on " << to_string(screen_of(person.state)) << " " << person.question());
    REQUIRE(person.go_to(target));
    person.strike(Code::Enter);
}

/// The panels that a header's pills open, and back.
void check_panels(Person& person) {
    for (const auto& [pill, screen] : std::vector<std::pair<std::string, Screen>>{
             {"language", Screen::Language}, {"accessibility", Screen::Accessibility}, {"privacy", Screen::Privacy}}) {
        act_on(person, pill);
        REQUIRE(screen_of(person.state) == screen);
        check_names(person);
        check_reachable(person);
        person.strike(Code::Escape);
        REQUIRE(screen_of(person.state) == Screen::Question);
    }
}

void answer_by_keys(Person& person) {
    switch (view_question(person.state).manner) {
        case Manner::Faces:
        case Manner::Boxes:
        case Manner::Stars:
        case Manner::OneOf:
            person.strike(Code::Enter);  // the ring is on the first answer
            break;
        case Manner::SomeOf:
            person.strike(Code::Enter);
            CHECK(person.state.visit.chosen.size() == 1);
            act_on(person, "next");
            break;
        case Manner::Digits:
            person.strike(Code::Digit, 1);
            person.strike(Code::Digit, 2);
            CHECK(person.state.visit.entered == "12");
            person.strike(Code::Enter);
            break;
        case Manner::Reading:
            act_on(person, "next");
            break;
        case Manner::Writing:
            if (person.state.visit.entry->step == Entry::Step::Way) {
                act_on(person, "way:phone");
                check_names(person);
                check_reachable(person);
                for (const int digit : {0, 4, 0, 1, 2, 3, 4, 5}) person.strike(Code::Digit, digit);
                CHECK(person.state.visit.entry->field.text() == "04012345");
                act_on(person, "next");
                check_names(person);
                check_reachable(person);
                act_on(person, "skip");
            } else {
                REQUIRE(person.focus().starts_with("key:"));
                person.strike(Code::Enter);
                CHECK(person.state.visit.entry->field.chars() == 1);
                act_on(person, "next");
            }
            break;
    }
}

}  // namespace

TEST_CASE("every screen: all that is touched has a name and keys alone lead from the first screen to the log") {
    const std::string language = GENERATE("en", "de", "ar");
    Person person{surveys::test::every_kind(), language};
    person.strike(Code::Down);
    check_names(person);
    check_panels(person);
    std::set<std::string> seen;
    while (screen_of(person.state) == Screen::Question) {
        INFO(person.question() << " " << language);
        REQUIRE(seen.insert(person.question()).second);
        check_names(person);
        check_reachable(person);
        const auto targets = person.targets();
        if (const Target* first = first_focus(targets, keeps_keys_quiet(person.state))) {
            REQUIRE(person.go_to(first->name));
        }
        answer_by_keys(person);
    }
    CHECK(seen.size() == surveys::test::every_kind().questions.size());
    REQUIRE(screen_of(person.state) == Screen::Thanks);
    check_names(person);
    CHECK(person.focus().empty());
    person.strike(Code::Enter);
    REQUIRE(person.logged.size() == 1);
    CHECK(person.logged.front().ended == surveys::Ended::Complete);
    CHECK(person.logged.front().answers.size() == seen.size() - 1);  // the last was only read
}

TEST_CASE("every screen: an address keyboard has a name for every key and every key gets the ring") {
    surveys::Survey survey = surveys::test::every_kind();
    std::erase_if(survey.questions, [](const surveys::Question& question) {
        return question.id != "satisfied" && question.id != "reply";
    });
    const std::string language = GENERATE("en", "de", "ar");
    Person person{survey, language};
    person.strike(Code::Down);
    person.strike(Code::Digit, 4);
    act_on(person, "way:email");
    check_names(person);
    check_reachable(person);
    act_on(person, "key:symbols");
    check_names(person);
    check_reachable(person);
    person.strike(Code::Escape);
    CHECK(person.state.visit.entry->step == Entry::Step::Way);
}

TEST_CASE("every screen: what a held key offers is reached and typed") {
    surveys::Survey survey = surveys::test::every_kind();
    std::erase_if(survey.questions, [](const surveys::Question& question) {
        return question.id != "satisfied" && question.id != "comment";
    });
    Person person{survey};
    person.strike(Code::Down);
    person.strike(Code::Digit, 4);
    REQUIRE(person.go_to("key:e"));
    person.stroke(Code::Enter, Person::Phase::Down, 0);
    person.now += 500ms;
    const auto held = person.keypad.take_hold(person.now);
    REQUIRE(held);
    person.take(*held);
    person.stroke(Code::Enter, Person::Phase::Up, 0);
    person.settle();
    check_names(person);
    act_on(person, "held:0");
    CHECK(person.state.visit.entry->field.text() == "é");
}

TEST_CASE("every screen: still there and out of service are used by keys") {
    Person person;
    person.strike(Code::Down);
    person.strike(Code::Digit, 4);
    person.wait(91s);
    REQUIRE(screen_of(person.state) == Screen::StillThere);
    check_names(person);
    check_reachable(person);
    act_on(person, "continue");
    CHECK(screen_of(person.state) == Screen::Question);

    person.send(Kept{9999, false});
    person.wait(100ms);
    REQUIRE(screen_of(person.state) == Screen::OutOfService);
    CHECK(person.targets().empty());
    person.strike(Code::Enter);
    CHECK(person.heard("Out of service"));
}

TEST_CASE("every screen: staff come in by a held key and use their pages by keys") {
    Person person;
    person.state.staff.has_pin = true;
    person.strike(Code::Point);
    person.send(staff::Event{staff::CornerDown{}});
    person.wait(3100ms);
    REQUIRE(screen_of(person.state) == Screen::Staff);
    CHECK_FALSE(speaks(person.state));
    person.strike(Code::Right);  // wakes
    check_names(person);
    for (int i = 1; i <= 6; ++i) person.strike(Code::Digit, i % 10);
    CHECK(person.state.staff.typed == "123456");
    CHECK(person.focus() == "enter");
    CHECK(person.said().empty());
    person.strike(Code::Backspace);
    CHECK(person.state.staff.typed == "12345");

    using staff::Page;
    for (const Page page : {Page::Menu, Page::Results, Page::Device, Page::Export, Page::Language, Page::Calibration,
                            Page::TouchTest, Page::NoPin}) {
        person.state.staff.page = page;
        ++person.state.staff.showing;
        person.settle();
        INFO(staff::to_string(page));
        check_names(person);
        check_reachable(person);
        CHECK(person.said().empty());
    }
    person.state.staff.page = Page::Menu;
    ++person.state.staff.showing;
    person.settle();
    person.strike(Code::Escape);
    CHECK(screen_of(person.state) == Screen::Question);
    CHECK_FALSE(person.state.visit.guide.on());
}
