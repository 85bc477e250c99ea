#pragma once

#include "platform/error.h"

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

struct Answer;

/// A small expression over earlier answers: `satisfaction <= 3 and not why has queue`.
///
///     expression = and ("or" and)*        and  = not ("and" not)*
///     not        = "not" not | "(" expression ")" | comparison
///     comparison = question ("<" | "<=" | "==" | "!=" | ">=" | ">") integer
///                | question "has" option
///
/// A question without an answer (not asked, skipped) makes its comparison false.
class Condition {
public:
    struct Node;
    enum class Operator { Less, LessEqual, Equal, NotEqual, GreaterEqual, Greater, Has };
    /// One comparison as it is written; columns as in Mistake.
    struct Comparison {
        std::string question;
        Operator op = Operator::Equal;
        int value = 0;       ///< right of every operator but Has
        std::string option;  ///< right of Has
        int question_column = 1;
        int operator_column = 1;
        int right_column = 1;
    };

    /// What is wrong with a text, and where in it: from 1, in code points.
    struct Mistake {
        int column = 1;
        std::string what;
    };
    [[nodiscard]] static std::expected<Condition, Mistake> read(std::string_view text);
    /// Fault::Invalid with "column N: what".
    [[nodiscard]] static Result<Condition> parse(std::string_view text);

    [[nodiscard]] bool holds(std::span<const Answer> answers) const;
    [[nodiscard]] const std::string& text() const { return text_; }
    /// Ids of the questions that it looks at, each once.
    [[nodiscard]] const std::vector<std::string>& questions() const { return questions_; }
    /// In the order in which they are written.
    [[nodiscard]] const std::vector<Comparison>& comparisons() const { return comparisons_; }

    bool operator==(const Condition& other) const { return text_ == other.text_; }

private:
    std::string text_;
    std::vector<std::string> questions_;
    std::vector<Comparison> comparisons_;
    std::vector<Node> nodes_;  ///< in prefix order

public:
    Condition();
    Condition(const Condition&);
    Condition(Condition&&) noexcept;
    Condition& operator=(const Condition&);
    Condition& operator=(Condition&&) noexcept;
    ~Condition();
};

}  // namespace milepost::surveys
