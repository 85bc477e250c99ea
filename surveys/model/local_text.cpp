#include "surveys/model/local_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace milepost::surveys {

namespace {

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

}  // namespace milepost::surveys
