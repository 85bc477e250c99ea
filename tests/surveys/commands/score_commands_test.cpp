// `milepost score …` as an analyst calls it. Expected values: metrics.md and those of tests/surveys/scores.
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using Catch::Matchers::Contains;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct Ran {
    int code = -1;
    std::string output;  ///< both streams
};

Ran milepost(const std::string& arguments, const std::string& before = "") {
    Ran ran;
    const std::string line = fmt::format("{}{} score {} 2>&1", before, MILEPOST_FRONT, arguments);
    FILE* pipe = ::popen(line.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> buffer{};
    while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        ran.output.append(buffer.data(), size);
    }
    const int status = ::pclose(pipe);
    if (WIFEXITED(status)) ran.code = WEXITSTATUS(status);
    return ran;
}

json printed(const std::string& arguments) {
    const Ran ran = milepost(arguments);
    CAPTURE(ran.output);
    REQUIRE(ran.code == 0);
    return json::parse(ran.output);
}

class CsvFile {
public:
    explicit CsvFile(std::string_view text) {
        std::string name = (fs::temp_directory_path() / "milepost-sites-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
        std::ofstream{path()} << text;
    }
    ~CsvFile() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    CsvFile(const CsvFile&) = delete;
    CsvFile& operator=(const CsvFile&) = delete;
    [[nodiscard]] std::string path() const { return (folder_ / "sites.csv").string(); }

private:
    fs::path folder_;
};

std::vector<json> lines(const std::string& output) {
    std::vector<json> all;
    std::istringstream stream{output};
    for (std::string line; std::getline(stream, line);) all.push_back(json::parse(line));
    return all;
}

std::string zeros(int n) {
    return std::string(static_cast<std::size_t>(n), '0');
}

}  // namespace

TEST_CASE("score command: the golden values", "[surveys]") {
    const auto [arguments, score] = GENERATE(table<std::string, double>({
        {"smiley4 --counts 17,16,60,126", 78.234399},
        {"smiley5 --counts 4,2,12,23,51", 81.25},
        {"nps --counts 1,0,0,0,0,0,1,1,2,2,3", 30},
        {"csat --counts 2,3,5,30,60", 90},
        {"emotion --counts 3,7,12,20,9", .49019608},
        {"stars --counts=2,1,4,8,15", 4.1},
    }));
    const json result = printed(arguments);

    CHECK(result["score"].get<double>() == Approx(score).margin(5e-7));
    CHECK(result["kind"] == arguments.substr(0, arguments.find(' ')));
    CHECK(result["shown"] == true);
    CHECK(result["reason"].is_null());
    CHECK(result["low"] < result["score"]);
    CHECK(result["score"] < result["high"]);
}

TEST_CASE("score command: below the limit the score is given and said to be too few", "[surveys]") {
    const json few = printed("csat --counts 0,0,0,0,7");
    CHECK(few["score"] == 100.0);
    CHECK(few["n"] == 7);
    CHECK(few["shown"] == false);
    CHECK(few["reason"] == "n = 7, too few");

    const json none = printed("csat --counts 0,0,0,0,0");
    CHECK(none["score"].is_null());
    CHECK(none["low"].is_null());
    CHECK(none["n"] == 0);
    CHECK(none["reason"] == "no answers");
}

TEST_CASE("score command: effort comes with its mean and options with their shares", "[surveys]") {
    const json effort = printed("ces --counts 1,2,3,10,20,30,34");
    CHECK(effort["score"].get<double>() == Approx(84));
    CHECK(effort["mean"].get<double>() == Approx(5.72));

    const json options = printed("multi --counts 9,0 --asked 10");
    CHECK(options["n"] == 10);
    CHECK(options["options"][0]["share"].get<double>() == Approx(.9));
    CHECK(options["options"][0]["low"].get<double>() == Approx(.595850).margin(5e-7));
    CHECK(options["options"][1]["high"].get<double>() == Approx(.277533).margin(5e-7));
    CHECK(milepost("multi --counts 9,9 --asked 10").code == 0);
    CHECK(milepost("choice --counts 9,9 --asked 10").code == 2);
}

TEST_CASE("score command: the mean of numbers", "[surveys]") {
    const json number = printed("number --n 11 --sum 58 --sum-squares 442");
    CHECK(number["score"].get<double>() == Approx(5.2727272727));
    CHECK(number["low"].get<double>() == Approx(2.7935620390));
    CHECK(printed("number --n 2 --sum -5 --sum-squares 13")["score"] == -2.5);
    CHECK(milepost("number --n 2 --sum 10 --sum-squares 40").code == 2);
}

TEST_CASE("score command: changes", "[surveys]") {
    const json csat = printed("compare csat --before 20,0,0,40,40 --after 12,0,0,40,48");
    CHECK(csat["z"].get<double>() == Approx(1.539171082));
    CHECK(csat["p"].get<double>() == Approx(.123762535));
    CHECK(csat["difference"].get<double>() == Approx(.08));
    CHECK(csat["low"].get<double>() == Approx(-.022678407));
    CHECK(csat["high"].get<double>() == Approx(.181937306));
    CHECK(csat["verdict"] == "no clear change");
    CHECK(csat["unit"] == "share");

    const json nps = printed("compare nps --before 30,0,0,0,0,0,0,30,0,40,0 --after 0,0,0,0,0,0,20,0,25,0,55");
    CHECK(nps["before"]["score"].get<double>() == Approx(10));
    CHECK(nps["before"]["adjusted"].get<double>() == Approx(9.70873786));
    CHECK(nps["after"]["adjusted"].get<double>() == Approx(33.98058252));
    CHECK(nps["z"].get<double>() == Approx(2.15057505));
    CHECK(nps["verdict"] == "improved");

    const json none = printed("compare stars --before 0,0,0,0,0 --after 0,0,0,0,9");
    CHECK(none["difference"].is_null());
    CHECK(none["verdict"] == "not enough data");
}

TEST_CASE("score command: wrong usage says what is wrong", "[surveys]") {
    const auto [arguments, words] = GENERATE(table<std::string, std::string>({
        {"csat --counts 1,2,3", "5 counts"},
        {"csat --counts 1,2,x,4,5", "'x'"},
        {"csat", "--counts"},
        {"starz --counts 1,2,3,4,5", "did you mean 'stars'"},
        {"compare csat --before 1,2,3,4,5 --after 1", "--after"},
        {"compare choice --before 1 --after 1", "choice"},
        {"alarm --p0 .3 --p1 .2", "p0 < p1"},
        {"alarm --h tall", "'tall'"},
        {"alarm --state x", "state"},
        {"", "csat"},
    }));
    const Ran ran = milepost(arguments, "echo | ");

    CHECK(ran.code == 2);
    CHECK_THAT(ran.output, Contains(words));
}

TEST_CASE("score command: ranks a file of shares", "[surveys]") {
    const CsvFile file{"n,site,k\r\n100,\"Berlin, Mitte\",90\n100,Köln,70\n\n9,\"The \"\"Hut\"\"\",9\n0,New,0\n"};
    const json result = printed("rank --csv " + file.path());
    const json& sites = result["sites"];

    REQUIRE(sites.size() == 4);
    CHECK(sites[0]["site"] == "Berlin, Mitte");
    CHECK(sites[0]["rank"] == 1);
    CHECK(sites[0]["position"] == 1);
    CHECK(sites[0]["raw"] == .9);
    CHECK(sites[0]["shrunk"] < .9);
    CHECK(sites[1]["site"] == "Köln");
    CHECK(sites[2]["site"] == "The \"Hut\"");
    CHECK(sites[2]["rank"].is_null());
    CHECK(sites[2]["reason"] == "n = 9, too few");
    CHECK(sites[3]["shrunk"].is_null());
    CHECK(sites[3]["reason"] == "no answers");
    CHECK(result["mean"].get<double>() == Approx(169. / 209));

    const Ran table = milepost("rank --format table --csv " + file.path());
    CHECK(table.code == 0);
    CHECK_THAT(table.output, Contains("Berlin, Mitte") && Contains("90.0 %") && Contains("n = 9, too few"));
}

TEST_CASE("score command: ranks a file of counts", "[surveys]") {
    const CsvFile file{"site,1,2,3,4,5\nA,5,0,5,45,45\nB,0,0,0,0,40\n"};
    const json sites = printed("rank --csv " + file.path())["sites"];

    CHECK(sites[0]["site"] == "B");
    CHECK(sites[0]["position"].is_null());
    CHECK(sites[1]["raw"] == .9);
    CHECK(milepost("rank --kind ces --csv " + file.path()).code == 1);
}

TEST_CASE("score command: all that is wrong with a file is said with its place", "[surveys]") {
    const CsvFile file{"site,k,n\nA,1,x\n,1,2\nB,5,4\nB,1\nA,-1,3\n\"C,1,2\n"};
    const Ran ran = milepost("rank --csv " + file.path());

    CHECK(ran.code == 1);
    for (const std::string place : {":2:5: 'x'", ":3:1: the site", ":4:3: k = 5", ":5:3: 2 fields",
                                    ":6:1: A stands in line 2", ":6:3: '-1'", ":7:1: a quote"}) {
        CHECK_THAT(ran.output, Contains(file.path() + place));
    }

    const CsvFile header{"site,kk,n\nA,1,2\n"};
    const Ran wrong = milepost("rank --csv " + header.path());
    CHECK_THAT(wrong.output, Contains(":1:6: unknown column 'kk'") && Contains("no column 'k'"));
    CHECK(milepost("rank --csv " + CsvFile{""}.path()).code == 1);
    CHECK(milepost("rank --csv /nowhere/sites.csv").code == 1);
}

TEST_CASE("score command: an alarm opens and closes and goes on where it ended", "[surveys]") {
    const std::string answers = "1111111" + zeros(60);
    const Ran ran = milepost("alarm", "echo " + answers + " | ");
    REQUIRE(ran.code == 0);
    const auto events = lines(ran.output);

    REQUIRE(events.size() == 3);
    CHECK(events[0]["event"] == "opened");
    CHECK(events[0]["answer"] == 7);
    CHECK(events[0]["statistic"].get<double>() == Approx(6.414035123));
    CHECK(events[1]["event"] == "closed");
    CHECK(events[1]["answer"] == 45);
    CHECK(events[2]["event"] == "end");
    CHECK(events[2]["answer"] == 67);
    CHECK(events[2]["negative"] == 7);
    CHECK(events[2]["open"] == false);

    const auto first = lines(milepost("alarm", "printf '1, 1\\n1 1 ' | ").output);
    REQUIRE(first.size() == 1);
    const auto rest =
        lines(milepost(fmt::format("alarm --state '{}'", first[0]["state"].get<std::string>()), "echo 111 | ").output);
    REQUIRE(rest.size() == 2);
    CHECK(rest[0] == events[0]);
}

TEST_CASE("score command: what is no answer is said with its place", "[surveys]") {
    const Ran ran = milepost("alarm", "printf '0 1\\n0 2' | ");

    CHECK(ran.code == 1);
    CHECK_THAT(ran.output, Contains("standard input:2:3"));
}

TEST_CASE("score command: help teaches by examples", "[surveys]") {
    const std::string command = GENERATE("", "csat", "compare", "compare nps", "rank", "alarm");
    const Ran ran = milepost(command + " --help");

    CHECK(ran.code == 0);
    CHECK_THAT(ran.output, Contains("milepost score"));
}
