#include "kiosk/rest.h"

#include "kiosk/app.h"
#include "kiosk/prospects.h"
#include "kiosk/touch.h"
#include "platform/local_time.h"
#include "tests/surveys/every_kind.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <set>
#include <string>

using namespace milepost;
using namespace milepost::kiosk;
using namespace std::chrono_literals;

namespace {

constexpr surveys::LocalMoment kNoon{12 * 60, 2};
constexpr surveys::LocalMoment kNight{22 * 60, 2};

/// An app whose clocks are moved by hand and whose disk answers at once.
struct App {
    Now now{1000s};
    State state;
    int appended = 0;
    std::set<std::string> flags;

    explicit App(const std::string& hours = "Mo-Fr 09:00-20:00")
        : state(surveys::test::every_kind(),
                {.touchpoint = "door", .language = "en", .hours = protocol::OpeningHours::parse(hours).value()}, now) {
        send(Presented{});
    }
    void send(const Event& event) {
        for (const Effect& effect : update(state, event, now)) {
            if (const auto* keep = std::get_if<KeepOpen>(&effect)) {
                send(Kept{keep->number, true});
            } else if (const auto* append = std::get_if<Append>(&effect)) {
                ++appended;
                flags.insert(append->response.flags.begin(), append->response.flags.end());
                send(Appended{append->response.id, true});
            }
        }
    }
    /// As the stage does in every build.
    void build(const std::optional<surveys::LocalMoment>& wall) {
        send(ClockRead{wall});
        send(Tick{});
    }
    void pass(std::chrono::milliseconds time, const std::optional<surveys::LocalMoment>& wall = kNoon) {
        now += time;
        build(wall);
    }
    void touch(const std::optional<surveys::LocalMoment>& wall = kNoon) {
        send(TouchedDown{"id", wall});
        send(TouchedUp{});
    }
};

}  // namespace

TEST_CASE("rest: outside opening hours the screen says so and takes no answer", "[rest]") {
    App app;
    app.pass(1s, kNoon);
    CHECK(screen_of(app.state) == Screen::Question);
    app.pass(1s, kNight);
    CHECK(screen_of(app.state) == Screen::Closed);
    CHECK(app.state.rest.opens == protocol::OpeningTime{1, 3, 9 * 60});
    app.touch(kNight);
    app.send(Answered{5});
    CHECK_FALSE(app.state.visit.begun);
    app.pass(1s, kNoon);
    CHECK(screen_of(app.state) == Screen::Question);
}

TEST_CASE("rest: a clock that is not known closes nothing", "[rest]") {
    App app;
    app.pass(1s, std::nullopt);
    CHECK(screen_of(app.state) == Screen::Question);
}

TEST_CASE("rest: nobody in a visit is thrown out and it closes once they are gone", "[rest]") {
    App app;
    app.touch();
    app.send(Answered{5});
    app.pass(300ms, kNight);
    CHECK(screen_of(app.state) == Screen::Question);
    CHECK(app.state.visit.begun);
    app.pass(20s, kNight);
    CHECK(screen_of(app.state) == Screen::StillThere);
    app.pass(25s, kNight);
    CHECK(screen_of(app.state) == Screen::Closed);
    CHECK(app.appended == 1);
}

TEST_CASE("rest: a visit that begins while the site is closed is flagged", "[rest]") {
    App app;
    app.pass(1s, kNoon);
    app.now += 20s;
    app.touch(kNight);  // the screen still asked: nobody had looked at the clock
    app.send(Answered{5});
    app.now += 1s;
    app.send(Stopping{});
    CHECK(app.flags == std::set<std::string>{"after_hours"});
}

TEST_CASE("rest: a closed screen goes nearly black after a minute and a touch lights it for ten seconds", "[rest]") {
    App app;
    app.pass(1s, kNight);
    CHECK(shade_of(app.state.rest, app.now) == 0);
    app.pass(59s, kNight);
    CHECK(shade_of(app.state.rest, app.now) == 0);
    app.pass(1s, kNight);
    CHECK(is_dimming(app.state.rest, app.now));
    app.pass(1s, kNight);
    CHECK(shade_of(app.state.rest, app.now) == Approx(0.94));
    CHECK_FALSE(is_dimming(app.state.rest, app.now));
    app.touch(kNight);
    CHECK(shade_of(app.state.rest, app.now) == 0);
    app.pass(9s, kNight);
    CHECK(shade_of(app.state.rest, app.now) == 0);
    app.pass(1s, kNight);
    app.pass(1s, kNight);
    CHECK(shade_of(app.state.rest, app.now) == Approx(0.94));
}

TEST_CASE("rest: after five minutes alone it dims and the first touch on it is an answer", "[rest]") {
    App app;
    app.pass(299s);
    CHECK(shade_of(app.state.rest, app.now) == 0);
    app.pass(1s);
    app.pass(1s);
    CHECK(shade_of(app.state.rest, app.now) == Approx(0.65));
    app.send(TouchedDown{"id", kNoon});
    CHECK(shade_of(app.state.rest, app.now) == 0);
    app.send(TouchedUp{});
    app.send(Answered{4});
    CHECK(app.state.visit.begun);
}

TEST_CASE("rest: what stands on it wanders a pixel a minute within four pixels and only while nobody is there",
          "[rest]") {
    App app;
    CHECK(shift_of(app.state.rest) == Shift{});
    std::set<std::pair<int, int>> places;
    Shift before;
    for (int minute = 0; minute < 400; ++minute) {
        app.pass(60s);
        const Shift shift = shift_of(app.state.rest);
        CHECK(std::abs(shift.x) <= 4);
        CHECK(std::abs(shift.y) <= 4);
        CHECK(std::abs(shift.x - before.x) <= 1);
        CHECK(std::abs(shift.y - before.y) <= 1);
        places.insert({shift.x, shift.y});
        before = shift;
    }
    CHECK(places.size() >= 70);  // of 81
    app.touch();
    app.send(Answered{5});
    app.pass(300ms);
    app.pass(15s);
    app.touch();
    app.pass(15s);
    CHECK(shift_of(app.state.rest) == before);
}

TEST_CASE("rest: the next wake is never in the past once the time has come", "[rest]") {
    App app;
    const auto& wall = GENERATE(kNoon, kNight);
    for (int round = 0; round < 300; ++round) {
        const std::optional<Now> wakes = wakes_at(app.state);
        REQUIRE(wakes);
        REQUIRE(*wakes > app.now);
        REQUIRE(*wakes <= app.now + 30s);
        app.now = *wakes;
        app.build(wall);
    }
}

TEST_CASE("rest: it opens on time on the day that the clock goes forward", "[rest]") {
    const auto zone = platform::TimeZone::named("Europe/Berlin").value();
    const auto midnight = zone.start_of("2026-03-29").value();
    App app{"Su 09:00-17:00"};
    int minutes_to_open = 0;
    app.build(surveys::LocalMoment{0, 7});
    REQUIRE(screen_of(app.state) == Screen::Closed);
    for (int minute = 1; minute < 24 * 60 && screen_of(app.state) == Screen::Closed; ++minute) {
        const auto wall = zone.wall_time(midnight + std::chrono::minutes{minute});
        app.now += 60s;
        app.build(surveys::LocalMoment{wall.minute_of_day, wall.weekday});
        minutes_to_open = minute;
    }
    CHECK(minutes_to_open == 8 * 60);
}

TEST_CASE("rest: ten thousand taps drop no answer and leave nothing behind", "[rest]") {
    App app{"24/7"};
    const Layout layout{1280, 800, 257};
    Touch touch{layout};
    const std::vector<Target> targets{{.name = "answer:4", .box = {700, 300, 224, 340}}};
    int answered = 0;
    for (int tap = 0; tap < 10'000; ++tap) {
        app.now += 40ms;
        using Phase = platform::Pointer::Phase;
        app.touch();
        static_cast<void>(touch.handle({Phase::Down, tap, 800, 400, app.now}, targets));
        const bool lost = tap % 7 == 0;  // a panel that forgets to say that the finger is gone
        const auto taken = lost ? std::nullopt : touch.handle({Phase::Up, tap, 800, 400, app.now + 10ms}, targets);
        if (taken && !app.state.visit.begun) {
            app.send(Answered{4});
            app.now += 300ms;
            app.send(Tick{});
            app.send(StartedOver{});
            ++answered;
        }
    }
    CHECK(answered > 8'000);
    CHECK(app.appended == answered);
    CHECK(app.state.keeping.closing.empty());
    CHECK(touch.contacts() <= 32);
    CHECK(app.flags.contains("repeat"));
    CHECK(app.flags.contains("burst"));
}

TEST_CASE("prospects: each answer's next screen is foreseen once and nothing that was written", "[rest]") {
    App app{"24/7"};
    auto next = prospects_of(app.state, app.now);
    REQUIRE(next.size() == 2);
    CHECK(next.front().visit.language == "de");  // the attract screen's next language
    CHECK(next.back().visit.session.question().id == "likely");
    CHECK_FALSE(app.state.visit.begun);
    app.touch();
    app.send(Answered{4});
    next = prospects_of(app.state, app.now);
    REQUIRE(next.size() == 1);
    CHECK(screen_of(next.front()) == Screen::Question);
    CHECK(next.front().visit.session.question().id == "likely");
}
