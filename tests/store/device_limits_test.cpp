// What a store says to those that it does not serve, and that it always says it signed.
#include "tests/store/road.h"

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;
using namespace std::chrono_literals;

TEST_CASE("device api: refusals of what cannot be read are signed as far as there is a nonce") {
    Road road;
    auto request = road.kiosk.request(road.url(), "/device/v1/records", road.log.batch(), road.clock.now().utc);
    SECTION("a signature that is no signature") {
        request.headers["Signature"] = "sig1=nonsense";
    }
    SECTION("no signature at all") {
        request.headers.erase("Signature");
    }
    SECTION("another digest") {
        request.headers["Content-Digest"] = "sha-256=:AAAA:";
    }
    SECTION("an unknown algorithm") {
        auto& input = request.headers["Signature-Input"];
        input.replace(input.find("ed25519"), 7, "hmac999");
    }
    road.is_problem(road.send(request), 401, "signature");
}

TEST_CASE("device api: a refusal without any nonce is signed over none") {
    Road road;
    road.kiosk.nonce.clear();
    const auto answer = road.send({.method = "POST",
                                   .url = road.url() + "/device/v1/records",
                                   .headers = {{"Signature-Input", "what?"}},
                                   .body = "x"});
    road.is_problem(answer, 401, "signature");
}

TEST_CASE("device api: a body beyond the limit is refused with a signature") {
    Road road;
    const std::string large(2 << 20, 'x');
    road.is_problem(road.records(road.kiosk, large), 413, "too-large");
    CHECK(road.records(road.kiosk, road.log.batch()).status == 200);
}

TEST_CASE("device api: who is nobody's device is told to wait before long and others are not") {
    Road road;
    auto stranger = road.kiosk;
    SECTION("with a name that nobody has") {
        stranger.id = "dev_0000000000000000";
    }
    SECTION("with a device's name and another key") {
        stranger.key = platform::SigningKey::generate();
    }
    int refused = 0;
    const auto status = [&] { return road.records(stranger, "x").status; };
    const int no = status();
    CHECK((no == 401 || no == 403));
    while (refused < 1'000 && status() == no) ++refused;
    CHECK(refused == 299);
    const auto answer = road.records(stranger, "x");
    CHECK(answer.status == 429);
    CHECK(answer.headers.at("retry-after") == "1");
    CHECK(road.records(road.kiosk, road.log.batch()).status == 200);
    road.clock.advance(1s);
    CHECK(status() == no);
    CHECK(road.records(road.kiosk, road.log.batch()).status == 200);
}

TEST_CASE("device api: a device that asks without end is told to wait") {
    Road road;
    int taken = 0;
    while (taken < 2'000 && road.ask(road.kiosk, "/device/v1/none", "").status == 404) ++taken;
    CHECK(taken == 1'000);
    road.is_problem(road.ask(road.kiosk, "/device/v1/none", ""), 429, "busy");
    road.clock.advance(10ms);
    CHECK(road.ask(road.kiosk, "/device/v1/none", "").status == 404);
}
