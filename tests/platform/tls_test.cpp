#include "platform/files.h"
#include "platform/network/http_client.h"
#include "tests/platform/temporary_directory.h"
#include "tests/platform/tls_server.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <string>

namespace milepost::platform {

namespace {

struct Shop {
    TemporaryDirectory directory;
    Certificate certificate;
    TlsServer server{certificate};
    TlsOptions trust{.ca_file = directory.file("ca.pem")};
    std::string url = fmt::format("https://localhost:{}/", server.port());

    explicit Shop(const std::string& name = "localhost", long from = -1, long to = 1) : certificate(name, from, to) {
        REQUIRE(write_file_atomically(trust.ca_file, certificate.pem()).has_value());
    }
};

std::string refusal(const Result<HttpAnswer>& answer) {
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().fault == Fault::Unavailable);
    return answer.error().message;
}

}  // namespace

TEST_CASE("tls: a server of the trusted authority is asked again and again", "[tls]") {
    const Shop shop;
    HttpClient client = HttpClient::make(shop.trust).value();
    for (int i = 0; i < 3; ++i) {
        const auto answer = client.send({.url = shop.url});
        REQUIRE(answer.has_value());
        CHECK(answer->body == "ok");
    }
}

TEST_CASE("tls: an unknown authority is refused", "[tls]") {
    const Shop shop;
    const Shop other;
    HttpClient client = HttpClient::make(other.trust).value();
    const bool ignore_dates = GENERATE(false, true);
    const auto answer = client.send({.url = shop.url, .ignore_certificate_dates = ignore_dates});
    CHECK_THAT(refusal(answer), Catch::StartsWith("TLS with localhost:"));
}

TEST_CASE("tls: a certificate for another name is refused", "[tls]") {
    const Shop shop{"store.example.com"};
    HttpClient client = HttpClient::make(shop.trust).value();
    const bool ignore_dates = GENERATE(false, true);
    const auto answer = client.send({.url = shop.url, .ignore_certificate_dates = ignore_dates});
    CHECK_THAT(refusal(answer), Catch::StartsWith("TLS with localhost:"));
}

TEST_CASE("tls: wrong dates pass only where they are ignored and open nothing for later", "[tls]") {
    const auto [from, to] = GENERATE(table<long, long>({{-10, -5}, {5, 10}}));
    const Shop shop{"localhost", from, to};
    HttpClient client = HttpClient::make(shop.trust).value();
    CHECK_THAT(refusal(client.send({.url = shop.url})), Catch::StartsWith("TLS with localhost:"));
    const auto answer = client.send({.url = shop.url, .ignore_certificate_dates = true});
    REQUIRE(answer.has_value());
    CHECK(answer->status == 200);
    CHECK_THAT(refusal(client.send({.url = shop.url})), Catch::StartsWith("TLS with localhost:"));
}

TEST_CASE("tls: a pinned key must be the server's", "[tls]") {
    const Shop shop;
    TlsOptions pinned = shop.trust;
    pinned.pinned_key = shop.certificate.pin();
    CHECK(HttpClient::make(pinned)->send({.url = shop.url}).has_value());
    pinned.pinned_key = Certificate{"localhost", -1, 1}.pin();
    CHECK_THAT(refusal(HttpClient::make(pinned)->send({.url = shop.url})), Catch::StartsWith("TLS with localhost:"));
}

TEST_CASE("tls: an authority's file that is missing is named", "[tls]") {
    const Shop shop;
    HttpClient client = HttpClient::make({.ca_file = "/nonexistent/ca.pem"}).value();
    CHECK_THAT(refusal(client.send({.url = shop.url})), Catch::Contains("/nonexistent/ca.pem"));
}

}  // namespace milepost::platform
