// The real milepost-store beside others that write, and on a disk that says no.
#include "platform/files.h"
#include "tests/store/store_program.h"

#include <sys/mount.h>

#include <filesystem>
#include <optional>
#include <thread>

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;

TEST_CASE("program: a locked database is never acknowledged and comes back by itself") {
    const platform::TemporaryDirectory directory;
    const auto data = directory.path().string();
    const Serving store{data};
    auto http = platform::HttpClient::make({});
    REQUIRE(http);
    auto kiosk = enrolled_kiosk(data, store.url, *http);
    FakeLog log;
    log.add(visit(5, 10), stamp(kNoon));
    const auto send = [&] {
        const auto answer = http->send(kiosk.request(store.url, "/device/v1/records", log.batch(),
                                                     platform::UtcTime{std::chrono::seconds{now_seconds()}}));
        REQUIRE(answer);
        return *answer;
    };
    {
        auto other = platform::open_for_writing(data + "/store.db", platform::Workload::LongScans);
        REQUIRE(other);
        const auto held = platform::Transaction::begin(**other);
        REQUIRE(held);
        const auto refused = send();
        CHECK(refused.status == 503);
        CHECK(refused.headers.contains("retry-after"));
    }
    CHECK(number(data, "SELECT COUNT(*) FROM response") == "0");
    CHECK(send().status == 200);
    CHECK(number(data, "SELECT COUNT(*) FROM response") == "1");
}

TEST_CASE("program: after a kill nothing is acknowledged before what its WAL holds is in the file") {
    const platform::TemporaryDirectory directory;
    const auto data = directory.path().string();
    auto http = platform::HttpClient::make({});
    REQUIRE(http);
    FakeLog log;
    std::optional<TestDevice> kiosk;
    const auto send = [&](const Serving& store) {
        log.add(visit(5, 10), stamp(kNoon));
        const auto answer = http->send(kiosk->request(store.url, "/device/v1/records", log.batch(),
                                                      platform::UtcTime{std::chrono::seconds{now_seconds()}}));
        REQUIRE(answer);
        return answer->status;
    };
    {
        Serving store{data};
        kiosk = enrolled_kiosk(data, store.url, *http);
        REQUIRE(send(store) == 200);
        store.end(SIGKILL);
    }
    auto reader = platform::open_for_reading(data + "/store.db");
    REQUIRE(reader);
    REQUIRE((*reader)->run_script("BEGIN; SELECT COUNT(*) FROM response"));
    REQUIRE(std::filesystem::file_size(data + "/store.db-wal") > 0);
    const Serving store{data};
    CHECK(send(store) == 503);
    REQUIRE((*reader)->run_script("COMMIT"));
    CHECK(send(store) == 200);
    CHECK(number(data, "SELECT COUNT(*) FROM response") == "3");
}

TEST_CASE("program: on a full disk what is acknowledged is there and it comes back by itself") {
    const platform::TemporaryDirectory directory;
    const auto data = directory.file("small");
    REQUIRE(std::filesystem::create_directory(data));
    if (::mount("tmpfs", data.c_str(), "tmpfs", 0, "size=16m,mode=0700") != 0) {
        WARN("NOT-TRIED: a small file system needs the right to mount one. Run it as root.");
        return;
    }
    struct Unmount {
        std::string at;
        ~Unmount() { ::umount2(at.c_str(), MNT_DETACH); }
    } const unmount{data};
    FakeLog log;
    std::int64_t acknowledged = 0;
    bool refused = false;
    {
        const Serving store{data};
        auto http = platform::HttpClient::make({});
        REQUIRE(http);
        auto kiosk = enrolled_kiosk(data, store.url, *http);
        const auto send = [&] {
            const auto answer = http->send(kiosk.request(store.url, "/device/v1/records", log.batch(acknowledged + 1),
                                                         platform::UtcTime{std::chrono::seconds{now_seconds()}}));
            REQUIRE(answer);
            if (answer->status == 200) acknowledged = protocol::decode_records_answer(answer->body)->next - 1;
            return answer->status;
        };
        const auto fill = data + "/fill";
        for (int batch = 0; batch < 200 && !refused; ++batch) {
            for (int i = 0; i < 50; ++i) log.add(visit(5, 10), stamp(kNoon));
            const auto status = send();
            refused = status == 503;
            CHECK((status == 200 || refused));
            if (batch == 2) {  // takes what is left but a little
                const auto free = std::filesystem::space(data).available;
                REQUIRE(platform::write_file_atomically(
                    fill, std::string(free - std::min<std::size_t>(free, 64 << 10), 'x')));
            }
        }
        CHECK(refused);
        CHECK(number(data, "SELECT MAX(seq) FROM response") == std::to_string(acknowledged));
        std::filesystem::remove(fill);
        CHECK(send() == 200);
        CHECK(acknowledged == log.last());
    }
    CHECK(number(data, "SELECT COUNT(*) FROM response") == std::to_string(log.last() - 1));
    CHECK(number(data, "SELECT SUM(n) FROM rollup_response WHERE flag = ''") == std::to_string(log.last() - 1));
}

TEST_CASE("program: the same batch over many connections at once counts once") {
    const platform::TemporaryDirectory directory;
    const auto data = directory.path().string();
    const Serving store{data};
    auto http = platform::HttpClient::make({});
    REQUIRE(http);
    const auto kiosk = enrolled_kiosk(data, store.url, *http);
    FakeLog log;
    for (int i = 0; i < 100; ++i) log.add(visit(5, 10), stamp(kNoon));
    const auto body = log.batch();
    std::vector<int> statuses(8);
    {
        std::vector<std::jthread> senders;
        for (auto& status : statuses) {
            senders.emplace_back([&, mine = kiosk]() mutable {
                auto own = platform::HttpClient::make({});
                if (!own) return;
                for (int times = 0; times < 10; ++times) {
                    const auto answer = own->send(mine.request(store.url, "/device/v1/records", body,
                                                               platform::UtcTime{std::chrono::seconds{now_seconds()}}));
                    status = answer ? answer->status : -1;
                    if (status != 200) return;
                }
            });
        }
    }
    CHECK(statuses == std::vector<int>(8, 200));
    CHECK(number(data, "SELECT COUNT(*) FROM response") == "100");
    CHECK(number(data, "SELECT SUM(n) FROM rollup_response WHERE flag = ''") == "100");
    CHECK(number(data, "SELECT COUNT(*) FROM log_break") == "0");
}

TEST_CASE("program: two files of one log and the kiosk itself at once count once") {
    const platform::TemporaryDirectory directory;
    const auto data = directory.file("store");
    FakeLog log;
    for (int i = 0; i < 600; ++i) log.add(visit(5, 10), stamp(kNoon));
    const auto file = directory.file("log.ndjson");
    REQUIRE(platform::write_file_atomically(file, log.batch()));
    std::vector<int> ended;
    {
        const Serving store{data};
        auto http = platform::HttpClient::make({});
        REQUIRE(http);
        auto kiosk = enrolled_kiosk(data, store.url, *http);
        const std::vector<std::string> import{"import", "--data", data, "--device", kiosk.id, file};
        Program one{import};
        Program another{import};
        for (std::int64_t first = 1; first <= log.last(); first += 50) {
            const auto body = log.batch(first, std::min(log.last(), first + 49));
            const auto answer = http->send(kiosk.request(store.url, "/device/v1/records", body,
                                                         platform::UtcTime{std::chrono::seconds{now_seconds()}}));
            REQUIRE(answer);
            CHECK(answer->status == 200);
        }
        ended = {one.end(), another.end()};
    }
    CHECK(ended == std::vector<int>{0, 0});
    CHECK(number(data, "SELECT COUNT(*) FROM response") == "600");
    CHECK(number(data, "SELECT SUM(n) FROM rollup_response WHERE flag = ''") == "600");
    CHECK(number(data, "SELECT COUNT(*) FROM log_break") == "0");
}
