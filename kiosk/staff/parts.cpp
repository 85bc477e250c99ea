#include "kiosk/staff/parts.h"

#include "kiosk/strings.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace milepost::kiosk::staff {

namespace {

float width_of(Ui& ui, const Pill& pill, float size) {
    return std::max(pill_width(ui, pill, size, 0), ui.layout().touch());
}

float total_width(Ui& ui, const std::vector<Pill>& pills, float size, float gap) {
    return std::accumulate(pills.begin(), pills.end(), 0.0F,
                           [&](float sum, const Pill& pill) { return sum + width_of(ui, pill, size) + gap; });
}

/// The first size at which everything stands beside each other.
float fitting_size(Ui& ui, const std::vector<Pill>& pills, float gap, float room) {
    float size = ui.text_size(24);
    while (total_width(ui, pills, size, gap) > room + gap && size > ui.px(16)) {
        size = std::floor(size * 0.94F);
    }
    return size;
}

void draw_pill(Ui& ui, const Pill& to_draw, float x, float middle, float size, std::string& tapped) {
    const float height = pill_height(ui, size);
    if (pill(ui, to_draw, {x, middle - height / 2, width_of(ui, to_draw, size), height}, size)) {
        tapped = to_draw.name;
    }
}

}  // namespace

std::string words(const Ui& ui, Word word) {
    return std::string{say(word, ui.look().language)};
}

std::string words(const Ui& ui, SetUpWord word) {
    return std::string{say(word, ui.look().language)};
}

float small_text(const Ui& ui) {
    return ui.text_size(22);
}

std::string header_bar(Ui& ui, const std::string& title, const std::vector<Pill>& pills) {
    const float gap = ui.px(16);
    const float margin = ui.layout().margin();
    const float size = fitting_size(ui, pills, gap, ui.layout().width() - 2 * margin);
    const float middle = bar_height(ui) / 2;
    std::string tapped;
    float x = ui.layout().width() - margin + gap - total_width(ui, pills, size, gap);
    const float room = x - margin - gap;
    for (const Pill& entry : pills) {
        draw_pill(ui, entry, x, middle, size, tapped);
        x += width_of(ui, entry, size) + gap;
    }
    const Type type{.size = ui.text_size(28),
                    .weight = 600,
                    .colour = ui.colours().text,
                    .align = platform::Align::Start,
                    .most_lines = 1};
    // Next to pills that leave it no room the title gives way: the way in told what page this is.
    if (const float width = ui.measure(title, type, 0).width + 2; width <= room) {
        ui.text(title, type, {margin, 0, width, bar_height(ui)});
    }
    return tapped;
}

std::string footer_bar(Ui& ui, const FooterBar& bar) {
    const std::string& language = ui.look().language;
    const bool turns = bar.leaves > 1;
    const Pill back{.name = "back", .label = std::string{kiosk::say(kiosk::Word::Back, language)}};
    std::vector<Pill> pills = bar.actions;
    if (turns) {
        pills.push_back({.name = "previous", .label = words(ui, Word::Previous), .enabled = bar.leaf > 0});
        pills.push_back({.name = "next",
                         .label = std::string{kiosk::say(kiosk::Word::Next, language)},
                         .kind = PillKind::Primary,
                         .enabled = bar.leaf + 1 < bar.leaves});
    }
    std::vector<Pill> all = pills;
    if (bar.goes_back) {
        all.push_back(back);
    }
    const float gap = ui.px(16);
    const float margin = ui.layout().margin();
    const float room = ui.layout().width() - 2 * margin;
    const float size = fitting_size(ui, all, gap, room);
    const float middle = ui.layout().height() - bar_height(ui) / 2;
    std::string tapped;
    if (bar.goes_back) {
        draw_pill(ui, back, margin, middle, size, tapped);
    }
    float x = ui.layout().width() - margin + gap - total_width(ui, pills, size, gap);
    const float free = x - margin - width_of(ui, back, size);
    const std::string place = say(
        Word::PageOf, language,
        {{"n", in_words(std::int64_t{bar.leaf + 1}, language)}, {"m", in_words(std::int64_t{bar.leaves}, language)}});
    const Type type = row_type(ui, 400, ui.colours().secondary);
    if (const float width = ui.measure(place, type, 0).width + 2; turns && width + 2 * gap <= free) {
        ui.text(place, type, {x - gap - width, middle - size, width, 2 * size});
    }
    for (const Pill& entry : pills) {
        draw_pill(ui, entry, x, middle, size, tapped);
        x += width_of(ui, entry, size) + gap;
    }
    return tapped;
}

Type row_type(const Ui& ui, int weight, std::uint32_t colour) {
    return {.size = ui.text_size(24), .weight = weight, .colour = colour, .align = platform::Align::Start};
}

std::uint32_t colour_of(const Ui& ui, Mood mood) {
    const Colours& colours = ui.colours();
    return mood == Mood::Good ? colours.ok : mood == Mood::Bad ? colours.danger : colours.text;
}

void plate(Ui& ui, const Box& box) {
    const Colours& colours = ui.colours();
    ui.panel({.radius = ui.px(20),
              .border = std::max(1.5F, ui.px(static_cast<double>(colours.border) * 8) / 8),
              .fill = colours.surface,
              .line = colours.line},
             box);
}

}  // namespace milepost::kiosk::staff
