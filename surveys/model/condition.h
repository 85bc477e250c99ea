#pragma once

#include "platform/error.h"

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

struct Answer;

/// A moment on the touchpoint's wall clock.
struct LocalMoment {
    int minute_of_day = 0;  ///< 0 to 1439
    int weekday = 1;        ///< ISO 8601: 1 Monday … 7 Sunday
    bool operator==(const LocalMoment&) const = default;
};

/// What conditions can look at besides answers.
struct Circumstances {
    std::string language;
    std::string touchpoint;
    std::optional<LocalMoment> local;  ///< absent: the clock is not known; comparisons with it are false
    bool operator==(const Circumstances&) const = default;
};

/// A small expression over earlier answers, language, touchpoint and time:
/// `satisfaction <= 3 and not why has queue and time >= 18:00`.
///
///     expression = and ("or" and)*        and  = not ("and" not)*
///     not        = "not" not | "(" expression ")" | comparison
///     comparison = question ("<" | "<=" | "==" | "!=" | ">=" | ">") integer       (scale, number)
///                | question "has" option                                          (choice, multi, named emotion)
///                | question "answered"                                            (not skipped; any kind but info)
///                | ("language" | "touchpoint" | "weekday") ("==" | "!=") word
///                | ("language" | "touchpoint" | "weekday") "in" "[" word ("," word)* "]"
///                | "time" ("<" | "<=" | ">=" | ">") HH:MM
///
/// Weekdays are mon tue wed thu fri sat sun. A language matches itself and its regions: "de" matches "de-AT".
/// A question without an answer (not asked, skipped) makes its comparison false, "!=" too.
class Condition {
public:
    struct Node;
    enum class Subject { Question, Language, Touchpoint, Weekday, Time };
    enum class Operator { Less, LessEqual, Equal, NotEqual, GreaterEqual, Greater, Has, Answered, In };
    /// One comparison as it is written; columns as in Mistake.
    struct Comparison {
        Subject subject = Subject::Question;
        std::string question;  ///< of Subject::Question
        Operator op = Operator::Equal;
        int value = 0;                   ///< integer; minutes of the day of Subject::Time
        std::vector<std::string> words;  ///< the option of Has (one); words of Language, Touchpoint, Weekday
        int question_column = 1;         ///< of the subject
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
    /// Whether a word has a meaning in conditions, so that no question can have it as its id.
    [[nodiscard]] static bool is_reserved(std::string_view word);

    [[nodiscard]] bool holds(std::span<const Answer> answers, const Circumstances& circumstances) const;
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
