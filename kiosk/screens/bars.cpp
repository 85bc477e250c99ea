#include "kiosk/screens/widgets.h"

#include <algorithm>
#include <cmath>

namespace milepost::kiosk {

namespace {

/// Pills of a bar from its end towards its start.
struct BarPill {
    Pill pill;
    double least;
    Event event;
};

std::vector<BarPill> header_pills(const Ui& ui, const HeaderView& view) {
    const std::string& language = ui.look().language;
    std::vector<BarPill> pills;
    if (view.offers_language) {
        pills.push_back({{.name = "language", .label = view.language_name}, 190, Opened{Screen::Language}});
    }
    pills.push_back({{.name = "accessibility", .label = std::string{say(Word::Accessibility, language)}},
                     190,
                     Opened{Screen::Accessibility}});
    if (view.offers_privacy) {
        pills.push_back({{.name = "privacy", .label = "i", .weight = 700}, 72, Opened{Screen::Privacy}});
    }
    if (view.can_start_over) {
        pills.push_back(
            {{.name = "start_over", .label = std::string{say(Word::StartOver, language)}}, 190, StartedOver{}});
    }
    return pills;
}

float bar_width(Ui& ui, const BarPill& entry, float size) {
    // The round one has the width of its touch box, so that neighbours keep clear of it.
    return entry.pill.name == "privacy" ? std::max(pill_height(ui, size), ui.layout().touch())
                                        : std::max(pill_width(ui, entry.pill, size, entry.least), ui.layout().touch());
}

std::string back_arrow(const Ui& ui) {
    return ui.look().right_to_left ? "→" : "←";
}

/// "DE": what fits where a language's own name does not.
std::string short_name(const std::string& language) {
    std::string name = language.substr(0, language.find('-'));
    std::ranges::transform(name, name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; });
    return name;
}

/// What the pills of a bar that has no room give up, one step after the other: width, words, and only then size.
constexpr int kShorteningSteps = 4;
void shorten(const Ui& ui, std::vector<BarPill>& pills, int step) {
    const auto relabel = [&](std::string_view name, const std::string& label) {
        for (BarPill& entry : pills) {
            if (entry.pill.name == name) entry.pill.label = label;
        }
    };
    switch (step) {
        case 0:
            for (BarPill& entry : pills) entry.least = 0;
            break;
        case 1:
            relabel("language", short_name(ui.look().language));
            break;
        case 2:
            relabel("accessibility", "Aa");
            break;
        default:
            relabel("back", back_arrow(ui));
            relabel("start_over", "↺");
    }
}

/// As wide and high as the design gives it, in the shape that it has.
Box logo_box(const Ui& ui, const LogoSize& size) {
    constexpr double kMostHeight = 56;
    constexpr double kMostWidth = 240;
    const float scale = std::min(ui.px(kMostHeight) / static_cast<float>(size.height),
                                 ui.px(kMostWidth) / static_cast<float>(size.width));
    const float width = std::max(1.0F, std::round(static_cast<float>(size.width) * scale));
    const float height = std::max(1.0F, std::round(static_cast<float>(size.height) * scale));
    return {ui.layout().margin(), std::round((bar_height(ui) - height) / 2), width, height};
}

/// The business's picture, its name, or the survey's title, where there is room for all of it.
void title(Ui& ui, const HeaderView& view, float width) {
    const Brand* brand = ui.look().brand;
    if (brand && brand->logo_on(ui.look().theme)) {
        if (const Box box = logo_box(ui, *brand->logo_on(ui.look().theme)); box.w <= width) {
            ui.logo(box);
        }
        return;
    }
    const std::string& name = brand && !brand->name.empty() ? brand->name : view.title;
    const Type type{.size = ui.text_size(28),
                    .weight = 600,
                    .colour = ui.colours().text,
                    .align = platform::Align::Start,
                    .language = view.title_language};
    const float needed = ui.measure(name, type, 0).width + 2;
    if (needed <= width) {
        ui.text(name, type, {ui.layout().margin(), 0, needed, bar_height(ui)});
    }
}

}  // namespace

namespace {

/// The pills from the end of the upper bar towards its start, the title in what they leave.
std::optional<Event> upper_bar(Ui& ui, const HeaderView& view, std::vector<BarPill> pills) {
    const float gap = ui.px(16);
    const float available = ui.layout().width() - 2 * ui.layout().margin();
    const float least = ui.layout().text(22, false);
    float size = ui.text_size(24);
    const auto total = [&] {
        float sum = gap * static_cast<float>(pills.size() - 1);
        for (const BarPill& entry : pills) {
            sum += bar_width(ui, entry, size);
        }
        return sum;
    };
    for (int step = 0; step < kShorteningSteps && total() > available; ++step) {
        shorten(ui, pills, step);
    }
    while (total() > available && size > least) {
        size = std::max(least, std::floor(size * 0.94F));
    }
    std::optional<Event> event;
    float right = ui.layout().width() - ui.layout().margin();
    for (const BarPill& entry : pills) {
        const float width = bar_width(ui, entry, size);
        const float height = pill_height(ui, size);
        const float drawn = entry.pill.name == "privacy" ? height : width;
        const Box box{right - (width + drawn) / 2, bar_height(ui) / 2 - height / 2, drawn, height};
        if (pill(ui, entry.pill, box, size)) {
            event = entry.event;
        }
        if (entry.pill.name == "privacy") {
            ui.called(std::string{say(Word::PrivacyLink, ui.look().language)});
        }
        right -= width + gap;
    }
    title(ui, view, right - ui.layout().margin());
    return event;
}

}  // namespace

std::optional<Event> header(Ui& ui, const HeaderView& view) {
    return upper_bar(ui, view, header_pills(ui, view));
}

std::optional<Event> only_bar(Ui& ui, const HeaderView& view, const FooterView& below) {
    std::vector<BarPill> pills;
    const auto add = [&](const Pill& pill) {
        if (const auto event = footer_event(pill.name)) {
            pills.push_back({pill, 0, *event});
        }
    };
    if (below.way_on) {
        add(*below.way_on);
    }
    if (below.can_go_back) {
        add({.name = "back", .label = std::string{say(Word::Back, ui.look().language)}});
    }
    for (BarPill& entry : header_pills(ui, view)) {
        entry.least = 0;
        pills.push_back(std::move(entry));
    }
    return upper_bar(ui, view, std::move(pills));
}

void plain_header(Ui& ui, const HeaderView& view) {
    title(ui, view, ui.layout().width() - 2 * ui.layout().margin());
}

namespace {

float footer_middle(const Ui& ui) {
    return ui.layout().height() - bar_height(ui) / 2;
}

/// Of a footer's pills: their text, and how narrow they are at least, in reference pixels.
struct PillSize {
    float text;
    double least = 190;
};

/// Draws the pill so that it ends, and what a touch of it needs ends `gap` later, at `right` at the most;
/// where what a touch needs begins.
float footer_pill(Ui& ui, const Pill& pill_to_draw, float right, float gap, const PillSize& how, std::string& tapped) {
    const float size = how.text;
    const bool link = pill_to_draw.kind == PillKind::Link;
    const float height = pill_height(ui, size);
    const float width = pill_width(ui, pill_to_draw, size, link ? 0 : how.least);
    const float over = std::max(0.0F, std::ceil((ui.layout().touch() - width) / 2));
    const float end = right - std::max(0.0F, over - gap);
    const Box box{end - width, footer_middle(ui) - height / 2, width, height};
    if (pill(ui, pill_to_draw, box, size)) {
        tapped = pill_to_draw.name;
    }
    return box.x - over;
}

void dots(Ui& ui, int place, int of, float least_x, float most_x) {
    constexpr int kMostDots = 5;
    const float dot = ui.px(14);
    const float gap = ui.px(14);
    const float here = ui.px(40);
    const float width = here + static_cast<float>(of - 1) * (dot + gap);
    float x = (ui.layout().width() - width) / 2;
    if (of > kMostDots || of < 2 || x < least_x || x + width > most_x) {
        return;
    }
    const Colours& colours = ui.colours();
    for (int i = 1; i <= of; ++i) {
        const Box box{x, footer_middle(ui) - dot / 2, i == place ? here : dot, dot};
        if (i == place) {
            ui.panel({.radius = dot / 2, .border = 0, .fill = colours.accent, .line = colours.accent}, box);
        } else {
            ui.disc(box, i < place ? 0 : std::max(2.0F, ui.px(2)), i < place ? colours.accent : colours.control_line);
        }
        x += box.w + gap;
    }
}

}  // namespace

namespace {

/// A page to read is no question.
std::string progress_of(const Ui& ui, const FooterView& view) {
    return view.place > 0 ? say_progress(view.place, view.of, ui.look().language) : "";
}

}  // namespace

bool footer_fits(Ui& ui, const FooterView& view) {
    const float size = ui.text_size(24);
    const std::string progress = progress_of(ui, view);
    const float way_on = view.way_on ? pill_width(ui, *view.way_on, size, 0) : 0;
    return ui.measure(progress, {.size = size, .weight = 400}, 0).width + ui.px(42) + way_on <= content(ui).w;
}

namespace {

/// The size at which the footer's pills stand beside each other. Where there is no room, width goes first, then the
/// word on the way back, and only then the size of the text.
PillSize footer_size(Ui& ui, std::vector<Pill>& pills) {
    const float touch = ui.layout().touch();
    const float smallest = ui.layout().text(22, false);
    PillSize how{.text = ui.text_size(24)};
    const auto too_wide = [&] {
        float sum = ui.px(40) * static_cast<float>(pills.size() - 1);
        for (const Pill& pill : pills) {
            sum += std::max(pill_width(ui, pill, how.text, how.least), touch);
        }
        return sum > content(ui).w;
    };
    if (too_wide()) {
        how.least = 0;
    }
    if (too_wide() && pills.front().name == "back") {
        pills.front().label = back_arrow(ui);
    }
    while (too_wide() && how.text > smallest) {
        how.text = std::max(smallest, std::floor(how.text * 0.94F));
    }
    return how;
}

}  // namespace

std::string footer(Ui& ui, const FooterView& view) {
    const Pill back{.name = "back", .label = std::string{say(Word::Back, ui.look().language)}};
    std::vector<Pill> pills;
    for (const auto& pill : {view.can_go_back ? std::optional{back} : std::nullopt, view.way_on, view.beside}) {
        if (pill) {
            pills.push_back(*pill);
        }
    }
    const PillSize size = pills.size() > 1 ? footer_size(ui, pills) : PillSize{.text = ui.text_size(24)};
    const float gap = ui.px(40);
    std::string tapped;
    float left = ui.layout().margin();
    float right = ui.layout().width() - ui.layout().margin();
    if (view.can_go_back) {
        const float width = std::max(pill_width(ui, pills.front(), size.text, size.least), ui.layout().touch());
        footer_pill(ui, pills.front(), left + width, width, size, tapped);
        left += width + gap;
    }
    if (view.way_on) {
        right = footer_pill(ui, *view.way_on, right, ui.layout().margin(), size, tapped) - gap;
    }
    if (view.beside) {
        right = footer_pill(ui, *view.beside, right, gap, size, tapped) - gap;
    }
    const std::string progress = progress_of(ui, view);
    const Type type{
        .size = size.text, .weight = 400, .colour = ui.colours().secondary, .align = platform::Align::Start};
    const float width = ui.measure(progress, type, 0).width + 2;
    if (!progress.empty() && left + width <= right) {
        ui.text(progress, type, {left, footer_middle(ui) - size.text, width, 2 * size.text});
        left += width + gap;
    }
    if (view.place > 0) {
        dots(ui, view.place, view.of, left, right);
    }
    return tapped;
}

bool footer_button(Ui& ui, const std::string& name, Word word) {
    std::string tapped;
    footer_pill(
        ui,
        {.name = name, .label = std::string{say(word, ui.look().language)}, .kind = PillKind::Primary, .weight = 600},
        ui.layout().width() - ui.layout().margin(), 0, {.text = ui.text_size(24)}, tapped);
    return !tapped.empty();
}

}  // namespace milepost::kiosk
