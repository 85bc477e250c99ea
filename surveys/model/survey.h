#pragma once

#include "surveys/model/condition.h"
#include "surveys/model/kind.h"
#include "surveys/model/local_text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// One thing to pick, of a choice, a multi or a named set of emotions.
struct Option {
    std::string id;
    LocalText text;
    std::optional<Condition> show_if;  ///< absent: always
    std::string friction;              ///< "delay", "confusion", …; empty: none
    bool urgent = false;               ///< an answer with it is sent at once
    bool none = false;                 ///< Multi: "none of these", picked alone
    bool fixed = false;                ///< keeps its place when the others are shuffled ("Something else")
    int valence = 0;                   ///< Emotion: −2..2
    bool operator==(const Option&) const = default;
};

/// What a contact question accepts.
enum class ContactWay { Email, Phone };

/// What a person agrees to before a contact is kept. A response records the version and the SHA-256 of the
/// text in the language that was shown.
struct Consent {
    int version = 1;
    LocalText text;  ///< purpose and how long it is kept
    bool operator==(const Consent&) const = default;
};

/// Of every member below the common ones only the kinds that are named have a use for it.
struct Question {
    std::string id;
    Kind kind = Kind::Csat;
    LocalText text;                      ///< may quote earlier answers: `{id.label}`, `{id.value}` (flow/quoting.h)
    std::optional<Condition> ask_if;     ///< absent: always
    std::optional<Condition> end_if;     ///< the visit is over after this answer, when it holds
    bool optional = false;               ///< "Skip" is offered
    std::optional<double> random_share;  ///< 0..1: asked of this share of visitors; absent: of all
    std::vector<LocalText> labels;       ///< scales: one a value, lowest first; or two, for the ends
    std::vector<Option> options;         ///< Choice, Multi; Emotion with a named set
    bool shuffle = false;                ///< options (or a named set) in an order drawn for each visit
    int least_picks = 1;                 ///< Multi
    int most_picks = 0;                  ///< Multi; 0: as many as there are
    int least = 0;                       ///< Number, whole numbers
    int most = 100;                      ///< Number
    LocalText unit;                      ///< Number; may be empty
    int max_chars = 280;                 ///< Text
    std::vector<ContactWay> ways;        ///< Contact, at least one
    Consent consent;                     ///< Contact
    bool operator==(const Question&) const = default;

    [[nodiscard]] const Option* find(std::string_view option) const;
    /// Emotion with words of its own instead of five faces: a series of its own.
    [[nodiscard]] bool is_named_set() const { return kind == Kind::Emotion && !options.empty(); }
};

/// What the thank-you screen says when a visit came out in a certain way.
struct Outcome {
    Condition when;
    LocalText thanks;
    bool operator==(const Outcome&) const = default;
};

/// A survey as it is asked: checked, immutable. The identity is (id, revision); canonical JSON has a hash
/// (reading/survey_json.h).
struct Survey {
    std::string id;
    int revision = 1;
    std::string title;
    std::vector<std::string> languages;  ///< the first is the default
    std::vector<Question> questions;
    LocalText thanks;               ///< may be empty: the kiosk then uses its own words
    std::vector<Outcome> outcomes;  ///< the first that holds replaces `thanks`
    int most_questions = 0;         ///< a visitor sees at most so many, info pages aside; 0: no limit
    bool is_long = false;           ///< the author means it: more than five questions on a path are allowed
    bool operator==(const Survey&) const = default;

    [[nodiscard]] const Question* find(std::string_view question) const;
    [[nodiscard]] const std::string& default_language() const { return languages.front(); }
};

/// The words beside a scale's values: the question's own, else those built in for its kind and language
/// (model/labels.cpp); as many as the scale has values for csat, smiley4, smiley5 and emotion faces, two for
/// the ends of nps, ces and stars. Empty for a label that nobody wrote and we do not have.
[[nodiscard]] std::vector<std::string_view> labels_of(const Question& question, std::string_view language,
                                                      std::string_view fallback);
/// Whether we have built-in labels for scales in a language ("de-AT" has those of "de").
[[nodiscard]] bool has_built_in_labels(std::string_view language);
/// How many labels a kind's scale can have: {5} for csat, {2, 11} for nps, …; the first is the usual.
[[nodiscard]] std::vector<std::size_t> label_counts(Kind kind);

}  // namespace milepost::surveys
