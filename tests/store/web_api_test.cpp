#include "sync/store/control.h"
#include "sync/store/reading/day_summary.h"
#include "sync/store/secrets.h"
#include "tests/store/running_store.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;
using namespace std::chrono_literals;
using nlohmann::json;
using platform::HttpAnswer;

namespace {

struct Page : RunningStore {
    /// Signed in; the Cookie header.
    std::map<std::string, std::string> signed_in() {
        const auto answer = sign_in(server->first_password());
        REQUIRE(answer.status == 204);
        const auto cookie = answer.headers.at("set-cookie");
        return {{"Cookie", "other=1; " + cookie.substr(0, cookie.find(';'))}};
    }
    void send_visits() {
        enrol(kiosk);
        FakeLog log;
        for (int i = 0; i < 12; ++i) log.add(visit(i < 9 ? 5 : 2, 10), stamp(kNoon - std::chrono::minutes{10 * i}));
        auto flagged = visit(1, 0);
        flagged.flags = {"repeat"};
        log.add(flagged, stamp(kNoon));
        log.add(visit(1, 0), stamp(kNoon - 24h));
        log.add(visit(1, 0), stamp(kNoon, platform::Trust::Unset));
        REQUIRE(ask(kiosk, "/device/v1/records", log.batch()).status == 200);
    }
    TestDevice kiosk;
};

}  // namespace

TEST_CASE("web api: a password opens a session that ends") {
    Page page;
    CHECK(page.get("/api/v1/session", {}).status == 401);
    CHECK(page.get("/api/v1/today", {{"Cookie", "__Host-milepost=guess"}}).status == 401);
    const auto answer = page.sign_in(page.server->first_password());
    REQUIRE(answer.status == 204);
    const auto cookie = answer.headers.at("set-cookie");
    CHECK_THAT(cookie,
               Catch::StartsWith("__Host-milepost=") && Catch::EndsWith("; Path=/; Secure; HttpOnly; SameSite=Strict"));
    const std::map<std::string, std::string> headers{{"Cookie", cookie.substr(0, cookie.find(';'))}};

    CHECK(json::parse(page.get("/api/v1/session", headers).body) == json{{"user", "admin"}});
    page.clock.advance(12h - 1s);
    CHECK(page.get("/api/v1/session", headers).status == 200);
    page.clock.advance(1s);
    CHECK(page.get("/api/v1/session", headers).status == 401);
}

TEST_CASE("web api: devices stand beside their words, for whoever is signed in") {
    Page page;
    page.enrol(page.kiosk);
    CHECK(page.get("/api/v1/devices", {}).status == 401);
    const auto answer = page.get("/api/v1/devices", page.signed_in());
    REQUIRE(answer.status == 200);
    CHECK(answer.headers.at("cache-control") == "no-store");
    const auto devices = json::parse(answer.body).at("devices");
    REQUIRE(devices.size() == 1);
    CHECK(devices[0].at("id") == page.kiosk.id);
    CHECK(devices[0].at("state") == "enrolled");
    const auto keys = StoreKeys::read(page.directory.path());
    REQUIRE(keys);
    CHECK(devices[0].at("words") ==
          protocol::fingerprint(page.kiosk.key.public_key, keys->signing.public_key, keys->contact.public_key));
}

TEST_CASE("web api: signing out ends the session at the store") {
    Page page;
    const auto headers = page.signed_in();
    CHECK(page.get("/api/v1/session", headers).status == 200);

    const auto answer =
        page.send({.method = "DELETE", .url = page.url() + "/api/v1/session", .headers = headers, .body = {}});

    CHECK(answer.status == 204);
    CHECK(page.get("/api/v1/session", headers).status == 401);
}

TEST_CASE("web api: guessing is slowed down and the right password waits too") {
    Page page;
    for (int i = 0; i < 5; ++i) CHECK(page.sign_in("wrong").status == 401);

    const auto answer = page.sign_in(page.server->first_password());

    CHECK(answer.status == 429);
    CHECK(answer.headers.at("retry-after") == "1");
    page.clock.advance(1s);
    CHECK(page.sign_in("wrong").status == 401);
    CHECK(page.sign_in("wrong").headers.at("retry-after") == "2");
    page.clock.advance(2s);
    CHECK(page.sign_in(page.server->first_password()).status == 204);
    CHECK(page.sign_in("wrong").status == 401);
}

TEST_CASE("web api: another site can change nothing") {
    Page page;
    const auto body = json{{"user", "admin"}, {"password", page.server->first_password()}}.dump();
    const auto from = [&](std::map<std::string, std::string> headers) {
        return page
            .send(
                {.method = "POST", .url = page.url() + "/api/v1/session", .headers = std::move(headers), .body = body})
            .status;
    };
    CHECK(from({{"Origin", "https://evil.example"}}) == 403);
    CHECK(from({{"Origin", "null"}}) == 403);
    CHECK(from({{"Sec-Fetch-Site", "cross-site"}}) == 403);
    CHECK(from({{"Sec-Fetch-Site", "same-site"}}) == 403);
    CHECK(from({{"Origin", page.url()}, {"Sec-Fetch-Site", "same-origin"}}) == 204);
}

TEST_CASE("web api: today has every touchpoint with its score and its hours and its latest") {
    Page page;
    page.send_visits();

    const auto answer = page.get("/api/v1/today", page.signed_in());

    REQUIRE(answer.status == 200);
    const auto view = json::parse(answer.body);
    CHECK(view["generated"] == "2026-11-21T12:00:00.000Z");
    REQUIRE(view["touchpoints"].size() == 1);
    const auto& exit = view["touchpoints"][0];
    CHECK(exit["id"] == "exit");
    CHECK(exit["site"] == "berlin");
    CHECK(exit["time_zone"] == "Europe/Berlin");
    CHECK(exit["day"] == "2026-11-21");
    CHECK(exit["local_time"] == "13:00");
    CHECK(exit["responses"] == 12);
    CHECK(exit["raw"] == 13);
    CHECK(exit["excluded"] == 1);
    CHECK(exit["excluded_why"] == json{{"repeat", 1}});
    CHECK(exit["undated"] == 1);
    CHECK(exit["last_response"] == "2026-11-21T12:00:00.000Z");
    const auto csat = std::ranges::find(exit["scores"], "csat", [](const json& score) { return score["kind"]; });
    REQUIRE(csat != exit["scores"].end());
    CHECK((*csat)["n"] == 12);
    CHECK((*csat)["score"] == 75.0);
    CHECK((*csat)["shown"] == true);
    CHECK((*csat)["counts"] == json{0, 3, 0, 0, 9});
    CHECK((*csat)["text"] == "How satisfied were you with your visit today?");
    CHECK(exit["hours"].size() == 3);
    CHECK(exit["hours"][2]["hour"] == 13);
    CHECK(exit["hours"][2]["offset_minutes"] == 60);
    CHECK(exit["hours"][2]["responses"] == 1);
    CHECK(exit["hours"][2]["csat"] == json{{"n", 1}, {"score", 100.0}, {"shown", false}});
    CHECK(exit["reasons"][0]["text"] == "What was the main reason for your rating?");
    CHECK(exit["reasons"][0]["label"] == "Friendly staff");
    CHECK(exit["reasons"][0]["count"] == 9);
    CHECK(exit["reasons"][0]["asked"] == 12);
    CHECK(exit["reasons"][0]["share"] == 0.75);
    CHECK(exit["latest"].size() == 15);
    CHECK(exit["latest"][14]["day"] == "2026-11-20");
    CHECK(exit["latest"][14]["reasons"] == json{"Waiting time", "Prices"});
    CHECK(exit["latest"][14]["csat"] == 1);
    CHECK(exit["latest"][14]["comment"].is_null());
}

TEST_CASE("web api: today is sent again only when it changed") {
    Page page;
    page.send_visits();
    auto headers = page.signed_in();
    headers["If-None-Match"] = page.get("/api/v1/today", headers).headers.at("etag");

    CHECK(page.get("/api/v1/today", headers).status == 304);
    page.clock.advance(5min);
    CHECK(page.get("/api/v1/today", headers).status == 304);

    SECTION("by a response") {
        FakeLog log;
        log.add(visit(5, 10), stamp(kNoon));
        REQUIRE(page.ask(page.kiosk, "/device/v1/records", log.batch()).status == 200);
    }
    SECTION("by midnight") {
        page.clock.advance(11h);
    }
    CHECK(page.get("/api/v1/today", headers).status == 200);
}

TEST_CASE("web api: answers come with headers that keep strangers out") {
    Page page;
    const std::string path = GENERATE("/", "/api/v1/session", "/nothing", "/api/nothing");
    const auto answer = page.get(path, {});
    CHECK_THAT(answer.headers.at("content-security-policy"),
               Catch::StartsWith("default-src 'none'; script-src 'self'; style-src 'self'"));
    CHECK(answer.headers.at("x-content-type-options") == "nosniff");
    CHECK(answer.headers.at("referrer-policy") == "no-referrer");
    CHECK(answer.status == (path == "/" ? 200 : path == "/api/v1/session" ? 401 : 404));
}

TEST_CASE("web api: a password is made once and again when asked for") {
    platform::TemporaryDirectory directory;
    SharedClock clock;
    const Server::Options options{.data = directory.path(), .listen = "127.0.0.1:0"};
    CHECK_FALSE((*Server::start(options, clock))->first_password().empty());
    CHECK((*Server::start(options, clock))->first_password().empty());

    Page page;
    const auto headers = page.signed_in();
    const auto answer = ask_running_store(page.directory.path(), R"({"do":"password reset"})");
    REQUIRE(answer);
    CHECK(page.get("/api/v1/session", headers).status == 401);
    CHECK(page.sign_in(page.server->first_password()).status == 401);
    CHECK(page.sign_in(json::parse(*answer)["ok"]["password"]).status == 204);
}

TEST_CASE("control: what cannot be done is said") {
    Page page;
    const auto asked = [&](const std::string& line) {
        const auto answer = ask_running_store(page.directory.path(), line);
        REQUIRE(answer);
        return json::parse(*answer);
    };
    CHECK(asked("x").contains("error"));
    CHECK(asked(R"({"do":"dance"})").contains("error"));
    CHECK(asked(R"({"do":"device add","name":7})").contains("error"));
    CHECK(asked(R"({"do":"survey add","toml":"id = 3","file":"mine.toml"})")["error"].get<std::string>().starts_with(
        "mine.toml:"));
    CHECK(std::filesystem::status(page.directory.file("control.sock")).permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    page.server.reset();
    CHECK(ask_running_store(page.directory.path(), "x").error().fault == Fault::NotFound);
}

TEST_CASE("server: a store in use and a port in use are said") {
    RunningStore store;
    SharedClock clock;
    const auto second = Server::start({.data = store.directory.path(), .listen = "127.0.0.1:0"}, clock);
    REQUIRE_FALSE(second);
    CHECK(second.error().fault == Fault::Unavailable);

    const platform::TemporaryDirectory elsewhere;
    const auto same_port =
        Server::start({.data = elsewhere.path(), .listen = "127.0.0.1:" + std::to_string(store.server->port())}, clock);
    REQUIRE_FALSE(same_port);
    CHECK(same_port.error().fault == Fault::Unavailable);
}

TEST_CASE("summary: a day is read while the server runs") {
    Page page;
    page.send_visits();
    auto reading = Reading::open(page.directory.path(), page.clock);
    REQUIRE(reading);

    const auto day = day_summary(**reading, "today", "");
    const auto yesterday = day_summary(**reading, "yesterday", "exit");

    REQUIRE(day);
    CHECK(day->day == "2026-11-21");
    CHECK(day->time_zone == "Europe/Berlin");
    CHECK(day->responses == 12);
    CHECK(day->raw == 13);
    CHECK(day->excluded_why == std::map<std::string, std::int64_t>{{"repeat", 1}});
    CHECK(day->undated == 1);
    REQUIRE(day->find("satisfaction") != nullptr);
    CHECK(day->find("satisfaction")->histogram.total() == 12);
    CHECK(day->find("satisfaction")->text == "How satisfied were you with your visit today?");
    REQUIRE(day->find("recommend") != nullptr);
    CHECK(day->find("recommend")->histogram.count[10] == 12);
    const auto picked = std::ranges::find_if(day->questions, [](const auto& one) { return !one.options.empty(); });
    REQUIRE(picked != day->questions.end());
    CHECK(picked->options.front().label == "Friendly staff");
    CHECK(picked->picked == 12);
    CHECK(surveys::busiest(*day)->hour == 12);
    REQUIRE(yesterday);
    CHECK(yesterday->raw == 1);
    CHECK(day_summary(**reading, "someday", "").error().fault == Fault::Invalid);
    CHECK_THAT(day_summary(**reading, "today", "door").error().message, Catch::Contains("exit"));
}
