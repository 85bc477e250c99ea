#include "kiosk/staff/sheets.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace milepost::kiosk::staff {

namespace {

/// A sheet's title; what is left below it.
Box titled(Ui& ui, const std::string& title, const std::string& language, const Box& area) {
    Type type{.size = ui.text_size(32),
              .weight = 600,
              .colour = ui.colours().text,
              .align = platform::Align::Start,
              .most_lines = 2,
              .language = language};
    if (ui.measure(title, type, area.w).lines > 1) {
        type.size = ui.text_size(26);
    }
    const float height = ui.measure(title, type, area.w).height;
    ui.text(title, type, {area.x, area.y, area.w, height});
    const float gap = ui.px(16);
    return {area.x, area.y + height + gap, area.w, area.h - height - gap};
}

struct Line {
    std::string text;
    Type type;
    float above = 0;  ///< free space before it
};

float height_of(Ui& ui, const Line& line, float width) {
    return line.above + ui.measure(line.text, line.type, width).height;
}

float height_of(Ui& ui, const std::vector<Line>& lines, float width) {
    return std::accumulate(lines.begin(), lines.end(), 0.0F,
                           [&](float sum, const Line& line) { return sum + height_of(ui, line, width); });
}

/// Lines below each other, in the middle of the box from top to bottom.
void draw_lines(Ui& ui, const std::vector<Line>& lines, const Box& box) {
    float y = std::round(box.y + std::max(0.0F, box.h - height_of(ui, lines, box.w)) / 2);
    for (const Line& line : lines) {
        const float height = height_of(ui, line, box.w);
        ui.text(line.text, line.type, {box.x, y + line.above, box.w, height - line.above});
        y += height;
    }
}

/// What a score card says, its sizes `scale` of the design's.
std::vector<Line> score_lines(const Ui& ui, const ScoreView& view, double scale) {
    const Colours& colours = ui.colours();
    std::vector<Line> lines;
    const auto add = [&](const std::string& text, double size, int weight, std::uint32_t colour, double above) {
        if (!text.empty()) {
            lines.push_back({text,
                             {.size = ui.text_size(size * scale), .weight = weight, .colour = colour, .most_lines = 2},
                             ui.px(above * scale)});
        }
    };
    add(view.question, 32, 600, colours.text, 0);
    lines.front().type.language = view.question_language;
    add(view.value, view.shown ? 104 : 40, 600, view.shown ? colours.text : colours.secondary, 20);
    add(view.interval, 26, 400, colours.secondary, 4);
    add(view.count, 26, 400, colours.secondary, 0);
    add(view.before, 26, 500, colours.text, 24);
    add(view.change, 30, 700, colour_of(ui, view.mood), 4);
    return lines;
}

void draw_score(Ui& ui, const ScoreView& view, const Box& box) {
    plate(ui, box);
    const Box inner = box.grown(-ui.px(20));
    std::vector<Line> lines;
    for (const double scale : {1.0, 0.85, 0.7, 0.55, 0.45, 0.35, 0.2}) {
        lines = score_lines(ui, view, scale);
        if (height_of(ui, lines, inner.w) <= inner.h) {
            break;
        }
    }
    if (height_of(ui, lines, inner.w) > inner.h) {
        lines.front().type.most_lines = 1;
    }
    draw_lines(ui, lines, inner);
}

void draw(Ui& ui, const ScoresSheet& sheet, const Box& area) {
    const float gap = ui.px(20);
    const bool stacked = ui.layout().portrait();
    const bool two = sheet.scores.size() == 2;
    const float width = two && !stacked ? std::floor((area.w - gap) / 2) : area.w;
    const float height = two && stacked ? std::floor((area.h - gap) / 2) : area.h;
    for (std::size_t i = 0; i < sheet.scores.size(); ++i) {
        const auto place = static_cast<float>(i);
        const Box box{area.x + (stacked ? 0 : place * (width + gap)), area.y + (stacked ? place * (height + gap) : 0),
                      width, height};
        draw_score(ui, sheet.scores[i], box);
    }
}

void draw_bars(Ui& ui, const HoursSheet& sheet, const Box& chart) {
    const Colours& colours = ui.colours();
    const auto most = static_cast<float>(std::max<std::int64_t>(1, std::ranges::max(sheet.hours)));
    const float slot = chart.w / 24;
    const float gap = std::max(2.0F, ui.px(6));
    for (std::size_t hour = 0; hour < sheet.hours.size(); ++hour) {
        const float height = std::round(chart.h * static_cast<float>(sheet.hours[hour]) / most);
        if (height < 1) {
            continue;
        }
        const float left = std::round(chart.x + static_cast<float>(hour) * slot + gap / 2);
        const float right = std::round(chart.x + static_cast<float>(hour + 1) * slot - gap / 2);
        const Box bar{left, chart.bottom() - height, right - left, height};
        ui.panel({.radius = std::min(ui.px(6), std::floor(std::min(bar.w, bar.h) / 2)),
                  .border = 0,
                  .fill = colours.accent,
                  .line = colours.accent},
                 bar);
    }
    ui.panel({.radius = 0, .border = 0, .fill = colours.control_line, .line = colours.control_line},
             {chart.x, chart.bottom(), chart.w, std::max(2.0F, ui.px(2))});
}

void draw(Ui& ui, const HoursSheet& sheet, const Box& area) {
    const Box below = titled(ui, sheet.title + "  ·  " + sheet.total, "", area);
    const Type type = row_type(ui, 400, ui.colours().secondary);
    const float line = std::ceil(type.size * 1.5F);
    const float axis = ui.measure(sheet.most, type, 0).width + ui.px(12);
    const Box chart{below.x + axis, below.y + line / 2, below.w - axis, below.h - line * 1.5F - ui.px(8)};
    ui.text(sheet.most, type, {below.x, chart.y - line / 2, axis, line});
    draw_bars(ui, sheet, chart);
    Type label = type;
    label.align = platform::Align::Center;
    const float every = chart.w / static_cast<float>(sheet.labels.size());
    const float slot = chart.w / static_cast<float>(sheet.hours.size());
    for (std::size_t i = 0; i < sheet.labels.size(); ++i) {
        const float middle = chart.x + static_cast<float>(i) * every + slot / 2;
        ui.text(sheet.labels[i], label, Box{middle, chart.bottom() + ui.px(8), 0, line}.at_least(2 * slot, 0));
    }
}

void draw(Ui& ui, const ReasonsSheet& sheet, const Box& area) {
    const Box below = titled(ui, sheet.title, sheet.title_language, area);
    const Colours& colours = ui.colours();
    const auto rows = static_cast<float>(std::max<std::size_t>(1, sheet.rows.size()));
    const float height = std::min(std::floor(below.h / rows), ui.px(92));
    Type label = row_type(ui, 500, colours.text);
    label.most_lines = 1;
    const float text = std::ceil(label.size * 1.4F);
    const float bar = std::clamp(height - text - ui.px(8), ui.px(6), ui.px(24));
    const float value_width = ui.px(140);
    float y = below.y;
    for (const ReasonsSheet::Row& row : sheet.rows) {
        ui.text(row.label, label, {below.x, y, below.w - value_width, text});
        Type value = label;
        value.weight = 600;
        const float width = std::min(value_width, ui.measure(row.value, value, 0).width + 2);
        ui.text(row.value, value, {below.right() - width, y, width, text});
        const float filled = std::max(bar, std::round(below.w * static_cast<float>(std::clamp(row.share, 0.0, 1.0))));
        const float radius = std::floor(bar / 2);
        ui.panel({.radius = radius, .border = 1, .fill = colours.surface, .line = colours.line},
                 {below.x, y + text, below.w, bar});
        ui.panel({.radius = radius, .border = 0, .fill = colours.accent, .line = colours.accent},
                 {below.x, y + text, filled, bar});
        y += height;
    }
}

struct CommentSet {
    Type text;
    Type when;
    float text_height;
    float when_height;
    float height;
};
CommentSet set_comment(Ui& ui, const CommentView& comment, float width) {
    CommentSet set{.text = row_type(ui, 500, ui.colours().text),
                   .when = row_type(ui, 400, ui.colours().secondary),
                   .text_height = 0,
                   .when_height = 0,
                   .height = 0};
    set.text.language = comment.language;
    set.text_height = ui.measure(comment.text, set.text, width).height;
    set.when_height = comment.when.empty() ? 0 : ui.measure(comment.when, set.when, width).height;
    set.height = set.text_height + set.when_height + ui.px(20);
    return set;
}

float title_room(Ui& ui) {
    return std::ceil(ui.text_size(32) * 1.5F) + ui.px(16);
}

void draw(Ui& ui, const CommentsSheet& sheet, const Box& area) {
    Box below = titled(ui, sheet.title, "", area);
    for (const CommentView& comment : sheet.comments) {
        CommentSet set = set_comment(ui, comment, below.w);
        const float room = std::max(0.0F, below.h - set.when_height);
        if (set.text_height > room) {
            // Longer than a whole page: its beginning, with an ellipsis.
            set.text.most_lines = std::max(1, static_cast<int>(room / (set.text.size * 1.5F)));
            set.text_height = ui.measure(comment.text, set.text, below.w).height;
        }
        ui.text(comment.when, set.when, {below.x, below.y, below.w, set.when_height});
        ui.text(comment.text, set.text, {below.x, below.y + set.when_height, below.w, set.text_height});
        const float used = set.when_height + set.text_height + ui.px(20);
        below = {below.x, below.y + used, below.w, below.h - used};
    }
}

void draw(Ui& ui, const TextSheet& sheet, const Box& area) {
    Box below = titled(ui, sheet.title, "", area);
    Type type = row_type(ui, 400, ui.colours().text);
    for (const std::string& line : sheet.lines) {
        const float height = ui.measure(line, type, below.w).height;
        ui.text(line, type, {below.x, below.y, below.w, height});
        below = {below.x, below.y + height + ui.px(8), below.w, below.h - height - ui.px(8)};
    }
}

void split(Ui& ui, const CommentsSheet& sheet, const Box& area, std::vector<Sheet>& sheets) {
    const float room = area.h - title_room(ui);
    CommentsSheet page{.title = sheet.title, .comments = {}};
    float used = 0;
    for (const CommentView& comment : sheet.comments) {
        const float height = set_comment(ui, comment, area.w).height;
        if (!page.comments.empty() && used + height > room) {
            sheets.emplace_back(page);
            page.comments.clear();
            used = 0;
        }
        page.comments.push_back(comment);
        used += height;
    }
    sheets.emplace_back(std::move(page));
}

}  // namespace

std::vector<Sheet> fitted(Ui& ui, const std::vector<Sheet>& sheets, const Box& area) {
    std::vector<Sheet> pages;
    for (const Sheet& sheet : sheets) {
        if (const auto* comments = std::get_if<CommentsSheet>(&sheet)) {
            split(ui, *comments, area, pages);
        } else {
            pages.push_back(sheet);
        }
    }
    return pages;
}

void draw_sheet(Ui& ui, const Sheet& sheet, const Box& area) {
    std::visit([&](const auto& one) { draw(ui, one, area); }, sheet);
}

}  // namespace milepost::kiosk::staff
