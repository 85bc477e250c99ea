#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace milepost::surveys {

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

}  // namespace milepost::surveys
