#include "kiosk/staff/staff.h"

#include "kiosk/app.h"
#include "surveys/reading/survey_reader.h"
#include "surveys/samples/samples.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace milepost;
using namespace milepost::kiosk;
using namespace std::chrono_literals;

namespace {

const surveys::Survey& sample() {
    static const surveys::Survey survey = surveys::read_survey(surveys::sample_survey_toml()).value();
    return survey;
}

/// The app with a PIN, its time moved by hand; the desk answers when it is told to.
struct Desk {
    Now now{1000s};
    kiosk::State state{sample(), {.touchpoint = "door", .language = "en"}, now};
    Effects effects{};
    int touches = 0;

    Desk() { state.staff.has_pin = true; }
    void send(const Event& event) {
        for (Effect& effect : update(state, event, now)) {
            effects.push_back(std::move(effect));
        }
    }
    void staff(const staff::Event& event) { send(Event{event}); }
    void pass(std::chrono::milliseconds time) {
        now += time;
        send(Tick{});
    }
    void touch() {
        send(TouchedDown{"id-" + std::to_string(++touches)});
        send(TouchedUp{});
    }
    void hold_corner() {
        staff(staff::CornerDown{});
        pass(3s);
        staff(staff::CornerUp{});
    }
    /// All asked of one kind since it was last asked for.
    template <class Asked>
    std::vector<Asked> take() {
        std::vector<Asked> found;
        for (const Effect& effect : effects) {
            if (const auto* one = std::get_if<staff::Effect>(&effect)) {
                if (const auto* asked = std::get_if<Asked>(one)) {
                    found.push_back(*asked);
                }
            }
        }
        effects.clear();
        return found;
    }
    void type(const std::string& pin) {
        for (const char digit : pin) {
            touch();
            staff(staff::PinTyped{digit});
        }
        staff(staff::PinEntered{});
    }
    /// Types a PIN; whether it was looked at.
    bool enter(bool right) {
        effects.clear();
        type("123456");
        const auto asked = take<staff::CheckPin>();
        if (asked.empty()) {
            return false;
        }
        staff(staff::PinChecked{asked.front().number, right});
        return true;
    }
    void sign_in() {
        hold_corner();
        REQUIRE(enter(true));
        REQUIRE(state.staff.page == staff::Page::Menu);
    }
    Screen screen() { return screen_of(state); }
};

}  // namespace

TEST_CASE("staff: a corner held for three seconds asks for the PIN") {
    Desk desk;
    desk.staff(staff::CornerDown{});
    CHECK(wakes_at(desk.state) == desk.now + 3s);
    desk.pass(2999ms);
    CHECK(desk.screen() == Screen::Question);
    desk.pass(1ms);
    CHECK(desk.screen() == Screen::Staff);
    CHECK(desk.state.staff.page == staff::Page::Pin);
}

TEST_CASE("staff: a finger that leaves the corner opens nothing") {
    Desk desk;
    desk.staff(staff::CornerDown{});
    desk.pass(2s);
    desk.staff(staff::CornerUp{});
    desk.pass(2s);
    CHECK(desk.screen() == Screen::Question);
}

TEST_CASE("staff: without a PIN the corner tells how to set one") {
    Desk desk;
    desk.state.staff.has_pin = false;
    desk.hold_corner();
    CHECK(desk.state.staff.page == staff::Page::NoPin);
    desk.staff(staff::Went{staff::Page::Menu});
    CHECK(desk.state.staff.page == staff::Page::NoPin);
}

TEST_CASE("staff: a visit that was going on is kept as left when staff come") {
    Desk desk;
    desk.touch();
    desk.send(Answered{2});
    desk.pass(1s);
    desk.effects.clear();
    desk.hold_corner();
    REQUIRE(desk.effects.size() == 1);
    const auto* append = std::get_if<Append>(&desk.effects.front());
    REQUIRE(append != nullptr);
    CHECK(append->response.ended == surveys::Ended::Left);
    CHECK_FALSE(desk.state.visit.begun);
}

TEST_CASE("staff: the right PIN opens the menu and is noted in the log") {
    Desk desk;
    desk.hold_corner();
    desk.type("123456");
    const auto asked = desk.take<staff::CheckPin>();
    REQUIRE(asked.size() == 1);
    CHECK(asked.front().pin == "123456");
    CHECK(asked.front().failures == 1);
    CHECK(desk.state.staff.page == staff::Page::Pin);
    desk.staff(staff::PinChecked{asked.front().number, true});
    CHECK(desk.state.staff.page == staff::Page::Menu);
    CHECK(desk.state.staff.failures == 0);
    const Effects done = desk.effects;
    CHECK(desk.take<staff::Note>().front().act == "sign_in");
    desk.effects = done;
    CHECK(desk.take<staff::KeepFailures>().front().failures == 0);
}

TEST_CASE("staff: a PIN under six digits is not looked at and one over twelve not typed") {
    Desk desk;
    desk.hold_corner();
    desk.type("12345");
    CHECK(desk.take<staff::CheckPin>().empty());
    desk.type("67890123456789");
    const auto asked = desk.take<staff::CheckPin>();
    REQUIRE(asked.size() == 1);
    CHECK(asked.front().pin == "123456789012");
}

TEST_CASE("staff: nothing is typed while a PIN is being looked at") {
    Desk desk;
    desk.hold_corner();
    desk.type("123456");
    desk.effects.clear();
    desk.type("654321");
    CHECK(desk.take<staff::CheckPin>().empty());
    CHECK(desk.state.staff.typed.empty());
}

TEST_CASE("staff: five wrong PINs make people wait and each further one twice as long") {
    Desk desk;
    desk.hold_corner();
    for (int i = 0; i < 4; ++i) {
        REQUIRE(desk.enter(false));
        CHECK(desk.state.staff.seconds_blocked == 0);
    }
    std::chrono::seconds wait = 30s;
    for (int i = 0; i < 9; ++i) {
        INFO("failure " << 5 + i);
        if (!desk.state.staff.page) {
            desk.hold_corner();
        }
        REQUIRE(desk.enter(false));
        CHECK(desk.state.staff.seconds_blocked == wait.count());
        desk.touch();
        CHECK_FALSE(desk.enter(true));
        desk.pass(wait - 3001ms);
        desk.hold_corner();
        CHECK_FALSE(desk.enter(true));
        desk.pass(1ms);
        wait = std::min<std::chrono::seconds>(2 * wait, 1h);
    }
    CHECK(wait == 1h);
    if (!desk.state.staff.page) {
        desk.hold_corner();
    }
    CHECK(desk.enter(true));
    CHECK(desk.state.staff.page == staff::Page::Menu);
}

TEST_CASE("staff: the seconds of a wait are told one by one") {
    Desk desk;
    desk.hold_corner();
    for (int i = 0; i < 5; ++i) {
        REQUIRE(desk.enter(false));
    }
    CHECK(desk.state.staff.seconds_blocked == 30);
    CHECK(wakes_at(desk.state) == desk.now + 1s);
    desk.pass(1s);
    CHECK(desk.state.staff.seconds_blocked == 29);
}

TEST_CASE("staff: a wait that began before a restart goes on") {
    const platform::Stamp now{.utc = {}, .trust = platform::Trust::Unset, .boot = "b", .mono_ms = 100'000};
    const StaffSettings settings{.has_pin = true, .tries = {.failures = 6, .boot = "b", .mono_ms = 80'000}};
    Desk desk;
    desk.state.staff = staff::start(settings, "en", now, desk.now);
    desk.hold_corner();
    CHECK(desk.state.staff.seconds_blocked == 37);
    CHECK_FALSE(desk.enter(true));
    desk.pass(37s);
    CHECK(desk.enter(true));
}

TEST_CASE("staff: a right PIN that comes after the page was left signs nobody in") {
    Desk desk;
    desk.hold_corner();
    desk.type("123456");
    const auto asked = desk.take<staff::CheckPin>();
    desk.staff(staff::Left{});
    desk.staff(staff::PinChecked{asked.front().number, true});
    CHECK_FALSE(desk.state.staff.page);
    CHECK(desk.state.staff.failures == 0);
}

TEST_CASE("staff: a wrong PIN counts also when the page was left at once") {
    Desk desk;
    for (int i = 0; i < 5; ++i) {
        desk.hold_corner();
        desk.type("123456");
        const auto asked = desk.take<staff::CheckPin>();
        REQUIRE(asked.size() == 1);
        desk.staff(staff::Left{});
        desk.staff(staff::PinChecked{asked.front().number, false});
    }
    CHECK(desk.state.staff.seconds_blocked == 30);
}

TEST_CASE("staff: every page is left after sixty seconds without a touch") {
    using staff::Page;
    const auto page = GENERATE(Page::Menu, Page::Results, Page::Device, Page::Export, Page::Language, Page::Calibration,
                               Page::TouchTest);
    Desk desk;
    desk.sign_in();
    desk.staff(staff::Went{page});
    REQUIRE(desk.state.staff.page == page);
    desk.pass(59s);
    desk.touch();
    CHECK(wakes_at(desk.state) == desk.now + 60s);
    desk.pass(59'999ms);
    CHECK(desk.state.staff.page == page);
    desk.pass(1ms);
    CHECK(desk.screen() == Screen::Question);
}

TEST_CASE("staff: an export that runs keeps the page open") {
    Desk desk;
    desk.sign_in();
    desk.staff(staff::Went{staff::Page::Export});
    desk.effects.clear();
    desk.staff(staff::ExportAsked{});
    desk.staff(staff::ExportAsked{});
    CHECK(desk.take<staff::Export>().size() == 1);
    desk.pass(10min);
    CHECK(desk.state.staff.page == staff::Page::Export);
    desk.staff(staff::ExportEnded{{.stage = staff::Exporting::Stage::Done}});
    CHECK(desk.take<staff::Note>().front().act == "export");
    desk.pass(60s);
    CHECK_FALSE(desk.state.staff.page);
}

TEST_CASE("staff: results that were asked for a period before the last are not shown") {
    Desk desk;
    desk.sign_in();
    desk.staff(staff::Went{staff::Page::Results});
    const auto first = desk.take<staff::ReadResults>();
    desk.staff(staff::PeriodPicked{Period::Week});
    const auto second = desk.take<staff::ReadResults>();
    REQUIRE(second.size() == 1);
    CHECK(second.front().period == Period::Week);
    desk.staff(staff::ResultsRead{first.front().number, StaffResults{}});
    CHECK_FALSE(desk.state.staff.results.has_value());
    desk.staff(staff::ResultsRead{second.front().number, StaffResults{}});
    CHECK(desk.state.staff.results.has_value());
}

TEST_CASE("staff: a pause closes the kiosk until it is taken back") {
    Desk desk;
    desk.sign_in();
    desk.staff(staff::PauseSwitched{});
    const Effects asked = desk.effects;
    CHECK(desk.take<staff::KeepSetting>().back().value == "1");
    desk.effects = asked;
    CHECK(desk.take<staff::Note>().back().act == "pause");
    desk.staff(staff::Left{});
    CHECK(desk.screen() == Screen::Paused);
    desk.touch();
    desk.send(Answered{5});
    CHECK_FALSE(desk.state.visit.begun);
    desk.sign_in();
    desk.staff(staff::PauseSwitched{});
    desk.staff(staff::Left{});
    CHECK(desk.screen() == Screen::Question);
}

TEST_CASE("staff: what is answered in test mode is flagged and nothing else is") {
    Desk desk;
    const bool testing = GENERATE(false, true);
    desk.sign_in();
    if (testing) {
        desk.staff(staff::TestSwitched{});
    }
    desk.staff(staff::Left{});
    desk.pass(10s);
    desk.touch();
    desk.send(Answered{5});
    CHECK(desk.state.visit.begun);
    CHECK(desk.state.visit.flags.contains("test") == testing);
}

TEST_CASE("staff: nothing is switched before the PIN") {
    Desk desk;
    desk.hold_corner();
    desk.effects.clear();
    desk.staff(staff::PauseSwitched{});
    desk.staff(staff::TestSwitched{});
    desk.staff(staff::Went{staff::Page::Menu});
    desk.staff(staff::ExportAsked{});
    CHECK(desk.state.staff.page == staff::Page::Pin);
    CHECK_FALSE(desk.state.staff.paused);
    CHECK_FALSE(desk.state.staff.testing);
    CHECK(desk.effects.empty());
}

TEST_CASE("staff: they come in while the kiosk is out of service") {
    Desk desk;
    desk.state.out_of_service = true;
    desk.state.retry_at = desk.now + 10s;
    desk.hold_corner();
    CHECK(desk.screen() == Screen::Staff);
}

TEST_CASE("staff: a PIN that comes from the office opens the PIN page, and no wait of the one before holds") {
    Desk desk;
    desk.state.staff.has_pin = false;
    desk.hold_corner();
    CHECK(desk.state.staff.page == staff::Page::NoPin);
    desk.staff(staff::Left{});
    desk.state.staff.failures = 7;
    desk.state.staff.blocked_until = desk.now + 1h;
    desk.staff(staff::PinCame{});
    desk.hold_corner();
    CHECK(desk.state.staff.page == staff::Page::Pin);
    CHECK(desk.state.staff.seconds_blocked == 0);
    CHECK(desk.state.staff.failures == 0);
}

TEST_CASE("staff: what they set goes on without the disk, waits too") {
    const platform::Stamp stamp{.utc = {}, .trust = platform::Trust::Synced, .boot = "b", .mono_ms = 900'000};
    const Now now{1000s};
    const StaffSettings before{.has_pin = true,
                               .tries = {.failures = 6, .boot = "b", .mono_ms = 880'000},
                               .paused = true,
                               .testing = true,
                               .language = "de",
                               .diagonal_mm = 178.3,
                               .brightness = 60,
                               .sample = "hotel-checkout",
                               .customers_language = "nl"};
    CHECK(staff::settings_of(staff::start(before, "en", stamp, now), before, stamp, now) == before);

    // As staff changed it since.
    auto state = staff::start(before, "en", stamp, now);
    state.paused = false;
    state.blocked_until = {};
    const auto after = staff::settings_of(state, before, stamp, now);
    CHECK_FALSE(after.paused);
    CHECK(wait_left(after.tries, stamp) == 0s);
}
