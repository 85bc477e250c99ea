/// A card that a technician put a file on: the real agent enrols itself by it at the real store.

#include "platform/files.h"
#include "tests/road/real_store.h"

namespace milepost::drive {
namespace {

constexpr auto kPatience = std::chrono::seconds{60};

/// An empty one while the agent is making its files.
nlohmann::json status_of(const std::string& data) {
    const auto said = run(Store::program("milepost"), {"device", "status", "--data", data, "--json"});
    REQUIRE(said);
    auto status = nlohmann::json::parse(said->output, nullptr, false);
    return status.is_object() ? status : nlohmann::json::object();
}

/// Asks again and again; each time is a program that starts.
template <class Wanted>
nlohmann::json wait_for_status(const std::string& data, const Wanted& wanted) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    nlohmann::json status;
    do {
        status = status_of(data);
    } while (!wanted(status) && std::chrono::steady_clock::now() < until);
    INFO(status.dump());
    REQUIRE(wanted(status));
    return status;
}

}  // namespace

TEST_CASE("enrol file: a card with a file on it enrols by itself, and the code is gone afterwards", "[road]") {
    const TemporaryDirectory home;
    const std::string data = home.path() + "/device";
    const std::string file = home.path() + "/milepost-enrol.toml";
    Store store{home.path() + "/store"};
    auto agent = Process::start(Store::program("milepost-sync"),
                                {"run", "--data", data, "--first-wait", "0", "--enrol-file", file},
                                {.environment = {}, .log_file = home.path() + "/agent.log"});
    REQUIRE(agent);

    REQUIRE(platform::write_file_atomically(file, "store = \"" + store.url + "\"\ncode = 7K3PQ\n"));
    auto status = wait_for_status(data, [](const auto& now) { return now.value("enrol_file", "") != ""; });
    CHECK(status.value("enrol_file", "").find(file + ":2:9: error: not TOML") == 0);
    CHECK(status.value("enrolled", true) == false);

    const std::string code = store.new_code();
    REQUIRE(platform::write_file_atomically(file, "store = \"" + store.url + "\"\ncode = \"" + code + "\"\n"));
    status = wait_for_status(data, [](const auto& now) { return now.value("enrolled", false); });
    CHECK(status.value("touchpoint", "") == "exit");
    CHECK(agent->stop() == 0);
    const auto left = platform::read_file(file);
    REQUIRE(left);
    CHECK(left->find(code) == std::string::npos);
    CHECK(left->find(status.value("device", "?")) != std::string::npos);
}

}  // namespace milepost::drive
