#pragma once

#include "kiosk/screens/views.h"
#include "kiosk/screens/widgets.h"
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

/// How the screen of the moment looks: as this person chose, or staff.
[[nodiscard]] Look look_of(const State& state, Theme theme, const Brand* brand = nullptr);

std::optional<Event> draw_closed(Ui& ui, const ClosedView& view, const HeaderView& header);

/// The screen of the moment.
std::optional<Event> draw_screen(Ui& ui, const State& state);

// The answers of a question, in what the headline left of the content.
std::optional<Event> draw_faces(Ui& ui, const QuestionView& view, const Box& area);
std::optional<Event> draw_boxes(Ui& ui, const QuestionView& view, const Box& area);
std::optional<Event> draw_stars(Ui& ui, const QuestionView& view, const Box& area);
std::optional<Event> draw_options(Ui& ui, const QuestionView& view, const Box& area);
std::optional<Event> draw_digits(Ui& ui, const QuestionView& view, const Box& area);
/// By which way a contact can be given.
std::optional<Event> draw_ways(Ui& ui, const QuestionView& view, const Box& area);
/// Whether the button that agrees stands with what is agreed to: in larger text the footer has no room for it.
[[nodiscard]] bool agrees_beside_text(const Ui& ui);
/// What is agreed to, in full, under what it is about.
std::optional<Event> draw_consent(Ui& ui, const QuestionView& view, const Box& area);
/// The field, its keyboard, and as many bars as there is room for: a whole screen.
std::optional<Event> draw_writing(Ui& ui, const QuestionView& view, const HeaderView& above, const FooterView& below);

}  // namespace milepost::kiosk
