#pragma once

#include "kiosk/strings.h"

#include <string_view>

/// The kiosk's own words, a file a language. Every Word once, in any order: strings.cpp does not compile otherwise.
///
/// Polite, natural on a public terminal, and without the visitor's or the operator's gender. Buttons are about as
/// long as in German. `{n}` and `{m}` are filled in; where they stand is the language's affair.
namespace milepost::kiosk::words {

using enum Word;

struct Text {
    Word word;
    std::string_view text;
};

}  // namespace milepost::kiosk::words
