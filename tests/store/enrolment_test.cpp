#include "tests/store/desk.h"

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;
using namespace std::chrono_literals;

namespace {

struct Enrolling : Desk {
    StoreKeys keys = *StoreKeys::open(directory.path());
    platform::SigningKey key = platform::SigningKey::generate();
    DeviceCode code = *add_device(*writing, kiosk());

    Result<protocol::EnrolAnswer> with(const std::string& typed, const platform::SigningKey& by,
                                       std::optional<std::string> log = {}) {
        return enrol(
            *writing, keys,
            {.code = typed, .public_key = by.public_key, .log = std::move(log), .hardware = "Pi", .version = "1"});
    }
    static void refused(const Result<protocol::EnrolAnswer>& answer) {
        REQUIRE_FALSE(answer);
        CHECK(answer.error().fault == Fault::Refused);
        CHECK(answer.error().message == "this code cannot be used: make a new one with `milepost-store device add`");
    }
};

}  // namespace

TEST_CASE("enrolment: a code makes a key a device's") {
    Enrolling desk;

    const auto answer = desk.with(desk.code.code, desk.key);

    REQUIRE(answer);
    CHECK(answer->device == desk.code.device);
    CHECK(answer->touchpoint == "exit");
    CHECK(answer->store_key == desk.keys.signing.public_key);
    CHECK((*desk.writing->tables->devices.find(answer->device))->public_key == desk.key.public_key);
}

TEST_CASE("enrolment: the same code with the same key gets the same answer while it lives") {
    Enrolling desk;
    const auto first = desk.with(desk.code.code, desk.key);
    desk.clock.advance(14min);
    const auto again = desk.with(desk.code.code, desk.key);

    REQUIRE(first);
    REQUIRE(again);
    CHECK(again->device == first->device);
    desk.clock.advance(1min);
    Enrolling::refused(desk.with(desk.code.code, desk.key));
}

TEST_CASE("enrolment: wrong and used and void codes are refused alike") {
    Enrolling desk;
    Enrolling::refused(desk.with("00000-00000-00000", desk.key));
    Enrolling::refused(desk.with("", desk.key));
    REQUIRE(desk.with(desk.code.code, desk.key));
    Enrolling::refused(desk.with(desk.code.code, platform::SigningKey::generate()));

    Enrolling late;
    late.clock.advance(15min);
    Enrolling::refused(late.with(late.code.code, late.key));

    Enrolling twice;
    const auto second = add_device(*twice.writing, Desk::kiosk());
    REQUIRE(second);
    CHECK(second->device == twice.code.device);
    Enrolling::refused(twice.with(twice.code.code, twice.key));
    CHECK(twice.with(second->code, twice.key));
}

TEST_CASE("enrolment: a request that is sent again brings no earlier key back") {
    Enrolling desk;
    REQUIRE(desk.with(desk.code.code, desk.key));
    auto& devices = desk.writing->tables->devices;
    const auto next = platform::SigningKey::generate();
    REQUIRE(devices.offer_key(desk.code.device, next.public_key));
    // Until the new key is used the old one is good, and so is its code.
    REQUIRE(desk.with(desk.code.code, desk.key));
    CHECK((*devices.find(desk.code.device))->next_key == next.public_key);
    SECTION("after the new one was used") {
        REQUIRE(take_key(*desk.writing, desk.code.device, next.public_key));
        CHECK(desk.count("enrolment_code") == 0);
    }
    SECTION("though the code were still there") {
        REQUIRE(devices.take_key(desk.code.device, next.public_key));
    }
    Enrolling::refused(desk.with(desk.code.code, desk.key));
    CHECK((*devices.find(desk.code.device))->public_key == next.public_key);
}

TEST_CASE("enrolment: a log that another device writes to is refused") {
    Enrolling desk;
    const FakeLog log;
    desk.accepted(log.batch());

    Enrolling::refused(desk.with(desk.code.code, desk.key, log.id()));
    CHECK(desk.with(desk.code.code, desk.key, FakeLog{}.id()));
}

TEST_CASE("enrolment: a store that may not write says so and not that the code is wrong") {
    Enrolling desk;
    REQUIRE(desk.writing->tables->database->run_script("PRAGMA query_only = 1"));

    const auto answer = desk.with(desk.code.code, desk.key);

    REQUIRE_FALSE(answer);
    CHECK(answer.error().fault == Fault::Io);
    REQUIRE(desk.writing->tables->database->run_script("PRAGMA query_only = 0"));
    CHECK(desk.with(desk.code.code, desk.key));
}

TEST_CASE("enrolment: a code is not kept readable") {
    const Enrolling desk;
    const auto kept = desk.rows("SELECT CAST(code_hash AS TEXT) FROM enrolment_code").front();
    CHECK(kept.find(normalize_code(desk.code.code)) == std::string::npos);
    CHECK(kept.size() == 32);
}

TEST_CASE("enrolment: a device that never enrolled gets a new code and an enrolled one a sibling") {
    Enrolling desk;
    REQUIRE(desk.with(desk.code.code, desk.key));

    const auto sibling = add_device(*desk.writing, Desk::kiosk());

    REQUIRE(sibling);
    CHECK(sibling->device != desk.code.device);
}

TEST_CASE("enrolment: what a device cannot be is said with the way out") {
    Desk desk;
    struct Case {
        NewDevice device;
        std::string says;
    };
    const auto c = GENERATE(values<Case>({
        {{.name = "k", .site = "hamburg", .touchpoint = "exit"}, "--site berlin"},
        {{.name = "k", .site = "berlin", .touchpoint = "exit", .time_zone = "Asia/Tokyo"}, "leave --time-zone out"},
        {{.name = "k", .site = "nice", .touchpoint = "till", .time_zone = "Europe/Atlantis"}, "--time-zone"},
        {{.name = "", .site = "berlin", .touchpoint = "exit"}, "--name"},
        {{.name = "k", .site = "a\nb", .touchpoint = "exit"}, "--site"},
        {{.name = "k", .site = "berlin", .touchpoint = std::string(101, 'x')}, "--touchpoint"},
    }));
    const auto sites = desk.count("site");

    const auto made = add_device(*desk.writing, c.device);

    REQUIRE_FALSE(made);
    CHECK(made.error().fault == Fault::Invalid);
    CHECK_THAT(made.error().message, Catch::Contains(c.says));
    CHECK(desk.count("site") == sites);
    CHECK(desk.count("device") == 1);
}
