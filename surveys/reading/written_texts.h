#pragma once

#include "surveys/reading/known_questions.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// Reads the texts of a survey, each in every language of the survey, and keeps what quotes answers until every
/// question is known.
class WrittenTexts {
public:
    struct Rules {
        std::size_t most_characters = 1'000;  ///< code points
        std::optional<Reach> quotes;          ///< which answers it may quote; absent: braces are mere braces
    };

    /// `certain` is false when some of the languages could not be read: then no text is accused of being in a
    /// language that the survey does not have.
    void set_languages(std::vector<std::string> languages, bool certain);
    [[nodiscard]] const std::vector<std::string>& languages() const { return languages_; }
    /// For examples.
    [[nodiscard]] std::string_view some_language() const {
        return languages_.empty() ? std::string_view{"en"} : std::string_view{languages_.front()};
    }

    /// The member `key`: a table with one text a language.
    [[nodiscard]] LocalText read(const Fields& fields, std::string_view key, Fields::Need need, const Rules& rules);
    /// An element of an array, such as a label.
    [[nodiscard]] LocalText read_element(const WrittenValue& table, const std::string& owner, const Rules& rules,
                                         Problems& problems);

    /// Reports quotes of what is not there, comes later or has no words.
    void check_quotes(const KnownQuestions& questions, Problems& problems) const;

private:
    struct Place {
        std::string owner;  ///< "'text' of question 'why'"
        Position at;        ///< where a translation is missing
        std::string key;    ///< "text.", or "" for an element of an array
    };
    struct Quoting {
        const WrittenValue* value;
        Reach reach;
    };
    [[nodiscard]] LocalText read_languages(const WrittenValue& table, const Place& place, const Rules& rules,
                                           Problems& problems);
    [[nodiscard]] bool is_in_survey(const WrittenValue::Member& member, Problems& problems) const;

    std::vector<std::string> languages_;
    bool certain_ = false;
    std::vector<Quoting> quoting_;
};

}  // namespace milepost::surveys
