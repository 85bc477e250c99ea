#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace milepost::surveys {

/// What a question asks for; fixes its scale and its score (metrics.md, "Scores").
enum class Kind { Csat, Nps, Ces, Emotion, Smiley4, Smiley5, Stars, Choice, Multi, Number, Text, Contact, Info };

/// All of them, with their names in survey files and records, in the order of the design.
inline constexpr std::array<std::pair<Kind, std::string_view>, 13> kKinds{{
    {Kind::Csat, "csat"},
    {Kind::Nps, "nps"},
    {Kind::Ces, "ces"},
    {Kind::Emotion, "emotion"},
    {Kind::Smiley4, "smiley4"},
    {Kind::Smiley5, "smiley5"},
    {Kind::Stars, "stars"},
    {Kind::Choice, "choice"},
    {Kind::Multi, "multi"},
    {Kind::Number, "number"},
    {Kind::Text, "text"},
    {Kind::Contact, "contact"},
    {Kind::Info, "info"},
}};
[[nodiscard]] std::string_view to_string(Kind kind);
[[nodiscard]] std::optional<Kind> parse_kind(std::string_view text);

/// The values a scale question takes, both ends included. The highest is the best on every scale.
struct Scale {
    int least;
    int most;
    [[nodiscard]] constexpr int size() const { return most - least + 1; }
    [[nodiscard]] constexpr bool has(int value) const { return value >= least && value <= most; }
};
/// nullopt for kinds without a scale. For emotion −2..2, whether faces or a named set.
[[nodiscard]] std::optional<Scale> scale_of(Kind kind);
/// Whether answers pick among written options: choice and multi. (An emotion may have options as well.)
[[nodiscard]] bool picks_options(Kind kind);

/// How an answer of a scale is told apart by colour and by alerts (metrics.md, "Positive / neutral / negative").
enum class Sentiment { Negative, Neutral, Positive };
/// nullopt for kinds without a scale and for values outside it.
[[nodiscard]] std::optional<Sentiment> sentiment_of(Kind kind, int value);

}  // namespace milepost::surveys
