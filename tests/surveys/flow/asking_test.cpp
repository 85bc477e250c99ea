#include "surveys/flow/asking.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace milepost::surveys;

namespace {

Condition when(std::string_view text) {
    return Condition::parse(text).value();
}

Question with_options(Kind kind, int count) {
    Question question{.id = "why", .kind = kind};
    for (int i = 0; i < count; ++i) question.options.push_back({.id = fmt::format("o{}", i)});
    return question;
}

std::string order(const Question& question, std::string_view response_id, std::span<const Answer> answers = {}) {
    std::string ids;
    for (const Option* option : shown_options(question, answers, {.response_id = response_id})) ids += option->id;
    return ids;
}

}  // namespace

TEST_CASE("asking: a random question is asked of its share of visitors", "[surveys]") {
    const double share = GENERATE(0.01, 0.2, 0.5, 0.9);
    const Question question{.id = "recommend", .random_share = share};
    constexpr int kVisits = 100'000;
    int drawn = 0;
    for (int i = 0; i < kVisits; ++i) drawn += is_drawn(question, fmt::format("0193-{}", i)) ? 1 : 0;

    CHECK(std::abs(drawn - share * kVisits) < 5 * std::sqrt(kVisits * share * (1 - share)));
}

TEST_CASE("asking: what is drawn stays so for ever", "[surveys]") {
    const Question question{.id = "recommend", .random_share = 0.5};
    std::string drawn;
    for (int i = 0; i < 16; ++i) drawn += is_drawn(question, fmt::format("visit-{}", i)) ? '1' : '0';

    CHECK(drawn == "1110010101010101");  // as Python's hashlib has it
    CHECK(is_drawn({.id = "x"}, "visit"));
    CHECK(is_drawn({.id = "x", .random_share = 1.0}, "visit"));
    CHECK_FALSE(is_drawn({.id = "x", .random_share = 0.0}, "visit"));
    CHECK_FALSE(is_drawn({.id = "x", .random_share = std::nan("")}, "visit"));
}

TEST_CASE("asking: two random questions are drawn independently", "[surveys]") {
    const Question one{.id = "one", .random_share = 0.3};
    const Question two{.id = "two", .random_share = 0.3};
    constexpr int kVisits = 100'000;
    int both = 0;
    for (int i = 0; i < kVisits; ++i) {
        const std::string id = fmt::format("visit-{}", i);
        both += is_drawn(one, id) && is_drawn(two, id) ? 1 : 0;
    }

    CHECK(std::abs(both - 0.09 * kVisits) < 5 * std::sqrt(kVisits * 0.09 * 0.91));
}

TEST_CASE("asking: every shuffled order comes equally often", "[surveys]") {
    Question question = with_options(Kind::Multi, 4);
    question.shuffle = true;
    constexpr int kVisits = 48'000;
    std::map<std::string, int> seen;
    for (int i = 0; i < kVisits; ++i) ++seen[order(question, fmt::format("visit-{}", i))];

    REQUIRE(seen.size() == 24);
    double chi_squared = 0;
    for (const auto& [ids, count] : seen) chi_squared += std::pow(count - kVisits / 24.0, 2) / (kVisits / 24.0);
    CHECK(chi_squared < 58.6);  // 23 degrees of freedom, one in 16,000
}

TEST_CASE("asking: a shuffle leaves fixed options and none of these in their places", "[surveys]") {
    Question question = with_options(Kind::Multi, 6);
    question.shuffle = true;
    question.options[1].fixed = true;
    question.options[5].none = true;
    std::set<std::string> orders;
    for (int i = 0; i < 1'000; ++i) {
        const std::string ids = order(question, fmt::format("visit-{}", i));
        orders.insert(ids);
        CHECK(ids.substr(2, 2) == "o1");
        CHECK(ids.substr(10) == "o5");
    }

    CHECK(orders.size() == 24);
}

TEST_CASE("asking: an option that comes changes the order of no others", "[surveys]") {
    Question question = with_options(Kind::Choice, 6);
    question.shuffle = true;
    question.options[2].show_if = when("satisfaction <= 3");
    const std::vector<Answer> low{{.question = "satisfaction", .value = 2}};
    for (int i = 0; i < 100; ++i) {
        const std::string id = fmt::format("visit-{}", i);
        std::string all = order(question, id, low);
        REQUIRE(all.size() == 12);
        all.erase(all.find("o2"), 2);
        CHECK(all == order(question, id));
    }
}

TEST_CASE("asking: options keep the order of the survey where it does not shuffle", "[surveys]") {
    Question question = with_options(Kind::Choice, 4);
    question.options[1].show_if = when("language == de");

    CHECK(order(question, "visit") == "o0o2o3");
}

TEST_CASE("asking: a question is asked when its condition holds and it has something to offer", "[surveys]") {
    const Circumstances german{.language = "de-AT", .touchpoint = "till"};
    const Visit visit{.response_id = "r", .circumstances = &german};
    const std::vector<Answer> low{{.question = "satisfaction", .value = 2}};
    Question question = with_options(Kind::Multi, 2);
    CHECK(is_asked(question, {}, visit));

    question.ask_if = when("satisfaction <= 3 and language == de");
    CHECK(is_asked(question, low, visit));
    CHECK_FALSE(is_asked(question, {}, visit));
    CHECK_FALSE(is_asked(question, low, {}));

    question.options[0].show_if = when("language == en");
    CHECK(is_asked(question, low, visit));
    question.options[1].none = true;
    CHECK_FALSE(is_asked(question, low, visit));
    CHECK(is_asked({.id = "face", .kind = Kind::Emotion}, {}, visit));
    CHECK_FALSE(is_asked(with_options(Kind::Choice, 0), {}, visit));
}

TEST_CASE("asking: picks are bounded by what is shown", "[surveys]") {
    const auto [least, most, shown, expected] = GENERATE(table<int, int, int, Picks>({
        {1, 0, 4, {1, 4}},
        {2, 3, 4, {2, 3}},
        {2, 3, 1, {1, 1}},
        {3, 0, 2, {2, 2}},
        {1, 9, 4, {1, 4}},
    }));
    Question question = with_options(Kind::Multi, shown + 1);
    question.least_picks = least;
    question.most_picks = most;
    question.options.back().none = true;

    CHECK(picks_of(question, shown_options(question, {}, {})) == expected);
    question.kind = Kind::Choice;
    CHECK(picks_of(question, shown_options(question, {}, {})) == Picks{1, 1});
}

TEST_CASE("asking: a visit is over after the first answer whose end_if holds", "[surveys]") {
    const Survey survey{.languages = {"en"},
                        .questions = {{.id = "satisfaction", .end_if = when("satisfaction == 5")},
                                      {.id = "why", .kind = Kind::Text, .end_if = when("not why answered")},
                                      {.id = "recommend", .kind = Kind::Nps, .end_if = when("satisfaction == 1")}}};
    const Answer low{.question = "satisfaction", .value = 1};
    const auto ended = [&](const std::vector<Answer>& answers) {
        const Question* question = ended_by(survey, answers, {});
        return question ? question->id : "";
    };

    CHECK(ended({}).empty());
    CHECK(ended({{.question = "satisfaction", .value = 5}}) == "satisfaction");
    CHECK(ended({low}).empty());
    CHECK(ended({low, {.question = "why", .text = "x"}}).empty());
    CHECK(ended({low, {.question = "why", .skipped = true}}) == "why");
    CHECK(ended({low, {.question = "why", .text = "x"}, {.question = "recommend", .value = 3}}) == "recommend");
}

TEST_CASE("asking: the first outcome that holds replaces the thanks", "[surveys]") {
    const auto text = [](const char* words) { return LocalText{{{"en", words}}}; };
    const Survey survey{
        .languages = {"en"},
        .thanks = text("Thanks"),
        .outcomes = {{when("satisfaction <= 2"), text("Sorry")}, {when("satisfaction <= 4"), text("Fine")}}};
    const auto thanks = [&](int value) {
        const std::vector<Answer> answers{{.question = "satisfaction", .value = value}};
        return thanks_of(survey, answers, {}).in("en", "en");
    };

    CHECK(thanks(1) == "Sorry");
    CHECK(thanks(3) == "Fine");
    CHECK(thanks(5) == "Thanks");
}
