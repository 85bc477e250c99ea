#pragma once

#include "kiosk/staff/staff.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace milepost::kiosk::staff {

// What the staff's pages show: plain, translated.

struct PinView {
    std::string title;
    std::vector<std::pair<std::string, std::string>> ways;  ///< out of here: a pill's name, and its label
    std::string hint;       ///< why no digit is taken, or that the last PIN was wrong; may be empty
    std::string challenge;  ///< of a lost PIN: what the store answers to
    std::string explanation;
    bool alarming = false;
    std::size_t digits = 0;
    bool takes_digits = true;
    bool can_enter = false;
};
[[nodiscard]] PinView view_pin(const State& state);
[[nodiscard]] PinView view_new_pin(const State& state);
[[nodiscard]] PinView view_lost_pin(const State& state);

/// A few sentences, and at most one thing to do.
struct NoticeView {
    std::string title;
    std::string text;
    std::string command;          ///< a shell command, as it is typed
    std::string action;           ///< a button's label; empty: none
    Event event = ExportAsked{};  ///< of the button
    bool done = false;            ///< shows a check mark
};
[[nodiscard]] NoticeView view_no_pin(const State& state);
[[nodiscard]] NoticeView view_export(const State& state);
/// A lost PIN of a device that no store can help.
[[nodiscard]] NoticeView view_helpless(const State& state);
[[nodiscard]] NoticeView view_set_up_done(const State& state);

struct MenuView {
    std::string title;
    struct Tile {
        std::string name;
        std::string label;
        std::string detail;   ///< a switch's state, or empty
        bool marked = false;  ///< something that staff should not forget
        Event event;
        std::string language{};  ///< of `detail`; empty: the page's
    };
    std::vector<Tile> tiles;
    std::string leave;          ///< a pill at the top; empty: none
    std::optional<Event> back;  ///< a pill at the bottom
    int columns = 3;
    bool set_up = false;  ///< one of the first start's pages
};
[[nodiscard]] MenuView view_menu(const State& state);
[[nodiscard]] MenuView view_screen(const State& state);
[[nodiscard]] MenuView view_brightness(const State& state);
[[nodiscard]] MenuView view_set_up_how(const State& state);
[[nodiscard]] MenuView view_set_up_sample(const State& state);

/// "Connect to a store".
struct ConnectView {
    Connecting::Step step = Connecting::Step::Address;
    const Entry* entry = nullptr;  ///< of the state: what is typed is copied nowhere
    std::string title;
    std::string hint;
    std::string placeholder;
    std::string way_on;
    bool can_go_on = false;
    std::string later;               ///< in the set-up
    std::vector<std::string> words;  ///< to compare
};
[[nodiscard]] ConnectView view_connect(const State& state);

struct NetworkView {
    std::string title;
    struct Step {
        protocol::NetworkStep::State state;
        std::string label;
        std::string outcome;  ///< in words
    };
    std::vector<Step> steps;  ///< empty: `notice` instead
    std::string notice;
    std::string hint;
    std::string again;
    bool can_test_again = false;  ///< none is running
};
[[nodiscard]] NetworkView view_network(const State& state);

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
    bool can_test = false;  ///< there is a store to be reached
};
[[nodiscard]] RowsView view_device(const State& state);

}  // namespace milepost::kiosk::staff
