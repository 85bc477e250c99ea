/// The staff's side of the real kiosk, reached by a finger that holds the corner and types the PIN.

#include "platform/database.h"
#include "sync/protocol/record.h"
#include "tests/drive/kiosk_driver.h"

#include <catch2/catch.hpp>
#include <signal.h>

#include <algorithm>

namespace milepost::drive {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kPatience{30'000};
constexpr const char* kPin = "314159";

bool says(const Report& report, const std::string& text) {
    return std::ranges::any_of(report.texts,
                               [&](const std::string& one) { return one.find(text) != std::string::npos; });
}

/// A device with a PIN, and its kiosk as often as the test starts it.
struct Device {
    TemporaryDirectory data;
    std::unique_ptr<VirtualDisplay> display;
    std::optional<KioskDriver> driver;
    std::optional<Report> screen;

    Device() {
        auto started = VirtualDisplay::start(1280, 800);
        REQUIRE(started);
        display = std::move(*started);
        const auto set = run("/bin/sh", {"-c", std::string{"echo "} + kPin + " | '" + MILEPOST_KIOSK_PROGRAM +
                                                   "' staff-pin --data '" + data.path() + "'"});
        REQUIRE(set);
        REQUIRE(set->exit_code == 0);
    }
    void start() {
        driver.reset();
        const std::string program = MILEPOST_KIOSK_PROGRAM;
        auto kiosk = KioskDriver::start(*display, {.program = program,
                                                   .data = data.path(),
                                                   .arguments = {"--language", "en", "--reduced-motion", "--export-dir",
                                                                 data.path() + "/no-sticks"},
                                                   .log_file = data.path() + "/kiosk.log"});
        REQUIRE(kiosk);
        driver.emplace(std::move(*kiosk));
        wait_for([](const Report& report) { return report.screen == "question"; });
    }
    void stop() { REQUIRE(driver->process().stop() == 0); }

    void wait_for(const std::function<bool(const Report&)>& wanted) {
        screen = driver->wait_for(wanted, kPatience);
        REQUIRE(screen);
    }
    void wait_for_page(const std::string& page, const std::string& text = "") {
        wait_for([&](const Report& report) {
            return report.screen == "staff" && report.question == page && (text.empty() || says(report, text));
        });
    }
    void tap(const std::string& name) {
        const Box* box = screen->box(name);
        REQUIRE(box != nullptr);
        driver->tap(*box);
    }
    void hold_corner() {
        display->move(30, 30);
        display->press();
        wait_for_page("pin");
        display->release();
    }
    void type(const std::string& pin) {
        for (const char digit : pin) tap(std::string{"digit:"} + digit);
        tap("enter");
    }
    void sign_in() {
        hold_corner();
        type(kPin);
        wait_for_page("menu");
    }
    std::vector<protocol::Record> log() {
        std::vector<protocol::Record> records;
        auto database = platform::open_for_reading(data.path() + "/kiosk/device.db");
        REQUIRE(database);
        auto lines = (*database)->prepare("SELECT line FROM log ORDER BY n");
        REQUIRE(lines);
        REQUIRE((*lines)->run({}, [&](const platform::Row& row) {
            if (auto record = protocol::read_record(row.bytes(0))) records.push_back(std::move(*record));
        }));
        return records;
    }
};

}  // namespace

TEST_CASE("staff: a corner held and the PIN typed lead to results and the device page", "[road]") {
    Device device;
    const auto made = run(MILEPOST_KIOSK_PROGRAM, {"demo", "visits", "--data", device.data.path(), "--count", "300",
                                                   "--days", "3", "--together", "300"});
    REQUIRE(made);
    REQUIRE(made->exit_code == 0);
    device.start();
    device.sign_in();

    device.tap("results");
    device.wait_for_page("results");
    device.tap("period:week");
    device.wait_for_page("results", "95 %");
    CHECK(says(*device.screen, "n = "));
    CHECK(says(*device.screen, "8 weeks before"));
    device.tap("next");
    device.wait_for_page("results", "Responses by the hour");
    device.tap("back");
    device.wait_for_page("menu");

    device.tap("device");
    device.wait_for_page("device", "not enrolled");
    CHECK(says(*device.screen, "Records not yet sent"));
    device.tap("back");
    device.wait_for_page("menu");

    device.tap("export");
    device.wait_for_page("export", "Start the export");
    device.tap("start");
    device.wait_for_page("export", "No USB stick was found");
    device.tap("back");
    device.wait_for_page("menu");
    device.tap("leave");
    device.wait_for([](const Report& report) { return report.screen == "question"; });
    device.stop();
    const auto records = device.log();
    CHECK(std::ranges::any_of(records, [](const protocol::Record& record) {
        const auto* event = std::get_if<protocol::EventRecord>(&record.body);
        return event != nullptr && event->what == "staff";
    }));
}

TEST_CASE("staff: what is answered in test mode is flagged in the log and the screen says so", "[road]") {
    Device device;
    device.start();
    const std::uint32_t before = device.display->pixel(620, 3);
    device.sign_in();
    device.tap("test_mode");
    device.wait_for_page("menu", "on");
    device.tap("leave");
    device.wait_for([](const Report& report) { return report.screen == "question"; });
    CHECK(device.display->pixel(620, 3) != before);
    device.tap("answer:5");
    device.wait_for(
        [](const Report& report) { return report.screen == "question" && report.question != "satisfaction"; });
    device.stop();

    std::vector<std::string> flags;
    for (const protocol::Record& record : device.log()) {
        if (const auto* response = std::get_if<protocol::ResponseRecord>(&record.body))
            flags = response->response.flags;
    }
    CHECK(std::ranges::count(flags, "test") == 1);
}

TEST_CASE("staff: after five wrong PINs a kiosk that was killed still waits", "[road]") {
    Device device;
    device.start();
    device.hold_corner();
    for (int i = 0; i < 5; ++i) {
        device.type("135790");  // no key twice: so soon after the page came that would be bounce
        device.wait_for_page("pin", i < 4 ? "Wrong PIN" : "Too many wrong tries");
    }
    device.driver->process().signal(SIGKILL);
    device.driver->process().wait();
    device.start();
    device.hold_corner();
    CHECK(says(*device.screen, "Wait 0:"));
    device.type(kPin);
    device.wait_for_page("pin", "Wait 0:");
    CHECK(device.screen->question == "pin");
    device.stop();
}

TEST_CASE("staff: a paused kiosk takes no answers and stays paused over a restart", "[road]") {
    Device device;
    device.start();
    device.sign_in();
    device.tap("pause");
    device.wait_for_page("menu", "Open again");
    device.tap("leave");
    device.wait_for([](const Report& report) { return report.screen == "paused"; });
    device.stop();
    auto kiosk = KioskDriver::start(*device.display, {.program = MILEPOST_KIOSK_PROGRAM,
                                                      .data = device.data.path(),
                                                      .arguments = {"--language", "en", "--reduced-motion"},
                                                      .log_file = device.data.path() + "/kiosk.log"});
    REQUIRE(kiosk);
    const auto first = kiosk->wait_for([](const Report&) { return true; }, kPatience);
    REQUIRE(first);
    CHECK(first->screen == "paused");
    CHECK(first->boxes.empty());
    CHECK(kiosk->process().stop() == 0);
}

}  // namespace milepost::drive
