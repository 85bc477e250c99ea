#include "sync/device/enrol.h"

#include "platform/encoding.h"
#include "platform/files.h"
#include "sync/protocol/messages.h"
#include "tests/device/road.h"

#include <catch2/catch.hpp>
#include <sys/stat.h>

namespace milepost::device::test {
namespace {

using Honest = std::function<platform::ServerAnswer()>;
constexpr const char* kEnrolPath = "/device/v1/enrol";

struct Device {
    Result<Enrolled> enrol_at(const std::string& url, const std::string& code = FakeStore::kCode) {
        auto http = platform::HttpClient::make({});
        REQUIRE(http);
        return enrol({.data = data.path(), .store = {.url = url}, .code = code}, *http, clock);
    }
    std::string key_text() const { return *platform::read_file(data.path() / "sync" / "device.key"); }

    TempDirectory data;
    platform::ManualClock clock{kNow};
};

TEST_CASE("enrol: both ends show the same words and the key is for its owner alone") {
    Device device;
    FakeStore store;
    const auto enrolled = device.enrol_at(store.url());
    REQUIRE(enrolled);
    CHECK(enrolled->device == "dev_1");
    CHECK(enrolled->touchpoint == "exit");
    const auto request = protocol::decode_enrol_request(store.bodies(kEnrolPath).at(0));
    REQUIRE(request);
    CHECK_FALSE(request->log);
    CHECK(enrolled->fingerprint ==
          protocol::fingerprint(request->public_key, store.key().public_key, std::string(32, 'C')));

    struct stat about{};
    REQUIRE(::stat((device.data.path() / "sync" / "device.key").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    const auto status = read_device_status(device.data.path());
    REQUIRE(status);
    CHECK(status->device == "dev_1");
    CHECK(status->touchpoint == "exit");
    CHECK(status->store_url == store.url());
    CHECK(status->last_contact == kNow);
    // For the kiosk, which seals contacts.
    const auto sync = read_sync_state(device.data.path());
    REQUIRE(sync);
    CHECK(sync->status.at(std::string{kContactKeyId}) == "k1");
    CHECK(sync->status.at(std::string{kContactKey}) == platform::to_base64(std::string(32, 'C')));
}

TEST_CASE("enrol: a log that is there already is named") {
    Device device;
    FakeStore store;
    LogWriter log{device.data.path()};
    log.begin_epoch();
    log.begin_epoch();
    REQUIRE(device.enrol_at(store.url()));
    CHECK(protocol::decode_enrol_request(store.bodies(kEnrolPath).at(0))->log == log.epochs().front());
}

TEST_CASE("enrol: a lost answer locks nobody out") {
    Device device;
    FakeStore store;
    store.trick(kEnrolPath, [](const Honest& honest) {
        static_cast<void>(honest());
        return platform::ServerAnswer{.status = 504, .headers = {}, .body = "gateway"};
    });
    const auto first = device.enrol_at(store.url());
    REQUIRE_FALSE(first);
    CHECK(first.error().fault == Fault::Unavailable);
    CHECK(device.enrol_at(store.url()));
    CHECK(device.enrol_at(store.url()));  // and once more by a person who did not look
    const auto requests = store.bodies(kEnrolPath);
    CHECK(protocol::decode_enrol_request(requests[0])->public_key ==
          protocol::decode_enrol_request(requests[1])->public_key);
}

TEST_CASE("enrol: the key is on the disk before the store sees it") {
    Device device;
    FakeStore store;
    std::string at_request;
    store.trick(kEnrolPath, [&](const Honest& honest) {
        at_request = device.key_text();
        return honest();
    });
    REQUIRE(device.enrol_at(store.url()));
    CHECK(at_request.find("secret") != std::string::npos);
}

TEST_CASE("enrol: a wrong code says what to do and keeps what was") {
    Device device;
    FakeStore store;
    REQUIRE(device.enrol_at(store.url()));
    const auto wrong = device.enrol_at(store.url(), "WRONG");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().fault == Fault::Refused);
    CHECK(wrong.error().message.find("milepost-store device add") != std::string::npos);
    CHECK(read_key_file(device.data.path())->identity->device == "dev_1");
}

TEST_CASE("enrol: what is no store is told") {
    Device device;
    FakeStore store;
    const auto enrolled_by = [&](const FakeStore::Trick& trick) {
        store.trick(kEnrolPath, trick);
        return device.enrol_at(store.url());
    };
    CHECK_FALSE(enrolled_by([](const Honest&) {
        return platform::ServerAnswer{.status = 200, .headers = {}, .body = "<html>log in</html>"};
    }));
    CHECK_FALSE(enrolled_by([](const Honest& honest) {
        auto answer = honest();
        answer.headers.clear();
        return answer;
    }));
    CHECK_FALSE(enrolled_by([&](const Honest&) { return store.answer(201, R"({"device":"dev_1"})"); }));
    CHECK_FALSE(read_key_file(device.data.path())->identity);
    CHECK(read_device_status(device.data.path())->device.empty());
}

TEST_CASE("enrol: a store that cannot do it now is told to be a store") {
    Device device;
    FakeStore store;
    store.trick(kEnrolPath, [&](const Honest&) { return store.problem(503, "busy"); });
    const auto enrolled = device.enrol_at(store.url());
    REQUIRE_FALSE(enrolled);
    CHECK(enrolled.error().fault == Fault::Unavailable);
    CHECK(enrolled.error().message.find("cannot enrol this device now") != std::string::npos);
    CHECK(enrolled.error().message.find("Is that the address") == std::string::npos);
    CHECK(device.enrol_at(store.url()));
}

TEST_CASE("enrol: another store is refused while records are for the first") {
    Device device;
    FakeStore first;
    FakeStore second;
    REQUIRE(device.enrol_at(first.url()));
    SECTION("before there are any it is taken") {
        CHECK(device.enrol_at(second.url(), FakeStore::kCode));
    }
    SECTION("unsent ones") {
        LogWriter log{device.data.path()};
        log.begin_epoch();
        const auto refused = device.enrol_at(second.url());
        REQUIRE_FALSE(refused);
        CHECK(refused.error().fault == Fault::Refused);
        CHECK(refused.error().message.find("not sent") != std::string::npos);
        CHECK(read_key_file(device.data.path())->identity->store_key == first.key().public_key);
    }
    SECTION("unsent ones whose device lost its key") {
        LogWriter log{device.data.path()};
        log.begin_epoch();
        set_key_file_aside(device.data.path());
        const auto refused = device.enrol_at(second.url());
        REQUIRE_FALSE(refused);
        CHECK(refused.error().message.find(first.url()) != std::string::npos);
        first.forget_device();  // a new code for this log, in a real one
        CHECK(device.enrol_at(first.url()));
    }
}

TEST_CASE("enrol: addresses that cannot be a store's are usage errors") {
    CHECK(tidy_store_url("https://store.example:8443/") == "https://store.example:8443");
    CHECK_FALSE(tidy_store_url("store.example"));
    CHECK_FALSE(tidy_store_url("ftp://store.example"));
    CHECK_FALSE(tidy_store_url("https://store.example/milepost"));
    const auto unprotected = Device{}.enrol_at("http://store.example");
    REQUIRE_FALSE(unprotected);
    CHECK(unprotected.error().fault == Fault::Invalid);
}

TEST_CASE("enrol: a damaged key file is told and not overwritten") {
    Device device;
    FakeStore store;
    REQUIRE(device.enrol_at(store.url()));
    for (const char* name : {"device.key", "device.key.copy"}) {
        REQUIRE(platform::write_file_atomically(device.data.path() / "sync" / name, "{\"identity\":1}"));
    }
    const auto enrolled = device.enrol_at(store.url());
    REQUIRE_FALSE(enrolled);
    CHECK(enrolled.error().fault == Fault::Corrupt);
    CHECK(device.key_text() == "{\"identity\":1}");
}

}  // namespace
}  // namespace milepost::device::test
