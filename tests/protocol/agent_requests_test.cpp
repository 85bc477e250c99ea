#include "sync/protocol/agent_requests.h"

#include <catch2/catch.hpp>

using namespace milepost;
using namespace milepost::protocol;

namespace {

template <class Kind>
Kind passed_on(const Wish& wish) {
    const auto read = read_wish(what_of(wish), data_of(wish));
    REQUIRE(read);
    REQUIRE(std::holds_alternative<Kind>(*read));
    return std::get<Kind>(*read);
}

}  // namespace

TEST_CASE("agent requests: what the kiosk wishes arrives whole") {
    const auto enrol = passed_on<EnrolWish>(EnrolWish{"store.example", "7K3PQ-9QXMT-4VWAD"});
    CHECK(enrol.store_url == "store.example");
    CHECK(enrol.code == "7K3PQ-9QXMT-4VWAD");
    CHECK(passed_on<NetworkTestWish>(NetworkTestWish{"x"}).store_url == "x");
    const auto unlock = passed_on<UnlockWish>(UnlockWish{"12345678", "87654321"});
    CHECK(unlock.challenge == "12345678");
    CHECK(unlock.answer == "87654321");
}

TEST_CASE("agent requests: what is no wish is refused") {
    CHECK_FALSE(read_wish("reboot", "{}"));
    CHECK_FALSE(read_wish("enrol", "{}"));
    CHECK_FALSE(read_wish("enrol", "[]"));
    CHECK_FALSE(read_wish("unlock", R"({"challenge":1,"answer":"x"})"));
}

TEST_CASE("agent requests: replies arrive whole") {
    const auto enrol = read_reply(encode(EnrolReply{EnrolOutcome::OtherStore, "dev_1", "exit", "a b c d", "why"}));
    REQUIRE(enrol);
    CHECK(std::get<EnrolReply>(*enrol).outcome == EnrolOutcome::OtherStore);
    CHECK(std::get<EnrolReply>(*enrol).fingerprint == "a b c d");
    NetworkReply network{.host = "h", .port = 8443};
    network.name = {NetworkStep::State::Ok};
    network.reached = {NetworkStep::State::Failed, NetworkStep::Why::Silent};
    const auto told = read_reply(encode(network));
    REQUIRE(told);
    const auto& read = std::get<NetworkReply>(*told);
    CHECK(read.port == 8443);
    CHECK(read.name.state == NetworkStep::State::Ok);
    CHECK(read.reached.why == NetworkStep::Why::Silent);
    CHECK(read.certificate.state == NetworkStep::State::NotTried);
    CHECK(std::get<UnlockReply>(*read_reply(encode(UnlockReply{true, true}))).right);
    CHECK(std::holds_alternative<Working>(*read_reply(encode(Working{}))));
    CHECK(std::holds_alternative<Misunderstood>(*read_reply(encode(Misunderstood{}))));
}

TEST_CASE("agent requests: a reply of a later version fails safely") {
    const auto unknown =
        read_reply(R"({"to":"enrol","outcome":"postponed","device":"","touchpoint":"","fingerprint":"","message":""})");
    REQUIRE(unknown);
    CHECK(std::get<EnrolReply>(*unknown).outcome == EnrolOutcome::Failed);
    CHECK_FALSE(read_reply("no JSON"));
    CHECK_FALSE(read_reply(R"({"to":"enrol"})"));
}
