#include "surveys/model/condition.h"

#include "surveys/model/condition_parser.h"
#include "surveys/model/response.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace milepost::surveys {

namespace {

using Node = Condition::Node;
using Comparison = Condition::Comparison;
using Operator = Condition::Operator;
using Subject = Condition::Subject;

constexpr std::array<std::string_view, 10> kReserved{"and", "or",       "not",        "has",     "answered",
                                                     "in",  "language", "touchpoint", "weekday", "time"};

/// What a comparison is held against.
struct Facts {
    std::span<const Answer> answers;
    const Circumstances& circumstances;
};

bool compare(int left, Operator op, int right) {
    switch (op) {
        case Operator::Less:
            return left < right;
        case Operator::LessEqual:
            return left <= right;
        case Operator::Equal:
            return left == right;
        case Operator::NotEqual:
            return left != right;
        case Operator::GreaterEqual:
            return left >= right;
        case Operator::Greater:
            return left > right;
        case Operator::Has:
        case Operator::Answered:
        case Operator::In:
            break;
    }
    return false;
}

bool holds_of_answer(const Comparison& comparison, std::span<const Answer> answers) {
    const auto answer = std::ranges::find(answers, comparison.question, &Answer::question);
    if (answer == answers.end() || answer->skipped) return false;
    if (comparison.op == Operator::Answered) return true;
    if (comparison.op == Operator::Has) {
        return std::ranges::find(answer->options, comparison.words.front()) != answer->options.end();
    }
    return answer->value && compare(*answer->value, comparison.op, comparison.value);
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// "de" covers "de" and "de-AT"; case does not matter (BCP 47).
bool covers(std::string_view wanted, std::string_view language) {
    if (language.size() > wanted.size() && language[wanted.size()] != '-') return false;
    return std::ranges::equal(wanted, language.substr(0, wanted.size()), {}, lower, lower);
}

bool is_among(const Comparison& comparison, const auto& matches) {
    return std::ranges::any_of(comparison.words, matches) != (comparison.op == Operator::NotEqual);
}

bool holds_one(const Comparison& comparison, const Facts& facts) {
    const Circumstances& here = facts.circumstances;
    switch (comparison.subject) {
        case Subject::Question:
            return holds_of_answer(comparison, facts.answers);
        case Subject::Language:
            return is_among(comparison, [&](const std::string& word) { return covers(word, here.language); });
        case Subject::Touchpoint:
            return is_among(comparison, [&](const std::string& word) { return word == here.touchpoint; });
        case Subject::Weekday: {
            if (!here.local) return false;
            const auto day = static_cast<std::size_t>(std::clamp(here.local->weekday, 1, 7) - 1);
            return is_among(comparison, [&](const std::string& word) { return word == kWeekdays[day]; });
        }
        case Subject::Time:
            return here.local && compare(here.local->minute_of_day, comparison.op, comparison.value);
    }
    return false;
}

bool holds_at(std::span<const Node> nodes, const std::vector<Comparison>& comparisons, const Facts& facts) {
    const auto child = [&](std::size_t at) { return holds_at(nodes.subspan(at), comparisons, facts); };
    switch (nodes.front().what) {
        case Node::What::Or:
            return child(1) || child(1 + nodes[1].size);
        case Node::What::And:
            return child(1) && child(1 + nodes[1].size);
        case Node::What::Not:
            return !child(1);
        case Node::What::Comparison:
            break;
    }
    return holds_one(comparisons[nodes.front().comparison], facts);
}

}  // namespace

Condition::Condition() = default;
Condition::Condition(const Condition&) = default;
Condition::Condition(Condition&&) noexcept = default;
Condition& Condition::operator=(const Condition&) = default;
Condition& Condition::operator=(Condition&&) noexcept = default;
Condition::~Condition() = default;

Result<Condition> Condition::parse(std::string_view text) {
    auto condition = read(text);
    if (condition) return *std::move(condition);
    return fail(Fault::Invalid, fmt::format("column {}: {}", condition.error().column, condition.error().what));
}

std::expected<Condition, Condition::Mistake> Condition::read(std::string_view text) {
    auto parsed = parse_condition(text);
    if (!parsed) return std::unexpected{std::move(parsed).error()};
    Condition condition;
    condition.text_ = text;
    condition.nodes_ = std::move(parsed->nodes);
    condition.comparisons_ = std::move(parsed->comparisons);
    for (const Comparison& comparison : condition.comparisons_) {
        if (comparison.subject != Subject::Question) continue;
        if (std::ranges::find(condition.questions_, comparison.question) == condition.questions_.end()) {
            condition.questions_.push_back(comparison.question);
        }
    }
    return condition;
}

bool Condition::is_reserved(std::string_view word) {
    return std::ranges::find(kReserved, word) != kReserved.end();
}

bool Condition::holds(std::span<const Answer> answers, const Circumstances& circumstances) const {
    return nodes_.empty() || holds_at(nodes_, comparisons_, {answers, circumstances});
}

}  // namespace milepost::surveys
