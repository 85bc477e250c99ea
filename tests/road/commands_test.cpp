/// The programs' answers to people who get something wrong: one message with the way out, exit code 2 for
/// usage and 1 for failure, nothing half written.

#include "tests/kill/shop.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

namespace milepost::drive {
namespace {

struct Told {
    int exit_code;
    std::string message;  ///< standard output, then standard error
};

Told told(const std::string& program, const std::vector<std::string>& arguments) {
    const TemporaryDirectory scratch;
    const std::string errors = scratch.path() + "/errors";
    auto finished = run(std::string{MILEPOST_BIN} + "/" + program, arguments, {.environment = {}, .log_file = errors});
    REQUIRE(finished);
    std::ifstream file{errors};
    return {finished->exit_code, finished->output + std::string((std::istreambuf_iterator<char>(file)), {})};
}

bool has(const Told& answer, const std::string& words) {
    return answer.message.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("commands: wrong usage is exit code 2 and names the help", "[road]") {
    const auto [program, arguments] = GENERATE(table<std::string, std::vector<std::string>>({
        {"milepost", {"nonsense"}},
        {"milepost", {"survey", "check"}},
        {"milepost-kiosk", {"--no-such-option"}},
        {"milepost-kiosk", {"--data", "d", "--size", "huge"}},
        {"milepost-sync", {"enrol", "--data", "d"}},
        {"milepost-sync", {"run", "--data", "d", "--first-wait", "soon"}},
        {"milepost-store", {}},
        {"milepost-store", {"device", "add", "--data", "d"}},
        {"milepost-store", {"serve", "--data", "d", "--listen", "nowhere"}},
        {"milepost-kiosk", {"demo", "visits", "--data", "d", "--count", "-1"}},
    }));
    CAPTURE(program, arguments);

    const Told answer = told(program, arguments);

    CHECK(answer.exit_code == 2);
    CAPTURE(answer.message);
    CHECK((has(answer, "--help") || has(answer, "--listen") || has(answer, "--size")));
    CHECK_FALSE(std::filesystem::exists("d"));
}

TEST_CASE("commands: a malformed survey is told with every line and column", "[road]") {
    const TemporaryDirectory scratch;
    const std::string path = scratch.path() + "/bad.toml";
    std::ofstream{path} << "id = \"Bad Id\"\nlanguages = [\"en\"]\n\n[[question]]\nid = \"q\"\nkind = \"cast\"\n"
                           "text.en = \"How?\"\n\n[[question]]\nid = \"q\"\nkind = \"nps\"\ntext.de = \"Wie?\"\n";

    for (const auto& [program, arguments] : std::vector<std::pair<std::string, std::vector<std::string>>>{
             {"milepost", {"survey", "check", path}},
             {"milepost-kiosk", {"--data", scratch.path() + "/data", "--survey", path}}}) {
        const Told answer = told(program, arguments);
        CAPTURE(program, answer.message);
        CHECK(answer.exit_code == 1);
        CHECK(has(answer, "bad.toml:1:"));
        CHECK(has(answer, "bad.toml:6:"));
        CHECK(has(answer, "bad.toml:10:"));
        CHECK(has(answer, "bad.toml:12:"));
    }
    CHECK_FALSE(std::filesystem::exists(scratch.path() + "/data/kiosk/device.db"));
}

TEST_CASE("commands: what is not there or not allowed is one message", "[road]") {
    const TemporaryDirectory scratch;
    const std::string& empty = scratch.path();

    CHECK(told("milepost", {"survey", "check", empty + "/none.toml"}).exit_code == 1);
    CHECK(told("milepost", {"summary", "--data", empty}).exit_code == 1);
    CHECK(told("milepost", {"log", "verify", "--data", empty}).exit_code == 1);
    CHECK(told("milepost-sync", {"run", "--data", empty, "--once"}).exit_code == 1);
    const Told unwritable = told("milepost-store", {"serve", "--data", "/proc/nowhere", "--listen", "127.0.0.1:0"});
    CHECK(unwritable.exit_code == 1);
    CHECK(has(unwritable, "/proc/nowhere"));
    const Told unreachable = told(
        "milepost-sync", {"enrol", "--data", empty, "--store", "http://127.0.0.1:1", "--code", "AAAAA-AAAAA-AAAAA"});
    CHECK(unreachable.exit_code == 1);
    CHECK(has(unreachable, "127.0.0.1"));
}

TEST_CASE("commands: a second store on the port or the data, and a wrong code, are told why", "[road]") {
    const TemporaryDirectory home;
    auto shop = Shop::open(MILEPOST_BIN, home.path());
    REQUIRE(shop);

    const Told same_data = told("milepost-store", {"serve", "--data", shop->store_data(), "--listen", "127.0.0.1:0"});
    CHECK(same_data.exit_code == 1);
    CHECK(has(same_data, std::to_string(shop->store().pid())));

    const Told same_port =
        told("milepost-store", {"serve", "--data", home.path() + "/other", "--listen", shop->listen()});
    CHECK(same_port.exit_code == 1);
    CHECK(has(same_port, "in use"));

    const Told wrong_code = told("milepost-sync", {"enrol", "--data", home.path() + "/another", "--store",
                                                   "http://" + shop->listen(), "--code", "AAAAA-AAAAA-AAAAA"});
    CHECK(wrong_code.exit_code == 1);
    CHECK(has(wrong_code, "code"));
}

TEST_CASE("commands: a trial goes from demo visits to the store's summary", "[road]") {
    const TemporaryDirectory home;
    auto shop = Shop::open(MILEPOST_BIN, home.path());
    REQUIRE(shop);
    REQUIRE(told("milepost", {"demo", "visits", "--data", shop->device_data(), "--count", "60", "--days", "1", "--seed",
                              "4", "--touchpoint", "exit"})
                .exit_code == 0);
    REQUIRE(shop->drain());

    auto ledger = read_ledger(*shop);
    REQUIRE(ledger);
    CHECK(ledger->in_log.size() == 60);
    CHECK(ledger->in_store.size() == 60);
    CHECK(ledger->differing.empty());

    const Told verified = told("milepost", {"log", "verify", "--data", shop->device_data(), "--json"});
    CHECK(verified.exit_code == 0);
    CHECK(has(verified, "\"unsent\":0"));
    // The same day reads the same at both ends.
    for (const std::string day : {"today", "yesterday"}) {
        const Told device =
            told("milepost", {"summary", "--data", shop->device_data(), "--day", day, "--format", "json"});
        const Told store =
            told("milepost", {"summary", "--data", shop->store_data(), "--day", day, "--format", "json"});
        const auto from_responses = [](const std::string& json) { return json.substr(json.find("\"responses\"")); };
        CHECK(from_responses(device.message) == from_responses(store.message));
    }
}

}  // namespace milepost::drive
