#pragma once

#include "kiosk/touch.h"
#include "platform/screen/window.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace milepost::kiosk::speech {

/// Where the ring can go, as people read: row by row, from the side where reading starts. What cannot be touched
/// now, lies behind everything, or is the field (its keys move the caret) is left out.
[[nodiscard]] std::vector<const Target*> reading_order(std::span<const Target> targets, bool right_to_left);
/// Where the ring is when a page comes: on the first answer; where digits are typed, on what leads on from them;
/// `quietly`: on no key of a keyboard. nullptr: nowhere, so that Enter ends a page that any touch ends.
[[nodiscard]] const Target* first_focus(std::span<const Target> targets, bool quietly);
[[nodiscard]] const Target* find_target(std::span<const Target> targets, const std::string& name);
/// From there with an arrow or a tab; nullptr: there is nothing that way.
[[nodiscard]] const Target* neighbour(std::span<const Target> targets, const Target& from, platform::KeyStroke::Key key,
                                      bool right_to_left);

/// Turns keys into moves of the ring and taps, as Touch does with fingers. Knows no screen and no window.
class Keypad {
public:
    using Now = platform::SteadyTime;
    struct Moved {
        const Target* to;
    };
    /// Not by the ring: a digit that types or answers by itself.
    struct Direct {
        Tap tap;
        bool typed;  ///< into a number or PIN: what leads on comes next
    };
    using Deed = std::variant<Moved, Tap, Direct>;

    /// A tap comes when the key goes up where it went down; repeats and double strikes are none.
    [[nodiscard]] std::optional<Deed> handle(const platform::KeyStroke& stroke, std::span<const Target> targets,
                                             const std::string& focus, bool right_to_left);
    /// Enter held on a key that offers more.
    [[nodiscard]] std::optional<Tap> take_hold(Now now);
    [[nodiscard]] std::optional<Now> next_hold() const;
    /// A key that is down has nothing to do with what has come.
    void screen_changed();
    /// A second strike of the same key of a keyboard within it is a trembling finger's.
    void set_repeat_filter(std::chrono::milliseconds filter) { repeat_filter_ = filter; }

private:
    struct Pressed {
        platform::KeyStroke::Key key;
        int digit;
        Target target;
        Now at;
        bool held = false;
    };
    struct Struck {
        std::string name;
        platform::KeyStroke::Key key;
        int digit;
        Now at;
    };
    [[nodiscard]] std::optional<Tap> lift(const platform::KeyStroke& stroke);
    void press(const platform::KeyStroke& stroke, const Target* target);
    [[nodiscard]] std::optional<Deed> digit(const platform::KeyStroke& stroke, std::span<const Target> targets,
                                            const std::string& focus);

    std::optional<Pressed> pressed_;
    std::optional<Struck> last_;
    bool page_is_new_ = false;  ///< since the last tap
    std::chrono::milliseconds repeat_filter_{80};
};

}  // namespace milepost::kiosk::speech
