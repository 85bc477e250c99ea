#include "surveys/reading/written_texts.h"

#include "surveys/flow/quoting.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace milepost::surveys {

namespace {

/// With line ends as on Unix.
std::string cleaned(std::string text) {
    std::erase(text, '\r');
    return text;
}

}  // namespace

void WrittenTexts::set_languages(std::vector<std::string> languages, bool certain) {
    languages_ = std::move(languages);
    certain_ = certain;
}

LocalText WrittenTexts::read(const Fields& fields, std::string_view key, Fields::Need need, const Rules& rules) {
    const std::string in_language = fmt::format("{}.{}", key, some_language());
    const WrittenValue::Member* member = fields.find(key);
    if (!member) {
        if (need == Fields::Need::Required) {
            fields.report(fields.where(key), fmt::format("{} has no {}: add {}", fields.owner(), key,
                                                         fields.problems().spelled(in_language, "\"…\"")));
        }
        return {};
    }
    if (member->value.type != WrittenValue::Type::Table) {
        fields.report(member->value.at, fmt::format("'{}' cannot be {}: write {}", key, member->value.type_name,
                                                    fields.problems().spelled(in_language, "\"…\"")));
        return {};
    }
    return read_languages(member->value,
                          {fmt::format("'{}' of {}", key, fields.owner()), member->at, fmt::format("{}.", key)}, rules,
                          fields.problems());
}

LocalText WrittenTexts::read_element(const WrittenValue& table, const std::string& owner, const Rules& rules,
                                     Problems& problems) {
    return read_languages(table, {owner, table.at, ""}, rules, problems);
}

LocalText WrittenTexts::read_languages(const WrittenValue& table, const Place& place, const Rules& rules,
                                       Problems& problems) {
    LocalText text;
    const auto example = [&](std::string_view language) {
        return problems.spelled(fmt::format("{}{}", place.key, language), "\"…\"");
    };
    for (const WrittenValue::Member& member : table.members) {
        if (!is_in_survey(member, problems)) continue;
        if (member.value.type != WrittenValue::Type::String) {
            problems.add(member.value.at,
                         fmt::format("a text cannot be {}: write {}", member.value.type_name, example(member.key)));
        } else if (std::optional<Problem> flaw = flaw_of(member.value, rules.most_characters)) {
            problems.add({flaw->line, flaw->column}, std::move(flaw->message));
        } else {
            if (rules.quotes) quoting_.push_back({&member.value, *rules.quotes});
            text.by_language.emplace(member.key, cleaned(member.value.string));
        }
    }
    if (table.members.empty()) {
        problems.add(place.at,
                     fmt::format("{} has no text in any language: add {}", place.owner, example(some_language())));
        return text;
    }
    for (const std::string& language : languages_) {
        if (table.find(language)) continue;
        problems.add(
            place.at,
            fmt::format("{} is not translated into {}: add {}", place.owner, endonym(language), example(language)),
            Severity::Publish);
    }
    return text;
}

bool WrittenTexts::is_in_survey(const WrittenValue::Member& member, Problems& problems) const {
    if (!certain_ || std::ranges::find(languages_, member.key) != languages_.end()) return true;
    problems.add(
        member.at,
        fmt::format("'{}' is not among the survey's languages: add it to 'languages' or remove this text", member.key));
    return false;
}

void WrittenTexts::check_quotes(const KnownQuestions& questions, Problems& problems) const {
    for (const Quoting& quoting : quoting_) {
        for (const Quote& quote : quotes_in(quoting.value->string)) {
            const Position at = quoting.value->place(quote.column);
            if (!quote.closed) {
                problems.add(at,
                             "the brace is not closed: write {satisfaction.label} to quote an answer, or {{ for "
                             "a brace");
            } else if (quote.part != "label" && quote.part != "value") {
                problems.add(at,
                             "write {satisfaction.label} or {satisfaction.value} to quote an answer, or {{ for a "
                             "brace");
            } else if (const Question* question = questions.find(quote.question, quoting.reach, "a text", at, problems);
                       question && !can_be_quoted(question->kind)) {
                problems.add(at, fmt::format("'{}' cannot be quoted: {}", quote.question,
                                             question->kind == Kind::Info ? "it asks nothing"
                                                                          : "what people write stays off the screen"));
            }
        }
    }
}

}  // namespace milepost::surveys
