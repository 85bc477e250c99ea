#include "surveys/samples/samples.h"

#include "surveys/checks/check_survey.h"
#include "surveys/flow/session.h"
#include "surveys/reading/survey_reader.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace milepost::surveys;
using namespace std::chrono_literals;

namespace {

const std::set<std::string> kLanguages{"en", "de", "fr", "es", "ar", "ja"};

Sample any_sample() {
    return samples()[static_cast<std::size_t>(GENERATE(range(0, 6)))];
}

Survey survey_of(const Sample& sample) {
    auto survey = read_survey(sample.toml);
    INFO(sample.id << (survey ? "" : describe("", survey.error())));
    REQUIRE(survey);
    return *std::move(survey);
}

/// Every text that a visitor can be shown.
std::vector<LocalText> texts_of(const Survey& survey) {
    std::vector<LocalText> texts{survey.thanks};
    for (const Outcome& outcome : survey.outcomes) texts.push_back(outcome.thanks);
    for (const Question& question : survey.questions) {
        texts.push_back(question.text);
        texts.insert(texts.end(), question.labels.begin(), question.labels.end());
        for (const Option& option : question.options) texts.push_back(option.text);
        if (question.kind == Kind::Contact) texts.push_back(question.consent.text);
    }
    return texts;
}

bool asks_for_a_reason(const Question& question) {
    return question.optional && question.text.in("en", "en").find("the main reason for your") != std::string_view::npos;
}

/// How many ways there are of answering a scale.
int steps_of(const Question& question) {
    return question.is_named_set() ? static_cast<int>(question.options.size()) : scale_of(question.kind)->size();
}

/// Answers a scale, from the worst (0) to the best (1).
void rate(Session& session, double mood) {
    const Question& question = session.question();
    const int step = std::min(static_cast<int>(mood * steps_of(question)), steps_of(question) - 1);
    if (question.is_named_set()) {
        session.answer_options({question.options[static_cast<std::size_t>(step)].id}, 0ms);
    } else {
        session.answer_value(scale_of(question.kind)->least + step, 0ms);
    }
}

/// A visit that answers the scales and skips everything else; `at` sees each screen before it is answered.
template <typename At>
Session visited(const Survey& survey, double mood, At at) {
    Session session{survey, {.response_id = std::to_string(mood), .language = "en"}, 0ms};
    while (session.phase() == Session::Phase::Asking) {
        at(session);
        if (scale_of(session.question().kind)) {
            rate(session, mood);
        } else {
            REQUIRE(session.skip(0ms));
        }
    }
    return session;
}

/// Eleven of them, so that each value of the longest scale is answered.
template <typename At>
void visit_all(const Survey& survey, At at) {
    for (int visit = 0; visit <= 10; ++visit) {
        const double mood = visit / 10.0;
        visited(survey, mood, [&](const Session& session) { at(session, mood); });
    }
}

}  // namespace

TEST_CASE("samples: six of them and the store's exit is the one that nobody has to choose", "[surveys]") {
    std::set<std::string_view> ids;
    for (const Sample& sample : samples()) ids.insert(sample.id);

    CHECK(ids == std::set<std::string_view>{"airport-washroom", "bank-branch", "clinic-visit", "hotel-checkout",
                                            "restaurant-table", "store-exit"});
    CHECK(samples().front().id == "store-exit");
    CHECK(sample_survey_toml() == samples().front().toml);
}

TEST_CASE("samples: each reads without any problem", "[surveys]") {
    const Sample sample = any_sample();
    const Draft draft = read_draft(sample.toml);
    INFO(sample.id << "\n" << describe("", draft.problems));

    CHECK(draft.problems.empty());
    CHECK(draft.survey.id == sample.id);
}

TEST_CASE("samples: the check has nothing to say but that the store's exit asks four questions", "[surveys]") {
    const Sample sample = any_sample();
    const std::vector<Problem> problems = check_survey(read_draft(sample.toml));
    INFO(sample.id << "\n" << describe("", problems));

    CHECK(problems.size() == (sample.id == "store-exit" ? 1U : 0U));
    CHECK(std::ranges::all_of(problems, [](const Problem& problem) { return problem.severity == Severity::Warning; }));
}

TEST_CASE("samples: every text is there in six languages", "[surveys]") {
    const Sample sample = any_sample();
    CAPTURE(sample.id);
    const Survey survey = survey_of(sample);

    CHECK(std::set(survey.languages.begin(), survey.languages.end()) == kLanguages);
    for (const LocalText& text : texts_of(survey)) {
        CAPTURE(text.in("en", "en"));
        std::set<std::string> languages;
        for (const auto& [language, words] : text.by_language) {
            CHECK_FALSE(words.empty());
            languages.insert(language);
        }
        CHECK(languages == kLanguages);
    }
}

TEST_CASE("samples: every score whether low or high is followed by its reason", "[surveys]") {
    const Sample sample = any_sample();
    CAPTURE(sample.id);
    const Survey survey = survey_of(sample);
    int reasons_missing = 0;

    visit_all(survey, [&](const Session& session, double) {
        if (scale_of(session.question().kind)) {
            ++reasons_missing;
        } else if (asks_for_a_reason(session.question())) {
            reasons_missing = 0;
        }
        // The last question of every visit stands behind the last reason.
        if (session.progress().place == session.progress().of) CHECK(reasons_missing == 0);
    });
}

TEST_CASE("samples: reasons fit the score and end with something else", "[surveys]") {
    const Sample sample = any_sample();
    CAPTURE(sample.id);
    const Survey survey = survey_of(sample);
    std::set<std::string> after_low;
    std::set<std::string> after_high;

    visit_all(survey, [&](const Session& session, double mood) {
        if (!picks_options(session.question().kind)) return;
        const auto options = session.options();
        CHECK(options.size() >= 6);
        CHECK(options.size() <= 7);
        CHECK(options.back()->text.in("en", "en") == "Something else");
        CHECK(options.back()->fixed);
        for (const Option* option : options) {
            if (mood <= 0.2) after_low.insert(option->id);
            if (mood >= 0.8) after_high.insert(option->id);
            if (mood >= 0.8) CHECK(option->friction.empty());
        }
    });

    after_low.erase("other");
    after_high.erase("other");
    CHECK(after_low.size() >= 5);
    CHECK(after_high.size() >= 5);
    for (const std::string& id : after_low) CHECK_FALSE(after_high.contains(id));
}

TEST_CASE("samples: after a low score people are thanked in other words", "[surveys]") {
    const Sample sample = any_sample();
    CAPTURE(sample.id);
    const Survey survey = survey_of(sample);

    const auto look_away = [](const Session&) {};
    const Session worst = visited(survey, 0, look_away);
    const Session best = visited(survey, 1, look_away);

    CHECK(worst.view().text == survey.outcomes.at(0).thanks.in("en", "en"));
    CHECK(best.view().text == survey.thanks.in("en", "en"));
    CHECK(worst.view().text != best.view().text);
}
