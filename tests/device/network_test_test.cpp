#include "sync/device/network_test.h"

#include "platform/files.h"
#include "tests/device/road.h"
#include "tests/platform/temporary_directory.h"
#include "tests/platform/tls_server.h"

#include <catch2/catch.hpp>

namespace milepost::device::test {
namespace {

using State = protocol::NetworkStep::State;
using Why = protocol::NetworkStep::Why;
constexpr const char* kTimePath = "/device/v1/time";

protocol::NetworkReply tested(const StoreAddress& store, const std::vector<std::string>& keys) {
    auto http = platform::HttpClient::make(store.tls());
    REQUIRE(http);
    return test_network(store, keys, *http);
}

protocol::NetworkReply tested(const StoreAddress& store) {
    return tested(store, std::vector<std::string>{});
}

protocol::NetworkReply tested(const StoreAddress& store, const std::string& key) {
    return tested(store, std::vector{key});
}

TEST_CASE("network test: our store on this machine passes every step that is needed") {
    FakeStore store;
    const auto reply = tested({.url = store.url()}, store.key().public_key);
    CHECK(reply.host == "127.0.0.1");
    CHECK(store.url() == "http://127.0.0.1:" + std::to_string(reply.port));
    CHECK(reply.name.state == State::Ok);
    CHECK(reply.reached.state == State::Ok);
    CHECK(reply.certificate.state == State::NotNeeded);
    CHECK(reply.time.state == State::Ok);
    CHECK(reply.time.why == Why::None);
}

TEST_CASE("network test: before an enrolment nobody can say whose time it is") {
    FakeStore store;
    const auto reply = tested({.url = store.url()});
    CHECK(reply.time.state == State::Ok);
    CHECK(reply.time.why == Why::NotEnrolled);
}

TEST_CASE("network test: a store with another key is not ours") {
    FakeStore store;
    const auto reply = tested({.url = store.url()}, platform::SigningKey::generate().public_key);
    CHECK(reply.reached.state == State::Ok);
    CHECK(reply.time.state == State::Failed);
    CHECK(reply.time.why == Why::OtherStore);
}

TEST_CASE("network test: a store that uses the key which a bundle announced is ours") {
    FakeStore store;
    const auto before = platform::SigningKey::generate().public_key;
    CHECK(tested({.url = store.url()}, std::vector{before, store.key().public_key}).time.state == State::Ok);
}

TEST_CASE("network test: a log-in page is no store") {
    FakeStore store;
    store.trick(kTimePath,
                [](const auto&) { return platform::ServerAnswer{.status = 200, .headers = {}, .body = "<html>"}; });
    const auto reply = tested({.url = store.url()}, store.key().public_key);
    CHECK(reply.reached.state == State::Ok);
    CHECK(reply.time.why == Why::NotAStore);
}

TEST_CASE("network test: where nothing listens the store is not reached and nothing after it is tried") {
    const int socket = platform::listen_on("127.0.0.1:0").value();
    const std::string url = "http://127.0.0.1:" + std::to_string(platform::port_of(socket));
    ::close(socket);
    const auto reply = tested({.url = url});
    CHECK(reply.name.state == State::Ok);
    CHECK(reply.reached.state == State::Failed);
    CHECK(reply.reached.why == Why::Refused);
    CHECK(reply.certificate.state == State::NotTried);
    CHECK(reply.time.state == State::NotTried);
    CHECK_FALSE(reply.message.empty());
}

TEST_CASE("network test: a name that nobody knows fails at the first step") {
    const auto reply = tested({.url = "https://store.invalid:8443"});
    CHECK(reply.host == "store.invalid");
    CHECK(reply.port == 8443);
    CHECK(reply.name.state == State::Failed);
    CHECK(reply.name.why == Why::NoName);
    CHECK(reply.reached.state == State::NotTried);
}

TEST_CASE("network test: a certificate of an unknown authority or out of its time is told apart") {
    const bool dated = GENERATE(false, true);
    const platform::TemporaryDirectory directory;
    const platform::Certificate certificate{"localhost", dated ? -3 : -1, dated ? -1 : 1};
    const platform::Certificate other{"localhost", -1, 1};
    const std::string ca_file = directory.file("ca.pem");
    REQUIRE(platform::write_file_atomically(ca_file, dated ? certificate.pem() : other.pem()));
    platform::TlsServer server{certificate};
    const auto reply = tested({.url = "https://localhost:" + std::to_string(server.port()), .ca_file = ca_file});
    CHECK(reply.name.state == State::Ok);
    CHECK(reply.reached.state == State::Ok);
    CHECK(reply.certificate.state == State::Failed);
    CHECK(reply.certificate.why == (dated ? Why::Dates : Why::Untrusted));
    CHECK(reply.time.state == (dated ? State::Failed : State::NotTried));
}

}  // namespace
}  // namespace milepost::device::test
