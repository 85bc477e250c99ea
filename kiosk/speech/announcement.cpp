#include "kiosk/screens/views.h"
#include "kiosk/speech/speech.h"
#include "kiosk/strings.h"

#include <initializer_list>

namespace milepost::kiosk::speech {

namespace {

using Texts = std::vector<std::string>;

Texts in_words(const State& state, std::initializer_list<Word> words) {
    Texts texts;
    for (const Word word : words) {
        texts.emplace_back(say(word, state.visit.language));
    }
    return texts;
}

/// A code letter by letter.
std::string spelled(const std::string& code) {
    std::string letters;
    for (const char letter : code) {
        letters += letters.empty() ? "" : ", ";
        letters += letter;
    }
    return letters;
}

Texts question_texts(const State& state) {
    const QuestionView view = view_question(state);
    const auto word = [&](Word which) { return std::string{say(which, state.visit.language)}; };
    Texts texts{view.text};
    switch (view.manner) {
        case Manner::SomeOf:
            texts.push_back(word(Word::ChooseSeveral));
            break;
        case Manner::Digits:
            texts.push_back(view.bounds + " " + view.unit);
            break;
        case Manner::Writing:
            if (view.writing.entry && view.writing.entry->step == Entry::Step::Consent) {
                texts.push_back(view.writing.consent);
            }
            if (keeps_keys_quiet(state)) {
                texts.push_back(word(Word::SpeechPrivate));
            }
            if (!view.writing.note.empty()) {
                texts.push_back(view.writing.note);
            }
            break;
        case Manner::Faces:
        case Manner::Boxes:
        case Manner::Stars:
        case Manner::OneOf:
        case Manner::Reading:
            break;
    }
    return texts;
}

}  // namespace

Texts page_texts(const State& state) {
    switch (screen_of(state)) {
        case Screen::Question:
            return question_texts(state);
        case Screen::Thanks: {
            const ThanksView view = view_thanks(state);
            Texts texts{view.text};
            if (!view.receipt.empty()) {
                texts.emplace_back(say(Word::Receipt, state.visit.language));
                texts.push_back(spelled(view.receipt));
            }
            return texts;
        }
        case Screen::StillThere:
            return in_words(state, {Word::StillThere, Word::StillThereHint});
        case Screen::Accessibility:
            return in_words(state, {Word::Accessibility});
        case Screen::Privacy:
            return in_words(state, {Word::PrivacyLink, Word::PrivacyAbout, Word::PrivacyPurpose, Word::PrivacySensors});
        case Screen::Saving:
            return in_words(state, {Word::Saving});
        case Screen::OutOfService:
            return in_words(state, {Word::OutOfService, Word::OutOfServiceHint});
        case Screen::Closed: {
            const ClosedView::Line line = view_closed(state).lines.front();
            return {line.closed, line.opens};
        }
        case Screen::Language:
        case Screen::Paused:
        case Screen::Staff:
            break;
    }
    return {};
}

std::string announcement(const State& state) {
    const Guide& guide = state.visit.guide;
    Texts texts = page_texts(state);
    if (guide.keypad && !guide.focus_said.empty()) {
        texts.push_back(guide.focus_said);
    }
    const Screen screen = screen_of(state);
    if (screen != Screen::Saving && screen != Screen::OutOfService && screen != Screen::Closed &&
        screen != Screen::Thanks) {
        texts.emplace_back(say(guide.keypad ? Word::SpeechKeys : Word::SpeechTouch, state.visit.language));
    }
    std::string all;
    std::erase(texts, "");
    for (const std::string& text : texts) {
        // Each a sentence, so that the voice makes a pause.
        const bool ends = all.empty() || std::string_view{".!?…"}.find(all.back()) != std::string_view::npos;
        all += (all.empty() ? "" : ends ? " " : ". ") + text;
    }
    return all;
}

}  // namespace milepost::kiosk::speech
