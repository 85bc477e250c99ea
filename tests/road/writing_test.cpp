/// What people write at the real kiosk, by real X events on its keyboard: a text is in the log, a contact is nowhere
/// but in a sealed box.

#include "platform/crypto.h"
#include "platform/database.h"
#include "platform/encoding.h"
#include "platform/files.h"
#include "sync/protocol/device_files.h"
#include "tests/drive/kiosk_driver.h"
#include "tests/drive/recorded.h"
#include "tests/kill/shop.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace milepost::drive {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kPatience{60'000};

constexpr const char* kSurvey = R"(
id = "writing"
title = "Writing"
languages = ["en", "de"]

[[question]]
id = "satisfaction"
kind = "csat"
text = { en = "How was it?", de = "Wie war es?" }

[[question]]
id = "comment"
kind = "text"
text = { en = "What should we know?", de = "Was sollen wir wissen?" }

[[question]]
id = "reply"
kind = "contact"
optional = true
accepts = ["email"]
text = { en = "Would you like a reply?", de = "Möchten Sie eine Antwort?" }
consent = { version = 7, text = { en = "We use it to reply.", de = "Wir nutzen sie für die Antwort." } }
)";

/// What an enrolled device's agent leaves for the kiosk.
void leave_contact_key(const std::string& data, const std::string& key) {
    std::filesystem::create_directories(data + "/sync");
    auto database = platform::open_for_writing(data + "/sync/sync.db");
    REQUIRE(database);
    REQUIRE(platform::migrate(**database, protocol::kSyncSchema));
    auto put = (*database)->prepare("INSERT INTO status(key, value) VALUES ($1, $2)");
    REQUIRE(put);
    REQUIRE((*put)->run({std::string_view{"contact_key_id"}, std::string_view{"k1"}}));
    const std::string encoded = platform::to_base64(key);
    REQUIRE((*put)->run({std::string_view{"contact_key"}, std::string_view{encoded}}));
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::string> files_with(const std::string& text, const std::string& below) {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{below}) {
        if (entry.is_regular_file() && bytes_of(entry.path()).find(text) != std::string::npos) {
            found.push_back(entry.path());
        }
    }
    return found;
}

/// A kiosk that asks for a comment and a contact.
struct Kiosk {
    TemporaryDirectory data;
    platform::SealingKey key = platform::SealingKey::generate();
    std::string said;  ///< all of its reports
    std::unique_ptr<VirtualDisplay> display;
    std::optional<KioskDriver> driver;
    std::optional<Report> screen;

    Kiosk() {
        leave_contact_key(data.path(), key.public_key);
        REQUIRE(platform::write_file_atomically(data.path() + "/survey.toml", kSurvey));
        auto started = VirtualDisplay::start(1280, 800);
        REQUIRE(started);
        display = std::move(*started);
        auto kiosk = KioskDriver::start(
            *display, {.program = MILEPOST_KIOSK_PROGRAM,
                       .data = data.path(),
                       .arguments = {"--survey", data.path() + "/survey.toml", "--reduced-motion", "--verbose"},
                       .log_file = data.path() + "/kiosk.log"});
        REQUIRE(kiosk);
        driver.emplace(std::move(*kiosk));
        driver->on_report = [this](const Report& report) { said += report.line + '\n'; };
        go_to([](const Report& report) { return report.question == "satisfaction"; });
        tap("answer:4");
        go_to([](const Report& report) { return report.question == "comment"; });
    }
    void go_to(const std::function<bool(const Report&)>& wanted) {
        screen = driver->wait_for(wanted, kPatience);
        REQUIRE(screen);
    }
    void go_to_box(const std::string& name) {
        if (screen->box(name) == nullptr) {
            go_to([&](const Report& report) { return report.box(name) != nullptr; });
        }
    }
    void tap(const std::string& name) {
        INFO(name);
        REQUIRE(screen->box(name) != nullptr);
        driver->tap(*screen->box(name));
    }
    void type(const std::string& letters) {
        for (const char letter : letters) {
            tap(letter == ' ' ? "key:space" : "key:" + std::string(1, letter));
        }
    }
    void comment(const std::string& letters) {
        type(letters);
        go_to_box("next");
        tap("next");
        go_to([](const Report& report) { return report.question == "reply"; });
    }
    surveys::Response recorded() {
        REQUIRE(driver->process().stop() == 0);
        const auto responses = recorded_responses(data.path());
        REQUIRE(responses);
        REQUIRE(responses->size() == 1);
        return responses->front();
    }
};

}  // namespace

TEST_CASE("writing: what a visitor types on the keyboard is in the log", "[road]") {
    Kiosk kiosk;
    kiosk.comment("quick fox");
    kiosk.tap("finish");
    kiosk.go_to([](const Report& report) { return report.screen == "thanks"; });

    const surveys::Response response = kiosk.recorded();
    REQUIRE(response.answers.size() == 3);
    CHECK(response.answers[1].text.value_or("") == "quick fox");
    CHECK(response.answers[2].skipped);
}

TEST_CASE("writing: a held key offers its accents and a finger lifted over one types it", "[road]") {
    Kiosk kiosk;
    kiosk.type("caf");
    const Box& e = *kiosk.screen->box("key:e");
    kiosk.display->move(e.middle_x(), e.middle_y());
    kiosk.display->press();
    kiosk.go_to_box("held:0");
    const Box& accent = *kiosk.screen->box("held:0");
    kiosk.display->move(accent.middle_x(), accent.middle_y());
    kiosk.display->release();
    kiosk.go_to([](const Report& report) { return report.box("held:0") == nullptr; });
    kiosk.tap("next");
    kiosk.go_to([](const Report& report) { return report.question == "reply"; });
    CHECK(kiosk.recorded().answers[1].text.value_or("") == "café");
}

TEST_CASE("writing: a contact that was typed is nowhere but in a box sealed to the key", "[road]") {
    Kiosk kiosk;
    kiosk.comment("quick");
    kiosk.type("canaryqxz");
    kiosk.tap("key:@gmail.com");
    kiosk.go_to_box("next");
    kiosk.tap("next");
    kiosk.go_to_box("agree");
    kiosk.tap("agree");
    kiosk.go_to([](const Report& report) { return report.screen == "thanks"; });

    const std::string wal = bytes_of(kiosk.data.path() + "/kiosk/device.db-wal");  // while it is still there
    const surveys::Response response = kiosk.recorded();
    REQUIRE(response.answers.back().contact);
    CHECK(response.answers.back().contact->consent_version == 7);
    const auto box = platform::from_base64(response.answers.back().contact->box);
    REQUIRE(box);
    CHECK(platform::open_sealed(*box, kiosk.key).value_or("") == "canaryqxz@gmail.com");

    CHECK(wal.find("canary") == std::string::npos);
    CHECK(files_with("canary", kiosk.data.path()).empty());
    CHECK_FALSE(files_with("quick", kiosk.data.path()).empty());  // the comment: what is written can be found

    // Nor in what the agent and the store make of it: databases, WAL files, logs.
    const TemporaryDirectory home;
    auto shop = Shop::open(MILEPOST_BIN, home.path());
    REQUIRE(shop);
    std::filesystem::copy(kiosk.data.path() + "/kiosk", shop->device_data() + "/kiosk",
                          std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
    REQUIRE(shop->drain());
    CHECK(files_with("canary", home.path()).empty());
    CHECK_FALSE(files_with(response.answers.back().contact->box, shop->store_data()).empty());
    // Nor do the reports tell which keys were touched.
    CHECK(kiosk.said.find("\"event\":\"screen\"") != std::string::npos);
    CHECK(kiosk.said.find("\"pressed\",\"name\":\"key:") == std::string::npos);
}

}  // namespace milepost::drive
