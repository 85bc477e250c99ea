// The real milepost-store: killed while it takes records in, and what its command line says.
#include "platform/database.h"
#include "platform/files.h"
#include "sync/protocol/unlock.h"
#include "sync/store/secrets.h"
#include "tests/store/store_program.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <random>
#include <set>
#include <thread>

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;
using namespace std::chrono_literals;

TEST_CASE("program: a lost PIN's challenge is answered with the server running or not") {
    const platform::TemporaryDirectory directory;
    const auto data = directory.path().string();
    TestDevice kiosk;
    const auto answer = [&](const std::string& device, const std::string& challenge) {
        return run({"device", "unlock", "--data", data, "--json", device, challenge});
    };
    // Without a server the command says in its log, too, what it did.
    const auto code_in = [](const std::string& text) {
        const auto from = text.find('{');
        return nlohmann::json::parse(text.substr(from, text.find('}') - from + 1)).at("answer").get<std::string>();
    };
    std::string with_server;
    {
        Serving store{data};
        auto http = platform::HttpClient::make({});
        REQUIRE(http);
        kiosk = enrolled_kiosk(data, store.url, *http);
        const auto told = answer(kiosk.id, "1234 5678");
        REQUIRE(told.code == 0);
        with_server = code_in(told.text);
        store.end(SIGTERM);
    }
    const auto keys = StoreKeys::open(data);
    REQUIRE(keys);
    CHECK(with_server == protocol::unlock_answer(kiosk.key, keys->signing.public_key, kiosk.id, "12345678").value());
    CHECK(code_in(answer(kiosk.id, "12345678").text) == with_server);
    CHECK(answer(kiosk.id, "1234567").code == 1);
    CHECK(answer("dev_nobody", "12345678").code == 1);
}

TEST_CASE("program: killed at any instant it has what it acknowledged and nothing twice") {
    constexpr int kKills = 20;
    constexpr std::int64_t kLines = 40;
    const platform::TemporaryDirectory directory;
    const auto data = directory.path().string();
    FakeLog log;
    std::set<std::string> sent;
    std::mt19937 random{20'261'121};
    TestDevice kiosk;
    std::int64_t acknowledged = 1;  // the first number that is not
    for (int kill = 0; kill <= kKills; ++kill) {
        Serving store{data};
        auto http = platform::HttpClient::make({});
        REQUIRE(http);
        if (kill == 0) kiosk = enrolled_kiosk(data, store.url, *http);
        // The instant of the kill is the fault that is injected: any will do.
        std::jthread killer;
        if (kill < kKills) {
            const auto after = std::chrono::microseconds{std::uniform_int_distribution{0, 60'000}(random)};
            killer = std::jthread{[&store, after] {
                std::this_thread::sleep_for(after);
                store.signal(SIGKILL);
            }};
        }
        for (int batch = 0; batch < 1'000; ++batch) {
            if (kill == kKills && acknowledged > log.last()) break;
            while (kill < kKills && log.last() < acknowledged + kLines) {
                const auto response = visit(5, 10);
                sent.insert(response.id);
                log.add(response, stamp(kNoon + std::chrono::minutes{log.last()}));
            }
            const auto last = std::min(log.last(), acknowledged + kLines - 1);
            const auto answer = http->send(kiosk.request(store.url, "/device/v1/records", log.batch(acknowledged, last),
                                                         platform::UtcTime{std::chrono::seconds{now_seconds()}}));
            if (!answer) break;
            REQUIRE(answer->status == 200);
            const auto held = protocol::decode_records_answer(answer->body);
            REQUIRE(held);
            REQUIRE(held->next > last);
            REQUIRE(held->chain == log.chain_before(held->next));
            acknowledged = held->next;
        }
    }
    CHECK(acknowledged == log.last() + 1);

    auto database = platform::open_for_reading(data + "/store.db");
    REQUIRE(database);
    const auto number = [&](std::string_view sql) {
        std::int64_t value = -1;
        auto statement = (*database)->prepare(sql);
        REQUIRE(statement);
        REQUIRE((*statement)->run({}, [&](const platform::Row& row) { value = row.integer(0); }));
        return value;
    };
    CHECK(number("SELECT COUNT(*) FROM response") == static_cast<std::int64_t>(sent.size()));
    CHECK(number("SELECT COUNT(DISTINCT id) FROM response") == static_cast<std::int64_t>(sent.size()));
    CHECK(number("SELECT SUM(c4) FROM rollup_day WHERE question = 'satisfaction'") ==
          static_cast<std::int64_t>(sent.size()));
    CHECK(number("SELECT SUM(n) FROM rollup_response WHERE flag = ''") == static_cast<std::int64_t>(sent.size()));
    CHECK(number("SELECT COUNT(*) FROM log_break") == 0);
    CHECK(number("SELECT COUNT(*) FROM quarantine") == 0);
}

TEST_CASE("program: commands work beside the server and without it") {
    const platform::TemporaryDirectory directory;
    const auto data = directory.file("store");
    {
        Serving store{data};
        CHECK(store.password.size() == 17);
        CHECK(run(device_add(data)).code == 0);
        const auto reset = run({"password", "reset", "--data", data});
        CHECK(reset.code == 0);
        CHECK_THAT(reset.text, !Catch::Contains(store.password));
        CHECK_THAT(run({"summary", "--data", data}).text, Catch::Contains("Responses"));
        CHECK(store.end(SIGTERM) == 0);
    }
    const auto added = run(device_add(data));
    CHECK(added.code == 0);
    const auto code = nlohmann::json::parse(added.text);
    CHECK(code.size() == 3);
    CHECK(code.at("code").get<std::string>().size() == 17);
    CHECK(platform::parse_rfc3339(code.at("expires").get<std::string>()));
    CHECK(run({"summary", "--data", data, "--format", "json"}).code == 0);
    CHECK(Serving{data}.password.empty());
}

TEST_CASE("program: a summary tells of responses whose touchpoint is not known") {
    const platform::TemporaryDirectory directory;
    const auto data = directory.path().string();
    Serving store{data};
    auto http = platform::HttpClient::make({});
    REQUIRE(http);
    auto kiosk = enrolled_kiosk(data, store.url, *http);
    FakeLog log;
    auto response = visit(5, 10);
    response.touchpoint = "door";
    log.add(response, stamp(kNoon));
    REQUIRE(http->send(kiosk.request(store.url, "/device/v1/records", log.batch(),
                                     platform::UtcTime{std::chrono::seconds{now_seconds()}})));
    const std::vector<std::string> summary{"summary", "--data", data, "--day", "2026-11-21"};

    CHECK_THAT(run(summary).text, Catch::Contains("1 response(s) to touchpoint door"));
    REQUIRE(run(device_add(data, "door")).code == 0);
    CHECK_THAT(run(summary).text, !Catch::Contains("note:") && Catch::Contains("Responses     1"));
}

TEST_CASE("program: what cannot be done is one message with the way out") {
    const platform::TemporaryDirectory directory;
    const auto data = directory.file("store");
    Serving store{data};
    REQUIRE(run(device_add(data)).code == 0);
    REQUIRE(platform::write_file_atomically(directory.file("bad.toml"), "id = \n"));
    struct Case {
        std::vector<std::string> arguments;
        int code;
        std::string says;
    };
    auto other_site = device_add(data);
    other_site[7] = "hamburg";
    const auto port = store.url.substr(store.url.rfind(':') + 1);
    const std::vector<Case> cases{
        {{"serve"}, 2, "--data"},
        {{"serve", "--data", data, "--listn", "x"}, 2, "--listen"},
        {{"serve", "--data", data, "--listen", "127.0.0.1:0"}, 1, "in use by process"},
        {{"serve", "--data", directory.file("b"), "--listen", "127.0.0.1:" + port}, 1, port},
        {{"serve", "--data", "/proc/nowhere"}, 1, "/proc/nowhere"},
        {device_add(directory.file("none")), 1, "milepost-store serve --data"},
        {{"summary", "--data", directory.file("none")}, 1, "milepost-store serve --data"},
        {{"summary", "--data", data, "--day", "someday"}, 1, "yesterday"},
        {{"summary", "--data", data, "--touchpoint", "door"}, 1, "exit"},
        {{"summary", "--data", data, "--format", "xml"}, 2, "--format"},
        {{"survey", "add", "--data", data, directory.file("none.toml")}, 1, "none.toml"},
        {{"survey", "add", "--data", data, directory.file("bad.toml")}, 1, "bad.toml:1:"},
        {{"device", "add", "--data", data, "--name", "k"}, 2, "--site"},
        {other_site, 1, "berlin"},
    };
    for (const auto& c : cases) {
        const auto finished = run(c.arguments);
        CAPTURE(c.arguments, finished.text);
        CHECK(finished.code == c.code);
        CHECK_THAT(finished.text, Catch::Contains(c.says));
    }
}
