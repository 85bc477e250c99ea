#include "surveys/scores/summary.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

using namespace milepost::surveys;
using Catch::Matchers::Contains;

namespace {

DaySummary busy_day() {
    return {
        .day = "2026-11-21",
        .time_zone = "Europe/Berlin",
        .scope = "till",
        .responses = 100,
        .raw = 103,
        .excluded = 3,
        .excluded_why = {{"repeat", 2}, {"too_fast", 2}},
        .undated = 1,
        .csat = {.count = {2, 3, 5, 30, 60}},
        .nps = {.count = {0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 4}},
        .reasons = {{"staff", "Friendly staff", 40, 80},
                    {"waiting", "Waiting time", 20, 80},
                    {"c", "C", 10, 80},
                    {"d", "D", 5, 80},
                    {"e", "E", 4, 80},
                    {"f", "Sixth", 1, 80}},
        .hours = {{9, 60, 10}, {10, 60, 40}, {11, 60, 40}, {12, 60, 10}},
    };
}

DaySummary quiet_day() {
    return {.day = "2026-11-22",
            .time_zone = "UTC",
            .scope = "all touchpoints",
            .responses = 7,
            .raw = 7,
            .csat = {.count = {0, 0, 0, 0, 7}},
            .hours = {{8, 0, 1}}};
}

}  // namespace

TEST_CASE("summary: text for people", "[surveys]") {
    const std::string text = to_text(busy_day());

    CHECK_THAT(text, Contains("2026-11-21 · till · Europe/Berlin\n"));
    CHECK_THAT(text, Contains("Responses     100 of 103, 3 excluded (repeat 2, too_fast 2)\n"));
    CHECK_THAT(text, Contains("Satisfaction  90 % (83–94), n = 100\n"));
    CHECK_THAT(text, Contains("Recommend     +40 (−13 to +74), n = 10\n"));
    CHECK_THAT(text, Contains("50 %  Friendly staff  (40 of 80)\n"));
    CHECK_THAT(text, !Contains("Sixth"));
    CHECK_THAT(text, Contains("Busiest hour  10–11 (40 responses)\n"));
    CHECK_THAT(text, Contains("1 response of unknown time"));
    CHECK(std::ranges::count(text, '\n') <= 22);
}

TEST_CASE("summary: bars are as long as their hours are busy", "[surveys]") {
    const std::string text = to_text(busy_day());
    const auto blocks = [&](const std::string& hour) {
        const std::size_t at = text.find("\n  " + hour) + 1;
        const std::string line = text.substr(at, text.find('\n', at) - at);
        int count = 0;
        for (std::size_t i = line.find("█"); i != std::string::npos; i = line.find("█", i + 1)) ++count;
        return count;
    };

    CHECK(blocks("10–11") == 4 * blocks("09–10"));
    CHECK(blocks("09–10") == 10);
}

TEST_CASE("summary: too few answers show no score", "[surveys]") {
    const std::string text = to_text(quiet_day());

    CHECK_THAT(text, Contains("Responses     7\n"));
    CHECK_THAT(text, Contains("Satisfaction  n = 7, too few\n"));
    CHECK_THAT(text, Contains("Recommend     no answers\n"));
    CHECK_THAT(text, Contains("08–09 (1 response)"));
    CHECK_THAT(text, !Contains("unknown time"));
    CHECK_THAT(text, !Contains("100 %"));
}

TEST_CASE("summary: an empty day", "[surveys]") {
    const DaySummary day{.day = "2026-11-23", .time_zone = "UTC", .scope = "till"};
    CHECK_FALSE(busiest(day));
    CHECK_THAT(to_text(day), Contains("Responses     0\n"));
    CHECK_THAT(to_text(day), !Contains("Busiest"));

    const auto json = nlohmann::json::parse(to_json(day));
    CHECK(json["busiest_hour"].is_null());
    CHECK(json["csat"] ==
          nlohmann::json::parse(R"({"n":0,"score":null,"low":null,"high":null,"shown":false,"counts":[0,0,0,0,0]})"));
    CHECK(json["reasons"].empty());
    CHECK(json["hours"].is_array());
    CHECK(json["excluded_why"].is_object());
}

TEST_CASE("summary: the repeated hour of an autumn night is two", "[surveys]") {
    DaySummary day = quiet_day();
    day.hours = {{1, 120, 1}, {2, 120, 3}, {2, 60, 2}};
    const std::string text = to_text(day);

    CHECK_THAT(text, Contains("Busiest hour  02–03 UTC+02:00 (3 responses)"));
    CHECK_THAT(text, Contains("  02–03 UTC+01:00  "));
    CHECK_THAT(text, Contains("  01–02  "));
}

TEST_CASE("summary: the earliest of equally busy hours", "[surveys]") {
    CHECK(busiest(busy_day())->hour == 10);
}

TEST_CASE("summary: JSON for machines", "[surveys]") {
    const std::string text = to_json(busy_day());
    const auto json = nlohmann::json::parse(text);

    CHECK(json["day"] == "2026-11-21");
    CHECK(json["time_zone"] == "Europe/Berlin");
    CHECK(json["scope"] == "till");
    CHECK(json["responses"] == 100);
    CHECK(json["raw"] == 103);
    CHECK(json["excluded"] == 3);
    CHECK(json["excluded_why"]["repeat"] == 2);
    CHECK(json["undated"] == 1);
    CHECK(json["csat"]["n"] == 100);
    CHECK(json["csat"]["score"].get<double>() == Approx(90));
    CHECK(json["csat"]["low"].get<double>() == Approx(82.5634).margin(5e-5));
    CHECK(json["csat"]["high"].get<double>() == Approx(94.4771).margin(5e-5));
    CHECK(json["csat"]["shown"] == true);
    CHECK(json["csat"]["counts"] == nlohmann::json({2, 3, 5, 30, 60}));
    CHECK(json["nps"]["score"].get<double>() == Approx(40));
    CHECK(json["nps"]["counts"].size() == 11);
    CHECK(json["reasons"].size() == 6);
    CHECK(json["reasons"][0]["share"].get<double>() == Approx(.5));
    CHECK(json["reasons"][0]["low"].get<double>() < .5);
    CHECK(json["reasons"][0]["high"].get<double>() > .5);
    CHECK(json["busiest_hour"] == nlohmann::json({{"hour", 10}, {"offset_minutes", 60}, {"responses", 40}}));
    CHECK(json["hours"].size() == 4);
    CHECK(text.find("\"day\"") < text.find("\"time_zone\""));
}
