// The real milepost-store takes logs from files.
#include "platform/encoding.h"
#include "platform/files.h"
#include "sync/store/export_file.h"
#include "tests/store/store_program.h"

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;

namespace {

/// As `milepost log export` writes it: a first line an epoch, then all that the log holds of it.
std::string exported(const FakeLog& log, int epochs, std::int64_t first = 1) {
    std::string text;
    for (int epoch = 0; epoch < epochs; ++epoch) text += log.batch(epoch == 0 ? first : 1, 0, epoch);
    return text;
}

std::string manifest_for(const std::string& text) {
    return nlohmann::json{
        {"files", {{"log.ndjson", {{"sha256", platform::to_hex(platform::view(platform::sha256(text)))}}}}}}
        .dump();
}

/// A store's directory and an exported log of two epochs, 1,203 and 3 records.
struct Files {
    Files() {
        for (int i = 0; i < 1'202; ++i) log.add(visit(5, 10), stamp(kNoon));
        log.begin_epoch();
        for (int i = 0; i < 2; ++i) log.add(visit(1, 0), stamp(kNoon));
        put(exported(log, 2));
    }
    void put(const std::string& text) const { REQUIRE(platform::write_file_atomically(file, text)); }
    Finished import(std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"import", "--data", data, file};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(std::move(arguments));
    }
    platform::TemporaryDirectory directory;
    std::string data = directory.file("store");
    std::string file = directory.file("log.ndjson");
    FakeLog log;
};

}  // namespace

TEST_CASE("import: a kiosk that never gets a network has its log taken in from a file once") {
    const Files files;
    Serving store{files.data};
    const auto code = nlohmann::json::parse(run(device_add(files.data)).text);
    const std::string device = code.at("device");

    const auto unnamed = files.import();
    CHECK(unnamed.code == 1);
    CHECK_THAT(unnamed.text, Catch::Contains("--device"));
    const auto taken = files.import({"--device", device});
    CAPTURE(taken.text);
    CHECK(taken.code == 0);
    CHECK_THAT(taken.text, Catch::Contains("1206 records read, 1204 responses new"));
    const auto again = files.import();
    CHECK(again.code == 0);
    CHECK_THAT(again.text, Catch::Contains("0 responses new"));

    CHECK(number(files.data, "SELECT COUNT(*) FROM response") == "1204");
    CHECK(number(files.data, "SELECT SUM(n) FROM rollup_response WHERE flag = ''") == "1204");
    CHECK(number(files.data, "SELECT COUNT(*) FROM log_break") == "0");
    const auto ledger = run({"device", "ledger", "--data", files.data, device});
    CHECK(ledger.code == 0);
    CHECK_THAT(ledger.text, Catch::Contains("Nothing is missing"));
}

TEST_CASE("import: a file beside what the kiosk sent itself adds only the rest") {
    const Files files;
    Serving store{files.data};
    auto http = platform::HttpClient::make({});
    REQUIRE(http);
    auto kiosk = enrolled_kiosk(files.data, store.url, *http);
    const auto answer = http->send(kiosk.request(store.url, "/device/v1/records", files.log.batch(1, 300, 0),
                                                 platform::UtcTime{std::chrono::seconds{now_seconds()}}));
    REQUIRE(answer);
    REQUIRE(answer->status == 200);

    const auto taken = files.import();

    CHECK(taken.code == 0);
    CHECK_THAT(taken.text, Catch::Contains("905 responses new"));
    CHECK(number(files.data, "SELECT COUNT(*) FROM response") == "1204");
}

TEST_CASE("import: works without a server") {
    const Files files;
    {
        const Serving store{files.data};
    }
    const std::string device = nlohmann::json::parse(run(device_add(files.data)).text).at("device");

    CHECK(files.import({"--device", device}).code == 0);
    CHECK(number(files.data, "SELECT COUNT(*) FROM response") == "1204");
}

TEST_CASE("import: what a file lacks is named and told as lost only on request") {
    const Files files;
    files.put(exported(files.log, 2, 501));
    const Serving store{files.data};
    const std::string device = nlohmann::json::parse(run(device_add(files.data)).text).at("device");

    const auto refused = files.import({"--device", device});
    CHECK(refused.code == 1);
    CHECK_THAT(refused.text, Catch::Contains("needs record 1 ") && Catch::Contains("--accept-missing"));
    CHECK(number(files.data, "SELECT COUNT(*) FROM response") == "0");
    const auto taken = files.import({"--device", device, "--accept-missing"});
    CHECK(taken.code == 0);
    CHECK_THAT(taken.text, Catch::Contains("500 numbers told as lost"));
    CHECK(number(files.data, "SELECT first_seq || '-' || last_seq FROM lost") == "1-500");

    files.put(exported(files.log, 2));
    CHECK(files.import().code == 0);
    CHECK(number(files.data, "SELECT COUNT(*) FROM lost") == "0");
    CHECK(number(files.data, "SELECT COUNT(*) FROM response") == "1204");
}

TEST_CASE("import: an epoch of which no copy is left is told as lost only on request") {
    const Files files;
    files.put(files.log.batch(1, 0, 1));
    const Serving store{files.data};
    const std::string device = nlohmann::json::parse(run(device_add(files.data)).text).at("device");

    CHECK(files.import({"--device", device}).code == 1);
    CHECK(files.import({"--device", device, "--accept-missing"}).code == 0);
    CHECK(number(files.data, "SELECT first_seq || '-' || last_seq FROM lost") == "1-1203");
    CHECK(number(files.data, "SELECT COUNT(*) FROM response") == "2");
    CHECK(number(files.data, "SELECT COUNT(*) FROM log_break") == "0");
}

TEST_CASE("import: a cut or altered copy is told") {
    const Files files;
    const auto whole = exported(files.log, 2);
    const Serving store{files.data};
    const std::string device = nlohmann::json::parse(run(device_add(files.data)).text).at("device");
    SECTION("cut inside a line") {
        files.put(whole.substr(0, whole.size() - 20));
        const auto taken = files.import({"--device", device});
        CHECK(taken.code == 1);
        CHECK_THAT(taken.text, Catch::Contains("the copy is cut"));
        CHECK(number(files.data, "SELECT COUNT(*) FROM response") == "1203");
    }
    SECTION("cut between lines") {
        files.put(files.log.batch(1, 0, 0).substr(0, files.log.batch(1, 1'000, 0).size()));
        const auto taken = files.import({"--device", device});
        CHECK(taken.code == 1);
        CHECK_THAT(taken.text, Catch::Contains("too early"));
    }
    SECTION("not as its manifest says") {
        REQUIRE(platform::write_file_atomically(files.directory.file("manifest.json"), manifest_for(whole + " ")));
        const auto taken = files.import({"--device", device});
        CHECK(taken.code == 1);
        CHECK_THAT(taken.text, Catch::Contains("manifest.json"));
        CHECK(number(files.data, "SELECT COUNT(*) FROM response") == "0");
        REQUIRE(platform::write_file_atomically(files.directory.file("manifest.json"), manifest_for(whole)));
        CHECK(files.import({"--device", device}).code == 0);
    }
    SECTION("no export at all") {
        files.put("hello\n");
        const auto taken = files.import({"--device", device});
        CHECK(taken.code == 1);
        CHECK_THAT(taken.text, Catch::Contains("log.ndjson:1: not an exported log"));
    }
}

TEST_CASE("import: pieces keep to the limits of a batch and carry the chain") {
    Files files;
    FakeLog log;
    const auto long_line = [&] {
        return R"({"seq":SEQ,"kind":"event","id":"x","pad":")" + std::string(200 << 10, 'x') + "\"}";
    };
    for (int i = 0; i < 12; ++i) log.add_line(long_line());
    files.put(log.batch());
    auto file = ExportFile::open(files.file);
    REQUIRE(file);
    std::int64_t next = 1;
    int pieces = 0;
    while (true) {
        const auto piece = file->next();
        REQUIRE(piece);
        if (!*piece) break;
        ++pieces;
        CHECK((*piece)->header.first == next);
        CHECK((*piece)->header.prev == log.chain_before(next));
        const auto body = protocol::encode_batch((*piece)->header, (*piece)->lines);
        CHECK(body.size() <= protocol::kMostBatchBytes);
        CHECK(protocol::decode_batch(body));
        next += (*piece)->header.count;
    }
    CHECK(next == 14);
    CHECK(pieces == 3);
}
