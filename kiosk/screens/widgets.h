#pragma once

#include "kiosk/screens/views.h"
#include "kiosk/strings.h"
#include "kiosk/ui.h"

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace milepost::kiosk {

// The parts that screens are made of. Boxes are for left-to-right reading (Ui mirrors them).

/// A card to touch, drawn at rest, pressed or selected; the caller draws what is on it.
struct CardLook {
    bool selected = false;
    bool filled = false;  ///< selected by a fill too
    bool enabled = true;
    float radius = 32;  ///< reference pixels
};
bool card(Ui& ui, const std::string& name, const Box& box, const CardLook& look);

enum class PillKind { Outline, Primary, Link };
struct Pill {
    std::string name;
    std::string label;
    PillKind kind = PillKind::Outline;
    bool enabled = true;
    int weight = 500;
};
/// The height of drawn pills; touched they are higher.
[[nodiscard]] float pill_height(const Ui& ui, float text_size);
/// As wide as the label asks, at least `least`, in reference pixels.
[[nodiscard]] float pill_width(Ui& ui, const Pill& pill, float text_size, double least);
bool pill(Ui& ui, const Pill& pill, const Box& box, float text_size);

/// Of header and footer: what a touch needs.
[[nodiscard]] float bar_height(const Ui& ui);
/// Between header and footer, inside the margins.
[[nodiscard]] Box content(const Ui& ui);
/// Title left, pills right.
std::optional<Event> header(Ui& ui, const HeaderView& view);
/// Only the title.
void plain_header(Ui& ui, const HeaderView& view);

/// A question's progress left, dots in the middle, what leads on at the right.
struct FooterView {
    bool can_go_back = false;
    int place = 1;  ///< 0: no question, so no progress
    int of = 1;
    std::optional<Pill> way_on;
    std::optional<Pill> beside;  ///< left of `way_on`
};
/// Both bars in one, for a screen that has no height to spare: without progress and `beside`.
std::optional<Event> only_bar(Ui& ui, const HeaderView& view, const FooterView& below);
/// What a pill of the footer does.
[[nodiscard]] std::optional<Event> footer_event(const std::string& tapped);
/// Whether progress and way on stand beside each other.
[[nodiscard]] bool footer_fits(Ui& ui, const FooterView& view);
/// The name of the pill that was tapped, or empty.
std::string footer(Ui& ui, const FooterView& view);
/// One pill at the footer's right; true when it was tapped.
bool footer_button(Ui& ui, const std::string& name, Word word);

/// Draws the headline in the first size that fits in three lines and leaves `least_below` pixels of
/// `area`; what remains below it, at most `most_below` high, at the area's end.
Box headline(Ui& ui, const std::string& text, const Box& area, float least_below, float most_below);
/// A headline and what explains it close below, both in the middle of `area`.
void headline_with_hint(Ui& ui, const std::string& text, const std::string& hint, double hint_size, const Box& area);
/// A language whose script puts spaces between words; others break anywhere.
[[nodiscard]] bool has_spaces(const std::string& language);
/// The widest word of a text, for what must not be broken.
[[nodiscard]] float widest_word(Ui& ui, const std::string& text, const Type& type);
/// The first of `sizes` (reference pixels) at which every text fits in `width` without a broken word in
/// at most `most_lines`; nullopt: none does.
[[nodiscard]] std::optional<float> common_size(Ui& ui, const std::vector<std::string>& texts, float width,
                                               int most_lines, std::initializer_list<double> sizes);
/// The same of sizes in pixels.
[[nodiscard]] std::optional<float> common_size_of(Ui& ui, const std::vector<std::string>& texts, float width,
                                                  int most_lines, std::span<const float> sizes);
/// Which sizes to try for what has to fit, in pixels, in rounds: those of the design, in larger text as it asks;
/// then, where nothing fits in larger text, one smaller size after the other.
[[nodiscard]] std::vector<std::vector<float>> rounds_of_sizes(const Ui& ui, std::initializer_list<double> sizes);
/// The height of one line of a headline of the usual size, in this text's script.
[[nodiscard]] float headline_line(Ui& ui, const std::string& text, double reference = 40);

}  // namespace milepost::kiosk
