#pragma once

#include "kiosk/staff/setup_words.h"

#include <string_view>

/// The words of the first start in the kiosk's other languages, a file a language; whatever a language lacks here is
/// said in English.
namespace milepost::kiosk::staff::first_words {

using enum SetUpWord;

struct Text {
    SetUpWord word;
    std::string_view text;
};

}  // namespace milepost::kiosk::staff::first_words
