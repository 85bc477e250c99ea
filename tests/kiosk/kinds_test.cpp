#include "kiosk/screens/views.h"
#include "tests/surveys/every_kind.h"

using namespace milepost;
using namespace milepost::kiosk;
using namespace std::chrono_literals;

namespace {

/// The app at one question of the survey with every kind, all before it answered, on a disk that never fails.
struct At {
    Now now{1000s};
    State state{surveys::test::every_kind(), {.touchpoint = "door", .language = "en"}, now};

    explicit At(const std::string& question) {
        send(Presented{});
        send(TouchedDown{"01935b2e-0000-7000-8000-000000000001"});
        send(TouchedUp{});
        while (state.visit.seen().question().id != question) {
            answer_somehow();
        }
    }
    void send(const Event& event) {
        state.last_touch = now;
        for (const Effect& effect : update(state, event, now)) {
            if (const auto* keep = std::get_if<KeepOpen>(&effect)) {
                update(state, Kept{keep->number, true}, now);
            }
        }
    }
    void settle() {
        now += 1s;
        send(Tick{});
        send(Presented{});
    }
    void tap(const Event& event) {
        now += 1s;
        send(event);
    }
    void answer_somehow() {
        const QuestionView view = view_question(state);
        switch (view.manner) {
            case Manner::Faces:
            case Manner::Boxes:
            case Manner::Stars:
                tap(Answered{view.choices.front().value});
                break;
            case Manner::OneOf:
                tap(Picked{view.choices.front().option});
                break;
            case Manner::SomeOf:
                tap(Toggled{view.choices.front().option});
                tap(WentNext{});
                break;
            case Manner::Digits:
                tap(Typed{'7'});
                tap(WentNext{});
                break;
            case Manner::Reading:
                tap(WentNext{});
                break;
            case Manner::Writing:
                tap(Skipped{});
                break;
        }
        settle();
    }
    [[nodiscard]] const std::string& question() const { return state.visit.seen().question().id; }
    [[nodiscard]] std::optional<surveys::Answer> answer(const std::string& question) const {
        const auto response = state.visit.response(surveys::Ended::Left, now);
        const auto found = std::ranges::find(response.answers, question, &surveys::Answer::question);
        return found == response.answers.end() ? std::nullopt : std::optional{*found};
    }
};

}  // namespace

TEST_CASE("kinds: every kind is drawn in its own manner") {
    const auto [question, manner] = GENERATE(table<std::string, Manner>({{"satisfied", Manner::Faces},
                                                                         {"likely", Manner::Boxes},
                                                                         {"easy", Manner::Boxes},
                                                                         {"mood", Manner::Faces},
                                                                         {"feeling", Manner::OneOf},
                                                                         {"washroom", Manner::Faces},
                                                                         {"meal", Manner::Faces},
                                                                         {"room", Manner::Stars},
                                                                         {"why", Manner::OneOf},
                                                                         {"used", Manner::SomeOf},
                                                                         {"nights", Manner::Digits},
                                                                         {"comment", Manner::Writing},
                                                                         {"reply", Manner::Writing},
                                                                         {"goodbye", Manner::Reading}}));
    const At at{question};
    CHECK(view_question(at.state).manner == manner);
}

TEST_CASE("kinds: four faces leave out the middle one and an emotion runs from unhappy to happy") {
    const auto moods = [](const std::string& question) {
        const At at{question};
        std::vector<int> all;
        for (const Choice& choice : view_question(at.state).choices) {
            all.push_back(choice.mood);
        }
        return all;
    };
    CHECK(moods("washroom") == std::vector{1, 2, 4, 5});
    CHECK(moods("mood") == std::vector{1, 2, 3, 4, 5});
}

TEST_CASE("kinds: scales without words of their own have the built-in ones") {
    const At at{"easy"};
    const QuestionView view = view_question(at.state);
    CHECK_FALSE(view.low_label.empty());
    CHECK_FALSE(view.high_label.empty());
    CHECK(view.choices.size() == 7);
}

TEST_CASE("kinds: one tap on an option of a choice answers and leads on after the hold") {
    At at{"why"};
    at.tap(Picked{"staff"});
    CHECK(at.question() == "why");
    const auto choices = view_question(at.state).choices;
    CHECK(std::ranges::find(choices, "staff", &Choice::option)->selected);
    at.settle();
    CHECK(at.question() == "used");
    REQUIRE(at.answer("why"));
    CHECK(at.answer("why")->options == std::vector<std::string>{"staff"});
    CHECK(at.answer("why")->shown_order.size() == 3);
    CHECK(at.answer("why")->shown_order.back() == "other");
}

TEST_CASE("kinds: another option touched while the first is still marked counts instead") {
    At at{"why"};
    at.tap(Picked{"staff"});
    at.now += 100ms;
    at.send(Picked{"queue"});
    at.settle();
    CHECK(at.answer("why")->options == std::vector<std::string>{"queue"});
}

TEST_CASE("kinds: a named emotion is kept with its valence") {
    At at{"feeling"};
    at.tap(Picked{"anxious"});
    at.settle();
    REQUIRE(at.answer("feeling"));
    CHECK(at.answer("feeling")->value == -1);
    CHECK(at.answer("feeling")->options == std::vector<std::string>{"anxious"});
}

TEST_CASE("kinds: none of these takes the others away and the other way round") {
    At at{"used"};
    at.tap(Toggled{"pool"});
    at.tap(Toggled{"nothing"});
    CHECK(at.state.visit.chosen == std::vector<std::string>{"nothing"});
    at.tap(Toggled{"gym"});
    CHECK(at.state.visit.chosen == std::vector<std::string>{"gym"});
}

TEST_CASE("kinds: no more can be chosen than the question allows") {
    At at{"used"};
    at.tap(Toggled{"pool"});
    at.tap(Toggled{"gym"});
    at.tap(Toggled{"bar"});
    CHECK(at.state.visit.chosen == std::vector<std::string>{"pool", "gym"});
    at.tap(Toggled{"pool"});
    at.tap(Toggled{"bar"});
    CHECK(at.state.visit.chosen == std::vector<std::string>{"gym", "bar"});
}

TEST_CASE("kinds: a number is typed and goes on only within its bounds") {
    At at{"nights"};
    const auto ready = [&] { return view_question(at.state).can_go_on; };
    CHECK_FALSE(ready());
    at.tap(Typed{'0'});
    CHECK_FALSE(ready());
    at.tap(Typed{'6'});
    CHECK(view_question(at.state).entered == "6");
    CHECK(ready());
    at.tap(Typed{'1'});
    at.tap(Typed{'1'});
    CHECK(view_question(at.state).entered == "61");
    CHECK_FALSE(ready());
    at.tap(WentNext{});
    at.settle();
    CHECK(at.question() == "nights");
    at.tap(Erased{});
    at.tap(Typed{'0'});
    at.tap(WentNext{});
    at.settle();
    CHECK(at.question() == "comment");
    CHECK(at.answer("nights")->value == 60);
}

TEST_CASE("kinds: going back shows the number that was typed") {
    At at{"comment"};
    at.tap(WentBack{});
    CHECK(at.question() == "nights");
    CHECK(view_question(at.state).entered == "7");
}

TEST_CASE("kinds: a page of text quotes what was answered and leaves no answer") {
    At at{"goodbye"};
    CHECK(view_question(at.state).text == "You stayed 7 nights. Safe travels!");
    at.answer_somehow();
    CHECK(screen_of(at.state) == Screen::Thanks);
    CHECK_FALSE(at.answer("goodbye"));
}
