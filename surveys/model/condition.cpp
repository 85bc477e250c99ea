#include "surveys/model/condition.h"

#include "surveys/model/response.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace milepost::surveys {

/// The left child stands right behind its parent, the right child behind the left one's whole subtree.
struct Condition::Node {
    enum class What { Or, And, Not, Comparison };
    What what = What::Comparison;
    std::size_t size = 1;        ///< nodes of this subtree, this one too
    std::size_t comparison = 0;  ///< index
};

namespace {

using Node = Condition::Node;
using Comparison = Condition::Comparison;
using Operator = Condition::Operator;

// Far more than anybody writes, far less than the stack holds.
constexpr std::size_t kMostCharacters = 2'000;
constexpr int kMostDepth = 50;

constexpr std::array<std::pair<std::string_view, Operator>, 7> kOperators{{
    {"<", Operator::Less},
    {"<=", Operator::LessEqual},
    {"==", Operator::Equal},
    {"!=", Operator::NotEqual},
    {">=", Operator::GreaterEqual},
    {">", Operator::Greater},
    {"has", Operator::Has},
}};

struct Token {
    std::string_view text;  ///< empty: the end
    int column = 1;
};

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_operator(char c) {
    return c == '<' || c == '>' || c == '=' || c == '!';
}

bool continues_code_point(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    int column = 1;
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t end = at + 1;
        if (is_word(text[at])) {
            while (end < text.size() && is_word(text[end])) ++end;
        } else if (is_operator(text[at])) {
            while (end < text.size() && is_operator(text[end])) ++end;
        } else {
            while (end < text.size() && continues_code_point(text[end])) ++end;
        }
        const std::string_view token = text.substr(at, end - at);
        if (token.find_first_not_of(" \t\r\n") != std::string_view::npos) tokens.push_back({token, column});
        column += static_cast<int>(std::ranges::count_if(token, [](char c) { return !continues_code_point(c); }));
        at = end;
    }
    tokens.push_back({{}, column});
    return tokens;
}

std::string shown(const Token& token) {
    return token.text.empty() ? "the end" : fmt::format("'{}'", token.text);
}

std::optional<int> integer(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Recursive descent; each function appends its subtree and says whether it went well.
class Parser {
public:
    explicit Parser(std::string_view text) : tokens_(tokens_of(text)) {}

    bool whole() {
        if (!chain("or", Node::What::Or)) return false;
        if (next().text.empty()) return true;
        if (is_word(next().text.front())) return refuse(fmt::format("expected 'and' or 'or', found {}", shown(next())));
        return refuse(fmt::format("expected the end, found {}", shown(next())));
    }

    std::vector<Node> nodes;
    std::vector<Comparison> comparisons;
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

    /// Operands with "or" (of "and"s) or with "and" between them, grouped from the left.
    bool chain(std::string_view word, Node::What what) {
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
            const std::size_t start = nodes.size();
            nodes.push_back({.what = Node::What::Not});
            if (!negation()) return false;
            nodes[start].size = nodes.size() - start;
            return true;
        }
        if (!accept("(")) return comparison();
        if (!chain("or", Node::What::Or)) return false;
        if (!accept(")")) return refuse(fmt::format("expected ')', found {}", shown(next())));
        return true;
    }

    bool comparison() {
        const Token question = next();
        if (question.text.empty() || !is_word(question.text.front()) || question.text == "and" ||
            question.text == "or" || question.text == "has") {
            return refuse(fmt::format("expected a question's id, found {}", shown(question)));
        }
        ++at_;
        const Token sign = next();
        const auto known = std::ranges::find(kOperators, sign.text, &std::pair<std::string_view, Operator>::first);
        if (known == kOperators.end()) {
            return refuse(sign.text == "=" ? "'=' compares nothing: write '=='"
                                           : fmt::format("expected <, <=, ==, !=, >=, > or has after '{}', found {}",
                                                         question.text, shown(sign)));
        }
        ++at_;
        Comparison made{.question = std::string{question.text},
                        .op = known->second,
                        .question_column = question.column,
                        .operator_column = sign.column,
                        .right_column = next().column};
        return right_side(made);
    }

    bool right_side(Comparison& made) {
        if (made.op == Operator::Has) {
            if (next().text.empty() || !is_word(next().text.front())) {
                return refuse(fmt::format("expected an option's id after 'has', found {}", shown(next())));
            }
            made.option = next().text;
        } else {
            const std::optional<int> value = integer(next().text);
            if (!value) return refuse(fmt::format("expected a whole number, found {}", shown(next())));
            made.value = *value;
        }
        ++at_;
        nodes.push_back({.comparison = comparisons.size()});
        comparisons.push_back(std::move(made));
        return true;
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

bool compare(const Comparison& comparison, std::span<const Answer> answers) {
    const auto answer = std::ranges::find(answers, comparison.question, &Answer::question);
    if (answer == answers.end()) return false;
    if (comparison.op == Operator::Has) {
        return std::ranges::find(answer->options, comparison.option) != answer->options.end();
    }
    if (!answer->value) return false;
    switch (comparison.op) {
        case Operator::Less:
            return *answer->value < comparison.value;
        case Operator::LessEqual:
            return *answer->value <= comparison.value;
        case Operator::Equal:
            return *answer->value == comparison.value;
        case Operator::NotEqual:
            return *answer->value != comparison.value;
        case Operator::GreaterEqual:
            return *answer->value >= comparison.value;
        case Operator::Greater:
            return *answer->value > comparison.value;
        case Operator::Has:
            break;
    }
    return false;
}

bool holds_at(std::span<const Node> nodes, const std::vector<Comparison>& comparisons,
              std::span<const Answer> answers) {
    const auto child = [&](std::size_t at) { return holds_at(nodes.subspan(at), comparisons, answers); };
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
    return compare(comparisons[nodes.front().comparison], answers);
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
    if (text.size() > kMostCharacters) {
        return std::unexpected{Mistake{1, fmt::format("longer than {} characters: shorten it", kMostCharacters)}};
    }
    Parser parser{text};
    if (!parser.whole()) return std::unexpected{parser.mistake};
    Condition condition;
    condition.text_ = text;
    condition.nodes_ = std::move(parser.nodes);
    condition.comparisons_ = std::move(parser.comparisons);
    for (const Comparison& comparison : condition.comparisons_) {
        if (std::ranges::find(condition.questions_, comparison.question) == condition.questions_.end()) {
            condition.questions_.push_back(comparison.question);
        }
    }
    return condition;
}

bool Condition::holds(std::span<const Answer> answers) const {
    return nodes_.empty() || holds_at(nodes_, comparisons_, answers);
}

}  // namespace milepost::surveys
