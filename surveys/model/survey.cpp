#include "surveys/model/survey.h"

#include <algorithm>
#include <array>
#include <utility>

namespace milepost::surveys {

namespace {

constexpr std::array<std::pair<Kind, std::string_view>, 4> kKinds{{
    {Kind::Csat, "csat"},
    {Kind::Nps, "nps"},
    {Kind::Multi, "multi"},
    {Kind::Text, "text"},
}};

constexpr std::array kRightToLeft{"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 38> kEndonyms{{
    {"ar", "العربية"},     {"bg", "Български"},  {"bn", "বাংলা"},     {"cs", "Čeština"},      {"da", "Dansk"},
    {"de", "Deutsch"},     {"el", "Ελληνικά"},   {"en", "English"},   {"es", "Español"},      {"et", "Eesti"},
    {"fa", "فارسی"},       {"fi", "Suomi"},      {"fr", "Français"},  {"he", "עברית"},        {"hi", "हिन्दी"},
    {"hr", "Hrvatski"},    {"hu", "Magyar"},     {"id", "Indonesia"}, {"it", "Italiano"},     {"ja", "日本語"},
    {"ko", "한국어"},      {"lt", "Lietuvių"},   {"lv", "Latviešu"},  {"nb", "Norsk bokmål"}, {"nl", "Nederlands"},
    {"pl", "Polski"},      {"pt", "Português"},  {"ro", "Română"},    {"ru", "Русский"},      {"sk", "Slovenčina"},
    {"sl", "Slovenščina"}, {"sv", "Svenska"},    {"th", "ไทย"},       {"tr", "Türkçe"},       {"uk", "Українська"},
    {"ur", "اردو"},        {"vi", "Tiếng Việt"}, {"zh", "中文"},
}};

/// "zh" of "zh-Hans-CN".
std::string_view primary(std::string_view language) {
    return language.substr(0, language.find('-'));
}

}  // namespace

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
            return Scale{1, 5};
        case Kind::Nps:
            return Scale{0, 10};
        case Kind::Multi:
        case Kind::Text:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Sentiment> sentiment_of(Kind kind, int value) {
    const auto between = [value](int negative_to, int positive_from) {
        if (value <= negative_to) return Sentiment::Negative;
        return value >= positive_from ? Sentiment::Positive : Sentiment::Neutral;
    };
    const std::optional<Scale> scale = scale_of(kind);
    if (!scale || value < scale->least || value > scale->most) return std::nullopt;
    switch (kind) {
        case Kind::Csat:
            return between(2, 4);
        case Kind::Nps:
            return between(6, 9);
        case Kind::Multi:
        case Kind::Text:
            return std::nullopt;
    }
    return std::nullopt;
}

std::string_view LocalText::in(std::string_view language, std::string_view fallback) const {
    if (const auto found = by_language.find(language); found != by_language.end()) return found->second;
    if (const auto found = by_language.find(fallback); found != by_language.end()) return found->second;
    return by_language.empty() ? std::string_view{} : by_language.begin()->second;
}

bool is_right_to_left(std::string_view language) {
    return std::ranges::find(kRightToLeft, primary(language)) != kRightToLeft.end();
}

std::string_view endonym(std::string_view language) {
    if (language.starts_with("zh-Hans")) return "简体中文";
    if (language.starts_with("zh-Hant")) return "繁體中文";
    const auto found =
        std::ranges::find(kEndonyms, primary(language), &std::pair<std::string_view, std::string_view>::first);
    return found == kEndonyms.end() ? language : found->second;
}

const Question* Survey::find(std::string_view question) const {
    const auto found = std::ranges::find(questions, question, &Question::id);
    return found == questions.end() ? nullptr : &*found;
}

}  // namespace milepost::surveys
