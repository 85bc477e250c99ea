#include "platform/files.h"
#include "sync/device/agent.h"
#include "sync/device/network_test.h"
#include "tests/device/road.h"
#include "tests/device/tls_front.h"

#include <catch2/catch.hpp>

namespace milepost::device::test {
namespace {

using platform::Certificate;

/// A device that is enrolled at a store behind TLS; `store_day` is today at the store, in days from the real day.
struct Protected {
    Protected(const Certificate& shown, const Certificate& trusted, int store_day, platform::UtcTime device_time)
        : clock(device_time), front(shown, port_of(store)) {
        const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        store.set_time(now + std::chrono::days{store_day});
        const auto ca_file = data.path() / "ca.pem";
        REQUIRE(platform::write_file_atomically(ca_file, trusted.pem()));
        address = {.url = "https://localhost:" + std::to_string(front.port()), .ca_file = ca_file.string()};
        log.begin_epoch();
        log.add_responses(3);
    }
    static int port_of(const FakeStore& store) {
        const auto url = store.url();
        return std::stoi(url.substr(url.rfind(':') + 1));
    }
    Result<Enrolled> enrolled() {
        auto http = platform::HttpClient::make(address.tls());
        REQUIRE(http);
        return enrol({.data = data.path(), .store = address, .code = FakeStore::kCode}, *http, clock);
    }
    Round once() {
        auto agent = Agent::open(data.path(), clock);
        REQUIRE(agent);
        return (*agent)->once();
    }

    TempDirectory data;
    FakeStore store;
    LogWriter log{data.path()};
    platform::ManualClock clock;
    TlsFront front;
    StoreAddress address;
};

/// The device's clock as it is after a night without power.
constexpr platform::UtcTime kEpochStart{};

platform::UtcTime today() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

TEST_CASE("tls: a store with a good certificate takes everything") {
    const Certificate certificate{"localhost", -1, 1};
    Protected device{certificate, certificate, 0, today()};
    REQUIRE(device.enrolled());
    CHECK_FALSE(device.once().failure);
    CHECK((device.store.lines() == device.log.lines()));
    CHECK(device.store.bodies("/device/v1/time").empty());
}

TEST_CASE("tls: nothing goes to a certificate of an unknown authority or of another host") {
    const bool other_host = GENERATE(false, true);
    const Certificate good{"localhost", -1, 1};
    const Certificate bad{other_host ? "elsewhere.example" : "localhost", -1, 1};
    Protected device{bad, other_host ? bad : good, 0, today()};
    const auto enrolled = device.enrolled();
    REQUIRE_FALSE(enrolled);
    CHECK(enrolled.error().message.find("TLS") != std::string::npos);
    CHECK(device.store.bodies("/device/v1/enrol").empty());
}

TEST_CASE("tls: a store whose certificate is exchanged for a stranger's gets no more and its staff see why") {
    const Certificate good{"localhost", -1, 1};
    const Certificate stranger{"localhost", -1, 1};
    Protected device{good, good, 0, today()};
    REQUIRE(device.enrolled());
    auto keys = read_key_file(device.data.path());
    REQUIRE(keys);
    TlsFront other{stranger, Protected::port_of(device.store)};
    keys->identity->store.url = "https://localhost:" + std::to_string(other.port());
    REQUIRE(write_key_file(device.data.path(), *keys));
    const auto round = device.once();
    REQUIRE(round.failure);
    CHECK(device.store.uploads().empty());
    CHECK(device.store.bodies("/device/v1/time").empty());
    CHECK(read_device_status(device.data.path())->last_error.find("TLS") != std::string::npos);
}

TEST_CASE("tls: a dead clock locks nobody out") {
    // What this machine takes for the present is before or after all that the certificate knows; the store's own time
    // is inside it.
    const auto [from, to, store_day] = GENERATE(table<int, int, int>({{2, 4, 3}, {-4, -2, -3}}));
    const Certificate certificate{"localhost", from, to};
    Protected device{certificate, certificate, store_day, kEpochStart};
    REQUIRE(device.enrolled());
    const auto round = device.once();
    CHECK_FALSE(round.failure);
    CHECK((device.store.lines() == device.log.lines()));
    CHECK(read_device_status(device.data.path())->unsent == 0);
}

TEST_CASE("tls: a certificate that has expired or begins tomorrow by the store's time is refused") {
    const auto [from, to] = GENERATE(table<int, int>({{-4, -2}, {2, 4}}));
    const Certificate certificate{"localhost", from, to};
    Protected device{certificate, certificate, 0, today()};
    REQUIRE(device.enrolled());  // enrolment and time look at everything but the dates
    const auto round = device.once();
    REQUIRE(round.failure);
    CHECK(round.failure->message.find("TLS") != std::string::npos);
    CHECK_FALSE(device.store.bodies("/device/v1/time").empty());
    CHECK(device.store.uploads().empty());
}

TEST_CASE("tls: with the clock at 1970 the store's time is asked for once and then holds") {
    const Certificate certificate{"localhost", -1, 1};
    Protected device{certificate, certificate, 0, kEpochStart};
    REQUIRE(device.enrolled());
    auto agent = Agent::open(device.data.path(), device.clock);
    REQUIRE(agent);
    CHECK_FALSE((*agent)->once().failure);
    device.log.add_responses(2);
    CHECK_FALSE((*agent)->once().failure);
    CHECK(device.store.bodies("/device/v1/time").size() == 1);
    CHECK((device.store.lines() == device.log.lines()));
}

TEST_CASE("tls: a pinned key that is not the store's is refused") {
    const Certificate certificate{"localhost", -1, 1};
    const Certificate other{"localhost", -1, 1};
    Protected device{certificate, certificate, 0, today()};
    device.address.pinned_key = other.pin();
    CHECK_FALSE(device.enrolled());
    CHECK(device.store.bodies("/device/v1/enrol").empty());
    device.address.pinned_key = certificate.pin();
    REQUIRE(device.enrolled());
    CHECK_FALSE(device.once().failure);
}

TEST_CASE("tls: through a proxy the store is reached and its certificate is still looked at") {
    const Certificate store{"store.example", -1, 1};
    const Certificate stranger{"store.example", -1, 1};
    const bool honest = GENERATE(true, false);
    Protected device{honest ? store : stranger, store, 0, today()};
    device.address.url = "https://store.example:8443";
    device.address.proxy = "http://127.0.0.1:" + std::to_string(device.front.port());
    CHECK(device.enrolled().has_value() == honest);
    CHECK(device.front.connects() > 0);
    if (!honest) return;
    CHECK_FALSE(device.once().failure);  // the proxy was kept with the enrolment
    CHECK((device.store.lines() == device.log.lines()));
}

TEST_CASE("tls: a proxy that does not let through is named, and its password is not") {
    const Certificate store{"store.example", -1, 1};
    Protected device{store, store, 0, today()};
    device.address.url = "https://store.example:8443";
    const bool is_there = GENERATE(true, false);
    const auto proxy = "127.0.0.1:" + std::to_string(is_there ? device.front.port() : 1);
    device.address.proxy = "http://clerk:geheim@" + proxy;
    device.front.wants_sign_in = true;
    const auto enrolled = device.enrolled();
    REQUIRE_FALSE(enrolled);
    const auto& said = enrolled.error().message;
    CHECK(said.find("the proxy " + proxy) != std::string::npos);
    CHECK((said.find("407") != std::string::npos) == is_there);
    CHECK(said.find("geheim") == std::string::npos);

    auto http = platform::HttpClient::make(device.address.tls());
    REQUIRE(http);
    const auto tested = test_network(device.address, {}, *http);
    CHECK(tested.reached.why == protocol::NetworkStep::Why::Proxy);
    CHECK(tested.time.state == protocol::NetworkStep::State::NotTried);
}

}  // namespace
}  // namespace milepost::device::test
