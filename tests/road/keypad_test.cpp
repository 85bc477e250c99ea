/// A visit by keys alone, with real X key events, and what is read aloud by the real milepost-speak.

#include "platform/files.h"
#include "tests/drive/kiosk_driver.h"
#include "tests/drive/recorded.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

namespace milepost::drive {
namespace {

constexpr std::chrono::milliseconds kPatience{20'000};

constexpr const char* kSurvey = R"(
id = "keys"
title = "Keys"
languages = ["en", "de"]

[[question]]
id = "satisfaction"
kind = "csat"
text = { en = "How was it?", de = "Wie war es?" }

[[question]]
id = "likely"
kind = "nps"
text = { en = "How likely are you to come back?", de = "Kommen Sie wieder?" }

[[question]]
id = "visits"
kind = "number"
min = 1
max = 60
text = { en = "How many visits?", de = "Wie viele Besuche?" }

[[question]]
id = "used"
kind = "multi"
text = { en = "What did you use?", de = "Was haben Sie genutzt?" }
options = [
    { id = "pool", text = { en = "Pool", de = "Schwimmbad" } },
    { id = "bar", text = { en = "Bar", de = "Bar" } },
]

[[question]]
id = "comment"
kind = "text"
optional = true
text = { en = "Anything else?", de = "Noch etwas?" }
)";

/// A kiosk with a keypad and, unless `driver` is none of SDL's, a sound device that plays to nobody.
struct Kiosk {
    TemporaryDirectory data;
    std::unique_ptr<VirtualDisplay> display;
    std::optional<KioskDriver> driver;
    std::optional<Report> screen;
    std::chrono::steady_clock::time_point chosen{};

    explicit Kiosk(const std::string& sound) {
        REQUIRE(platform::write_file_atomically(data.path() + "/survey.toml", kSurvey));
        auto started = VirtualDisplay::start(1280, 800);
        REQUIRE(started);
        display = std::move(*started);
        auto kiosk = KioskDriver::start(
            *display, {.program = MILEPOST_KIOSK_PROGRAM,
                       .data = data.path(),
                       .arguments = {"--survey", data.path() + "/survey.toml", "--reduced-motion", "--verbose"},
                       .log_file = data.path() + "/kiosk.log",
                       .environment = {{"SDL_AUDIODRIVER", sound}, {"SDL_DISKAUDIOFILE", data.path() + "/heard.raw"}}});
        REQUIRE(kiosk);
        driver.emplace(std::move(*kiosk));
        go_to([](const Report& report) { return report.question == "satisfaction"; });
    }
    void go_to(const std::function<bool(const Report&)>& wanted) {
        const std::string last = screen ? screen->line : "";
        INFO("after " << last);
        if (!screen || !wanted(*screen)) {
            screen = driver->wait_for(wanted, kPatience);
        }
        REQUIRE(screen);
    }
    void strike(const std::string& key) {
        INFO(key);
        display->strike(key);
    }
    /// A second strike within half a second would be a trembling hand's.
    void choose(const std::string& key) {
        while (std::chrono::steady_clock::now() < chosen + std::chrono::milliseconds{550}) {
            if (auto report = driver->next(std::chrono::milliseconds{50}); report && report->event == "screen") {
                screen = std::move(report);
            }
        }
        chosen = std::chrono::steady_clock::now();
        strike(key);
    }
    /// Until the ring is around it.
    void move_to(const std::string& name, const std::string& key) {
        for (int i = 0; i < 30 && screen->focus != name; ++i) {
            const std::string before = screen->focus;
            strike(key);
            go_to([&](const Report& report) { return report.focus != before; });
        }
        REQUIRE(screen->focus == name);
    }
    std::vector<surveys::Response> recorded() {
        REQUIRE(driver->process().stop() == 0);
        const auto responses = recorded_responses(data.path());
        REQUIRE(responses);
        return *responses;
    }
    /// From the first screen to the thank-you: by arrows, by a digit, by a number's digits, by Enter.
    void visit() {
        if (screen->focus.empty()) {
            strike("Right");  // wakes
        }
        go_to([](const Report& report) { return report.focus == "answer:1"; });
        move_to("answer:4", "Right");
        choose("Return");
        go_to([](const Report& report) { return report.question == "likely" && report.focus == "answer:0"; });
        strike("1");
        go_to([](const Report& report) { return report.focus == "answer:1"; });
        strike("0");
        go_to([](const Report& report) { return report.focus == "answer:10"; });
        choose("KP_Enter");
        go_to([](const Report& report) { return report.question == "visits"; });
        strike("KP_1");
        strike("2");
        go_to([](const Report& report) { return report.focus == "next"; });
        choose("KP_Enter");
        go_to([](const Report& report) { return report.question == "used" && report.focus == "option:pool"; });
        move_to("option:bar", "Tab");
        choose("space");
        go_to([](const Report& report) { return report.question == "used"; });
        move_to("next", "Down");
        choose("Return");
        go_to([](const Report& report) { return report.question == "comment"; });
        // From the first letter down past the keyboard, where the ring is not told. Strikes that meet in the queue
        // would be one held key to SDL.
        for (int i = 0; i < 5; ++i) {
            choose("Down");
        }
        go_to([](const Report& report) { return !report.focus.empty(); });
        move_to("finish", "Right");
        choose("Return");
        go_to([](const Report& report) { return report.screen == "thanks"; });
        choose("Return");
        go_to([](const Report& report) { return report.question == "satisfaction"; });
    }
    void start_speech() {
        for (int i = 0; i < 100 && !screen->speaks; ++i) {
            strike("KP_Divide");
            if (auto report = driver->next(std::chrono::milliseconds{300})) {
                screen = std::move(report);
            }
        }
        REQUIRE(screen->speaks);
    }
    [[nodiscard]] std::vector<char> heard() const {
        std::ifstream file{data.path() + "/heard.raw", std::ios::binary};
        return {std::istreambuf_iterator<char>{file}, {}};
    }
};

void check_answers(const surveys::Response& response) {
    REQUIRE(response.answers.size() == 5);
    CHECK(response.ended == surveys::Ended::Complete);
    CHECK(response.answers[0].value == 4);
    CHECK(response.answers[1].value == 10);
    CHECK(response.answers[2].value == 12);
    CHECK(response.answers[3].options == std::vector<std::string>{"bar"});
    CHECK(response.answers[4].skipped);
}

}  // namespace

TEST_CASE("keypad: a visit by keys alone reaches the log", "[road]") {
    Kiosk kiosk{"no-such-driver"};
    kiosk.visit();
    const auto responses = kiosk.recorded();
    REQUIRE(responses.size() == 1);
    check_answers(responses.front());
    CHECK(responses.front().mode == std::vector<std::string>{"keypad"});
}

TEST_CASE("keypad: a visit that is read aloud is recorded as such and its sound reaches the device", "[road]") {
    Kiosk kiosk{"disk"};
    kiosk.start_speech();
    kiosk.strike("KP_Multiply");
    for (int i = 0; i < 200 && std::ranges::count(kiosk.heard(), 0) == std::ssize(kiosk.heard()); ++i) {
        static_cast<void>(kiosk.driver->next(std::chrono::milliseconds{50}));
    }
    const std::vector<char> heard = kiosk.heard();
    CHECK(std::ranges::count(heard, 0) < std::ssize(heard));
    kiosk.visit();
    CHECK_FALSE(kiosk.screen->speaks);  // nothing of it is left for the next person
    const auto responses = kiosk.recorded();
    REQUIRE(responses.size() == 1);
    check_answers(responses.front());
    CHECK(responses.front().mode == std::vector<std::string>{"keypad", "speech"});
}

TEST_CASE("keypad: a finger that rests two seconds starts speech and answers nothing", "[road]") {
    Kiosk kiosk{"dummy"};
    kiosk.start_speech();  // the helper is there
    kiosk.strike("KP_Divide");
    kiosk.go_to([](const Report& report) { return !report.speaks; });
    const Box answer = *kiosk.screen->box("answer:4");
    kiosk.display->move(answer.middle_x(), answer.middle_y());
    kiosk.display->press();
    kiosk.go_to([](const Report& report) { return report.speaks; });
    kiosk.display->release();
    CHECK_FALSE(kiosk.driver->wait_for([](const Report& report) { return !report.response.empty(); },
                                       std::chrono::milliseconds{400}));
    // The first touch tells, the second acts.
    kiosk.driver->tap(answer);
    CHECK_FALSE(kiosk.driver->wait_for([](const Report& report) { return !report.response.empty(); },
                                       std::chrono::milliseconds{400}));
    kiosk.driver->tap(answer);
    kiosk.go_to([](const Report& report) { return report.question == "likely"; });
}

TEST_CASE("keypad: no other key does anything", "[road]") {
    Kiosk kiosk{"no-such-driver"};
    for (const char* key : {"F1", "F4", "F11", "a", "Super_L", "Print", "Menu"}) {
        kiosk.strike(key);
    }
    kiosk.display->key_down("Control_L");
    kiosk.strike("q");
    kiosk.strike("Tab");
    kiosk.display->key_up("Control_L");
    CHECK_FALSE(kiosk.driver->next(std::chrono::milliseconds{700}));
    CHECK_FALSE(kiosk.driver->gone());
}

}  // namespace milepost::drive
