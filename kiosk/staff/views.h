#pragma once

#include "kiosk/staff/staff.h"

#include <string>
#include <variant>
#include <vector>

namespace milepost::kiosk::staff {

// What the staff's pages show: plain, translated.

struct PinView {
    std::string title;
    std::string hint;  ///< why no digit is taken, or that the last PIN was wrong; may be empty
    bool alarming = false;
    std::size_t digits = 0;
    bool takes_digits = true;
    bool can_enter = false;
};
[[nodiscard]] PinView view_pin(const State& state);

/// A few sentences, and at most one thing to do.
struct NoticeView {
    std::string title;
    std::string text;
    std::string command;  ///< a shell command, as it is typed
    std::string action;   ///< a button's label; empty: none
    bool done = false;    ///< shows a check mark
};
[[nodiscard]] NoticeView view_no_pin(const State& state);
[[nodiscard]] NoticeView view_export(const State& state);

struct MenuView {
    std::string title;
    struct Tile {
        std::string name;
        std::string label;
        std::string detail;   ///< a switch's state, or empty
        bool marked = false;  ///< something that staff should not forget
        Event event;
    };
    std::vector<Tile> tiles;
    std::string leave;
};
[[nodiscard]] MenuView view_menu(const State& state);

// A page of results is one of these.
enum class Mood { Neutral, Good, Bad };
struct ScoreView {
    std::string question;
    std::string question_language;
    std::string value;  ///< "85 %", or that there are too few answers
    bool shown = false;
    std::string interval;
    std::string count;
    std::string before;  ///< "Last 8 Mondays: 81 %"
    std::string change;  ///< in words
    Mood mood = Mood::Neutral;
};
struct ScoresSheet {
    std::vector<ScoreView> scores;  ///< one or two
};
struct HoursSheet {
    std::string title;
    std::string total;
    std::array<std::int64_t, 24> hours{};
    std::vector<std::string> labels;  ///< of hours 0, 3, 6, …
    std::string most;                 ///< the highest bar's count
};
struct ReasonsSheet {
    std::string title;
    std::string title_language;
    struct Row {
        std::string label;
        std::string value;  ///< "42 %", "12"
        double share = 0;   ///< of the bar, 0..1
    };
    std::vector<Row> rows;
};
struct CommentView {
    std::string text;
    std::string language;
    std::string when;
};
/// As many on a page as fit.
struct CommentsSheet {
    std::string title;
    std::vector<CommentView> comments;
};
struct TextSheet {
    std::string title;
    std::vector<std::string> lines;
};
using Sheet = std::variant<ScoresSheet, HoursSheet, ReasonsSheet, CommentsSheet, TextSheet>;

struct ResultsView {
    std::string title;
    struct Tab {
        std::string name;
        std::string label;
        Period period;
        bool chosen = false;
    };
    std::vector<Tab> tabs;
    std::vector<Sheet> sheets;  ///< empty: `notice` instead
    std::string notice;
    int leaf = 0;
};
[[nodiscard]] ResultsView view_results(const State& state);

struct RowsView {
    std::string title;
    struct Row {
        std::string label;
        std::string value;
        Mood mood = Mood::Neutral;
    };
    std::vector<Row> rows;
    std::string notice;  ///< instead of rows
    int leaf = 0;
};
[[nodiscard]] RowsView view_device(const State& state);

}  // namespace milepost::kiosk::staff
