/// Bundles of a server in this process: what its threads do to each other while somebody publishes.

#include "sync/store/bundle_administration.h"
#include "sync/store/control.h"
#include "tests/platform/raw_client.h"
#include "tests/store/running_store.h"
#include "tests/store/sample_order.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <atomic>
#include <thread>

namespace milepost::store::test {
namespace {

constexpr const char* kPath = "/device/v1/bundle";

/// What the store says to a bundle with a logo of so many bytes that do not pack.
nlohmann::json publish(const RunningStore& store, std::size_t logo = 0) {
    auto order = an_order();
    if (logo > 0) {
        order.content.files["assets/logo.png"] = platform::random_bytes(logo);
        order.content.branding.logo = "assets/logo.png";
    }
    const auto answer = ask_running_store(store.directory.path(), to_request(order).dump());
    REQUIRE(answer);
    return nlohmann::json::parse(*answer);
}

TestDevice second_device(RunningStore& store) {
    TestDevice second;
    const auto answer = store.ask(
        second, "/device/v1/enrol",
        protocol::encode(protocol::EnrolRequest{
            .code = store.new_code(), .public_key = second.key.public_key, .log = {}, .hardware = "", .version = ""}));
    REQUIRE(answer.status == 201);
    second.id = protocol::decode_enrol_answer(answer.body)->device;
    return second;
}

int port_of(const std::string& url) {
    return std::stoi(url.substr(url.rfind(':') + 1));
}

}  // namespace

TEST_CASE("bundle server: who publishes, who fetches and who hangs up do not disturb each other") {
    RunningStore store;
    TestDevice first;
    store.enrol(first);
    TestDevice second = second_device(store);
    REQUIRE(publish(store, 500'000).contains("ok"));
    std::atomic<bool> enough = false;
    std::jthread publisher{[&] {
        while (!enough) {
            if (!ask_running_store(store.directory.path(), to_request(an_order()).dump())) return;
        }
    }};
    int whole = 0;
    for (int round = 0; round < 8; ++round) {
        {
            const auto url = store.url();
            platform::RawClient gone{port_of(url)};
            gone.say(text_of(second.request(url, kPath, "", store.clock.now().utc), kPath));
        }
        const auto answer = store.ask(first, kPath, "");
        CHECK((answer.status == 200 || answer.status == 503));
        if (answer.status != 200) continue;
        const auto opened = protocol::open_bundle(answer.body, answer.headers.at("milepost-bundle-signature"),
                                                  {.store_keys = {store.store_key}, .device = first.id, .above = 0});
        CHECK(opened);
        ++whole;
    }
    enough = true;
    publisher.join();
    CHECK(whole > 0);
}

TEST_CASE("bundle server: it ends while a device takes its bundle and somebody publishes") {
    RunningStore store;
    TestDevice device;
    store.enrol(device);
    REQUIRE(publish(store, 3'000'000).contains("ok"));
    const auto url = store.url();
    platform::RawClient dawdler{port_of(url)};
    dawdler.say(text_of(device.request(url, kPath, "", store.clock.now().utc), kPath));
    REQUIRE(dawdler.hear_some().starts_with("HTTP/1.1 200"));
    std::jthread publisher{[&] {
        while (ask_running_store(store.directory.path(), to_request(an_order()).dump())) {
        }
    }};
    store.server.reset();
    publisher.join();
    CHECK_FALSE(platform::RawClient{port_of(url)}.connected());
}

TEST_CASE("bundle server: a device that fetches again and again is told to wait, another is not") {
    RunningStore store;
    TestDevice first;
    store.enrol(first);
    TestDevice second = second_device(store);
    REQUIRE(publish(store).contains("ok"));
    int waits = 0;
    for (int i = 0; i < 15; ++i) {
        const auto answer = store.ask(first, kPath, "");
        if (answer.status != 429) continue;
        ++waits;
        CHECK(answer.headers.contains("retry-after"));
    }
    CHECK(waits >= 4);
    CHECK(store.ask(second, kPath, "").status == 200);
}

}  // namespace milepost::store::test
