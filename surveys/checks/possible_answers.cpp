#include "surveys/checks/possible_answers.h"

#include "surveys/flow/asking.h"

#include <algorithm>
#include <set>
#include <string>

namespace milepost::surveys {

namespace {

constexpr std::size_t kMostNamedOptions = 12;

/// Values around every one that is compared with, and the bounds.
std::vector<int> numbers(const Question& question, std::span<const Condition* const> comparisons) {
    std::set<int> values{question.least, question.most};
    for (const Condition* condition : comparisons) {
        const Condition::Comparison& comparison = condition->comparisons().front();
        if (comparison.question != question.id) continue;
        for (const int value : {comparison.value - 1, comparison.value, comparison.value + 1}) {
            if (value >= question.least && value <= question.most) values.insert(value);
        }
    }
    return {values.begin(), values.end()};
}

bool is_named(const Option& option, const Question& question, std::span<const Condition* const> comparisons) {
    return std::ranges::any_of(comparisons, [&](const Condition* condition) {
        const Condition::Comparison& comparison = condition->comparisons().front();
        return comparison.question == question.id && comparison.op == Condition::Operator::Has &&
               comparison.words.front() == option.id;
    });
}

Answer picked(const Question& question, std::vector<std::string> options) {
    Answer answer{.question = question.id, .options = std::move(options)};
    if (question.is_named_set()) answer.value = question.find(answer.options.front())->valence;
    return answer;
}

/// What a multi's options that conditions name can be, filled up with others to as many as are asked for.
std::optional<std::vector<Answer>> several(const Question& question, std::span<const Option* const> shown,
                                           std::span<const Condition* const> comparisons) {
    std::vector<Answer> answers;
    std::vector<std::string> named;
    std::vector<std::string> others;
    for (const Option* option : shown) {
        if (option->none) {
            answers.push_back(picked(question, {option->id}));
        } else {
            (is_named(*option, question, comparisons) ? named : others).push_back(option->id);
        }
    }
    if (named.size() > kMostNamedOptions) return std::nullopt;
    const Picks picks = picks_of(question, shown);
    const auto least = static_cast<std::size_t>(std::max(picks.least, 1));
    const auto most = static_cast<std::size_t>(picks.most);
    for (std::size_t subset = 0; subset < std::size_t{1} << named.size(); ++subset) {
        std::vector<std::string> options;
        for (std::size_t i = 0; i < named.size(); ++i) {
            if ((subset >> i & 1U) != 0) options.push_back(named[i]);
        }
        for (std::size_t i = 0; i < others.size() && options.size() < least; ++i) options.push_back(others[i]);
        if (options.size() >= least && options.size() <= most) {
            answers.push_back(picked(question, std::move(options)));
        }
    }
    return answers;
}

std::optional<std::vector<Answer>> all_answers(const Question& question, std::span<const Option* const> shown,
                                               std::span<const Condition* const> comparisons) {
    std::vector<Answer> answers;
    if (question.kind == Kind::Multi) return several(question, shown, comparisons);
    if (question.kind == Kind::Choice || question.is_named_set()) {
        for (const Option* option : shown) answers.push_back(picked(question, {option->id}));
    } else if (const auto scale = scale_of(question.kind)) {
        for (int value = scale->least; value <= scale->most; ++value) {
            answers.push_back({.question = question.id, .value = value});
        }
    } else if (question.kind == Kind::Number) {
        for (const int value : numbers(question, comparisons)) {
            answers.push_back({.question = question.id, .value = value});
        }
    } else if (question.kind == Kind::Contact) {
        answers.push_back({.question = question.id, .contact = SealedContact{}});
    } else {
        answers.push_back({.question = question.id, .text = "…"});
    }
    return answers;
}

}  // namespace

std::optional<std::vector<Answer>> possible_answers(const Question& question, std::span<const Option* const> shown,
                                                    std::span<const Condition* const> comparisons) {
    auto all = all_answers(question, shown, comparisons);
    if (!all) return std::nullopt;
    if (question.optional) all->push_back({.question = question.id, .skipped = true});
    std::vector<Answer> told_apart;
    std::set<std::vector<bool>> seen;
    for (Answer& answer : *all) {
        std::vector<bool> signature;
        for (const Condition* comparison : comparisons) {
            signature.push_back(comparison->comparisons().front().question == question.id &&
                                comparison->holds({&answer, 1}, {}));
        }
        if (seen.insert(std::move(signature)).second) told_apart.push_back(std::move(answer));
    }
    return told_apart;
}

}  // namespace milepost::surveys
