#include "surveys/model/condition_parser.h"

#include "surveys/model/condition_tokens.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace milepost::surveys {

namespace {

using Token = ConditionToken;
using Node = Condition::Node;
using Comparison = Condition::Comparison;
using Operator = Condition::Operator;
using Subject = Condition::Subject;

// Far more than anybody writes, far less than the stack holds.
constexpr std::size_t kMostCharacters = 2'000;
constexpr int kMostDepth = 50;

constexpr std::array<std::pair<std::string_view, Operator>, 9> kOperators{{
    {"<", Operator::Less},
    {"<=", Operator::LessEqual},
    {"==", Operator::Equal},
    {"!=", Operator::NotEqual},
    {">=", Operator::GreaterEqual},
    {">", Operator::Greater},
    {"has", Operator::Has},
    {"answered", Operator::Answered},
    {"in", Operator::In},
}};

constexpr std::array<std::pair<std::string_view, Subject>, 4> kSubjects{{
    {"language", Subject::Language},
    {"touchpoint", Subject::Touchpoint},
    {"weekday", Subject::Weekday},
    {"time", Subject::Time},
}};

/// What people write who have another language in mind.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kMistaken{{
    {"=", "'=' compares nothing: write '=='"},
    {"=>", "write '>=' instead of '=>'"},
    {"=<", "write '<=' instead of '=<'"},
    {"<>", "write '!=' instead of '<>'"},
    {"===", "write '==' instead of '==='"},
    {"!==", "write '!=' instead of '!=='"},
    {"&", "write 'and' instead of '&'"},
    {"|", "write 'or' instead of '|'"},
    {"!", "write 'not' instead of '!'"},
}};

std::optional<std::string> mistaken(const Token& token) {
    const auto found = std::ranges::find(kMistaken, token.text, &std::pair<std::string_view, std::string_view>::first);
    if (found == kMistaken.end()) return std::nullopt;
    return std::string{found->second};
}

template <typename Meaning>
std::optional<Meaning> meaning_of(const auto& table, std::string_view word) {
    const auto found = std::ranges::find(table, word, &std::pair<std::string_view, Meaning>::first);
    if (found == table.end()) return std::nullopt;
    return found->second;
}

std::optional<int> integer(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Minutes of the day of "18:00".
std::optional<int> time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto digits = [&](std::size_t at) {
        const bool good = text[at] >= '0' && text[at] <= '9' && text[at + 1] >= '0' && text[at + 1] <= '9';
        return good ? (text[at] - '0') * 10 + text[at + 1] - '0' : 99;
    };
    if (digits(0) > 23 || digits(3) > 59) return std::nullopt;
    return digits(0) * 60 + digits(3);
}

/// What may stand behind a subject, in words.
std::string_view operators_of(Subject subject) {
    switch (subject) {
        case Subject::Question:
            return "<, <=, ==, !=, >=, >, has or answered";
        case Subject::Time:
            return "<, <=, >= or >";
        default:
            return "==, != or in";
    }
}

bool takes(Subject subject, Operator op) {
    switch (op) {
        case Operator::Has:
        case Operator::Answered:
            return subject == Subject::Question;
        case Operator::In:
            return subject != Subject::Question && subject != Subject::Time;
        case Operator::Equal:
        case Operator::NotEqual:
            return subject != Subject::Time;
        default:
            return subject == Subject::Question || subject == Subject::Time;
    }
}

/// Recursive descent; each function appends its subtree and says whether it went well.
class Parser {
public:
    explicit Parser(std::string_view text) : tokens_(condition_tokens(text)) {}

    bool whole() {
        if (!chain("or", Node::What::Or)) return false;
        if (next().text.empty()) return true;
        if (next().text == ")") return refuse("')' closes nothing: remove it");
        return expected("'and' or 'or'");
    }

    ParsedCondition made;
    Condition::Mistake mistake;

private:
    [[nodiscard]] const Token& next() const { return tokens_[at_]; }
    bool accept(std::string_view text) {
        if (next().text != text) return false;
        ++at_;
        return true;
    }
    bool refuse(std::string what) {
        mistake = {next().column, std::move(what)};
        return false;
    }
    bool expected(std::string_view what) {
        return refuse(mistaken(next()).value_or(fmt::format("expected {}, found {}", what, next().shown())));
    }

    /// Operands with "or" (of "and"s) or with "and" between them, grouped from the left.
    bool chain(std::string_view word, Node::What what) {
        std::vector<Node>& nodes = made.nodes;
        const std::size_t start = nodes.size();
        const auto operand = [&] { return what == Node::What::Or ? chain("and", Node::What::And) : negation(); };
        if (!operand()) return false;
        while (accept(word)) {
            nodes.insert(nodes.begin() + static_cast<std::ptrdiff_t>(start), Node{.what = what});
            if (!operand()) return false;
            nodes[start].size = nodes.size() - start;
        }
        return true;
    }

    bool negation() {
        if (++depth_ > kMostDepth) return refuse("nested too deeply: write it with fewer parentheses");
        const bool good = negated_or_primary();
        --depth_;
        return good;
    }

    bool negated_or_primary() {
        if (accept("not")) {
            const std::size_t start = made.nodes.size();
            made.nodes.push_back({.what = Node::What::Not});
            if (!negation()) return false;
            made.nodes[start].size = made.nodes.size() - start;
            return true;
        }
        if (!accept("(")) return comparison();
        if (!chain("or", Node::What::Or)) return false;
        return accept(")") || expected("')'");
    }

    bool comparison() {
        const Token first = next();
        const auto subject = meaning_of<Subject>(kSubjects, first.text);
        if (!subject && (!first.is_word() || Condition::is_reserved(first.text) || first.text.contains(':'))) {
            return expected("a question's id");
        }
        ++at_;
        Comparison comparison{.subject = subject.value_or(Subject::Question),
                              .question = subject ? std::string{} : std::string{first.text},
                              .question_column = first.column,
                              .operator_column = next().column};
        const auto op = meaning_of<Operator>(kOperators, next().text);
        if (!op || !takes(comparison.subject, *op)) {
            return expected(fmt::format("{} after '{}'", operators_of(comparison.subject), first.text));
        }
        ++at_;
        comparison.op = *op;
        comparison.right_column = *op == Operator::Answered ? comparison.operator_column : next().column;
        if (!right_side(comparison)) return false;
        made.nodes.push_back({.comparison = made.comparisons.size()});
        made.comparisons.push_back(std::move(comparison));
        return true;
    }

    bool right_side(Comparison& comparison) {
        if (comparison.op == Operator::Answered) return true;
        if (comparison.op == Operator::In) return list(comparison);
        if (comparison.op == Operator::Has || takes(comparison.subject, Operator::In)) return word(comparison);
        const bool is_time = comparison.subject == Subject::Time;
        const std::optional<int> value = is_time ? time_of_day(next().text) : integer(next().text);
        if (!value) return expected(is_time ? "a time from 00:00 to 23:59" : "a whole number");
        comparison.value = *value;
        ++at_;
        return true;
    }

    bool list(Comparison& comparison) {
        if (!accept("[")) return expected("'[' after 'in'");
        do {
            if (!word(comparison)) return false;
        } while (accept(","));
        return accept("]") || expected("',' or ']'");
    }

    bool word(Comparison& comparison) {
        const std::string_view text = next().text;
        if (comparison.subject == Subject::Weekday && std::ranges::find(kWeekdays, text) == kWeekdays.end()) {
            return expected("mon, tue, wed, thu, fri, sat or sun");
        }
        if (!next().is_word()) {
            return expected(comparison.subject == Subject::Question     ? "an option's id after 'has'"
                            : comparison.subject == Subject::Touchpoint ? "a touchpoint's id"
                                                                        : "a language such as de or pt-BR");
        }
        comparison.words.emplace_back(text);
        ++at_;
        return true;
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace

std::expected<ParsedCondition, Condition::Mistake> parse_condition(std::string_view text) {
    if (text.size() > kMostCharacters) {
        return std::unexpected{
            Condition::Mistake{1, fmt::format("longer than {} characters: shorten it", kMostCharacters)}};
    }
    Parser parser{text};
    if (!parser.whole()) return std::unexpected{std::move(parser.mistake)};
    return std::move(parser.made);
}

}  // namespace milepost::surveys
