#pragma once

#include "surveys/flow/session.h"

#include <string>
#include <string_view>
#include <vector>

namespace milepost::surveys {

inline Condition when(std::string_view text) {
    return Condition::parse(text).value();
}

/// What was answered, in short: "satisfaction=2 why=queue+price comment=hi recommend=-".
inline std::string answers(const Session& session, Ended ended = Ended::Complete) {
    std::string text;
    for (const Answer& answer : session.response(ended, std::chrono::seconds{99}).answers) {
        text += (text.empty() ? "" : " ") + answer.question + "=";
        if (answer.skipped) text += "-";
        if (answer.value) text += std::to_string(*answer.value);
        for (const std::string& option : answer.options) {
            if (text.back() != '=') text += '+';
            text += option;
        }
        text += answer.text.value_or("");
        if (answer.contact) text += answer.contact->box;
    }
    return text;
}

/// The options on the screen.
inline std::vector<std::string> shown(const Session& session) {
    std::vector<std::string> ids;
    for (const Option* option : session.options()) ids.push_back(option->id);
    return ids;
}

}  // namespace milepost::surveys
