#pragma once

#include "surveys/model/response.h"
#include "surveys/model/survey.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// A text with `{id.label}` and `{id.value}` filled in from the answers, in `language`; "{{" and "}}" are
/// braces. A quote of what was not answered, or cannot be quoted, becomes "…".
///     label  the words of a scale's value (the value itself where only the ends have words), the texts of the
///            options that were picked, a number with its unit
///     value  the bare value of a scale or number; else as label
[[nodiscard]] std::string fill_in(std::string_view text, const Survey& survey, std::span<const Answer> answers,
                                  std::string_view language);

/// Whether answers of a kind may stand in a later text. What people wrote themselves does not come back on a
/// screen that others can see.
[[nodiscard]] bool can_be_quoted(Kind kind);

/// One quote in a text, for checks; column from 1 in code points.
struct Quote {
    std::string question;
    std::string part;  ///< "label" or "value"; anything else is wrong
    int column = 1;
    bool closed = true;  ///< otherwise the brace is shown as it stands
};
[[nodiscard]] std::vector<Quote> quotes_in(std::string_view text);

}  // namespace milepost::surveys
