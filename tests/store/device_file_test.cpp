// Many devices from a table, by the real milepost-store.
#include "platform/files.h"
#include "tests/store/store_program.h"

#include <sstream>

using namespace milepost;
using namespace milepost::store;
using namespace milepost::store::test;

TEST_CASE("program: many devices are made from a table or none") {
    const platform::TemporaryDirectory directory;
    const auto data = directory.file("store");
    const auto csv = directory.file("devices.csv");
    const Serving store{data};
    const auto add = [&](const std::string& text, const std::string& minutes = "43200") {
        REQUIRE(platform::write_file_atomically(csv, text));
        return run({"device", "add", "--data", data, "--csv", csv, "--valid-minutes", minutes});
    };
    const auto made = add(
        "name,site,touchpoint,time_zone\r\ntill-1,berlin,checkout,Europe/Berlin\r\n\"Till \"\"2\"\"\",paris,\"a,b\","
        "Europe/Paris\r\n");
    CAPTURE(made.text);
    CHECK(made.code == 0);
    std::istringstream lines{made.text};
    std::string line;
    std::getline(lines, line);
    CHECK(line == "name,site,touchpoint,device,code,expires");
    std::getline(lines, line);
    CHECK_THAT(line, Catch::StartsWith("till-1,berlin,checkout,dev_"));
    std::getline(lines, line);
    CHECK_THAT(line, Catch::StartsWith("\"Till \"\"2\"\"\",paris,\"a,b\",dev_"));
    CHECK(number(data, "SELECT COUNT(*) FROM enrolment_code") == "2");
    CHECK(number(data,
                 "SELECT CAST((MIN(expires_ms) - (SELECT MIN(added_ms) FROM device)) / 60000 AS TEXT) "
                 "FROM enrolment_code") == "43200");

    struct Case {
        std::string text;
        std::string says;
    };
    const std::vector<Case> cases{
        {"name,site\nx,y\n", "devices.csv:1: the first line has no column touchpoint"},
        {"name,site,touchpoint\nx,y\n", "devices.csv:2: 2 fields"},
        {"name,site,touchpoint\nx,y,z\nx,,z\n", "devices.csv:3: name, site and touchpoint must not be empty"},
        {"name,site,touchpoint,colour\n", "unknown column \"colour\""},
        {"name,site,touchpoint\n", "names no device"},
        {"name,site,touchpoint\nnew,rome,door\nnew,hamburg,checkout\n", "device 2"},
    };
    for (const auto& c : cases) {
        const auto refused = add(c.text);
        CAPTURE(c.text, refused.text);
        CHECK(refused.code == 1);
        CHECK_THAT(refused.text, Catch::Contains(c.says));
    }
    CHECK(number(data, "SELECT COUNT(*) FROM device") == "2");
    CHECK(number(data, "SELECT COUNT(*) FROM site") == "2");
    CHECK(add("name,site,touchpoint\nx,y,z\n", "43201").code == 2);
}
