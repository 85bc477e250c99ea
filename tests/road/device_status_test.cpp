/// `milepost device status` as a technician gives it, beside a store that comes and goes.

#include "tests/kill/shop.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace milepost::drive {
namespace {

std::string told(const std::string& data, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"device", "status", "--data", data};
    words.insert(words.end(), more.begin(), more.end());
    const auto said = run(std::string{MILEPOST_BIN} + "/milepost", words);
    REQUIRE(said);
    INFO(said->output);
    REQUIRE(said->exit_code == 0);
    return said->output;
}

nlohmann::json status_of(const std::string& data) {
    return nlohmann::json::parse(told(data, {"--json"}));
}

void make_visits(const Shop& shop, const std::string& count) {
    const auto made = run(shop.program("milepost"), {"demo", "visits", "--data", shop.device_data(), "--count", count},
                          {.environment = {}, .log_file = shop.log_of("demo")});
    REQUIRE(made);
    REQUIRE(made->exit_code == 0);
}

}  // namespace

TEST_CASE("device status: a box that nobody enrolled says so", "[road]") {
    const TemporaryDirectory box;

    const auto status = status_of(box.path());

    CHECK_FALSE(status.at("enrolled").get<bool>());
    CHECK(status.at("unsent") == 0);
    CHECK(status.at("last_contact").is_null());
    CHECK(told(box.path()).starts_with("not enrolled\n"));
}

TEST_CASE("device status: what is unsent, since when, and why, while the store is away and when it is back", "[road]") {
    const TemporaryDirectory home;
    auto shop = Shop::open(MILEPOST_BIN, home.path());
    REQUIRE(shop);
    const auto& data = shop->device_data();

    const auto enrolled = status_of(data);
    CHECK(enrolled.at("enrolled").get<bool>());
    CHECK(enrolled.at("device").get<std::string>().starts_with("dev_"));
    CHECK(enrolled.at("touchpoint") == "exit");
    CHECK(enrolled.at("store_url") == "http://" + shop->listen());
    CHECK(enrolled.at("unsent") == 0);
    CHECK(enrolled.at("last_error") == "");
    const std::string first_contact = enrolled.at("last_contact");

    make_visits(*shop, "3");
    const auto unsent = status_of(data).at("unsent").get<int>();
    CHECK(unsent > 3);  // the run's own records are sent too

    shop->store().stop();
    CHECK_FALSE(shop->drain());
    const auto away = status_of(data);
    CHECK(away.at("unsent") == unsent);
    CHECK(away.at("last_contact") == first_contact);
    CHECK(away.at("last_error").get<std::string>().find(shop->listen()) != std::string::npos);
    CHECK(told(data).find("unsent        " + std::to_string(unsent) + " records\n") != std::string::npos);
    CHECK(told(data).find("last error    none") == std::string::npos);

    REQUIRE(shop->start_store());
    REQUIRE(shop->drain());
    const auto back = status_of(data);
    CHECK(back.at("unsent") == 0);
    CHECK(back.at("last_error") == "");
    CHECK(back.at("last_contact").get<std::string>() > first_contact);
    CHECK(told(data).find("last error    none\n") != std::string::npos);
}

TEST_CASE("device status: a revoked device is told what to do", "[road]") {
    const TemporaryDirectory home;
    auto shop = Shop::open(MILEPOST_BIN, home.path());
    REQUIRE(shop);
    const std::string device = status_of(shop->device_data()).at("device");
    make_visits(*shop, "1");
    const auto revoked =
        run(shop->program("milepost-store"), {"device", "revoke", "--data", shop->store_data(), device});
    REQUIRE(revoked);
    REQUIRE(revoked->exit_code == 0);

    CHECK_FALSE(shop->drain());
    const auto status = status_of(shop->device_data());
    CHECK(status.at("enrolled").get<bool>());
    CHECK(status.at("unsent").get<int>() > 1);
    CHECK(status.at("last_error").get<std::string>().find("revoked") != std::string::npos);
}

}  // namespace milepost::drive
