#include "surveys/reading/written_conditions.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace milepost::surveys {

namespace {

using Comparison = Condition::Comparison;

std::vector<std::string_view> ids_before(const std::vector<Question>& questions, std::size_t end) {
    std::vector<std::string_view> ids;
    for (std::size_t i = 0; i < end; ++i) {
        if (!questions[i].id.empty() && questions[i].kind != Kind::Text) ids.emplace_back(questions[i].id);
    }
    return ids;
}

std::vector<std::string_view> option_ids(const Question& question) {
    std::vector<std::string_view> ids;
    for (const Option& option : question.options) ids.emplace_back(option.id);
    return ids;
}

/// What is wrong with the right side, and at which column of the condition; or nothing.
std::optional<Condition::Mistake> misfit(const Comparison& comparison, const Question& question) {
    const std::optional<Scale> scale = scale_of(question.kind);
    if (comparison.op == Condition::Operator::Has) {
        if (question.kind != Kind::Multi) {
            return Condition::Mistake{
                comparison.operator_column,
                fmt::format("'{}' has no options: {}", question.id,
                            scale ? "compare it with <, <=, ==, !=, >= or >" : "a condition cannot look at it")};
        }
        const auto known = option_ids(question);
        if (std::ranges::find(known, comparison.option) != known.end()) return std::nullopt;
        return Condition::Mistake{
            comparison.right_column,
            fmt::format("'{}' has no option '{}'{}", question.id, comparison.option, meant(comparison.option, known))};
    }
    if (!scale) {
        return Condition::Mistake{comparison.operator_column,
                                  fmt::format("'{}' has no scale: {}", question.id,
                                              question.kind == Kind::Multi ? "write 'has' and an option's id"
                                                                           : "a condition cannot look at it")};
    }
    if (comparison.value >= scale->least && comparison.value <= scale->most) return std::nullopt;
    return Condition::Mistake{comparison.right_column,
                              fmt::format("{} is outside the scale of '{}': use {} to {}", comparison.value,
                                          question.id, scale->least, scale->most)};
}

}  // namespace

Position WrittenConditions::Written::place(int column) const {
    // An opening quote stands between the two counts; where escapes are in use, the quote is all we know.
    return verbatim ? Position{at.line, at.column + column} : at;
}

std::optional<Condition> WrittenConditions::read(const Fields& fields, std::string_view key, std::size_t question) {
    const TomlValue* value = fields.get(key, TomlValue::Type::String, fmt::format("{} = \"satisfaction <= 3\"", key));
    if (!value) return std::nullopt;
    Written written{.at = value->at, .verbatim = value->verbatim, .question = question};
    auto condition = Condition::read(value->string);
    if (!condition) {
        fields.report(written.place(condition.error().column), fmt::format("{}: {}", key, condition.error().what));
        return std::nullopt;
    }
    written.condition = *condition;
    written_.push_back(std::move(written));
    return *std::move(condition);
}

void WrittenConditions::check(const std::vector<Question>& questions, const std::vector<bool>& unknown, bool all_known,
                              Problems& problems) const {
    for (const Written& written : written_) {
        for (const Comparison& comparison : written.condition.comparisons()) {
            const Position at = written.place(comparison.question_column);
            const auto found = std::ranges::find(questions, comparison.question, &Question::id);
            const auto index = static_cast<std::size_t>(found - questions.begin());
            if (found == questions.end()) {
                if (!all_known) continue;
                problems.add(at, fmt::format("no question has the id '{}'{}", comparison.question,
                                             meant(comparison.question, ids_before(questions, written.question))));
            } else if (index == written.question) {
                problems.add(at, fmt::format("'{}' is the question itself: a condition looks at earlier questions",
                                             comparison.question));
            } else if (index > written.question) {
                problems.add(at, fmt::format("'{}' is asked later: a condition looks at earlier questions; move that "
                                             "question up or this one down",
                                             comparison.question));
            } else if (const auto mistake = misfit(comparison, *found); mistake && !unknown[index]) {
                problems.add(written.place(mistake->column), mistake->what);
            }
        }
    }
}

}  // namespace milepost::surveys
