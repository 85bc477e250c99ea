#pragma once

#include "surveys/model/survey.h"

#include <compare>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// A place in a file, from 1, columns in code points.
struct Position {
    int line = 1;
    int column = 1;
    auto operator<=>(const Position&) const = default;
};

enum class Severity {
    Error,    ///< the survey cannot be asked
    Publish,  ///< it can be asked, but is not to be published like this: a missing translation
    Warning,  ///< worth a look
};

/// One thing wrong with a survey file, where it stands, and what to do about it.
struct Problem {
    int line = 0;    ///< from 1; 0: with the file, not in it
    int column = 0;  ///< from 1, in code points
    std::string message;
    Severity severity = Severity::Error;
    bool operator==(const Problem&) const = default;
};
/// "FILE:line:column: error: message" (or "warning:"), one a line, in the order of the file, without a newline
/// at the end. Severity::Publish is an error to people.
[[nodiscard]] std::string describe(std::string_view file, const std::vector<Problem>& problems);

/// Where each part of a survey stands in its file, so that checks of the finished survey can point at it.
/// Keys are paths as in "languages", "question.2.text.de", "question.2.options.0.show_if", "outcome.0.when";
/// a question's own place is "question.2". Indices count from 0 in the order of the survey.
class SourceMap {
public:
    void add(std::string path, Position at) { places_.emplace(std::move(path), at); }
    /// The place of the longest leading part of `path` that is known; {1, 1} when none is.
    [[nodiscard]] Position at(std::string_view path) const;

private:
    std::map<std::string, Position, std::less<>> places_;
};

/// A file as far as it could be read.
struct Draft {
    Survey survey;  ///< complete only without a problem of Severity::Error
    SourceMap places;
    std::vector<Problem> problems;  ///< in the order of the file
    [[nodiscard]] bool can_be_asked() const;
};

/// From TOML (design.md, "A survey file") or from JSON, told apart by the first character that is no white
/// space: every problem of spelling, type, bounds, ids, languages and conditions at once. What needs the
/// whole survey or the screen is checked in checks/.
[[nodiscard]] Draft read_draft(std::string_view text);

/// A survey that can be asked, or every error: what the kiosk and the store use. Missing translations fall
/// back at run time and are no error here.
[[nodiscard]] std::expected<Survey, std::vector<Problem>> read_survey(std::string_view text);

}  // namespace milepost::surveys
