#include "kiosk/speech/speech.h"
#include "surveys/model/label_words.h"

#include <algorithm>
#include <array>

namespace milepost::kiosk::speech {

namespace {

struct Voice {
    std::string_view language;
    std::string_view name;  ///< espeak-ng's language; empty: not offered
    std::string_view reason = {};
};

/// Every language that the kiosk has words in. Others are not offered: half would be said in English.
constexpr std::array kVoices{
    Voice{"en", "en-gb"},
    Voice{"de", "de"},
    Voice{"fr", "fr-fr"},
    Voice{"es", "es"},
    Voice{"it", "it"},
    Voice{"pt", "pt"},
    Voice{"nl", "nl"},
    Voice{"pl", "pl"},
    Voice{"ru", "ru"},
    Voice{"uk", "uk"},
    Voice{"tr", "tr"},
    Voice{"ar", "ar"},
    Voice{"hi", "hi"},
    Voice{"ko", "ko"},
    Voice{"he", "", "written without vowels, which espeak-ng does not restore"},
    Voice{"th", "", "no voice that knows where words end"},
    Voice{"ja", "", "kanji are read as their Chinese names"},
    Voice{"zh-Hans", "", "many characters are skipped or read wrongly"},
    Voice{"zh-Hant", "", "many characters are skipped or read wrongly"},
};

}  // namespace

std::optional<std::string_view> voice_for(std::string_view language) {
    const auto found = std::ranges::find(kVoices, surveys::kept_as(language), &Voice::language);
    return found == kVoices.end() || found->name.empty() ? std::nullopt : std::optional{found->name};
}

}  // namespace milepost::kiosk::speech
