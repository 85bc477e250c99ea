#pragma once

#include <array>
#include <span>
#include <string_view>

namespace milepost::surveys {

/// The words beside scales in one language, lowest first. Short enough for two lines on a card of 224 px at
/// 26 px, as far from the middle on the one side as on the other, and without the visitor's gender: where an
/// adjective would show it, the visit is described ("satisfaisant") or the polite plural is used ("довольны").
struct LabelWords {
    std::string_view language;
    std::array<std::string_view, 5> satisfied;  ///< csat
    std::array<std::string_view, 5> good;       ///< smiley5; without the middle smiley4; its ends stars
    std::array<std::string_view, 5> happy;      ///< emotion: how somebody feels
    std::array<std::string_view, 2> likely;     ///< nps, the ends
    std::array<std::string_view, 2> easy;       ///< ces, the ends
};

/// All languages that we have words in, each once.
[[nodiscard]] std::span<const LabelWords> label_words();
/// The tag under which a language's built-in words are kept, these and the kiosk's own: "de" for "de-AT",
/// "zh-Hans" for "zh", "zh-Hant" for "zh-TW".
[[nodiscard]] std::string_view kept_as(std::string_view language);

}  // namespace milepost::surveys
