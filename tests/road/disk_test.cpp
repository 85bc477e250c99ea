/// The real kiosk on a disk that fails before it has begun.

#include "tests/drive/kiosk_driver.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace milepost::drive {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kPatience{30'000};

bool is_out_of_service(const Report& report) {
    return report.screen == "out_of_service";
}
bool is_question(const Report& report) {
    return report.screen == "question" && !report.boxes_named("answer:").empty();
}

/// Runs the kiosk where every call on its folder fails as long as `sick` is there.
KioskDriver::Options on_sick_disk(const TemporaryDirectory& data, const std::string& kind, const std::string& sick) {
    std::filesystem::create_directories(data.path() + "/kiosk");
    std::ofstream{sick} << "sick";
    return {.program = MILEPOST_KIOSK_PROGRAM,
            .data = data.path(),
            .arguments = {"--language", "en", "--reduced-motion"},
            .log_file = data.path() + "/kiosk.log",
            .environment = {{"LD_PRELOAD", FAILING_DISK},
                            {"MILEPOST_FAIL_BELOW", data.path() + "/kiosk"},
                            {"MILEPOST_FAIL", kind + ":1:ever"},
                            {"MILEPOST_FAIL_WHILE", sick}}};
}

nlohmann::json verified(const std::string& data) {
    const auto told = run(std::string{MILEPOST_BIN} + "/milepost", {"log", "verify", "--data", data, "--json"});
    REQUIRE(told);
    return nlohmann::json::parse(told->output);
}

}  // namespace

TEST_CASE("disk: a kiosk whose disk fails at the start is out of service and serves by itself when it works",
          "[road]") {
    const std::string kind = GENERATE("open", "write", "fsync");
    INFO(kind);
    const TemporaryDirectory data;
    const std::string sick = data.path() + "/sick";
    auto display = VirtualDisplay::start(1280, 800);
    REQUIRE(display);
    auto kiosk = KioskDriver::start(**display, on_sick_disk(data, kind, sick));
    REQUIRE(kiosk);
    REQUIRE(kiosk->wait_for(is_out_of_service, kPatience));

    std::filesystem::remove(sick);
    const auto question = kiosk->wait_for(is_question, kPatience);
    REQUIRE(question);
    kiosk->tap(*question->box("answer:4"));
    CHECK(kiosk->wait_for([](const Report& report) { return report.box("back") != nullptr; }, kPatience));
    CHECK(kiosk->process().stop() == 0);
    const auto report = verified(data.path());
    CHECK(report["ok"] == true);
    CHECK(report["responses"] == 1);
}

TEST_CASE("disk: a kiosk that waits for its disk can be ended", "[road]") {
    const TemporaryDirectory data;
    auto display = VirtualDisplay::start(1280, 800);
    REQUIRE(display);
    auto kiosk = KioskDriver::start(**display, on_sick_disk(data, "open", data.path() + "/sick"));
    REQUIRE(kiosk);
    REQUIRE(kiosk->wait_for(is_out_of_service, kPatience));
    CHECK(kiosk->process().stop() == 0);
}

}  // namespace milepost::drive
