#pragma once

#include "surveys/model/condition.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// What a question asks for; fixes its scale and its score (metrics.md, "Scores").
enum class Kind { Csat, Nps, Multi, Text };
[[nodiscard]] std::string_view to_string(Kind kind);
[[nodiscard]] std::optional<Kind> parse_kind(std::string_view text);

/// The values a scale question takes, both ends included.
struct Scale {
    int least;
    int most;
    [[nodiscard]] int size() const { return most - least + 1; }
};
/// nullopt for kinds without a scale.
[[nodiscard]] std::optional<Scale> scale_of(Kind kind);

/// How an answer of a scale is told apart by colour and by alerts (metrics.md, "Positive / neutral / negative").
enum class Sentiment { Negative, Neutral, Positive };
[[nodiscard]] std::optional<Sentiment> sentiment_of(Kind kind, int value);

/// One text in every language of its survey, by BCP 47 tag.
struct LocalText {
    std::map<std::string, std::string, std::less<>> by_language;
    /// The text in `language`, else in `fallback`, else in any language, else "".
    [[nodiscard]] std::string_view in(std::string_view language, std::string_view fallback) const;
    [[nodiscard]] bool empty() const { return by_language.empty(); }
    bool operator==(const LocalText&) const = default;
};

/// Whether a language is written from right to left ("ar", "he", "fa", "ur" and their regions).
[[nodiscard]] bool is_right_to_left(std::string_view language);
/// A language's own name for itself: "Deutsch", "العربية"; the tag where we know none.
[[nodiscard]] std::string_view endonym(std::string_view language);

struct Option {
    std::string id;
    LocalText text;
    std::optional<Condition> show_if;  ///< absent: always
    std::string friction;              ///< "delay", "confusion", …; empty: none
    bool urgent = false;               ///< an answer with it is sent at once
    bool operator==(const Option&) const = default;
};

struct Question {
    std::string id;
    Kind kind = Kind::Csat;
    LocalText text;
    std::optional<Condition> ask_if;  ///< absent: always
    bool optional = false;            ///< "Skip" is offered
    std::vector<Option> options;      ///< Multi
    std::vector<LocalText> labels;    ///< Csat: five, lowest value first; Nps: two, the ends' labels
    int max_chars = 280;              ///< Text
    bool operator==(const Question&) const = default;
};

/// A survey as it is asked: checked, immutable. The identity is (id, revision).
struct Survey {
    std::string id;
    int revision = 1;
    std::string title;
    std::vector<std::string> languages;  ///< the first is the default
    std::vector<Question> questions;
    LocalText thanks;  ///< what the thank-you screen says; may be empty
    bool operator==(const Survey&) const = default;

    [[nodiscard]] const Question* find(std::string_view question) const;
    [[nodiscard]] const std::string& default_language() const { return languages.front(); }
};

}  // namespace milepost::surveys
