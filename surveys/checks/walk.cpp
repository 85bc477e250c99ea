#include "surveys/checks/walk.h"

#include "surveys/checks/circumstances.h"
#include "surveys/checks/possible_answers.h"
#include "surveys/flow/asking.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <utility>

namespace milepost::surveys {

namespace {

constexpr std::size_t kMostStates = 200'000;

/// A condition where it is written; `level` is the index of the question at which it is looked at, or the
/// number of questions for what is looked at on the thank-you screen.
struct Look {
    const Condition* condition = nullptr;
    std::string place;
    std::size_t level = 0;
};

/// A text that quotes answers.
struct Quoting {
    std::string place;
    std::size_t level = 0;
    std::set<std::string> questions;
};

std::vector<Look> looks_of(const Survey& survey) {
    std::vector<Look> looks;
    for (std::size_t i = 0; i < survey.questions.size(); ++i) {
        const Question& question = survey.questions[i];
        const std::string place = fmt::format("question.{}", i);
        if (question.ask_if) looks.push_back({&*question.ask_if, place + ".ask_if", i});
        if (question.end_if) looks.push_back({&*question.end_if, place + ".end_if", i});
        for (std::size_t k = 0; k < question.options.size(); ++k) {
            const auto& show_if = question.options[k].show_if;
            if (show_if) looks.push_back({&*show_if, fmt::format("{}.options.{}.show_if", place, k), i});
        }
    }
    for (std::size_t i = 0; i < survey.outcomes.size(); ++i) {
        looks.push_back({&survey.outcomes[i].when, fmt::format("outcome.{}.when", i), survey.questions.size()});
    }
    return looks;
}

std::vector<Quoting> quotings_of(const Survey& survey) {
    std::vector<Quoting> quotings;
    const auto add = [&](const LocalText& text, std::string place, std::size_t level) {
        std::set<std::string> questions;
        for (const auto& [language, words] : text.by_language) {
            for (Quote& quote : quotes_in(words)) questions.insert(std::move(quote.question));
        }
        if (!questions.empty()) quotings.push_back({std::move(place), level, std::move(questions)});
    };
    for (std::size_t i = 0; i < survey.questions.size(); ++i) {
        add(survey.questions[i].text, fmt::format("question.{}.text", i), i);
    }
    add(survey.thanks, "thanks", survey.questions.size());
    for (std::size_t i = 0; i < survey.outcomes.size(); ++i) {
        add(survey.outcomes[i].thanks, fmt::format("outcome.{}.thanks", i), survey.questions.size());
    }
    return quotings;
}

/// Every comparison that a survey makes, with the last level at which it is looked at.
class Comparisons {
public:
    Comparisons(const std::vector<Look>& looks, const std::vector<Quoting>& quotings) {
        for (const Look& look : looks) {
            for (const auto& comparison : look.condition->comparisons()) add(comparison, look.level);
            for (const std::string& question : look.condition->questions()) add_answered(question, look.level);
        }
        for (const Quoting& quoting : quotings) {
            for (const std::string& question : quoting.questions) add_answered(question, quoting.level);
        }
    }

    [[nodiscard]] std::vector<Condition> all() const {
        std::vector<Condition> conditions;
        conditions.reserve(by_text_.size());
        for (const auto& [text, known] : by_text_) conditions.push_back(known.condition);
        return conditions;
    }
    [[nodiscard]] std::vector<const Condition*> from(std::size_t level) const {
        std::vector<const Condition*> live;
        for (const auto& [text, known] : by_text_) {
            if (known.last_level >= level) live.push_back(&known.condition);
        }
        return live;
    }

private:
    struct Known {
        Condition condition;
        std::size_t last_level = 0;
    };

    void add(const Condition::Comparison& comparison, std::size_t level) {
        Condition condition = alone(comparison);
        const std::string text = condition.text();
        Known& known = by_text_.try_emplace(text, Known{std::move(condition)}).first->second;
        known.last_level = std::max(known.last_level, level);
    }
    void add_answered(const std::string& question, std::size_t level) {
        add({.question = question, .op = Condition::Operator::Answered}, level);
    }

    std::map<std::string, Known> by_text_;
};

/// Visits that nothing from here on tells apart, by an example.
struct State {
    const Circumstances* circumstances = nullptr;
    std::vector<Answer> answers;     ///< those that something is still to look at
    std::vector<std::size_t> asked;  ///< on the longest way here, info pages aside
    bool nothing_asked = false;      ///< on some way here

    [[nodiscard]] const Answer* find(std::string_view question) const {
        const auto found = std::ranges::find(answers, question, &Answer::question);
        return found == answers.end() ? nullptr : &*found;
    }
    [[nodiscard]] bool has_answer(std::string_view question) const {
        const Answer* answer = find(question);
        return answer != nullptr && !answer->skipped;
    }
};

/// The survey with what is drawn for each visit made certain: the walk goes both ways itself.
Survey without_chance(Survey survey) {
    for (Question& question : survey.questions) {
        question.random_share.reset();
        question.shuffle = false;
    }
    return survey;
}

class Walker {
public:
    explicit Walker(const Survey& survey)
        : random_(survey),
          survey_(without_chance(survey)),
          looks_(looks_of(survey_)),
          quotings_(quotings_of(survey_)),
          comparisons_(looks_, quotings_),
          circumstances_(circumstances_told_apart(survey_, comparisons_.all())) {
        paths_.questions.resize(survey_.questions.size());
        paths_.outcome_holds.resize(survey_.outcomes.size());
        paths_.outcome_chosen.resize(survey_.outcomes.size());
    }

    Paths run() && {
        for (const Circumstances& circumstances : circumstances_) {
            enter({.circumstances = &circumstances, .nothing_asked = true});
        }
        for (std::size_t level = 0; level < survey_.questions.size() && paths_.all_walked; ++level) {
            auto here = std::exchange(ahead_, {});
            live_ = comparisons_.from(level + 1);
            live_here_ = comparisons_.from(level);
            for (auto& [key, state] : here) pass(level, state);
        }
        for (const auto& [key, state] : ahead_) finish(state);
        return std::move(paths_);
    }

private:
    /// Puts a state among those before the next question, with all that nothing tells it apart from.
    void enter(State state) {
        std::erase_if(state.answers, [&](const Answer& answer) {
            return std::ranges::none_of(live_, [&](const Condition* comparison) {
                return comparison->comparisons().front().question == answer.question;
            });
        });
        std::string key = survey_.most_questions > 0 ? std::to_string(state.asked.size()) + ":" : "";
        for (const Condition* comparison : live_) {
            key += comparison->holds(state.answers, *state.circumstances) ? '1' : '0';
        }
        const auto [at, is_new] = ahead_.try_emplace(std::move(key), state);
        if (is_new) {
            paths_.all_walked = paths_.all_walked && ++states_ <= kMostStates;
            return;
        }
        at->second.nothing_asked = at->second.nothing_asked || state.nothing_asked;
        if (state.asked.size() > at->second.asked.size()) at->second.asked = std::move(state.asked);
    }

    void pass(std::size_t level, State& state) {
        const Question& question = survey_.questions[level];
        QuestionFate& fate = paths_.questions[level];
        fate.reached = true;
        if (question.ask_if) look(fmt::format("question.{}.ask_if", level), *question.ask_if, state);
        const Visit visit{.response_id = {}, .circumstances = state.circumstances};
        fate.wanted = fate.wanted || !question.ask_if || question.ask_if->holds(state.answers, *state.circumstances);
        const bool asked = is_asked(question, state.answers, visit);
        const bool room = question.kind == Kind::Info || survey_.most_questions == 0 ||
                          state.asked.size() < static_cast<std::size_t>(survey_.most_questions);
        fate.held_back = fate.held_back || (asked && !room);
        if (asked && room) ask(level, state);
        if (!asked || !room || random_.questions[level].random_share) enter(std::move(state));
    }

    void ask(std::size_t level, const State& state) {
        const Question& question = survey_.questions[level];
        QuestionFate& fate = paths_.questions[level];
        const Visit visit{.response_id = {}, .circumstances = state.circumstances};
        const std::vector<const Option*> shown = shown_options(question, state.answers, visit);
        fate.asked = true;
        fate.most_shown = std::max(fate.most_shown, shown.size());
        for (const Option* option : shown) fate.shown.insert(option->id);
        for (std::size_t k = 0; k < question.options.size(); ++k) {
            const auto& show_if = question.options[k].show_if;
            if (show_if) look(fmt::format("question.{}.options.{}.show_if", level, k), *show_if, state);
        }
        quote(fmt::format("question.{}.text", level), state);
        if (question.kind == Kind::Info) return enter(state);
        const auto answers = possible_answers(question, shown, live_here_);
        if (!answers) {
            paths_.all_walked = false;
            return;
        }
        for (const Answer& answer : *answers) take(level, state, answer);
    }

    void take(std::size_t level, State state, const Answer& answer) {
        const Question& question = survey_.questions[level];
        state.asked.push_back(level);
        state.nothing_asked = false;
        state.answers.push_back(answer);
        if (question.end_if) {
            look(fmt::format("question.{}.end_if", level), *question.end_if, state, question.id);
            if (question.end_if->holds(state.answers, *state.circumstances)) {
                paths_.questions[level].ends_here = true;
                return finish(state);
            }
        }
        enter(std::move(state));
    }

    /// The thank-you screen.
    void finish(const State& state) {
        if (state.asked.size() > paths_.longest.size()) paths_.longest = state.asked;
        paths_.nothing_asked = paths_.nothing_asked || state.nothing_asked;
        bool chosen = false;
        for (std::size_t i = 0; i < survey_.outcomes.size(); ++i) {
            const Condition& when = survey_.outcomes[i].when;
            look(fmt::format("outcome.{}.when", i), when, state);
            if (!when.holds(state.answers, *state.circumstances)) continue;
            paths_.outcome_holds[i] = true;
            if (!chosen) {
                paths_.outcome_chosen[i] = true;
                quote(fmt::format("outcome.{}.thanks", i), state);
            }
            chosen = true;
        }
        if (!chosen) quote("thanks", state);
    }

    /// Notes answers that a condition misses: those on which it would depend if they were there. Not where
    /// the author says that they need not be, and not the answer just given (`but`).
    void look(const std::string& place, const Condition& condition, const State& state, std::string_view but = {}) {
        for (const std::string& id : condition.questions()) {
            if (id == but || state.has_answer(id) || paths_.unanswered.contains({place, id})) continue;
            const bool guarded = std::ranges::any_of(condition.comparisons(), [&](const auto& comparison) {
                return comparison.question == id && comparison.op == Condition::Operator::Answered;
            });
            if (!guarded && depends_on(condition, state, id)) paths_.unanswered.insert({place, id});
        }
    }

    [[nodiscard]] bool depends_on(const Condition& condition, const State& state, const std::string& id) const {
        const Question* question = survey_.find(id);
        if (question == nullptr) return false;
        std::vector<const Option*> options;
        options.reserve(question->options.size());
        for (const Option& option : question->options) options.push_back(&option);
        const auto possible = possible_answers(*question, options, comparisons_.from(0));
        if (!possible) return true;
        std::vector<Answer> answers = state.answers;
        std::erase_if(answers, [&](const Answer& answer) { return answer.question == id; });
        const bool now = condition.holds(answers, *state.circumstances);
        answers.emplace_back();
        return std::ranges::any_of(*possible, [&](const Answer& answer) {
            answers.back() = answer;
            return condition.holds(answers, *state.circumstances) != now;
        });
    }

    void quote(const std::string& place, const State& state) {
        const auto quoting = std::ranges::find(quotings_, place, &Quoting::place);
        if (quoting == quotings_.end()) return;
        for (const std::string& id : quoting->questions) {
            if (!state.has_answer(id)) paths_.unanswered.insert({place, id});
        }
    }

    const Survey& random_;
    Survey survey_;
    std::vector<Look> looks_;
    std::vector<Quoting> quotings_;
    Comparisons comparisons_;
    std::vector<Circumstances> circumstances_;
    std::vector<const Condition*> live_ = comparisons_.from(0);  ///< looked at behind the question of the moment
    std::vector<const Condition*> live_here_;                    ///< at it or behind
    std::map<std::string, State> ahead_;
    std::size_t states_ = 0;
    Paths paths_;
};

}  // namespace

Paths walk(const Survey& survey) {
    return Walker{survey}.run();
}

}  // namespace milepost::surveys
