#include "surveys/scores/alarm.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace milepost;
using namespace milepost::surveys;
using namespace std::chrono_literals;

namespace {

struct Happened {
    Alarm::Event event;
    std::int64_t answer;
    bool operator==(const Happened&) const = default;
};

/// Over a text of 0 and 1.
std::vector<Happened> over(const std::string& answers, Alarm& alarm, const AlarmRule& rule = {}) {
    std::vector<Happened> happened;
    for (const char answer : answers) {
        const auto event = alarm.add(rule, answer == '1');
        if (event != Alarm::Event::None) happened.push_back({event, alarm.answers()});
    }
    return happened;
}

std::string times(int n, const std::string& text) {
    std::string all;
    for (int i = 0; i < n; ++i) all += text;
    return all;
}

}  // namespace

// Expected values: a few lines of Python over the definition.
TEST_CASE("alarm: opens at h and closes after twenty answers under half of it", "[surveys]") {
    Alarm alarm;
    CHECK(over("1111111" + times(60, "0"), alarm) ==
          std::vector<Happened>{{Alarm::Event::Opened, 7}, {Alarm::Event::Closed, 45}});
    CHECK_FALSE(alarm.is_open());
}

TEST_CASE("alarm: six negative answers in a row are one too few", "[surveys]") {
    Alarm alarm;
    CHECK(over("111111", alarm).empty());
    CHECK(alarm.statistic() == Approx(6 * std::log(2.5)));
    CHECK(over("0", alarm).empty());
    CHECK(alarm.statistic() == Approx(6 * std::log(2.5) + std::log(.75 / .9)));
}

TEST_CASE("alarm: the statistic does not fall below zero", "[surveys]") {
    Alarm alarm;
    CHECK(over(times(100, "0"), alarm).empty());
    CHECK(alarm.statistic() == 0);
    CHECK(alarm.answers() == 100);
}

TEST_CASE("alarm: one alert is open at a time and calm is counted anew after each relapse", "[surveys]") {
    Alarm alarm;
    // 7·0.916 − 20·0.182 is just under 3, the relapse lifts it above, and four more answers lead down again.
    CHECK(over(times(7, "1") + times(20, "0") + "1" + times(60, "0"), alarm) ==
          std::vector<Happened>{{Alarm::Event::Opened, 7}, {Alarm::Event::Closed, 51}});
}

TEST_CASE("alarm: state that is stored goes on where it was", "[surveys]") {
    const std::string answers = times(5, "0") + times(6, "10110") + times(80, "0") + times(9, "1");
    for (std::size_t cut = 0; cut <= answers.size(); ++cut) {
        Alarm whole;
        const auto expected = over(answers, whole);
        Alarm first;
        auto happened = over(answers.substr(0, cut), first);
        auto second = parse_alarm(to_text(first));
        REQUIRE(second);
        CHECK(*second == first);
        for (const auto& later : over(answers.substr(cut), *second)) happened.push_back(later);
        CHECK(happened == expected);
        CHECK(*second == whole);
    }
}

TEST_CASE("alarm: what is no state is refused", "[surveys]") {
    const std::string text = GENERATE("", "cusum1", "cusum2 1 2 3 open", "cusum1 -1 2 3 open", "cusum1 nan 2 3 open",
                                      "cusum1 inf 2 3 open", "cusum1 1 2 3 ajar", "cusum1 1 2 3 open ",
                                      "cusum1 1 2 3 closed", "cusum1 1 2.5 0 open", "cusum1 1e999 2 0 open");
    CAPTURE(text);
    REQUIRE_FALSE(parse_alarm(text));
    CHECK(parse_alarm(text).error().fault == Fault::Corrupt);
}

TEST_CASE("alarm: a rule that is none changes nothing", "[surveys]") {
    const auto rule =
        GENERATE(values<AlarmRule>({{.p0 = 0}, {.p0 = .3}, {.p1 = 1}, {.h = 0}, {.h = std::nan("")}, {.calm = 0}}));
    Alarm alarm;
    CHECK_FALSE(rule.is_valid());
    CHECK(alarm.add(rule, true) == Alarm::Event::None);
    CHECK(alarm == Alarm{});
}

// metrics.md: about 8,400 answers between false alarms, 24 answers to notice .40.
TEST_CASE("alarm: the defaults run as long as they should", "[surveys]") {
    const auto mean_run = [](double share, int runs, std::uint64_t seed) {
        std::mt19937_64 random{seed};
        std::bernoulli_distribution negative{share};
        double answers = 0;
        for (int run = 0; run < runs; ++run) {
            Alarm alarm;
            while (alarm.add({}, negative(random)) != Alarm::Event::Opened) continue;
            answers += static_cast<double>(alarm.answers());
        }
        return answers / runs;
    };
    CHECK(mean_run(.10, 1'000, 1) == Approx(8'400).epsilon(.1));
    CHECK(mean_run(.40, 5'000, 2) == Approx(24).epsilon(.05));
}

TEST_CASE("alarm: a touchpoint's own share makes its own rule", "[surveys]") {
    const auto own = alarm_rule_for(.1);
    CHECK(own.p0 == .1);
    CHECK(own.p1 == Approx(.25));
    CHECK(alarm_rule_for(.2).p1 == Approx(3 * .25 / (1 + 3 * .25)));
    for (const double share : {-1., 0., 1e-9, .5, 1., 7., std::nan("")}) CHECK(alarm_rule_for(share).is_valid());
}

TEST_CASE("alarm: silence is what the usual rate makes implausible", "[surveys]") {
    CHECK_FALSE(is_silence(9.2));
    CHECK(is_silence(9.22));  // ln 10,000 = 9.2103
    CHECK(is_silence(3.1, .05));
    CHECK_FALSE(is_silence(0));
    CHECK_FALSE(is_silence(-5));
    CHECK_FALSE(is_silence(std::nan("")));
    CHECK(is_silence(std::numeric_limits<double>::infinity()));

    REQUIRE(silence_after(10));
    const auto wait = *silence_after(10);
    CHECK(wait == 3'315'723ms);
    CHECK(is_silence(10 * std::chrono::duration<double, std::ratio<3600>>{wait}.count()));
    CHECK_FALSE(is_silence(10 * std::chrono::duration<double, std::ratio<3600>>{wait - 2ms}.count()));
    CHECK_FALSE(silence_after(0));
    CHECK_FALSE(silence_after(-1));
    CHECK_FALSE(silence_after(std::nan("")));
    CHECK_FALSE(silence_after(1e-300));
}
