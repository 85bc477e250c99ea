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
    std::string spoken{};  ///< what it is called aloud
    int value = 0;         ///< scales
    int mood = 0;          ///< of a face, 1 the unhappiest to 5
    std::string option;    ///< of a choice, a multi, a named emotion
    bool selected = false;
};

/// How a question is answered: what its screen is drawn as.
enum class Manner {
    Faces,    ///< csat, smileys, emotion
    Boxes,    ///< nps, ces: numbers between two ends
    Stars,    ///< stars
    OneOf,    ///< choice, a named set of emotions
    SomeOf,   ///< multi
    Digits,   ///< number
    Reading,  ///< info
    Writing,  ///< text, contact
};
[[nodiscard]] Manner manner_of(const surveys::Question& question);

/// Of a question that is answered in writing.
struct WritingView {
    const Entry* entry = nullptr;  ///< of the state: what is written is copied nowhere
    std::string consent;           ///< the text to agree to
    std::string note;              ///< why a contact cannot be taken, or that one was given before
    bool note_is_fault = false;
    bool key_repeat = true;
};

struct QuestionView {
    HeaderView header;
    Manner manner = Manner::Faces;
    std::string text;
    std::vector<Choice> choices;
    std::string low_label;  ///< Boxes, Stars: at the scale's ends
    std::string high_label;
    std::string entered;  ///< Digits
    std::string unit;     ///< Digits; may be empty
    std::string bounds;   ///< Digits: "0–20"
    WritingView writing;
    int place = 1;
    int of = 1;
    bool first = true;
    bool can_go_back = false;
    bool can_skip = false;
    bool can_go_on = false;  ///< SomeOf, Digits, Writing: what stands can be an answer
};
[[nodiscard]] QuestionView view_question(const State& state);

struct ThanksView {
    std::string text;
    std::string receipt;  ///< code by which the response can be erased; empty: nothing was written
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
    bool low_layout = false;
};
/// The same in each of the survey's languages.
struct ClosedView {
    struct Line {
        std::string language;
        std::string closed;
        std::string opens;  ///< empty: nobody knows when
    };
    std::vector<Line> lines;
};
[[nodiscard]] ClosedView view_closed(const State& state);

[[nodiscard]] AccessibilityView view_accessibility(const State& state);

}  // namespace milepost::kiosk
