#pragma once

#include <string_view>

namespace milepost::surveys {

/// Words by which wording is judged in one language: in small letters, without apostrophes, each between
/// spaces. Few and plain: what they do not know is not judged.
struct WordList {
    std::string_view language;
    std::string_view negating;    ///< "not"
    std::string_view positive;    ///< of answers at the good end of a scale
    std::string_view negative;    ///< at the bad end
    std::string_view agreeing;    ///< of agree-disagree scales
    std::string_view joining;     ///< "and"
    std::string_view as_one;      ///< joined with another they are still one thing: "friends and family"
    std::string_view between;     ///< words that need an "and": "between"
    std::string_view suggesting;  ///< phrases with which a question suggests its answer, "/" between them
};

/// nullptr for a language that has none; "de-AT" has that of "de".
[[nodiscard]] const WordList* word_list_of(std::string_view language);

}  // namespace milepost::surveys
