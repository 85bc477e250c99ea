#pragma once

#include "kiosk/app.h"

#include <string>
#include <vector>

namespace milepost::kiosk {

/// What every screen with a header shows in it.
struct HeaderView {
    std::string title;
    std::string title_language;
    std::string language_name;
    bool can_start_over = false;
    bool offers_privacy = true;
    bool offers_language = true;
};

struct Choice {
    std::string name;  ///< "answer:4", "option:queue"
    std::string label;
    int value = 0;       ///< scales
    std::string option;  ///< multi
    bool selected = false;
};

struct QuestionView {
    HeaderView header;
    surveys::Kind kind = surveys::Kind::Csat;
    std::string text;
    std::vector<Choice> choices;
    std::string low_label;  ///< NPS: at the scale's ends
    std::string high_label;
    int place = 1;
    int of = 1;
    bool first = true;
    bool can_go_back = false;
    bool can_skip = false;
    bool can_go_on = false;  ///< multi: something is chosen
};
[[nodiscard]] QuestionView view_question(const State& state);

struct ThanksView {
    std::string text;
};
[[nodiscard]] ThanksView view_thanks(const State& state);

struct LanguageView {
    struct Entry {
        std::string tag;
        std::string name;
        bool selected = false;
    };
    std::vector<Entry> languages;
};
[[nodiscard]] LanguageView view_languages(const State& state);

struct AccessibilityView {
    bool large_text = false;
    bool high_contrast = false;
};
[[nodiscard]] AccessibilityView view_accessibility(const State& state);

}  // namespace milepost::kiosk
