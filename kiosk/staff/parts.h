#pragma once

#include "kiosk/screens/widgets.h"
#include "kiosk/staff/setup_words.h"
#include "kiosk/staff/views.h"
#include "kiosk/staff/words.h"
#include "kiosk/ui.h"

#include <optional>
#include <string>
#include <vector>

namespace milepost::kiosk::staff {

// What the staff's pages are made of, besides kiosk/screens/widgets.h.

[[nodiscard]] std::string words(const Ui& ui, Word word);
[[nodiscard]] std::string words(const Ui& ui, SetUpWord word);
/// Of texts in rows, the smallest that the design has.
[[nodiscard]] float small_text(const Ui& ui);

/// A title at the header's start, pills at its end, in one row; the name of the pill that was tapped, or empty.
std::string header_bar(Ui& ui, const std::string& title, const std::vector<Pill>& pills);

/// The way back at the start, pages to turn at the end where there are several, and what else can be done.
struct FooterBar {
    int leaf = 0;
    int leaves = 1;
    std::vector<Pill> actions{};
    bool goes_back = true;
};
/// "back", "previous", "next", an action's name, or empty.
std::string footer_bar(Ui& ui, const FooterBar& bar);

/// How texts in rows are set.
[[nodiscard]] Type row_type(const Ui& ui, int weight, std::uint32_t colour);
/// The colour that says good or bad beside the words that say it.
[[nodiscard]] std::uint32_t colour_of(const Ui& ui, Mood mood);

/// A white panel that holds things and is not touched.
void plate(Ui& ui, const Box& box);

}  // namespace milepost::kiosk::staff
