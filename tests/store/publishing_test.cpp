/// What each device is given when somebody publishes: on a store's writing side, without a server.

#include "sync/protocol/bundle.h"
#include "sync/store/bundle_administration.h"
#include "sync/store/ingest/report.h"
#include "sync/store/reading/reading.h"
#include "sync/store/tables/bundle_table.h"
#include "sync/store/tables/schema.h"
#include "tests/store/desk.h"
#include "tests/store/sample_order.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <limits>

namespace milepost::store::test {
namespace {

using nlohmann::json;

constexpr std::int64_t kNoonMs = kNoon.time_since_epoch().count();
constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000;

/// Two kiosks of one touchpoint.
struct Fleet : Desk {
    Fleet() : Desk(false) {}
    std::string add(const std::string& name) {
        auto device = kiosk();
        device.name = name;
        const auto added = add_device(*writing, device);
        REQUIRE(added);
        return added->device;
    }
    json ask(const BundleOrder& order) { return json::parse(administer(*writing, to_request(order).dump())); }
    void publish(const BundleOrder& order = an_order()) {
        const auto said = ask(order);
        INFO(said.dump());
        REQUIRE(said.contains("ok"));
    }
    void publish_pin(const std::string& pin, const std::string& device = "") {
        auto order = an_order();
        order.staff_pin = pin;
        order.device = device;
        publish(order);
    }
    /// A new device of the touchpoint that has come in.
    std::string enrolled(const std::string& name) {
        auto device = kiosk();
        device.name = name;
        const auto added = add_device(*writing, device);
        REQUIRE(added);
        enrol(added->code);
        return added->device;
    }
    void enrol(const std::string& code) {
        const auto key = platform::SigningKey::generate();
        const auto answer = store::enrol(*writing, keys, {.code = code, .public_key = key.public_key, .log = {}});
        INFO((answer ? "" : answer.error().message));
        REQUIRE(answer);
    }
    void report(const std::string& device, const std::string& shown) {
        protocol::StatusRequest status;
        status.bundle = shown;
        REQUIRE(keep_report(*writing, device, status, protocol::encode(status)));
    }
    BundleTable table() const { return BundleTable{*writing->tables->database}; }
    protocol::Bundle given(const std::string& device) const {
        const auto found = table().find(device);
        REQUIRE(found);
        REQUIRE(*found);
        auto opened = protocol::open_bundle((*found)->packed, (*found)->signature,
                                            {.store_keys = {keys.signing.public_key}, .device = device, .above = 0});
        REQUIRE(opened);
        return std::move(*opened);
    }

    std::string first = add("first");
    std::string second = add("second");
    StoreKeys keys = *StoreKeys::open(directory.path());
};

}  // namespace

TEST_CASE("publishing: what a device says that it shows raises its own version and nobody else's") {
    Fleet fleet;
    const auto ahead = kNoonMs + 30 * kDay;
    fleet.report(fleet.first, "\"" + std::to_string(ahead) + "-0badcafe\"");
    fleet.publish();
    CHECK(fleet.given(fleet.first).version == ahead + 1);
    CHECK(fleet.given(fleet.second).version == kNoonMs);
}

TEST_CASE("publishing: a version that no clock can have reached does not count") {
    Fleet fleet;
    const std::string version =
        GENERATE(std::to_string(std::numeric_limits<std::int64_t>::max()), std::string{"99999999999999999999999"},
                 std::string{"-5"}, std::string{"none"});
    fleet.report(fleet.first, "\"" + version + "-0badcafe\"");
    fleet.publish();
    CHECK(fleet.given(fleet.first).version == kNoonMs);
    fleet.publish();
    CHECK(fleet.given(fleet.first).version == kNoonMs + 1);
    CHECK(fleet.given(fleet.second).version == kNoonMs + 1);
}

TEST_CASE("publishing: a device that a clock of 2038 gave its version is still given a higher one") {
    Fleet fleet;
    constexpr std::int64_t kIn2038 = 2'145'916'800'000;
    fleet.report(fleet.first, "\"" + std::to_string(kIn2038) + "-0badcafe\"");
    fleet.publish();
    CHECK(fleet.given(fleet.first).version == kIn2038 + 1);
}

TEST_CASE("publishing: a device that comes later shows what was published for its touchpoint") {
    Fleet fleet;
    auto order = an_order();
    order.staff_pin = "493817";
    fleet.publish(order);
    const auto before = fleet.given(fleet.first);
    const auto third = fleet.enrolled("third");
    const auto given = fleet.given(third);
    CHECK(given.device == third);
    CHECK(given.surveys.front().survey == before.surveys.front().survey);
    CHECK(given.staff_pin == before.staff_pin);
}

TEST_CASE("publishing: what was published for one device alone is nobody else's") {
    Fleet fleet;
    auto order = an_order();
    order.device = fleet.first;
    fleet.publish(order);
    CHECK_FALSE(*fleet.table().find(fleet.enrolled("third")));
}

TEST_CASE("publishing: a box that takes over shows what the one before it did, with its PIN, above its versions") {
    Fleet fleet;
    fleet.publish_pin("493817", fleet.first);
    const auto before = fleet.given(fleet.first);
    const auto ahead = kNoonMs + 30 * kDay;
    fleet.report(fleet.first, "\"" + std::to_string(ahead) + "-0badcafe\"");
    const auto made = replace_device(*fleet.writing, {.old_device = fleet.first, .name = "first again"});
    REQUIRE(made);
    fleet.enrol(made->code);
    const auto given = fleet.given(made->device);
    CHECK(given.version == ahead + 1);
    CHECK(given.staff_pin == before.staff_pin);
    fleet.publish_pin("493817", made->device);
    CHECK(fleet.given(made->device).staff_pin == before.staff_pin);
}

TEST_CASE("publishing: a box that takes over from a stolen one shows what was published since, with the new PIN") {
    Fleet fleet;
    fleet.publish_pin("493817");
    REQUIRE(revoke_device(*fleet.writing, fleet.first));
    fleet.clock.advance(std::chrono::hours{1});
    fleet.publish_pin("602214");
    const auto made = replace_device(*fleet.writing, {.old_device = fleet.first, .name = "first again"});
    REQUIRE(made);
    fleet.enrol(made->code);
    CHECK(platform::verify_password("602214", fleet.given(made->device).staff_pin));
    fleet.clock.advance(std::chrono::hours{1});
    CHECK(platform::verify_password("602214", fleet.given(fleet.enrolled("third")).staff_pin));
}

TEST_CASE("publishing: a device that comes later has the PIN also where the newest bundle left it to the kiosks") {
    Fleet fleet;
    fleet.publish_pin("493817");
    fleet.clock.advance(std::chrono::hours{1});
    fleet.publish();
    CHECK(fleet.given(fleet.second).staff_pin.empty());
    CHECK(platform::verify_password("493817", fleet.given(fleet.enrolled("third")).staff_pin));
}

TEST_CASE("publishing: a device that enrols while somebody publishes is given the published one, above what it got") {
    Fleet fleet;
    fleet.publish();
    const auto before = fleet.given(fleet.first).version;
    int turns = 0;
    const auto published = publish_bundles(
        [&](const auto& change) {
            // After the versions are chosen.
            if (++turns == 2) fleet.report(fleet.first, "\"" + std::to_string(before + 50) + "-x\"");
            change(*fleet.writing);
        },
        fleet.keys, fleet.directory.path(), an_order());
    REQUIRE(published);
    CHECK(fleet.given(fleet.first).version == before + 51);
    CHECK(std::ranges::any_of(*published, [&](const auto& one) {
        return one.device == fleet.first && one.version == before + 51;  // what people are told
    }));
}

TEST_CASE("publishing: a bundle that this store did not sign keeps nobody from enrolling") {
    Fleet fleet;
    fleet.publish();
    auto spoilt = **fleet.table().find(fleet.second);
    spoilt.device = fleet.first;
    spoilt.packed[spoilt.packed.size() / 2] ^= 1;
    const auto made = replace_device(*fleet.writing, {.old_device = fleet.first, .name = "first again"});
    REQUIRE(made);
    REQUIRE(fleet.table().put(spoilt, kNoon));
    fleet.enrol(made->code);
    CHECK_FALSE(*fleet.table().find(made->device));
}

TEST_CASE("publishing: each device keeps the hash that it was given for the same PIN") {
    Fleet fleet;
    fleet.publish_pin("493817", fleet.first);
    const auto first = fleet.given(fleet.first).staff_pin;
    fleet.publish_pin("493817", fleet.second);
    const auto second = fleet.given(fleet.second).staff_pin;
    REQUIRE(first != second);  // salted

    SECTION("when both are given it together") {
        fleet.publish_pin("493817");
    }
    SECTION("when bundles without a PIN came between") {
        fleet.publish();
        CHECK(fleet.given(fleet.first).staff_pin.empty());
        fleet.publish_pin("493817");
    }
    CHECK(fleet.given(fleet.first).staff_pin == first);
    CHECK(fleet.given(fleet.second).staff_pin == second);
}

TEST_CASE("publishing: another PIN is one hash for all, and the one before is no longer known") {
    Fleet fleet;
    fleet.publish_pin("493817", fleet.first);
    const auto before = fleet.given(fleet.first).staff_pin;
    fleet.publish_pin("602214");
    const auto hash = fleet.given(fleet.first).staff_pin;
    CHECK(platform::verify_password("602214", hash));
    CHECK(fleet.given(fleet.second).staff_pin == hash);
    fleet.publish_pin("493817");
    CHECK(fleet.given(fleet.first).staff_pin != before);
    CHECK(platform::verify_password("493817", fleet.given(fleet.first).staff_pin));
}

TEST_CASE("publishing: bundles are packed between the writer's turns, one device after the other") {
    Fleet fleet;
    std::vector<std::int64_t> held;
    const auto published = publish_bundles(
        [&](const auto& change) {
            change(*fleet.writing);
            held.push_back(fleet.count("bundle"));
        },
        fleet.keys, fleet.directory.path(), an_order());
    REQUIRE(published);
    CHECK(published->size() == 2);
    CHECK((held == std::vector<std::int64_t>{0, 0, 1, 2}));  // who they are for, the surveys, each device
}

TEST_CASE("publishing: where it ends on the way it tells how far it came") {
    Fleet fleet;
    int turns = 0;
    const auto published = publish_bundles(
        [&](const auto& change) {
            if (++turns <= 3) change(*fleet.writing);
        },
        fleet.keys, fleet.directory.path(), an_order());
    REQUIRE_FALSE(published);
    INFO(published.error().message);
    CHECK(published.error().message.find("1 of 2 devices have their bundle") != std::string::npos);
    CHECK(fleet.count("bundle") == 1);
    fleet.publish();
    CHECK(fleet.count("bundle") == 2);
}

TEST_CASE("publishing: a store of the release before is brought up to date, and who only reads says what to do") {
    const platform::TemporaryDirectory directory;
    platform::ManualClock clock{kNoon};
    {
        auto database = platform::open_for_writing(directory.file("store.db"), platform::Workload::LongScans);
        REQUIRE(database);
        REQUIRE(platform::migrate(**database, schema().first(schema().size() - 1)));
        REQUIRE(
            (*database)->run_script("INSERT INTO site VALUES ('berlin', 'Berlin', 'Europe/Berlin');"
                                    "INSERT INTO touchpoint VALUES ('exit', 'berlin', 'Exit')"));
    }
    const auto early = Reading::open(directory.path(), clock);
    REQUIRE_FALSE(early);
    CHECK(early.error().message.find("start it again") != std::string::npos);

    auto writing = Writing::open(directory.path(), clock);
    REQUIRE(writing);
    REQUIRE(add_device(**writing, {.name = "kiosk", .site = "berlin", .touchpoint = "exit", .time_zone = ""}));
    const auto said = json::parse(administer(**writing, to_request(an_order()).dump()));
    INFO(said.dump());
    CHECK(said.contains("ok"));
    CHECK(Reading::open(directory.path(), clock));
}

}  // namespace milepost::store::test
