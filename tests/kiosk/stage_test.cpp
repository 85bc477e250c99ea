#include "kiosk/stage.h"

#include "tests/platform/screen/picture_file.h"
#include "tests/platform/screen/x_server.h"
#include "tests/surveys/every_kind.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <string>

using namespace milepost;
using namespace milepost::kiosk;
using namespace std::chrono_literals;
using platform::Pointer;
using Phase = Pointer::Phase;

namespace {

/// 2026-11-21, a Saturday, 12:00 UTC.
constexpr platform::UtcTime kSaturdayNoon{1'795'262'400s};

/// The stage on a real window whose clock is moved by hand: a frame is 10 ms.
struct Play {
    testing::XServer x;
    testing::TemporaryDirectory files;
    platform::ManualClock clock{kSaturdayNoon};
    std::unique_ptr<platform::Window> window =
        platform::Window::open({.width = 1280, .height = 800, .windowed = true}).value();
    std::unique_ptr<platform::TextCache> texts = platform::TextCache::make(*window).value();
    platform::ShapeCache shapes{*window};
    ScreenPainter painter{*texts, shapes};
    Report report = Report::open(files.file("report")).value();
    std::unique_ptr<Stage> stage;
    int presented = 0;

    explicit Play(Setup setup) {
        stage = std::make_unique<Stage>(Stage::Parts{.window = *window,
                                                     .clock = clock,
                                                     .painter = painter,
                                                     .report = report,
                                                     .carry_out =
                                                         [this](const Effect& effect) {
                                                             if (const auto* keep = std::get_if<KeepOpen>(&effect)) {
                                                                 stage->post(Kept{keep->number, true});
                                                             }
                                                             if (const auto* end = std::get_if<Append>(&effect)) {
                                                                 stage->post(Appended{end->response.id, true});
                                                             }
                                                         },
                                                     .after_frame = [this] { texts->end_frame(); },
                                                     .time_zone = platform::TimeZone::named("UTC").value()},
                                        State{surveys::test::every_kind(), std::move(setup), clock.steady()});
        frames(1);
    }
    /// Builds so many frames, the first with this input.
    void frames(int count, const platform::Input& first = platform::Woken{}) {
        int built = 0;
        window->run(
            [&](const platform::Input&) {
                if (built < count) {
                    static_cast<void>(stage->build(built == 0 ? first : platform::Woken{}));
                    clock.advance(10ms);
                }
                return platform::Wishes{.next_tick = std::chrono::steady_clock::now(), .close = ++built > count};
            },
            [&](platform::SteadyTime) {
                ++presented;
                stage->presented(clock.steady());
            });
    }
    void touch(Phase phase, const Box& box) {
        frames(1, Pointer{phase, 1, box.middle_x(), box.middle_y(), clock.steady()});
    }
    void tap(const Box& box) {
        touch(Phase::Down, box);
        touch(Phase::Up, box);
    }
    struct Seen {
        std::string screen;
        std::string question;
        bool moving = false;
        std::map<std::string, Box> boxes;
    };
    /// What was told last.
    [[nodiscard]] Seen seen() const {
        std::ifstream file{files.file("report")};
        Seen last;
        for (std::string line; std::getline(file, line);) {
            const auto json = nlohmann::json::parse(line);
            if (json["event"] != "screen") continue;
            last = {json["screen"],
                    json["question"].is_null() ? "" : json["question"].get<std::string>(),
                    json["moving"],
                    {}};
            for (const auto& box : json["boxes"]) last.boxes[box["name"]] = {box["x"], box["y"], box["w"], box["h"]};
        }
        return last;
    }
    [[nodiscard]] std::uint32_t pixel(int px, int py) const {
        REQUIRE(window->save_png(files.file("now.png")));
        return testing::read_png(files.file("now.png")).at(px, py);
    }
};

Setup setup_with(const std::string& hours) {
    return {.touchpoint = "door", .language = "en", .hours = protocol::OpeningHours::parse(hours).value()};
}

}  // namespace

TEST_CASE("stage: what was drawn leaves upwards and taps count on the screen that comes") {
    Play play{setup_with("24/7")};
    play.frames(60);
    play.tap(play.seen().boxes.at("answer:4"));
    play.frames(100);
    const auto second = play.seen();
    REQUIRE(second.question == "likely");
    REQUIRE_FALSE(second.moving);
    play.tap(second.boxes.at("back"));
    play.frames(100);
    REQUIRE(play.seen().question == "satisfied");

    play.tap(play.seen().boxes.at("answer:4"));
    play.frames(25);  // the answer was held for 220 ms: the first question leaves
    CHECK(play.seen().question == "satisfied");
    play.tap(second.boxes.at("answer:0"));
    play.frames(120);
    CHECK(play.seen().question == "easy");
}

TEST_CASE("stage: a still screen draws nothing and a touch shows in the same frame") {
    Play play{setup_with("24/7")};
    play.frames(60);
    play.tap(play.seen().boxes.at("answer:4"));
    play.frames(100);
    const int drawn = play.presented;
    play.frames(200);
    CHECK(play.presented == drawn);
    const Box face = play.seen().boxes.at("answer:3");
    play.touch(Phase::Down, face);
    CHECK(play.presented == drawn + 1);
    play.frames(20);
    CHECK(play.presented == drawn + 1);
    play.frames(1, Pointer{Phase::Cancel, 1, face.middle_x(), face.middle_y(), play.clock.steady()});
    play.frames(40);  // it swings back within 120 ms
    CHECK(play.presented > drawn + 3);
    CHECK(play.presented <= drawn + 16);
}

TEST_CASE("stage: outside opening hours it is dark and after a minute nearly black until it is touched") {
    Play play{setup_with("Mo-Fr 09:00-17:00")};
    play.frames(60);
    CHECK(play.seen().screen == "closed");
    CHECK(play.seen().boxes.empty());
    CHECK(play.pixel(4, 400) == 0x0E131C);
    play.clock.advance(60s);
    play.frames(120);
    CHECK((play.pixel(4, 400) & 0xFF) <= 3);
    const int drawn = play.presented;
    play.clock.advance(20s);
    play.frames(50);
    CHECK(play.presented == drawn);
    play.touch(Phase::Down, {600, 400, 40, 40});
    CHECK(play.pixel(4, 400) == 0x0E131C);
    play.touch(Phase::Up, {600, 400, 40, 40});
    CHECK(play.seen().screen == "closed");
}

TEST_CASE("stage: the staff's corner works on a closed and dimmed screen") {
    Play play{setup_with("Mo-Fr 09:00-17:00")};
    play.clock.advance(70s);
    play.frames(100);
    play.touch(Phase::Down, {20, 20, 4, 4});
    play.clock.advance(3s);
    play.frames(60);
    CHECK(play.seen().screen == "staff");
    CHECK(play.pixel(4, 400) == 0xF6F7FA);
}

TEST_CASE("stage: targets move with what wanders") {
    Play play{setup_with("24/7")};
    play.frames(60);
    const Box before = play.seen().boxes.at("answer:4");
    for (int minute = 0; minute < 4; ++minute) {
        play.clock.advance(60s);
        play.frames(60);
    }
    const Box after = play.seen().boxes.at("answer:4");
    CHECK(after.x != before.x);
    CHECK(std::abs(after.x - before.x) <= 4);
    play.tap(after);
    play.frames(100);
    CHECK(play.seen().question == "likely");
}

TEST_CASE("stage: what is renewed during a visit waits for the end of it") {
    Play play{setup_with("24/7")};
    play.frames(60);
    play.tap(play.seen().boxes.at("answer:4"));
    play.frames(100);
    play.stage->renew();
    play.frames(10);
    CHECK_FALSE(play.stage->renewed());
    for (int minute = 0; minute < 5; ++minute) {
        play.clock.advance(60s);
        play.frames(10);
    }
    CHECK(play.seen().question == "satisfied");
    CHECK(play.stage->renewed());
}

TEST_CASE("stage: a finger whose going is never told holds nothing up after a minute") {
    Play play{setup_with("24/7")};
    play.frames(60);
    play.touch(Phase::Down, play.seen().boxes.at("answer:4"));
    play.stage->renew();
    play.clock.advance(55s);
    play.frames(10);
    CHECK_FALSE(play.stage->renewed());
    play.clock.advance(5s);
    play.frames(10);
    CHECK(play.stage->renewed());
}
