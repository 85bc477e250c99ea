#pragma once

#include "kiosk/layout.h"
#include "platform/screen/window.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace milepost::kiosk {

/// Something to touch, as it stands on the glass.
struct Target {
    std::string name;
    Box box;
    bool enabled = true;
    std::string spoken{};     ///< what it is called when it is read aloud
    bool is_surface = false;  ///< what lies behind everything; crossing it is no wipe
    /// What keeping a finger on it does, beside the tap on release.
    enum class Hold {
        Nothing,
        Once,    ///< after 400 ms; the finger may then go to one of the `Chosen`
        Repeat,  ///< after 500 ms and every 80 ms from then on
    };
    Hold hold = Hold::Nothing;
    bool chosen = false;  ///< a finger that holds another target down may come here and be lifted
};

/// A finger that came down on a target and was lifted there.
struct Tap {
    std::string name;
    platform::SteadyTime down;  ///< when the finger came down
    float x = 0;                ///< where it was lifted
    float y = 0;
    bool held = false;  ///< it is still down: Target::hold
};

/// Turns fingers into taps, each contact for itself: a resting palm or a wet patch blocks nothing.
/// Positions are those of the events alone. Knows no screen and no window.
class Touch {
public:
    explicit Touch(const Layout& layout) : layout_(layout) {}

    void set_layout(const Layout& layout) { layout_ = layout; }
    /// Carries on with what lay on the glass (`targets`, the first that holds a point wins) when the
    /// finger moved. A tap comes on release inside the target or within 8 mm of it; sliding off further
    /// gives the finger up, as does a wipe.
    std::optional<Tap> handle(const platform::Pointer& pointer, std::span<const Target> targets);
    /// The next hold that has come about; nullopt: none by now. Until it says so, again and again.
    std::optional<Tap> take_hold(platform::SteadyTime now);
    /// When there may be another.
    [[nodiscard]] std::optional<platform::SteadyTime> next_hold() const;
    /// Whether a finger has rested on one place for two seconds, told once; what it held down is given up. `except`:
    /// the contact that rests for another reason.
    [[nodiscard]] bool take_rest(platform::SteadyTime now, std::optional<std::int64_t> except);
    [[nodiscard]] std::optional<platform::SteadyTime> next_rest() const;
    /// Another screen has come: fingers that are down let go of what they held, and what lands close to
    /// the last tap before it is bounce until 400 ms after the screen's first frame.
    void screen_changed();
    /// The screen's first frame is on the glass.
    void screen_presented(platform::SteadyTime at);
    /// A screen that was never presented or is younger than 400 ms.
    [[nodiscard]] bool settling(platform::SteadyTime now) const;

    /// Whether a finger holds this target down now.
    [[nodiscard]] bool is_pressed(const std::string& name) const;
    [[nodiscard]] bool any_contact() const { return !contacts_.empty(); }
    [[nodiscard]] std::size_t contacts() const { return contacts_.size(); }
    /// A contact that crossed more than three targets, since this was last asked.
    [[nodiscard]] bool take_wipe();
    /// Taps that were bounce and nothing else, so far.
    [[nodiscard]] int bounces() const { return bounces_; }

private:
    struct Contact {
        std::int64_t id = 0;
        float x = 0;
        float y = 0;
        platform::SteadyTime down;
        std::string pressed;  ///< empty: nothing, or given up
        Box box;              ///< of `pressed` where the finger came down
        Target::Hold hold = Target::Hold::Nothing;
        std::optional<platform::SteadyTime> hold_at;  ///< the next one
        bool was_held = false;
        bool rested = false;  ///< told, or moved too far
        float down_x = 0;
        float down_y = 0;
        std::vector<std::string> crossed;
    };
    struct LastTap {
        float x;
        float y;
        platform::SteadyTime at;
    };

    void come_down(const platform::Pointer& pointer, std::span<const Target> targets);
    void follow(Contact& contact, const platform::Pointer& pointer, std::span<const Target> targets);
    std::optional<Tap> lift(const Contact& contact, const platform::Pointer& pointer);
    [[nodiscard]] bool is_bounce(const platform::Pointer& pointer) const;

    Layout layout_;
    std::vector<Contact> contacts_;
    std::optional<LastTap> last_tap_;
    std::optional<LastTap> left_by_;  ///< the last tap on the screen before: what bounces is that one
    std::optional<platform::SteadyTime> presented_;
    bool wiped_ = false;
    int bounces_ = 0;
};

}  // namespace milepost::kiosk
