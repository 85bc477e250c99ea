// What is decided without a database: dating, places in local time, records, codes, waits.
#include "platform/ids.h"
#include "sync/store/api/budget.h"
#include "sync/store/api/rate_limiter.h"
#include "sync/store/api/sign_in.h"
#include "sync/store/records/catalogue.h"
#include "sync/store/records/dating.h"
#include "sync/store/records/record_reader.h"
#include "sync/store/secrets.h"
#include "tests/platform/temporary_directory.h"
#include "tests/store/fake_log.h"

#include <catch2/catch.hpp>

#include <set>

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;
using namespace std::chrono_literals;

namespace {

Result<Incoming> read(RecordReader& reader, std::string line) {
    line.reserve(line.size() + kLinePadding);
    return reader.read(line);
}

}  // namespace

TEST_CASE("dating: by its own clock or the nearest of its boot") {
    const std::vector<ClockTie> ties{{.mono_ms = 100'000, .utc_minus_mono_ms = 1'000, .error_ms = 5},
                                     {.mono_ms = 300'000, .utc_minus_mono_ms = 2'000, .error_ms = 7}};
    struct Case {
        platform::Trust trust;
        std::int64_t mono_ms;
        std::int64_t utc_ms;
        std::int64_t error_ms;
    };
    const auto c = GENERATE(values<Case>({
        {platform::Trust::Synced, 250'000, kNoon.time_since_epoch().count(), 0},
        {platform::Trust::Holdover, 120'000, 121'000, 7},
        {platform::Trust::Unset, 290'000, 292'000, 8},
        {platform::Trust::Unset, 200'000, 201'000, 15},  // of equals the earlier one
        {platform::Trust::Unset, 0, 1'000, 15},
    }));

    const auto dated = date(stamp(kNoon, c.trust, c.mono_ms), ties);

    REQUIRE(dated);
    CHECK(dated->at.time_since_epoch().count() == c.utc_ms);
    CHECK(dated->error_ms == c.error_ms);
    CHECK_FALSE(date(stamp(kNoon, platform::Trust::Unset), {}));
}

TEST_CASE("dating: a place is only as sharp as the time is known") {
    const auto zone = platform::TimeZone::named("Europe/Berlin");
    REQUIRE(zone);
    const auto place_of = [&](platform::UtcTime at, std::int64_t error) { return place(Dated{at, error}, &*zone); };

    CHECK(place_of(kNoon, 0) == LocalPlace{"2026-11-21", 13, 60});
    CHECK(place_of(kNoon + 30min, 60'000) == LocalPlace{"2026-11-21", 13, 60});
    CHECK(place_of(kNoon, 60'000) == LocalPlace{"2026-11-21", -1, 0});
    CHECK_FALSE(place_of(kNoon + 11h, 60'000).dated());
    CHECK_FALSE(place(std::nullopt, &*zone).dated());
    CHECK_FALSE(place(Dated{kNoon, 0}, nullptr).dated());
}

TEST_CASE("dating: the repeated hour of an autumn night is two hours") {
    const auto zone = platform::TimeZone::named("Europe/Berlin");
    REQUIRE(zone);
    const platform::UtcTime first = std::chrono::sys_days{std::chrono::October / 25 / 2026} + 30min;

    CHECK(place(Dated{first, 0}, &*zone) == LocalPlace{"2026-10-25", 2, 120});
    CHECK(place(Dated{first + 1h, 0}, &*zone) == LocalPlace{"2026-10-25", 2, 60});
}

TEST_CASE("record reader: takes and refuses what the protocol's own reader does") {
    RecordReader reader;
    auto response = visit(2, 3);
    response.answers.back() = {.question = "comment", .text = "zu \"lang\"\n✓"};
    const std::string good = protocol::response_line(7, response, stamp(kNoon));
    const auto with = [&](std::string from, std::string to) {
        auto line = good;
        const auto place = line.find(from);
        REQUIRE(place != std::string::npos);
        return line.replace(place, from.size(), to);
    };
    const std::vector<std::string> lines{
        good,
        with("\"seq\":7", "\"seq\":0"),
        with("\"seq\":7", "\"seq\":\"7\""),
        with("\"seq\":7", "\"seq\":7.5"),
        with("\"rev\":1", "\"rev\":99999999999"),
        with("\"ended\":\"complete\"", "\"ended\":\"bored\""),
        with("\"trust\":\"synced\"", "\"trust\":\"sure\""),
        with("\"utc\":\"2026", "\"utc\":\"26"),
        with("\"survey\":", "\"poll\":"),
        with("\"answers\":[", "\"answers\":[3,"),
        with("\"flags\":[]", "\"flags\":\"none\""),
        with("\"kind\":\"response\"", "\"kind\":\"reply\""),
        good + "x",
        protocol::event_line(3, platform::make_uuid7(kNoon), "shutdown", "{}", stamp(kNoon)),
        protocol::clock_line(3, platform::make_uuid7(kNoon), {kBoot, 5, 1, "kernel"}, stamp(kNoon)),
        protocol::clock_line(3, platform::make_uuid7(kNoon), {kBoot, 5, 1, "sundial"}, stamp(kNoon)),
        R"({"seq":3,"kind":"lost","until":5,"chain":null})",
        R"({"seq":3,"kind":"lost","until":2})",
        R"({"seq":3,"kind":"quarantined","id":"x","reason":"y","raw":"!"})",
        R"({"seq":3,"kind":"quarantined","id":null,"reason":"y","raw":"AAAA"})",
        R"({"seq":1,"kind":"lost","until":2,"prev_epoch":null,"prev_last_seq":0,"prev_chain":null})",
        R"({"seq":1,"kind":"lost","until":2,"prev_epoch":"x","prev_last_seq":0,"prev_chain":null})",
        R"({"seq":1,"kind":"lost","until":2,"prev_epoch":null,"prev_last_seq":-1,"prev_chain":null})",
    };
    for (const auto& line : lines) {
        CAPTURE(line);
        CHECK(read(reader, line).has_value() == protocol::read_record(line).has_value());
    }
    const auto incoming = read(reader, good);
    REQUIRE(incoming);
    CHECK(std::get<IncomingResponse>(incoming->body).response == response);
    CHECK(std::get<IncomingResponse>(incoming->body).at == stamp(kNoon));
    CHECK(std::get<IncomingResponse>(incoming->body).extra.empty());
}

TEST_CASE("record reader: keeps members that it does not know") {
    RecordReader reader;
    auto line = protocol::response_line(7, visit(2, 3), stamp(kNoon));
    line.replace(line.find("\"took_ms\""), 0, "\"weather\":{\"rain\":true},");
    line.replace(line.find("\"skipped\":true"), 0, "\"note\":{\"key\":\"k1\"},");
    line.replace(line.find("\"mono_ms\""), 0, "\"leap\":1,");

    const auto incoming = read(reader, line);

    REQUIRE(incoming);
    CHECK(std::get<IncomingResponse>(incoming->body).extra ==
          R"({"answers":{"comment":{"note":{"key":"k1"}}},"weather":{"rain":true},"at":{"leap":1}})");
}

TEST_CASE("record reader: lines that are too long or too deep are refused unread") {
    RecordReader reader;
    const auto good = protocol::response_line(7, visit(2, 3), stamp(kNoon));
    const auto with = [&](const std::string& more) {
        auto line = good;
        return line.replace(line.find("\"took_ms\""), 0, "\"x\":" + more + ",");
    };
    const auto deep = [](int depth) {
        return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
    };
    CHECK(read(reader, with(deep(20))));
    CHECK_FALSE(read(reader, with(deep(40))));
    CHECK_FALSE(read(reader, with(deep(100'000))));
    CHECK(read(reader, with('"' + std::string(200 << 10, 'x') + '"')));
    const auto long_line = read(reader, with('"' + std::string(256 << 10, 'x') + '"'));
    REQUIRE_FALSE(long_line);
    CHECK(long_line.error().message == "longer than 256 KiB");
    CHECK(read(reader, good));
}

TEST_CASE("record reader: a nul in text becomes the replacement character and is noted") {
    RecordReader reader;
    auto line = protocol::response_line(7, visit(2, 3), stamp(kNoon));
    line.replace(line.find("\"skipped\":true"), 14, R"("t":"a\u0000b")");

    const auto incoming = read(reader, line);

    REQUIRE(incoming);
    const auto& [response, at, extra] = std::get<IncomingResponse>(incoming->body);
    CHECK(response.answers.back().text ==
          "a\xEF\xBF\xBD"
          "b");
    CHECK(extra == R"({"nul_replaced":true})");
}

TEST_CASE("secrets: codes can be read out and typed carelessly") {
    std::set<std::string> codes;
    for (int i = 0; i < 100; ++i) codes.insert(make_code());

    CHECK(codes.size() == 100);
    for (const auto& code : codes) {
        CHECK(code.size() == 17);
        CHECK(code.find_first_of("ILOU") == std::string::npos);
        CHECK(normalize_code(code).size() == 15);
    }
    CHECK(normalize_code("7k3pq-9qxmt 4vwao") == normalize_code("7K3PQ-9QXMT-4VWA0"));
    CHECK(normalize_code("il") == "11");
}

TEST_CASE("secrets: the store's keys stay what they are and are nobody else's") {
    const platform::TemporaryDirectory directory;
    const auto made = StoreKeys::open(directory.path());
    const auto read_again = StoreKeys::open(directory.path());

    REQUIRE(made);
    REQUIRE(read_again);
    CHECK(made->signing.secret_key == read_again->signing.secret_key);
    CHECK(made->contact.secret_key == read_again->contact.secret_key);
    CHECK(std::filesystem::status(directory.file("store.key")).permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("rate limiter: a burst then one at a time and peers apart") {
    platform::ManualClock clock{kNoon};
    RateLimiter limiter{{.burst = 3, .each = 6s}, clock};
    for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.try_once("a"));

    CHECK(limiter.try_once("a") == 6s);
    CHECK(limiter.wait_of("a") == 6s);
    CHECK_FALSE(limiter.wait_of("b"));
    CHECK_FALSE(limiter.try_once("b"));
    CHECK_FALSE(limiter.wait_of("b"));
    clock.advance(5s);
    CHECK(limiter.try_once("a") == 1s);
    clock.advance(1s);
    CHECK_FALSE(limiter.try_once("a"));
    CHECK(limiter.try_once("a") == 6s);
}

TEST_CASE("budget: gives what is left and gets it back once") {
    Budget budget{100};
    {
        auto most = budget.take(80);
        REQUIRE(most);
        CHECK_FALSE(budget.take(21));
        const auto moved = std::move(*most);
        most.reset();
        CHECK(budget.take(20));
        CHECK_FALSE(budget.take(21));
    }
    CHECK(budget.take(100));
    CHECK_FALSE(budget.take(101));
}

TEST_CASE("sign-in: the wait doubles from the fifth failure on") {
    const auto [failures, wait] =
        GENERATE(table<int, int>({{0, 0}, {4, 0}, {5, 1}, {6, 2}, {8, 8}, {14, 512}, {15, 900}, {1'000, 900}}));
    CHECK(wait_after(failures).count() == wait);
}
