#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

/// A contact as it is kept: encrypted to the organisation's key before anything writes it down.
struct SealedContact {
    std::string key;  ///< id of the key it is sealed to
    std::string box;  ///< base64 of the libsodium sealed box
    int consent_version = 0;
    std::string consent_sha256;  ///< hex, of the text that was agreed to, UTF-8
    bool operator==(const SealedContact&) const = default;
};

/// What a person answered to one question, or that it was shown and not answered.
struct Answer {
    std::string question;
    std::optional<int> value;              ///< scales, number; the valence of a named emotion
    std::vector<std::string> options;      ///< choice, multi, named emotion: ids in the survey's order
    std::vector<std::string> shown_order;  ///< ids as they stood on the screen, when they were shuffled
    std::optional<std::string> text;       ///< free text, UTF-8
    std::optional<SealedContact> contact;
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
