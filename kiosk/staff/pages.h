#pragma once

#include "kiosk/staff/views.h"
#include "kiosk/ui.h"

#include <optional>

namespace milepost::kiosk::staff {

// One function a page: draws the view, tells at most one thing that the tap of this build did.

std::optional<Event> draw_pin(Ui& ui, const PinView& view);
/// A PIN that was lost: the challenge, and where the store's answer is typed.
std::optional<Event> draw_lost_pin(Ui& ui, const PinView& view);
std::optional<Event> draw_connect(Ui& ui, const ConnectView& view);
std::optional<Event> draw_network(Ui& ui, const NetworkView& view);
/// The kiosk's languages, for the first start.
std::optional<Event> draw_all_languages(Ui& ui, int leaf);
std::optional<Event> draw_menu(Ui& ui, const MenuView& view);
/// The way back leads to the menu, from what stands before it to the customers.
enum class Behind { Menu, Customers, Before, Nothing };
std::optional<Event> draw_notice(Ui& ui, const NoticeView& view, Behind behind);
std::optional<Event> draw_results(Ui& ui, const ResultsView& view);
std::optional<Event> draw_device(Ui& ui, const RowsView& view);
std::optional<Event> draw_languages(Ui& ui, const std::string& chosen);
std::optional<Event> draw_calibration(Ui& ui, float card_px, bool kept);
std::optional<Event> draw_touch_test(Ui& ui, const std::set<int>& touched);

/// The page of the moment, but for the preview (preview_page.h).
std::optional<Event> draw_page(Ui& ui, const State& state);

/// "TEST", over every screen of the customers while what they answer does not count.
void draw_test_badge(Ui& ui);
/// The same with other words.
void draw_badge(Ui& ui, const std::string& text);
/// What customers see while staff have closed.
void draw_paused(Ui& ui);

}  // namespace milepost::kiosk::staff
