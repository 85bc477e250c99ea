/// The real kiosk in a real window, touched by real X events; what it recorded is read from its own log.

#include "tests/drive/kiosk_driver.h"
#include "tests/drive/recorded.h"

#include <catch2/catch.hpp>

#include <filesystem>

namespace milepost::drive {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kPatience{20'000};

bool is_question(const Report& report, const std::string& id) {
    return report.screen == "question" && report.question == id;
}

/// A kiosk on an empty data directory, showing its first question.
struct Kiosk {
    TemporaryDirectory data;
    std::unique_ptr<VirtualDisplay> display;
    std::optional<KioskDriver> driver;
    std::optional<Report> screen;

    Kiosk() {
        auto started = VirtualDisplay::start(1280, 800);
        REQUIRE(started);
        display = std::move(*started);
        const std::string program = MILEPOST_KIOSK_PROGRAM;
        auto kiosk = KioskDriver::start(*display, {.program = program,
                                                   .data = data.path(),
                                                   .arguments = {"--language", "en", "--reduced-motion"},
                                                   .log_file = data.path() + "/kiosk.log"});
        REQUIRE(kiosk);
        driver.emplace(std::move(*kiosk));
        go_to("satisfaction");
    }

    void go_to(const std::string& question) {
        screen = driver->wait_for([&](const Report& report) { return is_question(report, question); }, kPatience);
        REQUIRE(screen);
    }
    const Box& box(const std::string& name) {
        const Box* found = screen->box(name);
        REQUIRE(found != nullptr);
        return *found;
    }
    void tap(const std::string& name) { driver->tap(box(name)); }

    /// Ends the kiosk and reads the one response of its log.
    surveys::Response recorded() {
        REQUIRE(driver->process().stop() == 0);
        const auto responses = recorded_responses(data.path());
        REQUIRE(responses);
        REQUIRE(responses->size() == 1);
        return responses->front();
    }
};

}  // namespace

TEST_CASE("touch: a tap followed at once by a move records the tapped answer", "[road]") {
    Kiosk kiosk;
    const Box tapped = kiosk.box("answer:5");
    const Box elsewhere = kiosk.box("answer:1");

    kiosk.display->tap(tapped.middle_x(), tapped.middle_y());
    kiosk.display->move(elsewhere.middle_x(), elsewhere.middle_y());
    kiosk.go_to("reason");

    const surveys::Response response = kiosk.recorded();
    REQUIRE_FALSE(response.answers.empty());
    CHECK(response.answers.front().value == 5);
}

TEST_CASE("touch: two taps in one frame are two taps", "[road]") {
    Kiosk kiosk;
    kiosk.tap("answer:2");
    kiosk.go_to("reason");
    const auto options = kiosk.screen->boxes_named("option:");
    REQUIRE(options.size() >= 2);

    // Both taps are in the queue before the kiosk can have drawn the first.
    kiosk.display->tap(options[0].middle_x(), options[0].middle_y());
    kiosk.display->tap(options[1].middle_x(), options[1].middle_y());
    kiosk.tap("next");
    kiosk.go_to("recommend");

    const surveys::Response response = kiosk.recorded();
    REQUIRE(response.answers.size() >= 2);
    CHECK(response.answers[1].options ==
          std::vector<std::string>{options[0].name.substr(7), options[1].name.substr(7)});
}

TEST_CASE("touch: who is thanked is in the log, and the next person meets the first question", "[road]") {
    Kiosk kiosk;
    kiosk.tap("answer:4");
    kiosk.go_to("reason");
    kiosk.tap("skip");
    kiosk.go_to("recommend");
    kiosk.tap("answer:9");
    kiosk.go_to("comment");
    kiosk.tap("finish");
    const auto thanks =
        kiosk.driver->wait_for([](const Report& report) { return report.screen == "thanks"; }, kPatience);
    REQUIRE(thanks);
    kiosk.driver->tap(*thanks->box("change_answer"));
    kiosk.go_to("comment");
    kiosk.tap("finish");
    REQUIRE(kiosk.driver->wait_for([](const Report& report) { return report.screen == "thanks"; }, kPatience));
    kiosk.display->tap(640, 8);
    kiosk.go_to("satisfaction");

    const surveys::Response response = kiosk.recorded();
    CHECK(response.id == thanks->response);
    CHECK(response.ended == surveys::Ended::Complete);
    REQUIRE(response.answers.size() == 4);
    CHECK(response.answers[0].value == 4);
    CHECK(response.answers[1].skipped);
    CHECK(response.answers[2].value == 9);
    CHECK(response.answers[3].skipped);
}

}  // namespace milepost::drive
