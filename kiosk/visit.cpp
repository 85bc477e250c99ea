#include "kiosk/visit.h"

#include "kiosk/app.h"

#include <algorithm>

namespace milepost::kiosk {

Visit::Visit(const surveys::Survey& asked, const Setup& setup, Now now)
    : session(asked, {.touchpoint = setup.touchpoint, .language = setup.language}, session_time(now)),
      language(setup.language),
      language_since(now) {
    open_entry();
}

bool Visit::engaged() const {
    return begun || language_picked || large_text || high_contrast || low_layout || guide.on() || panel.has_value();
}

void Visit::turn_page() {
    ++showing;
    shown.reset();
    text_shown.reset();
    chosen.clear();
    entered.clear();
    last_toggle.reset();
    entry.reset();
    open_entry();
    if (const surveys::Answer* answer = session.answer();
        answer && session.phase() == surveys::Session::Phase::Asking) {
        chosen = answer->options;
        if (session.question().kind == surveys::Kind::Number && answer->value) {
            entered = std::to_string(*answer->value);
        }
    }
}

void Visit::open_entry() {
    const surveys::Question& question = session.question();
    const bool written = question.kind == surveys::Kind::Text || question.kind == surveys::Kind::Contact;
    if (!written || session.phase() != surveys::Session::Phase::Asking) {
        return;
    }
    entry.emplace(question, language, session.survey().languages);
    if (const surveys::Answer* answer = session.answer(); answer && answer->text) {
        entry->field.set(*answer->text);
    }
}

bool Visit::has_receipt() const {
    const surveys::Response response = session.response(surveys::Ended::Complete, {});
    return std::ranges::any_of(response.answers, [](const surveys::Answer& answer) {
        return answer.text.has_value() || answer.contact.has_value();
    });
}

surveys::Response Visit::response(surveys::Ended ended, Now now) const {
    surveys::Response response = session.response(ended, session_time(now));
    response.language = language;
    if (language_picked) {
        response.language_source = surveys::LanguageSource::Picked;
    }
    response.mode.clear();
    if (large_text) {
        response.mode.emplace_back("large_text");
    }
    if (high_contrast) {
        response.mode.emplace_back("high_contrast");
    }
    if (low_layout) {
        response.mode.emplace_back("low_layout");
    }
    if (guide.used_keypad) {
        response.mode.emplace_back("keypad");
    }
    if (guide.used_speech) {
        response.mode.emplace_back("speech");
    }
    for (surveys::Answer& answer : response.answers) {
        if (const auto found = took.find(answer.question); found != took.end()) {
            answer.took = found->second;
        }
    }
    response.flags.assign(flags.begin(), flags.end());
    return response;
}

}  // namespace milepost::kiosk
