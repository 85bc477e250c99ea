#include "sync/device/enrol_file.h"

#include "platform/encoding.h"
#include "platform/files.h"
#include "sync/device/file_enroller.h"
#include "sync/device/runner.h"
#include "sync/protocol/messages.h"
#include "tests/device/road.h"

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include <functional>
#include <thread>

namespace milepost::device::test {
namespace {

constexpr const char* kEnrolPath = "/device/v1/enrol";

/// A device that nobody enrolled, and the boot partition of its card.
struct Card {
    void put(const std::string& text) const { REQUIRE(platform::write_file_atomically(file, text)); }
    void put_code(const std::string& code = FakeStore::kCode) const {
        put("# from the office\nstore = \"" + store.url() + "\"\ncode = \"" + code + "\"\n");
    }
    std::string text() const { return platform::read_file(file).value_or(""); }
    std::string told() const { return read_device_status(data.path())->enrol_file; }
    std::size_t asked() { return store.bodies(kEnrolPath).size(); }
    Identity identity() const {
        const auto keys = read_key_file(data.path());
        REQUIRE(keys);
        REQUIRE(keys->identity);
        return *keys->identity;
    }
    void store_refuses(const std::string& why) const {
        auto sync = SyncDatabase::open(data.path());
        REQUIRE(sync);
        const StatusChange change[] = {{kStoreRefuses, why}};
        REQUIRE(sync->put(change));
    }

    TempDirectory data;
    TempDirectory boot;
    std::string file = boot.path() / "milepost-enrol.toml";
    FakeStore store;
    platform::ManualClock clock{kNow};
    RequestDesk desk{data.path(), {}, clock};
    FileEnroller by_file{file, data.path(), desk, clock};
};

TEST_CASE("enrol file: what is wrong with it is told with line and column, all of it") {
    Card card;
    card.put("store = \"ftp://store.example\"\ncode = 5\ncolour = \"red\"\n");
    CHECK_FALSE(card.by_file.try_now());
    const std::string told = card.told();
    INFO(told);
    CHECK(told.find(card.file + ":1:9: error: ") != std::string::npos);
    CHECK(told.find(card.file + ":2:8: error: 'code' cannot be") != std::string::npos);
    CHECK(told.find(card.file + ":3:1: error: unknown key 'colour'") != std::string::npos);
    card.put("store = \"https://store.example\ncode = \"x\"\n");
    CHECK_FALSE(card.by_file.try_now());
    CHECK(card.told().find(card.file + ":1:") == 0);
    CHECK(card.asked() == 0);
}

TEST_CASE("enrol file: it enrols once, and the code is taken out") {
    Card card;
    CHECK_FALSE(card.by_file.try_now());  // there is no file
    CHECK(card.told().empty());
    card.put_code();
    CHECK(card.by_file.try_now());
    CHECK(card.identity().device == "dev_1");
    CHECK(card.identity().store.url == card.store.url());
    CHECK(card.text().find(FakeStore::kCode) == std::string::npos);
    CHECK(card.text().find("used on 2025-11-21T18:20:01.000Z by dev_1") != std::string::npos);
    CHECK(card.told().find("its code taken out") != std::string::npos);
    const auto again = read_enrol_file(card.file);
    REQUIRE(again);
    REQUIRE(*again);
    CHECK((*again)->code.empty());
    CHECK((*again)->store.url == card.store.url());
}

TEST_CASE("enrol file: a lost answer is asked for again with the same key, after a wait") {
    Card card;
    card.put_code();
    card.store.trick(kEnrolPath, [](const auto& honest) {
        static_cast<void>(honest());
        return platform::ServerAnswer{.status = 504, .headers = {}, .body = "gateway"};
    });
    CHECK_FALSE(card.by_file.try_now());
    CHECK(card.text().find(FakeStore::kCode) != std::string::npos);
    while (!card.by_file.try_now() && card.asked() < 2) card.clock.advance(std::chrono::milliseconds{100});
    const auto bodies = card.store.bodies(kEnrolPath);
    REQUIRE(bodies.size() == 2);
    CHECK(bodies[0] == bodies[1]);
    CHECK(card.identity().device == "dev_1");
}

TEST_CASE("enrol file: a code that the store does not take is not tried again, another one is") {
    Card card;
    card.store.trick(kEnrolPath, [&](const auto&) { return card.store.problem(403, "code"); });
    card.put_code();
    for (int i = 0; i < 3; ++i) {
        CHECK_FALSE(card.by_file.try_now());
        card.clock.advance(std::chrono::hours{1});
    }
    CHECK(card.asked() == 1);
    CHECK(card.told().find("does not take this code") != std::string::npos);
    FileEnroller after_a_restart{card.file, card.data.path(), card.desk, card.clock};
    CHECK_FALSE(after_a_restart.try_now());
    CHECK(card.asked() == 1);
    card.store.set_code("8K3PQ-9QXMT-4VWAD");
    card.put_code("8K3PQ-9QXMT-4VWAD");
    CHECK(after_a_restart.try_now());
}

TEST_CASE("enrol file: a code that was refused stays so whatever becomes of the file in between") {
    Card card;
    card.store.trick(kEnrolPath, [&](const auto&) { return card.store.problem(403, "code"); });
    card.put_code();
    CHECK_FALSE(card.by_file.try_now());
    REQUIRE(card.asked() == 1);
    SECTION("it cannot be read") {
        card.put("store = ");
    }
    SECTION("it has no code") {
        card.put("store = \"" + card.store.url() + "\"\n");
    }
    SECTION("it names certificates that are not there") {
        card.put("store = \"" + card.store.url() + "\"\ncode = \"x\"\nca_file = \"none.pem\"\n");
    }
    SECTION("it has another one, to which nobody answers") {
        card.put("store = \"http://127.0.0.1:1\"\ncode = \"8K3PQ-9QXMT-4VWAD\"\n");
    }
    const auto told = card.told();
    CHECK_FALSE(card.by_file.try_now());
    CHECK(card.told() != told);
    card.put_code();
    card.clock.advance(std::chrono::hours{1});
    CHECK_FALSE(card.by_file.try_now());
    CHECK(card.asked() == 1);
}

TEST_CASE("enrol file: a log-in page that says 403 says nothing about the code") {
    Card card;
    card.store.trick(kEnrolPath, [](const auto&) {
        return platform::ServerAnswer{.status = 403, .headers = {}, .body = "<html>Please sign in</html>"};
    });
    card.put_code();
    CHECK_FALSE(card.by_file.try_now());
    card.clock.advance(std::chrono::hours{1});
    CHECK(card.by_file.try_now());
}

TEST_CASE("enrol file: where it cannot be written the code is told as used and not tried again") {
    Card card;
    card.put_code();
    std::filesystem::create_directory(card.boot.path() / "there");
    // A name that is too long for what is written beside it, as no user's rights stop root.
    card.file = card.boot.path() / "there" / (std::string(250, 'e'));
    FileEnroller by_file{card.file, card.data.path(), card.desk, card.clock};
    std::filesystem::rename(card.boot.path() / "milepost-enrol.toml", card.file);
    CHECK(by_file.try_now());
    CHECK(card.told().find("could not be taken out") != std::string::npos);
    CHECK(card.text().find(FakeStore::kCode) != std::string::npos);
    FileEnroller after_a_restart{card.file, card.data.path(), card.desk, card.clock};
    after_a_restart.look(card.identity());
    CHECK(card.asked() == 1);
    CHECK(card.told().find("is not tried again") != std::string::npos);
}

TEST_CASE("enrol file: a device that was killed before it took the code out does so at its next start") {
    Card card;
    card.put_code();
    REQUIRE(card.by_file.try_now());
    card.put_code();
    card.by_file.look(card.identity());
    CHECK(card.asked() == 1);
    CHECK(card.text().find(FakeStore::kCode) == std::string::npos);
}

TEST_CASE("enrol file: another code on an enrolled device is refused unless the store refuses the device") {
    Card card;
    card.put_code();
    REQUIRE(card.by_file.try_now());
    const std::string first_key = card.identity().key.public_key;
    card.put_code("8K3PQ-9QXMT-4VWAD");
    card.by_file.look(card.identity());
    CHECK(card.asked() == 1);
    CHECK(card.told().find("enrolled already") != std::string::npos);
    CHECK(card.text().find("8K3PQ") != std::string::npos);

    card.store_refuses("revoked");
    card.store.forget_device();
    card.store.set_code("8K3PQ-9QXMT-4VWAD");
    card.by_file.look(card.identity());
    CHECK(card.asked() == 2);
    CHECK(card.identity().key.public_key != first_key);
    CHECK(card.text().find("8K3PQ") == std::string::npos);
}

TEST_CASE("enrol file: the certificates beside it are kept for when the card is written anew") {
    Card card;
    REQUIRE(platform::write_file_atomically(card.boot.path() / "ca.pem", "a certificate"));
    card.put("store = \"" + card.store.url() + "\"\ncode = \"" + FakeStore::kCode + "\"\nca_file = \"ca.pem\"\n");
    CHECK(card.by_file.try_now());
    std::filesystem::remove(card.boot.path() / "ca.pem");
    CHECK(platform::read_file(card.identity().store.ca_file).value_or("") == "a certificate");
    CHECK(card.text().find("ca_file = \"ca.pem\"") != std::string::npos);
    Card wrong;
    wrong.put("store = \"" + card.store.url() + "\"\ncode = \"c\"\nca_file = \"../ca.pem\"\n");
    CHECK_FALSE(wrong.by_file.try_now());
    CHECK(wrong.told().find(":3:11: error: name a file that lies beside") != std::string::npos);
}

TEST_CASE("enrol file: a refused device asks again with a code to which nobody answered") {
    Card card;
    card.put_code();
    REQUIRE(card.by_file.try_now());
    card.store_refuses("revoked");
    card.store.forget_device();
    card.store.set_code("8K3PQ-9QXMT-4VWAD");
    card.put_code("8K3PQ-9QXMT-4VWAD");
    card.store.trick(kEnrolPath, [](const auto& honest) {
        static_cast<void>(honest());
        return platform::ServerAnswer{.status = 504, .headers = {}, .body = "gateway"};
    });
    card.by_file.look(card.identity());
    REQUIRE(card.asked() == 2);
    card.by_file.look(card.identity());
    CHECK(card.asked() == 2);  // it waits
    CHECK(card.text().find("8K3PQ") != std::string::npos);
    card.clock.advance(std::chrono::hours{1});
    card.by_file.look(card.identity());
    CHECK(card.asked() == 3);
    CHECK(card.text().find("8K3PQ") == std::string::npos);
    CHECK(card.identity().key.public_key == card.store.device_key());
}

TEST_CASE("enrol file: a device that the store refuses while it runs takes the code that is put there then") {
    Card card;
    platform::SystemClock clock;
    card.store.set_time(clock.now().utc);
    card.put_code();
    REQUIRE(card.by_file.try_now());
    const std::string first_key = card.identity().key.public_key;
    card.store.trick("/device/v1/status", [&](const auto&) { return card.store.problem(403, "revoked"); });
    Runner runner{card.data.path(), {}, clock, card.file};
    Result<void> ran;
    std::jthread thread{[&] { ran = runner.run({}); }};
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes{2};
    const auto wait_until = [&](const std::function<bool()>& done) {
        while (!done() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    };
    const auto refused = [&] {
        const auto sync = read_sync_state(card.data.path());
        return sync && sync->status.contains(kStoreRefuses) && !sync->status.find(kStoreRefuses)->second.empty();
    };
    wait_until(refused);
    CHECK(refused());

    card.store.forget_device();
    card.store.set_code("8K3PQ-9QXMT-4VWAD");
    card.put_code("8K3PQ-9QXMT-4VWAD");
    wait_until([&] { return card.text().find("8K3PQ") == std::string::npos; });
    runner.stop();
    thread.join();
    CHECK(ran.has_value());
    CHECK(card.asked() == 2);
    CHECK(card.identity().key.public_key != first_key);
    CHECK(card.text().find("8K3PQ") == std::string::npos);
    CHECK_FALSE(refused());
}

TEST_CASE("enrol file: the certificates of an enrolment stay until another one takes its place") {
    Card card;
    const auto put_with_ca = [&](const std::string& code, const std::string& pem) {
        REQUIRE(platform::write_file_atomically(card.boot.path() / "ca.pem", pem));
        card.put("store = \"" + card.store.url() + "\"\ncode = \"" + code + "\"\nca_file = \"ca.pem\"\n");
    };
    put_with_ca(FakeStore::kCode, "a certificate");
    REQUIRE(card.by_file.try_now());
    const auto first = card.identity().store.ca_file;

    card.store_refuses("revoked");
    put_with_ca("refused", "another certificate");
    card.by_file.look(card.identity());
    REQUIRE(card.asked() == 2);
    CHECK(card.identity().store.ca_file == first);
    CHECK(platform::read_file(first).value_or("") == "a certificate");

    card.store_refuses("revoked");
    card.store.forget_device();
    card.store.set_code("8K3PQ-9QXMT-4VWAD");
    put_with_ca("8K3PQ-9QXMT-4VWAD", "a third certificate");
    card.by_file.look(card.identity());
    CHECK(platform::read_file(card.identity().store.ca_file).value_or("") == "a third certificate");
    int kept = 0;
    for (const auto& file : std::filesystem::directory_iterator{card.data.path() / "sync"}) {
        if (file.path().extension() == ".pem") ++kept;
    }
    CHECK(kept == 1);
}

TEST_CASE("enrol file: a refusal of the device is kept for the next start, and forgotten when it passes") {
    Road road;
    road.log.begin_epoch();
    road.store.trick("/device/v1/status", [&](const auto&) { return road.store.problem(403, "revoked"); }, 2);
    static_cast<void>(road.once());
    CHECK(read_sync_state(road.data.path())->status.at(std::string{kStoreRefuses}).find("revoked") !=
          std::string::npos);
    static_cast<void>(road.once());
    CHECK(read_sync_state(road.data.path())->status.at(std::string{kStoreRefuses}).empty());
}

}  // namespace
}  // namespace milepost::device::test
