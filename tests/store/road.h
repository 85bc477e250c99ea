#pragma once

#include "platform/database.h"
#include "sync/store/control.h"
#include "tests/store/running_store.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace milepost::store::test {

/// A running store and an enrolled kiosk with four visits in its log.
struct Road : RunningStore {
    Road() {
        enrol(kiosk);
        for (int i = 0; i < 4; ++i) log.add(visit(5, 10), stamp(kNoon));
    }
    void is_problem(const platform::HttpAnswer& answer, int status, const std::string& name) const {
        is_problem(answer, kiosk, status, name);
    }
    void is_problem(const platform::HttpAnswer& answer, const TestDevice& asker, int status,
                    const std::string& name) const {
        CHECK(answer.status == status);
        CHECK(protocol::problem_name(answer.body) == name);
        CHECK(is_signed(answer, asker, store_key));
    }
    platform::HttpAnswer records(TestDevice& device, const std::string& body) {
        return ask(device, "/device/v1/records", body);
    }
    platform::HttpAnswer status(TestDevice& device) {
        return ask(device, "/device/v1/status", protocol::encode(protocol::StatusRequest{}));
    }
    platform::HttpAnswer change_key(const platform::SigningKey& next, const platform::SigningKey& proved_by) {
        const protocol::KeyRequest request{.public_key = next.public_key,
                                           .proof = platform::sign(kiosk.key.public_key, proved_by)};
        return ask(kiosk, "/device/v1/key", protocol::encode(request));
    }
    nlohmann::json told(const nlohmann::json& request) const {
        const auto answer = ask_running_store(directory.path(), request.dump());
        REQUIRE(answer);
        return nlohmann::json::parse(*answer);
    }
    platform::HttpAnswer enrol_with(TestDevice& device, const std::string& code, std::optional<std::string> log_id) {
        device.id = protocol::kEnrolKeyId;
        return ask(device, "/device/v1/enrol",
                   protocol::encode(protocol::EnrolRequest{.code = code,
                                                           .public_key = device.key.public_key,
                                                           .log = std::move(log_id),
                                                           .hardware = "Pi",
                                                           .version = "1"}));
    }
    std::string number(const std::string& sql) const {
        auto database = platform::open_for_reading(directory.file("store.db"));
        REQUIRE(database);
        auto statement = (*database)->prepare(sql);
        REQUIRE(statement);
        std::string value;
        REQUIRE((*statement)->run({}, [&](const platform::Row& row) { value = row.text(0); }));
        return value;
    }
    TestDevice kiosk;
    FakeLog log;
};

}  // namespace milepost::store::test
