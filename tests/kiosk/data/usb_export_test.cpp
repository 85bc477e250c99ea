#include "kiosk/data/usb_export.h"

#include "kiosk/data/response_csv.h"
#include "kiosk/data/usb_stick.h"
#include "platform/crypto.h"
#include "platform/encoding.h"
#include "platform/files.h"
#include "tests/kiosk/data/device_fixture.h"

#include <nlohmann/json.hpp>

#include <sstream>

using namespace milepost;
using namespace milepost::kiosk;
using namespace milepost::kiosk::testing;

namespace {

Result<Exported> export_to(const DataDirectory& data, const std::filesystem::path& target) {
    platform::ManualClock clock{utc("2026-11-21T18:20:01.000Z")};
    return export_log({.data = data.path(), .target = target, .now = clock.now(), .version = "1", .go_on = {}});
}

std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::istringstream text{platform::read_file(file).value()};
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}

/// Two runs of a recorder: two epochs.
void two_epochs(const DataDirectory& data) {
    platform::ManualClock clock{utc("2026-11-21T10:00:00.000Z")};
    for (int run = 0; run < 2; ++run) {
        const auto recorder = open_recorder(data, clock);
        REQUIRE(append(*recorder, rated(5)));
        clock.advance(1min);
    }
}

}  // namespace

TEST_CASE("export: the log on the stick proves itself by its chain") {
    const DataDirectory data;
    const DataDirectory stick;
    two_epochs(data);
    const auto exported = export_to(data, stick.path());
    REQUIRE(exported);
    CHECK(exported->responses == 2);
    CHECK(exported->records == static_cast<std::int64_t>(rows(data).size()));

    const auto lines = lines_of(exported->folder / "log.ndjson");
    protocol::Chain chain = protocol::kChainStart;
    int frames = 0;
    std::int64_t left = 0;
    for (const std::string& line : lines) {
        if (left == 0) {
            const auto frame = nlohmann::json::parse(line);
            CHECK(frame["prev"] == protocol::to_hex(chain));
            CHECK(frame["first"] == 1);
            left = frame["count"].get<std::int64_t>();
            ++frames;
        } else {
            chain = protocol::next(chain, line);
            --left;
        }
    }
    CHECK(frames == 2);
    CHECK(left == 0);
    CHECK(lines.size() == rows(data).size() + 2);
}

TEST_CASE("export: the manifest has the sums of both files") {
    const DataDirectory data;
    const DataDirectory stick;
    two_epochs(data);
    const auto exported = export_to(data, stick.path());
    REQUIRE(exported);
    CHECK(exported->folder.filename().string().starts_with("milepost-20261121T182001-"));
    const auto manifest = nlohmann::json::parse(platform::read_file(exported->folder / "manifest.json").value());
    CHECK(manifest["responses"] == 2);
    for (const char* name : {"log.ndjson", "responses.csv"}) {
        const std::string bytes = platform::read_file(exported->folder / name).value();
        CHECK(manifest["files"][name]["bytes"] == bytes.size());
        CHECK(manifest["files"][name]["sha256"] == platform::to_hex(platform::view(platform::sha256(bytes))));
    }
}

TEST_CASE("export: a table has a line an answer and runs no formula") {
    const DataDirectory data;
    const DataDirectory stick;
    platform::ManualClock clock{utc("2026-11-21T10:00:00.000Z")};
    {
        const auto recorder = open_recorder(data, clock);
        surveys::Response response = rated(2, "0193abcd-0000-7000-8000-000000000001");
        response.flags = {"test", "wipe"};
        response.answers.push_back({.question = "comment", .text = "=HYPERLINK(\"x\"), he said"});
        response.answers.push_back({.question = "recommend", .skipped = true});
        REQUIRE(append(*recorder, response));
    }
    const auto exported = export_to(data, stick.path());
    REQUIRE(exported);
    const auto lines = lines_of(exported->folder / "responses.csv");
    REQUIRE(lines.size() == 4);
    CHECK(lines[0].starts_with("\xEF\xBB\xBFresponse,begun_utc,"));
    CHECK(lines[1] ==
          "0193abcd-0000-7000-8000-000000000001,2026-11-21T10:00:00.000Z,synced,checkout,store-exit,1,en,complete,test "
          "wipe,satisfaction,2,,,0,1500\r");
    CHECK(lines[2].find("comment,,,\"'=HYPERLINK(\"\"x\"\"), he said\",0,0") != std::string::npos);
    CHECK(lines[3].find("recommend,,,,1,0") != std::string::npos);
}

TEST_CASE("export: fields that a spreadsheet would run get an apostrophe") {
    CHECK(csv_field("plain") == "plain");
    CHECK(csv_field("+1") == "'+1");
    CHECK(csv_field("-1") == "'-1");
    CHECK(csv_field("@x") == "'@x");
    CHECK(csv_field("\tx") == "'\tx");
    CHECK(csv_field("a\"b") == "\"a\"\"b\"");
    CHECK(csv_field("a\nb") == "\"a\nb\"");
    CHECK(csv_field("").empty());
}

TEST_CASE("export: one that is given up leaves no manifest") {
    const DataDirectory data;
    const DataDirectory stick;
    two_epochs(data);
    platform::ManualClock clock{utc("2026-11-21T18:20:01.000Z")};
    const auto exported =
        export_log({.data = data.path(), .target = stick.path(), .now = clock.now(), .version = "1", .go_on = [](int) {
                        return false;
                    }});
    REQUIRE_FALSE(exported);
    for (const auto& entry : std::filesystem::recursive_directory_iterator{stick.path()}) {
        CHECK(entry.path().filename() != "manifest.json");
    }
}

TEST_CASE("export: a medium that cannot be written says where") {
    const DataDirectory data;
    two_epochs(data);
    const auto exported = export_to(data, "/proc/self");
    REQUIRE_FALSE(exported);
    CHECK(exported.error().message.find("/proc/self") != std::string::npos);
}

TEST_CASE("stick: mounts are found below a directory and nowhere else") {
    constexpr std::string_view kMounts =
        "22 28 0:21 / /proc rw,nosuid - proc proc rw\n"
        "36 28 8:17 / /media/anna/STICK\\040ONE rw,nosuid,nodev - vfat /dev/sdb1 rw\n"
        "37 28 8:18 / /media/usb ro - vfat /dev/sdc1 ro\n"
        "38 28 8:19 / /mediaother rw - ext4 /dev/sdd1 rw\n";
    CHECK(mounts_below("/media", kMounts) == std::vector<std::filesystem::path>{"/media/anna/STICK ONE", "/media/usb"});
    CHECK(mounts_below("/media/usb", kMounts) == std::vector<std::filesystem::path>{"/media/usb"});
    CHECK(mounts_below("/srv", kMounts).empty());
}

TEST_CASE("stick: a directory without a mount is no stick") {
    const DataDirectory none;
    CHECK(find_stick(none.path()).error().fault == Fault::NotFound);
    CHECK(find_stick(none.path() / "gone").error().fault == Fault::NotFound);
}
