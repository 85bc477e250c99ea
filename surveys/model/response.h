#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// What a person answered to one question, or that it was shown and not answered.
struct Answer {
    std::string question;
    std::optional<int> value;          ///< scales
    std::vector<std::string> options;  ///< multi: ids in the order of the survey
    std::optional<std::string> text;   ///< free text, UTF-8
    bool skipped = false;              ///< shown, left without an answer; nothing else is set then
    std::chrono::milliseconds took{};  ///< from the question's first frame to its answer
    bool operator==(const Answer&) const = default;
};

enum class Ended { Complete, Timeout, Left };
[[nodiscard]] std::string_view to_string(Ended ended);
[[nodiscard]] std::optional<Ended> parse_ended(std::string_view text);

/// How the visit came by its language: rotating on the attract screen, picked, or the survey's default.
enum class LanguageSource { Default, Attract, Picked };
[[nodiscard]] std::string_view to_string(LanguageSource source);
[[nodiscard]] std::optional<LanguageSource> parse_language_source(std::string_view text);

/// One visit's answers: what a `response` record says besides its place in the log and its time.
struct Response {
    std::string id;  ///< UUIDv7, made when the visit starts
    std::string survey;
    int revision = 1;
    std::string touchpoint;
    std::string language;
    LanguageSource language_source = LanguageSource::Default;
    std::vector<std::string> mode;  ///< "large_text", "high_contrast", …
    std::chrono::milliseconds took{};
    Ended ended = Ended::Complete;
    std::vector<Answer> answers;     ///< in the order in which they were shown
    std::vector<std::string> flags;  ///< reasons of metrics.md, "Misuse"
    bool operator==(const Response&) const = default;
};

}  // namespace milepost::surveys
