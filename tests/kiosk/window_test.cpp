/// The real kiosk in a real window, with real pointer events: what the glass does beside asking.

#include "tests/drive/kiosk_driver.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <string>
#include <vector>

namespace milepost::drive {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kPatience{20'000};

struct Kiosk {
    TemporaryDirectory data;
    std::unique_ptr<VirtualDisplay> display;
    std::optional<KioskDriver> driver;

    explicit Kiosk(std::vector<std::string> arguments) {
        auto started = VirtualDisplay::start(1280, 800);
        REQUIRE(started);
        display = std::move(*started);
        arguments.insert(arguments.end(), {"--language", "en"});
        auto kiosk = KioskDriver::start(*display, {.program = MILEPOST_KIOSK_PROGRAM,
                                                   .data = data.path(),
                                                   .arguments = arguments,
                                                   .log_file = data.path() + "/kiosk.log"});
        REQUIRE(kiosk);
        driver.emplace(std::move(*kiosk));
    }
    Report still(const std::string& screen) {
        const auto report = driver->wait_for([&](const Report& seen) { return seen.screen == screen; }, kPatience);
        REQUIRE(report);
        return *report;
    }
    Report question(const std::string& id) {
        const auto report = driver->wait_for(
            [&](const Report& seen) { return seen.screen == "question" && seen.question == id; }, kPatience);
        REQUIRE(report);
        return *report;
    }
    void tap(const Report& screen, const std::string& name) {
        REQUIRE(screen.box(name) != nullptr);
        driver->tap(*screen.box(name));
    }
};

}  // namespace

TEST_CASE("window: hours that cannot be read are told with their place and end it") {
    const auto start = [](const std::string& hours) {
        TemporaryDirectory data;
        auto display = VirtualDisplay::start(1280, 800);
        REQUIRE(display);
        const std::string log = data.path() + "/kiosk.log";
        auto kiosk = KioskDriver::start(**display, {.program = MILEPOST_KIOSK_PROGRAM,
                                                    .data = data.path() + "/data",
                                                    .arguments = {"--opening-hours", hours},
                                                    .log_file = log});
        REQUIRE(kiosk);
        CHECK_FALSE(kiosk->next(kPatience));
        CHECK(kiosk->process().stop() == 1);
        std::ifstream file{log};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    };
    const std::string said = start("Mo-Fr 9-17");
    INFO(said);
    CHECK(said.find("--opening-hours \"Mo-Fr 9-17\": column 7:") != std::string::npos);
}

TEST_CASE("window: screens that come with motion take every answer and then stand still") {
    Kiosk kiosk{{}};
    kiosk.tap(kiosk.question("satisfaction"), "answer:5");
    const Report second =
        kiosk.driver->wait_for([](const Report& seen) { return seen.box("back") != nullptr; }, kPatience).value();
    CHECK_FALSE(second.moving);
    CHECK_FALSE(kiosk.driver->next(milliseconds{1'500}));  // nothing is drawn on a still screen
    kiosk.tap(second, "back");
    CHECK(kiosk.question("satisfaction").box("answer:5") != nullptr);
    CHECK(kiosk.driver->process().stop() == 0);
}

TEST_CASE("window: a brand's colour marks the answer and its file's mistakes end it") {
    TemporaryDirectory files;
    const std::string path = files.path() + "/brand.toml";
    std::ofstream{path} << "name = \"Northside Clinic\"\n[light]\naccent = \"#8A1538\"\n";
    Kiosk kiosk{{"--brand", path, "--reduced-motion"}};
    const Report first = kiosk.question("satisfaction");
    const Box* face = first.box("answer:5");
    REQUIRE(face != nullptr);
    kiosk.display->move(face->middle_x(), face->middle_y());
    kiosk.display->press();
    bool marked = false;
    for (int tries = 0; tries < 200 && !marked; ++tries) {
        const auto pressed = kiosk.driver->next(milliseconds{100});
        for (int x = static_cast<int>(face->x); x < static_cast<int>(face->x) + 16 && !marked; ++x) {
            marked = kiosk.display->pixel(x, face->middle_y()) == 0x8A1538;
        }
    }
    CHECK(marked);
    kiosk.display->release();
    CHECK(kiosk.driver->process().stop() == 0);
}

}  // namespace milepost::drive
