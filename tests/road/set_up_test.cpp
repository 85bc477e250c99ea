/// The first start, enrolment and a lost PIN as people meet them: real fingers on the real kiosk, with the real agent
/// and store behind it.

#include "platform/files.h"
#include "tests/drive/kiosk_driver.h"
#include "tests/drive/recorded.h"
#include "tests/platform/tls_server.h"
#include "tests/road/real_store.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace milepost::drive {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kPatience{60'000};
constexpr const char* kPin = "314159";

bool says(const Report& report, const std::string& text) {
    return std::ranges::any_of(report.texts,
                               [&](const std::string& one) { return one.find(text) != std::string::npos; });
}

/// A kiosk out of the box, and its sync agent.
struct Device {
    TemporaryDirectory home;
    std::string data = home.path() + "/device";
    std::unique_ptr<VirtualDisplay> display;
    std::optional<KioskDriver> driver;
    std::optional<Process> agent;
    std::optional<Report> screen;
    char last_key = 0;

    Device() {
        auto started = VirtualDisplay::start(1280, 800);
        REQUIRE(started);
        display = std::move(*started);
    }
    void start_agent(const std::vector<std::string>& more = {}) {
        std::vector<std::string> arguments{"run", "--data", data, "--first-wait", "0"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        auto process = Process::start(Store::program("milepost-sync"), arguments,
                                      {.environment = {}, .log_file = home.path() + "/agent.log"});
        REQUIRE(process);
        agent.emplace(std::move(*process));
    }
    void start(const std::vector<std::string>& more = {}) {
        driver.reset();
        std::vector<std::string> arguments{"--reduced-motion"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        auto kiosk = KioskDriver::start(*display, {.program = MILEPOST_KIOSK_PROGRAM,
                                                   .data = data,
                                                   .arguments = arguments,
                                                   .log_file = home.path() + "/kiosk.log",
                                                   .sets_up = true});
        REQUIRE(kiosk);
        driver.emplace(std::move(*kiosk));
    }
    void stop() { REQUIRE(driver->process().stop() == 0); }

    void wait_for(const std::function<bool(const Report&)>& wanted) {
        screen = driver->wait_for(wanted, kPatience);
        REQUIRE(screen);
    }
    void wait_for_page(const std::string& page, const std::string& text = "") {
        INFO(page << " " << text);
        wait_for([&](const Report& report) {
            return report.screen == "staff" && report.question == page && (text.empty() || says(report, text));
        });
    }
    void wait_for_question(const std::string& id) {
        wait_for([&](const Report& report) { return report.screen == "question" && report.question == id; });
    }
    void tap(const std::string& name) {
        INFO(name);
        const Box* box = screen->box(name);
        REQUIRE(box != nullptr);
        driver->tap(*box);
    }
    /// A key at once after itself would be a trembling finger's: there is another one in between.
    void touch_key(char c, char other) {
        if (c == last_key) {
            tap(std::string{"key:"} + other);
            tap("key:erase");
        }
        tap(std::string{"key:"} + c);
        last_key = c;
    }
    void write_code(const std::string& code) {
        for (const char c : code) {
            if (c != '-') touch_key(c, c == 'A' ? 'B' : 'A');
        }
        last_key = 0;
    }
    /// Letters and digits lie on two layers of the keyboard.
    void write_address(const std::string& address) {
        for (const char c : address) {
            const std::string name = std::string{"key:"} + c;
            if (screen->box(name) == nullptr) {
                tap("key:symbols");
                wait_for([&](const Report& report) { return report.box(name) != nullptr; });
            }
            touch_key(c, '.');
        }
        last_key = 0;
    }
    void choose_pin(const std::string& pin) {
        for (const char* page : {"Choose a staff PIN", "Type it again"}) {
            wait_for_page("new_pin", page);
            for (const char digit : pin) tap(std::string{"digit:"} + digit);
            tap("enter");
        }
    }
    void connect(const std::string& url, const std::string& code) {
        wait_for_page("connect", "The store’s address");
        write_address(url);
        tap("next");
        wait_for_page("connect", "Enrolment code");
        write_code(code);
        tap("next");
    }
    void sign_in() {
        display->move(30, 30);
        display->press();
        wait_for_page("pin");
        display->release();
        for (const char digit : std::string{kPin}) tap(std::string{"digit:"} + digit);
        tap("enter");
        wait_for_page("menu");
    }
    int responses() {
        const auto recorded = recorded_responses(data);
        REQUIRE(recorded);
        return static_cast<int>(recorded->size());
    }
};

}  // namespace

TEST_CASE("set-up: a kiosk out of the box is tried without a store and goes straight on afterwards", "[road]") {
    Device device;
    device.start();
    device.wait_for_page("set_up_language");
    device.tap("language:en");
    device.wait_for_page("set_up_how", "How will this kiosk be used?");
    device.tap("try_out");
    device.wait_for_page("set_up_sample");
    device.tap("sample:hotel-checkout");
    device.choose_pin(kPin);
    device.wait_for_page("set_up_done", "Ready for customers");
    device.tap("start");
    device.wait_for([](const Report& report) { return report.screen == "question"; });
    const std::string first = device.screen->question;
    CHECK(first == "feeling");
    const auto answers = device.screen->boxes_named("option:");
    REQUIRE_FALSE(answers.empty());
    device.driver->tap(answers.front());  // not where "start" was: that would be bounce
    device.wait_for([&](const Report& report) { return report.screen != "question" || report.question != first; });
    device.stop();
    CHECK(device.responses() == 1);

    device.start();
    device.wait_for_question(first);
    device.sign_in();
    device.stop();
}

TEST_CASE("set-up: left for later it comes back at the next start", "[road]") {
    Device device;
    device.start();
    device.wait_for_page("set_up_language");
    device.tap("language:en");
    device.wait_for_page("set_up_how");
    device.tap("leave");
    device.wait_for_question("satisfaction");
    device.stop();
    device.start();
    device.wait_for_page("set_up_language");
    device.stop();
}

TEST_CASE("set-up: a device is enrolled on its screen and sends what it is told", "[road]") {
    Device device;
    Store store{device.home.path() + "/store"};
    device.start_agent();
    device.start();
    device.wait_for_page("set_up_language");
    device.tap("language:en");
    device.wait_for_page("set_up_how");
    device.tap("connect");
    device.connect(store.url, "00000-00000-00000");
    device.wait_for_page("connect", "does not take this code");
    device.tap("next");
    device.wait_for_page("connect", "Enrolment code");
    device.write_code(store.new_code());
    device.tap("next");
    device.wait_for_page("connect", "Compare these words");
    const auto status = run(Store::program("milepost-sync"), {"status", "--data", device.data, "--json"});
    REQUIRE(status);
    CHECK(nlohmann::json::parse(status->output).value("touchpoint", "") == "exit");
    device.tap("next");
    device.choose_pin(kPin);
    device.wait_for_page("set_up_done", "Until the store sends a survey");
    device.tap("start");
    device.wait_for_question("satisfaction");
    device.tap("answer:5");
    device.wait_for(
        [](const Report& report) { return report.screen != "question" || report.question != "satisfaction"; });
    device.stop();
    device.agent->stop();
    const auto sent = run(Store::program("milepost-sync"), {"run", "--data", device.data, "--once"});
    REQUIRE(sent);
    CHECK(sent->exit_code == 0);
    const auto summary = run(Store::program("milepost-store"), {"summary", "--data", device.home.path() + "/store",
                                                                "--touchpoint", "exit", "--format", "json"});
    REQUIRE(summary);
    CHECK(summary->output.find("\"raw\"") != std::string::npos);
    // The code is in no file of the kiosk's.
    CHECK(platform::read_file(device.data + "/kiosk/device.db")->find("00000-00000-00000") == std::string::npos);
}

TEST_CASE("network test: the device page tells a store that is there from one that is not", "[road]") {
    Device device;
    Store store{device.home.path() + "/store"};
    const auto enrolled = run(Store::program("milepost-sync"),
                              {"enrol", "--data", device.data, "--store", store.url, "--code", store.new_code()});
    REQUIRE(enrolled);
    REQUIRE(enrolled->exit_code == 0);
    const auto set = run("/bin/sh", {"-c", std::string{"echo "} + kPin + " | '" + MILEPOST_KIOSK_PROGRAM +
                                               "' staff-pin --data '" + device.data + "'"});
    REQUIRE(set);
    device.start_agent();
    device.start({"--language", "en"});
    device.wait_for_question("satisfaction");
    device.sign_in();
    device.tap("device");
    device.wait_for_page("device", "dev_");
    device.tap("network_test");
    device.wait_for_page("network", "Everything works");
    CHECK(std::ranges::count(device.screen->texts, "ok") == 3);
    CHECK(says(*device.screen, "not needed here"));
    store.stop();
    device.tap("again");
    device.wait_for_page("network", "Nothing listens at port");
    CHECK(std::ranges::count(device.screen->texts, "not tried") == 2);
    device.tap("back");
    device.wait_for_page("device");
    device.stop();
}

TEST_CASE("network test: a store whose certificate nobody here trusts is told before anything is sent", "[road]") {
    Device device;
    const platform::Certificate certificate{"localhost", -1, 1};
    platform::TlsServer server{certificate};
    device.start_agent();
    device.start();
    device.wait_for_page("set_up_language");
    device.tap("language:en");
    device.wait_for_page("set_up_how");
    device.tap("connect");
    device.connect("localhost:" + std::to_string(server.port()), "7K3PQ-9QXMT-4VWAD");
    device.wait_for_page("connect", "certificate is not trusted");
    device.tap("test");
    device.wait_for_page("network", "The certificate of localhost is not trusted");
    CHECK(std::ranges::count(device.screen->texts, "ok") == 2);
    CHECK(std::ranges::count(device.screen->texts, "failed") == 1);
    device.stop();
    device.agent->stop();
}

TEST_CASE("lost PIN: the store answers the challenge and a new PIN is chosen", "[road]") {
    Device device;
    Store store{device.home.path() + "/store"};
    const auto enrolled = run(Store::program("milepost-sync"),
                              {"enrol", "--data", device.data, "--store", store.url, "--code", store.new_code()});
    REQUIRE(enrolled);
    const auto set = run("/bin/sh", {"-c", std::string{"echo 999999 | '"} + MILEPOST_KIOSK_PROGRAM +
                                               "' staff-pin --data '" + device.data + "'"});
    REQUIRE(set);
    const std::string id =
        nlohmann::json::parse(run(Store::program("milepost-sync"), {"status", "--data", device.data, "--json"})->output)
            .value("device", "");
    device.start_agent();
    device.start({"--language", "en"});
    device.wait_for_question("satisfaction");
    device.display->move(30, 30);
    device.display->press();
    device.wait_for_page("pin");
    device.display->release();
    device.tap("lost");
    std::string challenge;
    device.wait_for([&](const Report& report) {
        for (const std::string& text : report.texts) {
            if (text.size() == 10 && text.find("\u00A0") == 4) challenge = text.substr(0, 4) + text.substr(6);
        }
        return report.question == "lost_pin" && says(report, id) && !challenge.empty();
    });
    store.stop();  // nothing of this needs a network, and the store answers without its server too
    const std::string answer = store.tell({"device", "unlock", id, challenge}).value("answer", "");
    REQUIRE(answer.size() == 8);
    for (const char digit : answer) device.tap(std::string{"digit:"} + digit);
    device.tap("enter");
    device.choose_pin(kPin);
    device.wait_for_page("menu");
    device.stop();
    device.start({"--language", "en"});
    device.wait_for_question("satisfaction");
    device.sign_in();
    device.stop();
}

}  // namespace milepost::drive
