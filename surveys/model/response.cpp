#include "surveys/model/response.h"

#include <array>

namespace milepost::surveys {

std::string_view to_string(Ended ended) {
    switch (ended) {
        case Ended::Complete:
            return "complete";
        case Ended::Timeout:
            return "timeout";
        case Ended::Left:
            return "left";
    }
    return "";
}

std::optional<Ended> parse_ended(std::string_view text) {
    for (const Ended ended : {Ended::Complete, Ended::Timeout, Ended::Left}) {
        if (text == to_string(ended)) return ended;
    }
    return std::nullopt;
}

std::string_view to_string(LanguageSource source) {
    switch (source) {
        case LanguageSource::Default:
            return "default";
        case LanguageSource::Attract:
            return "attract";
        case LanguageSource::Picked:
            return "picked";
    }
    return "";
}

std::optional<LanguageSource> parse_language_source(std::string_view text) {
    for (const LanguageSource source : {LanguageSource::Default, LanguageSource::Attract, LanguageSource::Picked}) {
        if (text == to_string(source)) return source;
    }
    return std::nullopt;
}

}  // namespace milepost::surveys
