#pragma once

#include "kiosk/screens/views.h"
#include "kiosk/ui.h"

#include <optional>

namespace milepost::kiosk {

// One function a screen: draws the view, tells at most one thing that the tap of this build did.

std::optional<Event> draw_question(Ui& ui, const QuestionView& view);
std::optional<Event> draw_thanks(Ui& ui, const ThanksView& view, const HeaderView& header);
std::optional<Event> draw_still_there(Ui& ui, const HeaderView& header);
std::optional<Event> draw_languages(Ui& ui, const LanguageView& view, const HeaderView& header);
std::optional<Event> draw_accessibility(Ui& ui, const AccessibilityView& view, const HeaderView& header);
std::optional<Event> draw_privacy(Ui& ui, const HeaderView& header);
std::optional<Event> draw_saving(Ui& ui, const HeaderView& header);
std::optional<Event> draw_out_of_service(Ui& ui, const HeaderView& header);

/// The screen of the moment.
std::optional<Event> draw_screen(Ui& ui, const State& state);

// The answers of a question, in what the headline left of the content.
std::optional<Event> draw_faces(Ui& ui, const QuestionView& view, const Box& area);
std::optional<Event> draw_boxes(Ui& ui, const QuestionView& view, const Box& area);
std::optional<Event> draw_stars(Ui& ui, const QuestionView& view, const Box& area);
std::optional<Event> draw_options(Ui& ui, const QuestionView& view, const Box& area);
std::optional<Event> draw_digits(Ui& ui, const QuestionView& view, const Box& area);

}  // namespace milepost::kiosk
