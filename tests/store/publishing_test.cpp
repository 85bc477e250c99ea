/// What each device is given when somebody publishes: on a store's writing side, without a server.

#include "surveys/reading/survey_reader.h"
#include "sync/protocol/bundle.h"
#include "sync/store/bundle_administration.h"
#include "sync/store/ingest/report.h"
#include "sync/store/tables/bundle_table.h"
#include "tests/store/desk.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <limits>

namespace milepost::store::test {
namespace {

using nlohmann::json;

constexpr std::int64_t kNoonMs = kNoon.time_since_epoch().count();
constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000;

BundleOrder an_order() {
    const std::string toml =
        "id = \"exit\"\ntitle = \"Exit\"\nlanguages = [\"en\"]\n"
        "[[question]]\nid = \"q\"\nkind = \"csat\"\ntext.en = \"How was it?\"\n";
    BundleOrder order{.device = {}, .touchpoint = "exit", .content = {}, .surveys = {}, .staff_pin = {}};
    order.content.surveys.push_back({.survey = *surveys::read_survey(toml), .source = {}, .from = {}, .until = {}});
    order.surveys.push_back({.text = toml, .name = "exit.toml"});
    return order;
}

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
        GENERATE(std::to_string(std::numeric_limits<std::int64_t>::max()), std::to_string(kNoonMs + 400 * kDay),
                 std::string{"99999999999999999999999"}, std::string{"-5"}, std::string{"none"});
    fleet.report(fleet.first, "\"" + version + "-0badcafe\"");
    fleet.publish();
    CHECK(fleet.given(fleet.first).version == kNoonMs);
    fleet.publish();
    CHECK(fleet.given(fleet.first).version == kNoonMs + 1);
    CHECK(fleet.given(fleet.second).version == kNoonMs + 1);
}

TEST_CASE("publishing: where no version is left that is told, with the way out") {
    Fleet fleet;
    fleet.publish();
    REQUIRE(fleet.table().put({.device = fleet.first,
                               .version = std::numeric_limits<std::int64_t>::max(),
                               .etag = "\"a\"",
                               .signature = "",
                               .packed = "bytes"},
                              kNoon));
    auto order = an_order();
    order.device = fleet.first;
    CHECK(fleet.ask(order).value("error", "").find("device replace") != std::string::npos);
    CHECK((*fleet.table().find(fleet.first))->packed == "bytes");
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
        fleet.keys, an_order());
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
        fleet.keys, an_order());
    REQUIRE_FALSE(published);
    INFO(published.error().message);
    CHECK(published.error().message.find("1 of 2 devices have their bundle") != std::string::npos);
    CHECK(fleet.count("bundle") == 1);
    fleet.publish();
    CHECK(fleet.count("bundle") == 2);
}

}  // namespace milepost::store::test
