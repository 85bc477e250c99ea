#include "surveys/reading/written_conditions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace milepost::surveys {

namespace {

using Comparison = Condition::Comparison;
using Mistake = Condition::Mistake;
using Operator = Condition::Operator;
using Subject = Condition::Subject;

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// Where a word of a comparison's right side stands.
int column_of(std::string_view word, const Comparison& comparison, std::string_view text) {
    int column = 1;
    for (std::size_t byte = 0; byte < text.size(); ++byte) {
        if ((static_cast<unsigned char>(text[byte]) & 0xC0) == 0x80) continue;
        const std::string_view rest = text.substr(byte);
        const bool begins = byte == 0 || !is_word(text[byte - 1]);
        const bool ends = rest.size() <= word.size() || !is_word(rest[word.size()]);
        if (column >= comparison.right_column && begins && ends && rest.starts_with(word)) return column;
        ++column;
    }
    return comparison.right_column;
}

std::optional<Mistake> misfit_of_option(const Comparison& comparison, const Question& question) {
    if (!picks_options(question.kind) && !question.is_named_set()) {
        const bool has_values = scale_of(question.kind) || question.kind == Kind::Number;
        return Mistake{comparison.operator_column,
                       fmt::format("'{}' has no options: {}", question.id,
                                   has_values ? "compare it with <, <=, ==, !=, >= or >" : "write 'answered'")};
    }
    const std::string& option = comparison.words.front();
    if (question.find(option)) return std::nullopt;
    std::vector<std::string_view> ids;
    ids.reserve(question.options.size());
    for (const Option& known : question.options) ids.emplace_back(known.id);
    return Mistake{comparison.right_column,
                   fmt::format("'{}' has no option '{}'{}", question.id, option, meant(option, ids))};
}

std::optional<Mistake> misfit_of_value(const Comparison& comparison, const Question& question) {
    std::optional<Scale> scale = scale_of(question.kind);
    if (question.kind == Kind::Number) scale = Scale{question.least, question.most};
    if (!scale) {
        return Mistake{comparison.operator_column,
                       fmt::format("'{}' has no scale: write {}", question.id,
                                   picks_options(question.kind) ? "'has' and an option's id" : "'answered'")};
    }
    if (!scale->has(comparison.value)) {
        return Mistake{comparison.right_column, fmt::format("{} is outside the scale of '{}': use {} to {}",
                                                            comparison.value, question.id, scale->least, scale->most)};
    }
    const bool none_less = comparison.op == Operator::Less && comparison.value == scale->least;
    const bool none_greater = comparison.op == Operator::Greater && comparison.value == scale->most;
    if (!none_less && !none_greater) return std::nullopt;
    return Mistake{comparison.operator_column,
                   fmt::format("no answer to '{}' is {} than {}: this never holds", question.id,
                               none_less ? "less" : "greater", comparison.value)};
}

/// What is wrong with looking like this at a question, and at which column of the condition; or nothing.
std::optional<Mistake> misfit(const Comparison& comparison, const Question& question) {
    if (question.kind == Kind::Info) {
        return Mistake{comparison.question_column,
                       fmt::format("'{}' asks nothing: a condition cannot look at an info page", question.id)};
    }
    if (comparison.op == Operator::Answered) return std::nullopt;
    return comparison.op == Operator::Has ? misfit_of_option(comparison, question)
                                          : misfit_of_value(comparison, question);
}

bool speaks(const std::vector<std::string>& languages, std::string_view word) {
    return std::ranges::any_of(languages, [&](const std::string& language) {
        return language == word || language.starts_with(fmt::format("{}-", word));
    });
}

/// The first of the languages that the survey does not have. Weekdays and times the condition checks by itself,
/// touchpoints nobody knows here.
std::optional<Mistake> misfit_of_language(const Comparison& comparison, std::string_view text,
                                          const std::vector<std::string>& languages) {
    if (comparison.subject != Subject::Language || languages.empty()) return std::nullopt;
    for (const std::string& word : comparison.words) {
        if (speaks(languages, word)) continue;
        return Mistake{
            column_of(word, comparison, text),
            fmt::format("'{}' is not among the survey's languages: use {}", word, fmt::join(languages, ", "))};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Condition> WrittenConditions::read(const Fields& fields, std::string_view key, Reach reach,
                                                 Fields::Need need) {
    const WrittenValue* value = fields.get(key, WrittenValue::Type::String, "\"satisfaction <= 3\"", need);
    if (!value) return std::nullopt;
    auto condition = Condition::read(value->string);
    if (!condition) {
        fields.report(value->place(condition.error().column), fmt::format("{}: {}", key, condition.error().what));
        return std::nullopt;
    }
    written_.push_back({*condition, value, reach});
    return *std::move(condition);
}

void WrittenConditions::check(const KnownQuestions& questions, const std::vector<std::string>& languages,
                              Problems& problems) const {
    for (const Written& written : written_) {
        for (const Comparison& comparison : written.condition.comparisons()) {
            std::optional<Mistake> mistake;
            if (comparison.subject != Subject::Question) {
                mistake = misfit_of_language(comparison, written.condition.text(), languages);
            } else if (const Question* question =
                           questions.find(comparison.question, written.reach, "a condition",
                                          written.value->place(comparison.question_column), problems)) {
                mistake = misfit(comparison, *question);
            }
            if (mistake) problems.add(written.value->place(mistake->column), mistake->what);
        }
    }
}

}  // namespace milepost::surveys
