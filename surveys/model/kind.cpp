#include "surveys/model/kind.h"

#include <algorithm>
#include <utility>

namespace milepost::surveys {

std::string_view to_string(Kind kind) {
    return std::ranges::find(kKinds, kind, &std::pair<Kind, std::string_view>::first)->second;
}

std::optional<Kind> parse_kind(std::string_view text) {
    const auto found = std::ranges::find(kKinds, text, &std::pair<Kind, std::string_view>::second);
    if (found == kKinds.end()) return std::nullopt;
    return found->first;
}

std::optional<Scale> scale_of(Kind kind) {
    switch (kind) {
        case Kind::Csat:
        case Kind::Smiley5:
        case Kind::Stars:
            return Scale{1, 5};
        case Kind::Nps:
            return Scale{0, 10};
        case Kind::Ces:
            return Scale{1, 7};
        case Kind::Emotion:
            return Scale{-2, 2};
        case Kind::Smiley4:
            return Scale{1, 4};
        case Kind::Choice:
        case Kind::Multi:
        case Kind::Number:
        case Kind::Text:
        case Kind::Contact:
        case Kind::Info:
            return std::nullopt;
    }
    return std::nullopt;
}

bool picks_options(Kind kind) {
    return kind == Kind::Choice || kind == Kind::Multi;
}

std::optional<Sentiment> sentiment_of(Kind kind, int value) {
    const std::optional<Scale> scale = scale_of(kind);
    if (!scale || !scale->has(value)) return std::nullopt;
    const auto between = [value](int negative_to, int positive_from) {
        if (value <= negative_to) return Sentiment::Negative;
        return value >= positive_from ? Sentiment::Positive : Sentiment::Neutral;
    };
    switch (kind) {
        case Kind::Nps:
            return between(6, 9);
        case Kind::Ces:
            return between(3, 5);
        case Kind::Emotion:
            return between(-1, 1);
        case Kind::Smiley4:
            return between(2, 3);
        default:
            return between(2, 4);
    }
}

}  // namespace milepost::surveys
