#include "kiosk/app.h"

#include "surveys/reading/survey_reader.h"

#include <catch2/catch.hpp>

using namespace milepost;
using namespace milepost::kiosk;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view kSurvey = R"(
id = "exit"
revision = 1
title = "Exit"
languages = ["en", "ar"]

[[question]]
id = "mood"
kind = "csat"
text.en = "How was it?"
text.ar = "كيف كان؟"
labels = [ { en = "1", ar = "1" }, { en = "2", ar = "2" }, { en = "3", ar = "3" }, { en = "4", ar = "4" }, { en = "5", ar = "5" } ]

[[question]]
id = "why"
kind = "multi"
optional = true
text.en = "Why?"
text.ar = "لماذا؟"
options = [ { id = "a", text.en = "A", text.ar = "أ" }, { id = "b", text.en = "B", text.ar = "ب" } ]

[[question]]
id = "again"
kind = "nps"
text.en = "Again?"
text.ar = "مرة أخرى؟"
labels = [ { en = "no", ar = "لا" }, { en = "yes", ar = "نعم" } ]
)";

const surveys::Survey& survey() {
    static const surveys::Survey read = surveys::read_survey(kSurvey).value();
    return read;
}

/// An app whose time is moved by hand and whose disk answers when it is told to.
struct App {
    Now now{1000s};
    State state{survey(), {.touchpoint = "door", .language = "en"}, now};
    Effects effects{};
    int touches = 0;

    App() { look(); }
    explicit App(Timings timings) {
        state.setup.timings = timings;
        look();
    }
    void pass(std::chrono::milliseconds time) {
        now += time;
        send(Tick{});
    }
    void send(const Event& event) {
        for (Effect& effect : update(state, event, now)) {
            effects.push_back(std::move(effect));
        }
    }
    /// A frame of what is on the screen reaches the glass.
    void look() { send(Presented{}); }
    void touch(const Event& event) {
        send(TouchedDown{"id-" + std::to_string(++touches)});
        send(TouchedUp{});
        send(event);
    }
    void disk(bool ok) {
        Effects asked;
        asked.swap(effects);
        for (const Effect& effect : asked) {
            if (const auto* keep = std::get_if<KeepOpen>(&effect)) {
                send(Kept{keep->number, ok});
            } else if (const auto* append = std::get_if<Append>(&effect)) {
                send(Appended{append->response.id, ok});
            }
        }
    }
    /// Answers a scale and waits until the next question is seen.
    void answer(int value) {
        pass(1s);
        touch(Answered{value});
        disk(true);
        pass(220ms);
        look();
    }
    void answer_all() {
        answer(5);
        pass(1s);
        touch(Skipped{});
        disk(true);
        look();
        answer(9);
    }
    template <class T>
    std::vector<T> sent() const {
        std::vector<T> found;
        for (const Effect& effect : effects) {
            if (const auto* one = std::get_if<T>(&effect)) {
                found.push_back(*one);
            }
        }
        return found;
    }
    [[nodiscard]] Screen screen() const { return screen_of(state); }
    [[nodiscard]] const std::string& question() const { return state.visit.seen().question().id; }
};

}  // namespace

TEST_CASE("app: a double tap saves one rating") {
    App app;
    app.pass(1s);
    app.touch(Answered{5});
    CHECK(app.sent<KeepOpen>().size() == 1);
    app.pass(80ms);
    app.touch(Answered{5});
    CHECK(app.sent<KeepOpen>().size() == 1);
}

TEST_CASE("app: another face touched while the answer is still marked counts instead") {
    App app;
    app.pass(1s);
    app.touch(Answered{1});
    app.pass(100ms);
    app.touch(Answered{5});
    app.pass(220ms);
    CHECK(app.question() == "why");
    REQUIRE(app.sent<KeepOpen>().size() == 2);
    const surveys::Response kept = app.sent<KeepOpen>().back().response;
    CHECK(kept.answers.front().value == 5);
    CHECK(kept.id == "id-1");
}

TEST_CASE("app: the answer stays marked for 220 ms before the next question") {
    App app;
    app.pass(1s);
    app.touch(Answered{4});
    app.pass(219ms);
    CHECK(app.question() == "mood");
    CHECK(wakes_at(app.state) == app.now + 1ms);
    app.pass(1ms);
    CHECK(app.question() == "why");
}

TEST_CASE("app: thanks come only after the disk said yes") {
    App app;
    app.answer(5);
    app.touch(Skipped{});
    app.disk(true);
    app.look();
    app.pass(1s);
    app.touch(Answered{9});
    CHECK(app.sent<KeepOpen>().back().complete);
    app.pass(220ms);
    CHECK(app.screen() == Screen::Question);
    app.pass(80ms);
    CHECK(app.screen() == Screen::Saving);
    app.disk(true);
    CHECK(app.screen() == Screen::Thanks);
}

TEST_CASE("app: a disk that refuses leads out of service and never to thanks") {
    App app;
    app.answer(5);
    app.touch(Skipped{});
    app.touch(Answered{9});
    app.disk(false);
    app.pass(5s);
    CHECK(app.screen() == Screen::OutOfService);

    SECTION("what was answered is tried again and service goes on once it is in the log") {
        app.pass(5s);
        REQUIRE(app.sent<Append>().size() == 1);
        CHECK(app.sent<Append>().front().response.id == "id-1");
        app.disk(false);
        CHECK(app.screen() == Screen::OutOfService);
        app.pass(10s);
        app.disk(true);
        CHECK(app.screen() == Screen::Question);
        CHECK(app.question() == "mood");
    }
}

TEST_CASE("app: with nothing to write it asks the disk before anybody is invited again") {
    App app;
    app.send(Kept{99, false});
    REQUIRE(app.screen() == Screen::OutOfService);
    app.pass(10s);
    REQUIRE(app.sent<AskDisk>().size() == 1);
    app.send(DiskTold{false});
    CHECK(app.screen() == Screen::OutOfService);
    app.pass(10s);
    CHECK(app.sent<AskDisk>().size() == 2);
    app.send(DiskTold{true});
    CHECK(app.screen() == Screen::Question);
}

TEST_CASE("app: as long as the disk could not be read nobody comes to the staff's pages") {
    App app;
    app.state.unread = app.state.out_of_service = GENERATE(true, false);
    const bool unread = app.state.unread;
    app.send(staff::CornerDown{});
    app.pass(4s);
    CHECK((app.screen() == Screen::Staff) == !unread);
}

TEST_CASE("app: thanks end after 4 s and the response goes to the log") {
    App app;
    app.answer_all();
    REQUIRE(app.screen() == Screen::Thanks);
    app.pass(3'999ms);
    CHECK(app.screen() == Screen::Thanks);
    CHECK(app.sent<Append>().empty());
    app.pass(1ms);
    CHECK(app.question() == "mood");
    REQUIRE(app.sent<Append>().size() == 1);
    const surveys::Response response = app.sent<Append>().front().response;
    CHECK(response.ended == surveys::Ended::Complete);
    CHECK(response.touchpoint == "door");
    CHECK(response.answers.size() == 3);
}

TEST_CASE("app: a changed answer replaces the first and is thanked again") {
    App app;
    app.answer_all();
    app.pass(1s);
    app.touch(Reopened{});
    CHECK(app.question() == "again");
    REQUIRE(app.sent<KeepOpen>().size() == 1);
    CHECK_FALSE(app.sent<KeepOpen>().front().complete);
    app.disk(true);
    app.look();
    app.answer(2);
    REQUIRE(app.screen() == Screen::Thanks);
    app.touch(Dismissed{});
    REQUIRE(app.sent<Append>().size() == 1);
    CHECK(app.sent<Append>().front().response.answers.back().value == 2);
}

TEST_CASE("app: nothing of one person is left for the next") {
    App app;
    app.touch(Opened{Screen::Accessibility});
    app.touch(LargeTextSwitched{});
    app.touch(HighContrastSwitched{});
    app.touch(LowLayoutSwitched{});
    app.touch(Closed{});
    app.touch(Opened{Screen::Language});
    app.touch(LanguagePicked{"ar"});
    app.answer_all();
    app.touch(Dismissed{});
    const surveys::Response response = app.sent<Append>().at(0).response;
    CHECK(response.language == "ar");
    CHECK(response.language_source == surveys::LanguageSource::Picked);
    CHECK(response.mode == std::vector<std::string>{"large_text", "high_contrast", "low_layout"});
    CHECK(app.state.visit.language == "en");
    CHECK_FALSE(app.state.visit.large_text);
    CHECK_FALSE(app.state.visit.low_layout);
    CHECK_FALSE(app.state.visit.high_contrast);
    CHECK_FALSE(app.state.visit.engaged());
}

TEST_CASE("app: the attract screen goes through the languages and a touch freezes it") {
    App app;
    app.pass(12s);
    CHECK(app.state.visit.language == "ar");
    app.look();
    app.send(TouchedDown{"id"});
    app.pass(12s);
    CHECK(app.state.visit.language == "ar");
    app.send(TouchedUp{});
    app.send(Answered{3});
    const surveys::Response kept = app.sent<KeepOpen>().at(0).response;
    CHECK(kept.language == "ar");
    CHECK(kept.language_source == surveys::LanguageSource::Attract);
}

TEST_CASE("app: the faces breathe once after each language change and stop at a touch") {
    App app;
    const auto breath = [&] { return breath_of(app.state, app.now); };
    app.pass(11'999ms);
    CHECK_FALSE(breath());
    app.pass(1ms);
    CHECK(breath() == 0.0);
    app.pass(450ms);
    CHECK(breath() == Approx(0.5));

    SECTION("they are still after 900 ms until the next change") {
        app.pass(450ms);
        CHECK_FALSE(breath());
        CHECK(wakes_at(app.state) == app.now + 11'100ms);
        app.pass(11'100ms);
        CHECK(breath());
    }
    SECTION("a finger stops them and they do not go on when it leaves") {
        app.send(TouchedDown{"id"});
        CHECK_FALSE(breath());
        app.send(TouchedUp{});
        CHECK_FALSE(breath());
    }
    SECTION("not while somebody has opened something") {
        app.send(Opened{Screen::Language});
        CHECK_FALSE(breath());
    }
}

TEST_CASE("app: a survey of one language breathes in the same rhythm") {
    surveys::Survey one = survey();
    one.languages = {"en"};
    App app;
    app.state = State{one, {.touchpoint = "door", .language = "en"}, app.now};
    app.look();
    app.pass(12s);
    CHECK(breath_of(app.state, app.now) == 0.0);
    CHECK(app.state.visit.language == "en");
    CHECK(app.state.visit.text_shown == app.now - 12s);
    app.pass(12s);
    CHECK(breath_of(app.state, app.now) == 0.0);
}

TEST_CASE("app: twenty idle seconds ask and twenty-five more end the visit with what was answered") {
    App app;
    app.answer(2);
    app.pass(19s);
    CHECK(app.screen() == Screen::Question);
    app.pass(1s);
    REQUIRE(app.screen() == Screen::StillThere);

    SECTION("continuing goes on where the person was") {
        app.touch(Continued{});
        CHECK(app.question() == "why");
        CHECK(app.screen() == Screen::Question);
    }
    SECTION("other touches do not hold it") {
        app.pass(20s);
        app.touch(Dismissed{});
        app.pass(5s);
        REQUIRE(app.sent<Append>().size() == 1);
        const surveys::Response response = app.sent<Append>().front().response;
        CHECK(response.ended == surveys::Ended::Timeout);
        CHECK(response.answers.back().skipped);
        CHECK(app.question() == "mood");
    }
}

TEST_CASE("app: the office's own times hold, and who has large text keeps the longer one") {
    App app{Timings{.idle = 30s, .still_there = 40s, .thanks = 2s}};
    const bool large = GENERATE(false, true);
    app.answer(2);
    app.state.visit.large_text = large;
    const auto idle = large ? 60s : 30s;
    app.pass(idle - 1s);
    CHECK(app.screen() == Screen::Question);
    app.pass(1s);
    REQUIRE(app.screen() == Screen::StillThere);
    app.pass(39s);
    CHECK(app.sent<Append>().empty());
    app.pass(1s);
    CHECK(app.sent<Append>().size() == 1);
}

TEST_CASE("app: starting over keeps what was answered as left") {
    App app;
    app.answer(2);
    app.touch(StartedOver{});
    REQUIRE(app.sent<Append>().size() == 1);
    CHECK(app.sent<Append>().front().response.ended == surveys::Ended::Left);
    CHECK(app.question() == "mood");
}

TEST_CASE("app: a second tap on an option at once is one tap") {
    App app;
    app.answer(2);
    app.touch(Toggled{"b"});
    app.pass(300ms);
    app.touch(Toggled{"b"});
    CHECK(app.state.visit.chosen == std::vector<std::string>{"b"});
    app.pass(500ms);
    app.touch(Toggled{"b"});
    CHECK(app.state.visit.chosen.empty());
}

TEST_CASE("app: two options touched at once are both chosen") {
    App app;
    app.answer(2);
    app.touch(Toggled{"b"});
    app.touch(Toggled{"a"});
    app.touch(WentNext{});
    CHECK(app.sent<KeepOpen>().at(0).response.answers.at(1).options == std::vector<std::string>{"a", "b"});
}

TEST_CASE("app: the next person's answers wait until the last response is in the log") {
    App app;
    app.answer_all();
    app.touch(Dismissed{});
    app.pass(1s);
    app.look();
    app.touch(Answered{1});
    CHECK(app.sent<KeepOpen>().empty());
    app.disk(true);
    REQUIRE(app.sent<KeepOpen>().size() == 1);
    CHECK(app.sent<KeepOpen>().front().response.answers.front().value == 1);
}

TEST_CASE("app: an answer's time runs from the first frame of its question") {
    App app;
    app.answer(5);
    app.pass(1'234ms);
    app.touch(Skipped{});
    const surveys::Response kept = app.sent<KeepOpen>().at(0).response;
    CHECK(kept.answers.at(1).took == 1'234ms);
}

TEST_CASE("app: flags tell misuse") {
    App app;
    SECTION("too fast after the question appeared") {
        app.answer(5);
        app.touch(Toggled{"a"});
        app.pass(299ms);
        app.touch(WentNext{});
        CHECK(app.sent<KeepOpen>().at(0).response.flags == std::vector<std::string>{"too_fast"});
    }
    SECTION("begun within 2 s after another one closed") {
        app.answer_all();
        app.touch(Dismissed{});
        app.disk(true);
        app.look();
        app.pass(1'999ms);
        app.touch(Answered{5});
        CHECK(app.sent<KeepOpen>().at(0).response.flags == std::vector<std::string>{"repeat"});
    }
    SECTION("not within 2 s but the seventh within 30 s") {
        for (int visit = 0; visit < 6; ++visit) {
            app.answer(3);
            app.touch(StartedOver{});
            app.disk(true);
            app.look();
            app.pass(2s);
        }
        app.touch(Answered{5});
        CHECK(app.sent<KeepOpen>().at(0).response.flags == std::vector<std::string>{"burst"});
    }
    SECTION("right after a wipe") {
        app.send(Wiped{});
        app.pass(3s);
        app.touch(Answered{5});
        CHECK(app.sent<KeepOpen>().at(0).response.flags == std::vector<std::string>{"wipe"});
    }
    SECTION("none long after a wipe") {
        app.send(Wiped{});
        app.pass(11s);
        app.touch(Answered{5});
        CHECK(app.sent<KeepOpen>().at(0).response.flags.empty());
    }
}

TEST_CASE("app: stopping puts a thanked response into the log") {
    App app;
    app.answer_all();
    app.send(Stopping{});
    REQUIRE(app.sent<Append>().size() == 1);
    CHECK(app.sent<Append>().front().response.ended == surveys::Ended::Complete);
}

TEST_CASE("app: it never asks to be woken for something that has come already") {
    App app;
    const auto calm = [&] { return !wakes_at(app.state) || *wakes_at(app.state) > app.now; };
    for (int second = 0; second < 120; ++second) {
        app.pass(1s);
        REQUIRE(calm());
    }
    app.answer(2);
    for (int second = 0; second < 60; ++second) {
        app.pass(1s);
        REQUIRE(calm());
    }
}
