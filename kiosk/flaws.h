#pragma once

#include "kiosk/ruler.h"
#include "kiosk/ui.h"

#include <string>
#include <vector>

namespace milepost::kiosk {

/// The text has a word that is wider than the room it was set in: drawn, it is broken somewhere.
[[nodiscard]] bool breaks_a_word(Ui& ui, const Ruler::Drawn& drawn);

/// What is wrong with a screen as `ui` has drawn it on `ruler`, for people, a line each: a text that is cut,
/// broken within a word, too small, outside its panel or the glass, on top of another or of a picture, or without
/// a sign in our fonts; something to touch that is too small or lies on something else. Boxes know no colours.
[[nodiscard]] std::vector<std::string> flaws_of(Ruler& ruler, Ui& ui);

}  // namespace milepost::kiosk
