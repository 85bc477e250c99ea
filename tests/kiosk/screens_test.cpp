#include "kiosk/screens/screens.h"

#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"
#include "tests/kiosk/paper.h"
#include "tests/surveys/every_kind.h"

#include <catch2/catch.hpp>

using namespace milepost;
using namespace milepost::kiosk;
using namespace std::chrono_literals;

namespace {

struct Panel {
    int width;
    int height;
    double diagonal_mm;
};

const surveys::Survey& sample() {
    static const surveys::Survey survey = surveys::read_survey(surveys::sample_survey_toml()).value();
    return survey;
}

/// The app on a panel, taken to one screen after the other.
struct Shown {
    Layout layout;
    Now now{1000s};
    State state;
    Touch touch{layout};
    Paper paper{};

    Shown(const Panel& panel, const std::string& language, bool large, const surveys::Survey& survey = sample())
        : layout(panel.width, panel.height, panel.diagonal_mm),
          state(survey, {.touchpoint = "door", .language = language}, now) {
        state.visit.large_text = large;
    }
    Ui ui() {
        return {paper,
                touch,
                layout,
                {.large = state.visit.large_text,
                 .language = state.visit.language,
                 .right_to_left = surveys::is_right_to_left(state.visit.language)},
                {}};
    }
    void send(const Event& event) {
        state.last_touch = now;
        for (const Effect& effect : update(state, event, now)) {
            if (const auto* keep = std::get_if<KeepOpen>(&effect)) {
                update(state, Kept{keep->number, true}, now);
            }
        }
        now += 1s;
        update(state, Tick{}, now);
    }
    std::vector<Target> draw() {
        paper.texts.clear();
        Ui drawn = ui();
        static_cast<void>(draw_screen(drawn, state));
        return drawn.targets();
    }
    std::optional<Event> tap(const std::string& name) {
        Ui asked = ui();
        asked.take_tap({name, now});
        return draw_screen(asked, state);
    }
};

bool is_scale_of_eleven(const std::vector<Target>& targets, const Target& target) {
    const auto answers = std::ranges::count_if(targets, [](const Target& t) { return t.name.starts_with("answer:"); });
    return answers == 11 && target.name.starts_with("answer:");
}

/// Keys of letters: 16 × 14 mm where eleven of them fit beside and four above each other.
void check_key(const Layout& layout, const Box& box) {
    const bool wide = 11 * layout.mm(16) + 2 * layout.px(24) <= layout.width();
    CHECK(box.w >= layout.mm(wide ? 16 : 12) - 1);
    CHECK(box.h >= layout.mm(layout.height() < 500 ? 11 : 14) - 1);
}

void check_touchable(Shown& shown) {
    const std::vector<Target> targets = shown.draw();
    const bool letters = std::ranges::find(targets, "key:left", &Target::name) != targets.end();
    const Box glass{0, 0, shown.layout.width(), shown.layout.height()};
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const Box& box = targets[i].box;
        if (targets[i].is_surface) {
            continue;
        }
        INFO(to_string(screen_of(shown.state))
             << " " << targets[i].name << " " << box.x << " " << box.y << " " << box.w << "x" << box.h);
        const bool nps = is_scale_of_eleven(targets, targets[i]);
        const bool small = glass.h < 500;  // no room on a 7" panel for two rows of 24 mm, nor for keys of 20 mm
        const bool key = targets[i].name.starts_with("digit:") || targets[i].name == "erase";
        if (letters && targets[i].name.starts_with("key:")) {
            check_key(shown.layout, box);
        } else if (targets[i].name != "field") {  // touched to place the caret, never of need
            CHECK(box.w >= shown.layout.mm(nps ? 15 : 20) - 1);
            CHECK(box.h >= shown.layout.mm(key && small ? 14 : !nps ? 20 : small ? 16 : 24) - 1);
        }
        CHECK(box.x >= 0);
        CHECK(box.y >= 0);
        CHECK(box.right() <= glass.w + 0.5F);
        CHECK(box.bottom() <= glass.h + 0.5F);
        for (std::size_t other = i + 1; other < targets.size(); ++other) {
            INFO("and " << targets[other].name << " " << targets[other].box.x << " " << targets[other].box.y);
            CHECK((targets[other].is_surface || !box.grown(-0.6F).overlaps(targets[other].box)));
        }
    }
    for (const Box& text : shown.paper.texts) {
        INFO(to_string(screen_of(shown.state))
             << " text at " << text.x << " " << text.y << " " << text.w << "x" << text.h);
        CHECK(text.x >= -1);
        CHECK(text.right() <= glass.w + 1);
        CHECK(text.y >= -1);
        CHECK(text.bottom() <= glass.h + 1);
    }
}

}  // namespace

TEST_CASE("screens: everything to touch is large enough and apart on every panel") {
    const auto panel = GENERATE(Panel{1280, 800, 257}, Panel{1920, 1080, 257}, Panel{1024, 600, 257},
                                Panel{800, 480, 178}, Panel{800, 1280, 257});
    const auto language = GENERATE(as<std::string>{}, "en", "de", "ar");
    const bool large = GENERATE(false, true);
    INFO(panel.width << "x" << panel.height << " " << language << (large ? " large" : ""));
    Shown shown{panel, language, large};

    check_touchable(shown);
    for (const Screen screen : {Screen::Language, Screen::Accessibility, Screen::Privacy}) {
        shown.state.visit.panel = screen;
        check_touchable(shown);
    }
    shown.state.visit.panel.reset();
    shown.send(Answered{2});
    REQUIRE(shown.state.visit.seen().question().id == "reason");
    check_touchable(shown);
    shown.state.visit.still_there = true;
    check_touchable(shown);
    shown.state.visit.still_there = false;
    shown.send(Skipped{});
    REQUIRE(shown.state.visit.seen().question().id == "recommend");
    check_touchable(shown);
    shown.send(Answered{9});
    REQUIRE(shown.state.visit.seen().question().id == "comment");
    check_touchable(shown);
    shown.send(Skipped{});
    REQUIRE(screen_of(shown.state) == Screen::Thanks);
    check_touchable(shown);
}

TEST_CASE("screens: every kind is large enough to touch and apart on every panel") {
    const auto panel = GENERATE(Panel{1280, 800, 257}, Panel{1920, 1080, 257}, Panel{1024, 600, 257},
                                Panel{800, 480, 178}, Panel{800, 1280, 257});
    const auto language = GENERATE(as<std::string>{}, "en", "de", "ar");
    const bool large = GENERATE(false, true);
    Shown shown{panel, language, large, surveys::test::every_kind()};
    while (screen_of(shown.state) == Screen::Question) {
        const QuestionView view = view_question(shown.state);
        INFO(panel.width << "x" << panel.height << " " << language << (large ? " large " : " ")
                         << shown.state.visit.seen().question().id);
        check_touchable(shown);
        if (view.manner == Manner::OneOf) {
            shown.send(Picked{view.choices.front().option});
        } else if (view.manner == Manner::SomeOf) {
            shown.send(Toggled{view.choices.front().option});
            shown.send(WentNext{});
        } else if (view.manner == Manner::Digits) {
            shown.send(Typed{'9'});
            shown.send(WentNext{});
        } else if (view.manner == Manner::Reading) {
            shown.send(WentNext{});
        } else if (view.manner == Manner::Writing) {
            shown.send(Skipped{});
        } else {
            shown.send(Answered{view.choices.back().value});
        }
    }
    CHECK(screen_of(shown.state) == Screen::Thanks);
}

TEST_CASE("screens: every page of a contact is large enough to touch and apart on every panel") {
    const auto panel = GENERATE(Panel{1280, 800, 257}, Panel{1920, 1080, 257}, Panel{1024, 600, 257},
                                Panel{800, 480, 178}, Panel{800, 1280, 257});
    const auto language = GENERATE(as<std::string>{}, "en", "de", "ar");
    const bool large = GENERATE(false, true);
    INFO(panel.width << "x" << panel.height << " " << language << (large ? " large" : ""));
    surveys::Survey survey = surveys::test::every_kind();
    std::erase_if(survey.questions, [](const surveys::Question& question) {
        return question.id != "satisfied" && question.id != "reply";
    });
    Shown shown{panel, language, large, survey};
    shown.send(Answered{5});
    REQUIRE(shown.state.visit.entry);
    for (const auto way : {surveys::ContactWay::Phone, surveys::ContactWay::Email}) {
        shown.send(Wrote{WayPicked{way}});
        check_touchable(shown);
        shown.state.visit.entry->field.set("1");
        shown.send(WentNext{});
        CHECK(view_question(shown.state).writing.note_is_fault);
        check_touchable(shown);
        shown.send(WentBack{});
    }
    shown.send(Wrote{WayPicked{surveys::ContactWay::Email}});
    shown.state.visit.entry->field.set("maria.gruber@example.com");
    shown.send(WentNext{});
    REQUIRE(shown.state.visit.entry->step == Entry::Step::Consent);
    check_touchable(shown);
}

TEST_CASE("screens: the keyboard lies the same way round in every language") {
    const auto x_of = [](Shown& shown, const std::string& name) {
        const auto targets = shown.draw();
        const auto found = std::ranges::find(targets, name, &Target::name);
        return found == targets.end() ? -1.0F : found->box.x;
    };
    for (const std::string language : {"en", "ar"}) {
        Shown shown{{1280, 800, 257}, language, false};
        shown.send(Answered{5});
        shown.send(Skipped{});
        shown.send(Answered{9});
        REQUIRE(shown.state.visit.entry);
        const std::string left = language == "ar" ? "key:ض" : "key:q";
        const std::string right = language == "ar" ? "key:ح" : "key:p";
        CHECK(x_of(shown, left) >= 0);
        CHECK(x_of(shown, left) < x_of(shown, right));
        CHECK(x_of(shown, "key:symbols") < x_of(shown, "key:."));
    }
}

TEST_CASE("screens: a tap on a key writes and a held one offers its letters to lift over") {
    Shown shown{{1280, 800, 257}, "de", false};
    shown.send(Answered{5});
    shown.send(Skipped{});
    shown.send(Answered{9});
    REQUIRE(shown.state.visit.entry);
    shown.send(*shown.tap("key:q"));
    CHECK(shown.state.visit.entry->field.text() == "q");

    Ui asked = shown.ui();
    asked.take_tap({.name = "key:s", .down = shown.now, .held = true});
    const auto held = draw_screen(asked, shown.state);
    REQUIRE(held);
    shown.send(*held);
    const auto targets = shown.draw();
    CHECK(targets.front().name == "held:0");  // found before the keys that it covers
    CHECK(targets.front().chosen);
    shown.send(*shown.tap("held:0"));
    CHECK(shown.state.visit.entry->field.text() == "qß");
}

TEST_CASE("screens: right to left mirrors the scale") {
    Shown english{{1280, 800, 257}, "en", false};
    Shown arabic{{1280, 800, 257}, "ar", false};
    const auto place = [](Shown& shown, const std::string& name) {
        const auto targets = shown.draw();
        return std::ranges::find(targets, name, &Target::name)->box.x;
    };
    CHECK(place(english, "answer:1") < place(english, "answer:5"));
    CHECK(place(arabic, "answer:1") > place(arabic, "answer:5"));
    CHECK(place(english, "language") > place(english, "accessibility"));
    CHECK(place(arabic, "language") < place(arabic, "accessibility"));
}

TEST_CASE("screens: a tap becomes what was touched") {
    Shown shown{{1280, 800, 257}, "en", false};
    const auto answered = shown.tap("answer:4");
    REQUIRE(answered);
    REQUIRE(std::holds_alternative<Answered>(*answered));
    CHECK(std::get<Answered>(*answered).value == 4);
    const auto opened = shown.tap("language");
    REQUIRE(opened);
    CHECK(std::get<Opened>(*opened).panel == Screen::Language);
    CHECK_FALSE(shown.tap("nothing"));
}

TEST_CASE("screens: the way back and starting over are there from the second question on") {
    Shown shown{{1280, 800, 257}, "en", false};
    const auto has = [&](const std::string& name) {
        const auto targets = shown.draw();
        return std::ranges::find(targets, name, &Target::name) != targets.end();
    };
    CHECK_FALSE(has("back"));
    CHECK_FALSE(has("start_over"));
    CHECK(has("privacy"));
    shown.send(Answered{2});
    CHECK(has("back"));
    CHECK(has("start_over"));
    CHECK(has("skip"));
    CHECK(has("privacy"));
}

TEST_CASE("screens: nothing chosen leads nowhere") {
    Shown shown{{1280, 800, 257}, "en", false};
    shown.send(Answered{2});
    const auto next = [&] {
        const auto targets = shown.draw();
        return *std::ranges::find(targets, "next", &Target::name);
    };
    CHECK_FALSE(next().enabled);
    shown.send(Toggled{"prices"});
    CHECK(next().enabled);
}

TEST_CASE("screens: in the low layout everything to touch lies in the lower 60 per cent and keeps its size") {
    const auto panel = GENERATE(Panel{800, 1280, 257}, Panel{1080, 1920, 546});
    const auto language = GENERATE(as<std::string>{}, "en", "ar");
    const Layout whole{panel.width, panel.height, panel.diagonal_mm};
    REQUIRE(whole.is_tall());
    Shown shown{panel, language, false, surveys::test::every_kind()};
    shown.layout = whole.lowered();
    const auto check = [&] {
        INFO(panel.width << "x" << panel.height << " " << language << " " << to_string(screen_of(shown.state)) << " "
                         << shown.state.visit.seen().question().id);
        for (const Target& target : shown.draw()) {
            INFO(target.name << " at " << target.box.y);
            CHECK((target.is_surface || target.box.y >= 0.4F * whole.height() - 1));
            CHECK(target.box.bottom() <= whole.height() + 0.5F);
        }
    };
    for (const Screen screen : {Screen::Language, Screen::Accessibility, Screen::Privacy}) {
        shown.state.visit.panel = screen;
        check();
    }
    shown.state.visit.panel.reset();
    shown.send(Answered{5});
    check();
    shown.send(Answered{9});
    check();
    while (screen_of(shown.state) == Screen::Question && shown.state.visit.session.can_skip()) {
        check();
        shown.send(Skipped{});
    }
}

TEST_CASE("screens: the low layout is offered where the glass is tall") {
    const auto offers = [](const Panel& panel) {
        Shown shown{panel, "en", false};
        shown.state.visit.panel = Screen::Accessibility;
        const auto targets = shown.draw();
        return std::ranges::find(targets, "low_layout", &Target::name) != targets.end();
    };
    CHECK(offers({800, 1280, 257}));
    CHECK_FALSE(offers({1280, 800, 257}));
    CHECK_FALSE(offers({800, 480, 178}));
}

TEST_CASE("screens: a page to read is no question and tells no progress") {
    Shown shown{{1280, 800, 257}, "en", false};
    QuestionView view{
        .header = {.title = "t", .title_language = "en"}, .manner = Manner::Reading, .text = "Safe travels"};
    view.place = view.of = 3;
    const auto texts = [&] {
        Ui ui = shown.ui();
        static_cast<void>(draw_question(ui, view));
        return ui.texts();
    };
    const auto says = [&](const std::vector<std::string>& all) {
        return std::ranges::any_of(all, [](const std::string& text) { return text.starts_with("Question"); });
    };
    CHECK_FALSE(says(texts()));
    view.manner = Manner::Digits;
    CHECK(says(texts()));
}
